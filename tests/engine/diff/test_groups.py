"""A group tells the gravest that its customers meet, to the end, and holds those who only hear other questions."""

from __future__ import annotations

import json
import random
from itertools import product
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.engine import Policy
from praxe.engine.diff import ChangeKind, compare, difference_schema, part
from praxe.engine.diff.tell import tell
from praxe.engine.expectations import Expected
from praxe.engine.mutants.score import mutants_of
from praxe.engine.scenarios import Scenario
from tests.engine.prove.enumeration import IS_DEEP
from tests.engine.strategies import ANSWERS, fitted, policies
from tests.engine.test_properties import facts_used
from tests.engine.trees import TRIED, policy

LATE = """procedimento inicio:
  se atraso > 15:
    faça cobrar
    se urgente:
      fim negado
  fim aceito
"""


def version(text: str, **more: Any) -> Policy:
    return policy(text, urgente="yes_no", calmo="yes_no", contato="yes_no", atraso=(0, 90), **more)


def scenario(name: str, facts: dict[str, Any]) -> Scenario:
    nowhere = Span("", 1, 1, 1, 1)
    return Scenario(name=name, story=None, facts=facts, expected=Expected(), start=None, now=None, span=nowhere)


# --- another end -----------------------------------------------------------------------------------------------------


def test_who_comes_to_another_end_by_other_steps_is_told_the_end() -> None:
    old, new = version(LATE), version(LATE.replace("> 15", "> 16"))
    (group,) = compare(old, new).groups
    assert group.kind is ChangeKind.OUTCOME
    assert float(group.share) == pytest.approx(1 / 3)  # at most 15, 16, more
    assert float(group.share_of_kind) == pytest.approx(1 / 6)  # and urgent
    assert group.example
    assert group.example.facts == {"atraso": 16, "urgente": True}
    told = tell(compare(old, new), old, new, "pt")
    assert "Outro fim, para 16,7% dos casos possíveis, e uma mudança menor para outros 16,7%" in told.text(120)
    assert "Another end, for 16.7% of all possible cases, and a smaller change for another 16.7%" in tell(
        compare(old, new), old, new, "en"
    ).text(120)


def test_other_steps_to_the_same_end_are_only_steps() -> None:
    text = LATE.replace("fim negado", "fim aceito")
    (group,) = compare(version(text), version(text.replace("> 15", "> 16"))).groups
    assert group.kind is ChangeKind.STEPS
    assert group.share_of_kind == group.share


def test_the_end_is_told_by_the_edit_behind_that_brings_it() -> None:
    text = "procedimento inicio:\n  faça ligar\n  se atraso > 15:\n    fim negado\n  fim aceito\n"
    edited = text.replace("  faça ligar\n", "").replace("    fim negado", "    fim aceito")
    (group,) = compare(version(text), version(edited)).groups
    assert group.kind is ChangeKind.STEPS
    assert [each.kind for each in group.behind] == [ChangeKind.OUTCOME]


@pytest.mark.parametrize("small", [0, 24])
def test_an_end_within_what_both_versions_have_in_common_counts(small: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{part.__name__}._SMALL", small)
    text = """procedimento inicio:
  faça ligar
  se urgente:
    siga comum
  senão:
    faça ligar
  fim aceito

procedimento comum:
  faça cobrar
  se calmo:
    fim negado
"""
    (group,) = compare(version(text), version(text.replace("inicio:\n  faça ligar", "inicio:\n  faça avisar"))).groups
    assert group.kind is ChangeKind.STEPS  # whoever is calm ends there, before and now
    (group,) = compare(version(text), version(text.replace("se urgente", "se não urgente"))).groups
    assert group.kind is ChangeKind.OUTCOME
    assert (float(group.share), float(group.share_of_kind)) == (1, 0.5)
    assert group.example
    assert dict(group.example.facts).items() >= {("calmo", True)}


def test_a_case_may_end_in_what_is_not_looked_into(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(f"{part.__name__}._SMALL", 0)
    text = """procedimento inicio:
  se urgente:
    faça ligar
    siga comum
  fim aceito

procedimento comum:
  faça cobrar
  se calmo:
    fim negado
"""
    (group,) = compare(version(text), version(text.replace("    faça ligar\n    siga comum\n", "    nada\n"))).groups
    assert group.kind is ChangeKind.OUTCOME
    assert (float(group.share), float(group.share_of_kind)) == (0.5, 0.25)


def test_every_case_of_a_group_is_counted_by_what_it_meets() -> None:
    old, new = version(LATE), version(LATE.replace("se urgente", "se não urgente").replace("> 15", "> 20"))
    found = compare(old, new)
    cases = [
        dict(zip(("atraso", "urgente"), each, strict=True)) for each in product((15, 20, 21), (False, True))
    ]  # one of each class
    ending = [each for each in cases if old.decide(each).outcome != new.decide(each).outcome]
    assert sum(float(each.share_of_kind) for each in found.groups) == pytest.approx(len(ending) / len(cases))


# --- other questions -------------------------------------------------------------------------------------------------


def test_whoever_only_hears_other_questions_belongs_to_the_edit_that_asks() -> None:
    text = """procedimento inicio:
  se atraso > 15:
    se urgente:
      faça cobrar
  fim aceito
"""
    old, new = version(text), version(text.replace("> 15", "> 16"))
    (group,) = compare(old, new).groups
    assert group.kind is ChangeKind.STEPS
    assert group.asked
    assert dict(group.asked.example.facts).items() >= {("atraso", 16)}
    assert set(group.asked.example.asked_old) - set(group.asked.example.asked_new) == {"urgente"}
    assert float(group.share + group.asked.share) == pytest.approx(1 / 3)
    for language, said in (
        ("pt", "só mudam as perguntas (pergunta a menos:"),
        ("en", "only the questions change (no longer"),
    ):
        told = tell(compare(old, new), old, new, language)
        assert said in " ".join(told.text().split())
        record = json.loads(json.dumps(told.to_json()))
        jsonschema.validate(record, difference_schema())
        assert record["groups"][0]["asked"]["asked_removed"] == ["Urgente"]


def test_an_edit_through_which_only_the_questions_differ_is_a_group_beside_others() -> None:
    text = """procedimento inicio:
  faça ligar
  se atraso > 15:
    faça cobrar
  faça avisar
  siga pergunta
  fim aceito

procedimento pergunta:
  se urgente:
    nada
"""
    old, new = version(text), version(text.replace("  siga pergunta\n", "  pergunte calmo\n").replace("> 15", "> 16"))
    steps, questions = compare(old, new).groups
    assert (steps.kind, questions.kind) == (ChangeKind.STEPS, ChangeKind.QUESTIONS)
    assert steps.asked is None
    assert questions.place.new
    assert new.graph.nodes[questions.place.new].span.line == 6


def test_what_is_gone_through_again_for_each_item_is_one_edit() -> None:
    text = """procedimento inicio:
  faça ligar
  para cada item em itens:
    se urgente:
      faça tratar(item)
  se calmo:
    faça avisar
  fim aceito
"""
    items = {"itens": ("pao", "leite", "cafe")}
    found = compare(version(text, **items), version(text.replace("se urgente", "se não urgente"), **items))
    (group,) = found.groups
    assert group.kind is ChangeKind.STEPS
    assert not group.behind
    assert not found.also


def test_cases_that_part_out_of_sight_of_the_edit_belong_to_it() -> None:
    text = """procedimento inicio:
  regra:
    siga meio
    fim aceito
  salvo se urgente:
    se calmo:
      nada
    pergunte urgente
    siga meio
  faça ligar
  se urgente:
    faça ligar
  fim aceito

procedimento meio:
  se urgente:
    nada
"""
    old, new = version(text), version(text.replace("salvo se urgente", "salvo se não urgente"))
    (group,) = compare(old, new).groups  # both versions test again in what they call, and part after it
    assert group.share == 1
    assert group.place.new
    assert new.graph.nodes[group.place.new].span.line == 5


# --- scenarios -------------------------------------------------------------------------------------------------------


def test_a_scenario_belongs_to_the_first_edit_that_it_comes_by() -> None:
    text = """procedimento inicio:
  se atraso > 15:
    faça cobrar
  se urgente:
    faça avisar
  se calmo:
    faça ligar
  fim aceito
"""
    old = version(text)
    new = version(text.replace("> 15", "> 16").replace("faça avisar", "faça registrar").replace("faça ligar", "nada"))
    cases: dict[str, dict[str, object]] = {
        "both": {"atraso": 16, "urgente": True, "calmo": False},
        "second": {"atraso": 0, "urgente": True, "calmo": False},
        "none": {"atraso": 0, "urgente": False, "calmo": False},
    }
    scenarios = [scenario(name, facts) for name, facts in cases.items()]
    found = compare(old, new, scenarios)
    assert found.scenarios_touched == ("both", "second")
    assert sorted(each.scenarios for each in found.groups) == [(), ("both",), ("second",)]
    told = tell(found, old, new, "pt")
    assert "Cenários que notam: 1 de 3 (33,3%)" in told.text(120)
    assert "Nenhum cenário nota esta mudança." in told.text(120)


@settings(max_examples=500 if IS_DEEP else 20)
@given(policies(depth=2), st.lists(st.integers(0, 10_000), min_size=1, max_size=2), st.randoms(use_true_random=False))
def test_every_scenario_that_is_touched_belongs_to_one_change(
    checked: CheckedPolicy, picks: list[int], chance: random.Random
) -> None:
    edited = checked
    for pick in picks:
        mutants = list(mutants_of(edited))
        assume(mutants)
        edited = mutants[pick % len(mutants)].of(edited)
    old, new = Policy(checked), Policy(edited)
    assume(old.attempts == new.attempts)
    names = [name for name in ANSWERS if any(name in facts_used(each) for each in (old, new))]
    cases = [{name: chance.choice(ANSWERS[name]) for name in names} for _ in range(12)]
    scenarios = [scenario(str(number), fitted(new, case)) for number, case in enumerate(cases)]
    found = compare(old, new, scenarios)
    told = sorted(name for group in found.groups for name in group.scenarios)
    assert told == sorted(found.scenarios_touched)


def test_a_scenario_of_attempts_that_one_version_counts_is_told() -> None:
    plain = "procedimento inicio:\n  se contato:\n    fim negado\n  fim aceito\n"
    for old, new in ((version(TRIED), version(plain)), (version(plain), version(TRIED))):
        for answer in (True, False, [False, True], [False, False]):
            found = compare(old, new, [scenario("one", {"contato": answer})])
            assert [name for group in found.groups for name in group.scenarios] == [*found.scenarios_touched]
