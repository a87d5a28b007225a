"""Why: what is cited suffices, nothing of it can go, and it is told in the order of the story."""

from __future__ import annotations

import datetime
import json
import os
import pickle
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Decision, Policy, Status, explanation_schema, load_scenarios
from praxe.engine.explanation.same_end import end_of
from praxe.engine.explanation.voice import Voice
from praxe.engine.scenarios import Scenario
from tests.engine.strategies import facts, fitted, full_facts, policies
from tests.engine.trees import policy

ROOT = Path(__file__).parents[2] / "policy"
DEEP = bool(os.environ.get("PRAXE_DEEP"))
NOW = datetime.datetime(2026, 11, 20, 15, 30)
some = settings(max_examples=max(30, settings().max_examples // 2))  # each decides a case many times over


@cache
def real(name: str) -> tuple[Policy, tuple[Scenario, ...]]:
    found = Policy.load(ROOT / name)
    return found, load_scenarios(ROOT / name, found).scenarios


def is_complete(decision: Decision) -> dict[str, Any]:
    """Decide again with what is cited alone; return it."""
    explanation = decision.why()
    alone = explanation.facts_alone
    assert alone.keys() <= decision.facts.keys()
    other = decision.policy.decide(alone, start=decision.start, now=decision.now, language=decision.language)
    assert end_of(other) == end_of(decision)
    told = {fact.fact for reason in explanation.reasons for fact in reason.because}
    told |= {fact.fact for reason in explanation.reasons for each in reason.opened for fact in each.reads}
    assert alone.keys() <= told
    steps = [*explanation.first, *(step for reason in explanation.reasons for step in reason.steps)]
    assert steps == list(map(Voice.of(other).step, other.steps))
    return alone


def is_minimal(decision: Decision, alone: dict[str, Any]) -> None:
    for name in alone:
        fewer = {each: value for each, value in alone.items() if each != name}
        policy = decision.policy
        other = policy.decide(fewer, start=decision.start, now=decision.now, language=decision.language)
        assert end_of(other) != end_of(decision), name


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_of_every_scenario_what_is_cited_suffices(name: str) -> None:
    found, scenarios = real(name)
    for number, each in enumerate(scenarios):
        decision = found.decide(each.facts, start=each.start, now=each.now, language=("pt", "en")[number % 2])
        alone = is_complete(decision)
        if DEEP or number % 9 == 0:
            is_minimal(decision, alone)


@some
@given(policies(), full_facts)
def test_of_a_full_case_what_is_cited_suffices_and_nothing_can_go(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    decision = found.decide(fitted(found, case))
    is_minimal(decision, is_complete(decision))


@some
@given(policies(depth=2), facts())
def test_of_a_case_in_part_known_too(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    decision = found.decide(fitted(found, case), now=NOW)
    is_minimal(decision, is_complete(decision))


STORY = """procedimento inicio "Pedido":
  fonte c.1
  faça avisar
  se calmo:  [c.2]
    faça ligar em até 2 dias úteis
  senão:
    nada
  se preco < 10:
    fim negado
  se cor é azul:
    fim negado
  fim aceito

defina calmo "Está calmo":
  quando x e não y: sim  [c.3]
  senão: não

tabela preco "Preço":
  | cor   | atraso | preco |
  | azul  | 0 a 9  | 5     |
  | verde | 0 a 9  | 8     |
  | -     | 10+    | 20    |
"""
FACTS: dict[str, Any] = {"x": "yes_no", "y": "yes_no", "z": "yes_no", "cor": ["azul", "verde"], "atraso": (0, 90)}


def test_definitions_and_tables_are_opened_up() -> None:
    explanation = policy(STORY, **FACTS).decide({"x": True, "y": False, "z": True, "cor": "verde", "atraso": 30}).why()
    assert explanation.first == ("Avisar",)
    calm, price, color = explanation.reasons
    assert (calm.because[0].fact, calm.because[0].value, calm.steps) == ("calmo", True, ("Ligar, em até 2 dias úteis",))
    (opened,) = calm.opened
    assert (opened.kind, opened.case, [each.fact for each in opened.reads]) == ("definition", 1, ["x", "y"])
    (table,) = price.opened
    assert (table.kind, table.rows, table.value, [each.fact for each in table.reads]) == ("table", (3,), 20, ["atraso"])
    assert [each.text for each in color.because] == ["Verde"]
    assert list(explanation.facts_alone) == ["x", "y", "atraso", "cor"]
    assert (
        explanation.text()
        == """\
Por que o caso termina assim: Aceito

Em todo caso, primeiro:

  • Avisar

1. Está calmo: Sim, pelo 1º caso da definição. É assim porque: X: Sim; Y: Não.
   → Ligar, em até 2 dias úteis
   § c.2, c.3

2. Preço: 20, pela linha 3 da tabela. É assim porque: Atraso: 30.

3. Cor: Verde.

4. Assim o caso termina: Aceito.
   § c.1

Nada mais decidiu. Só com estes 4 fatos, o resultado é o mesmo.
"""
    )


def test_what_is_known_of_a_question_is_told() -> None:
    decision = policy("procedimento inicio:\n  se x e y:\n    fim aceito\n  fim negado\n", **FACTS).decide({"x": True})
    explanation = decision.why()
    assert (explanation.ending.status, explanation.ending.fact) == ("asks", "y")
    (reason,) = explanation.reasons
    assert (reason.kind, [each.fact for each in reason.because]) == ("open", ["x"])


def test_a_fact_that_makes_a_missing_one_idle_is_told() -> None:
    text = "procedimento inicio:\n  se x:\n    fim aceito\n  senão se y:\n    fim aceito\n  fim negado\n"
    decision = policy(text, **FACTS).decide({"y": True, "z": False})
    assert decision.status is Status.FINISHED
    (reason,) = decision.why().reasons
    assert (reason.kind, [each.fact for each in reason.because]) == ("either_way", ["y"])


def test_today_is_told_and_attempts_too() -> None:
    text = """procedimento inicio:
  se hoje > 2026-01-01:
    tente até 2 vezes ligar até x:
      fim aceito
  fim negado
"""
    decision = policy(text, **FACTS).decide({"x": [False, True]}, now=NOW, language="en")
    today, attempts = decision.why().reasons
    assert (today.because[0].text, attempts.because[0].text) == ("2026-11-20", "No and Yes")
    assert attempts.steps == ("Ligar, attempt 1", "Ligar, attempt 2")


def test_an_explanation_is_plain_data() -> None:
    found, scenarios = real("rc")
    explanation = found.decide(scenarios[0].facts).why()
    again = pickle.loads(pickle.dumps(explanation))
    assert again == explanation
    assert again.text() == explanation.text()


def test_the_json_is_as_published() -> None:
    validator = jsonschema.Draft202012Validator(explanation_schema())
    validator.check_schema(explanation_schema())
    for name in ("rc", "promad"):
        found, scenarios = real(name)
        for each in scenarios[::25]:
            decision = found.decide(each.facts, start=each.start, now=each.now)
            wanted = next(iter(found.vocabulary.outcomes))
            forgotten = dict.fromkeys(list(each.facts)[:1])
            told = (decision.why(), decision.why_not(wanted), decision.nearest(), decision.what_if(forgotten))
            for explanation in told:
                written = json.loads(json.dumps(explanation.to_json()))
                validator.validate(written)
                assert next(iter(written)) == "kind"


def test_in_markdown_nothing_of_the_policy_is_markup() -> None:
    vocabulary = {"type": "yes_no", "label": "*x* <b> [a](b) `c`", "question": "x?"}
    text = 'procedimento inicio:\n  se x:\n    faça "1. _não_ # <i>"\n  fim aceito\n'
    written = policy(text, x=vocabulary).decide({"x": True}).why().markdown()
    assert "\\*x\\* \\<b\\> \\[a\\](b) \\`c\\`: Sim" in written
    assert "<" not in written.replace("\\<", "")
