"""No question that the vocabulary's assumptions settle: random policies with assumptions, against all their cases."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping
from contextlib import suppress
from itertools import combinations
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.passes import check_policy_texts
from praxe.engine import Order, Policy, Standing, Status, decision_schema
from praxe.engine.facts import FactError
from praxe.engine.graph import Question
from praxe.engine.needed import facts_read
from tests.engine.compile.agreement import agree
from tests.engine.strategies import ANSWERS, ATTEMPTS, assuming, completions, facts, fitted
from tests.engine.test_properties import facts_used, seen
from tests.engine.test_questions import talk
from tests.engine.trees import policy as small

ORDERS = st.sampled_from(Order)
FEW = 1_000 if os.environ.get("PRAXE_DEEP") else 15  # each tries every completion of every question


class Possible:
    """What is seen of every completion of what is known that keeps the assumptions."""

    def __init__(self, policy: Policy, known: Mapping[str, Any]) -> None:
        self.seen: list[tuple[dict[str, Any], str]] = []
        for case in _cases(policy, known):
            with suppress(FactError):  # it breaks an assumption
                self.seen.append((case, seen(policy.decide(case), known)))

    def matter(self) -> Iterator[frozenset[str]]:
        """Yield the least sets of facts that tell two results apart, all else being equal, one by one.

        Mostly these are single facts; those that assumptions tie together may only change together.
        """
        names = sorted({name for case, _ in self.seen for name in case})
        found: list[frozenset[str]] = []
        for size in range(1, len(names) + 1):
            for apart in map(frozenset, combinations(names, size)):
                if not any(each <= apart for each in found) and self._tells_apart(apart):
                    found.append(apart)
                    yield apart

    def _tells_apart(self, apart: frozenset[str]) -> bool:
        groups: dict[str, set[tuple[str, str]]] = {}
        for case, result in self.seen:
            rest = json.dumps({name: value for name, value in case.items() if name not in apart})
            own = json.dumps([case.get(name) for name in sorted(apart)])
            groups.setdefault(rest, set()).add((own, result))
        return any(len({result for _, result in each}) > 1 for each in groups.values())


def _cases(policy: Policy, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every completion of what is known, of the facts that are read or assumed something of, each once."""
    definitions = policy.checked.definitions
    told = {
        name for one in policy.checked.assumptions for each in one.conditions for name in facts_read(each, definitions)
    }
    names = [name for name in ANSWERS if name in told.union(facts_used(policy))]
    contact = known.get("contato")
    attempts = [contact] * (1 if contact else ATTEMPTS) if isinstance(contact, bool) else contact
    found = {
        json.dumps(fitted(policy, each), sort_keys=True) for each in completions({**known, "contato": attempts}, names)
    }
    return [json.loads(each) for each in sorted(found)]


@settings(max_examples=FEW)
@given(assuming(depth=2), st.integers(0), ORDERS)
def test_a_question_that_the_assumptions_settle_is_never_asked(
    checked: CheckedPolicy, number: int, order: Order
) -> None:
    policy = Policy(checked)
    all_of = Possible(policy, {}).seen
    assume(all_of)
    case, _ = all_of[number % len(all_of)]
    *asking, end = talk(policy.start(order=order), case)
    for here in asking:
        if not isinstance(here.decision.arrival.spot.node, Question):  # `pergunte` asks because the author wants it
            assert here.question
            asked = here.question.fact
            assert any(asked in each for each in Possible(policy, here.facts).matter()), here.ledger.answers
    assert seen(end.decision) == seen(policy.decide(case))


@settings(max_examples=FEW)
@given(assuming(depth=2), facts())
def test_what_can_matter_by_itself_is_listed(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    policy = Policy(checked)
    possible = Possible(policy, known)
    assume(possible.seen)
    decision = policy.decide(fitted(policy, known))
    if decision.asks is None:
        assert decision.status is Status.WAITS or len({_end(result) for _, result in possible.seen}) == 1
        return
    listed = {decision.asks.fact, *decision.asks.also_open}
    least = list(possible.matter())
    assert {name for each in least if len(each) == 1 for name in each} <= listed
    assert isinstance(decision.arrival.spot.node, Question) or any(decision.asks.fact in each for each in least)


@given(assuming(), st.lists(facts(), min_size=1, max_size=4))
def test_the_generated_code_says_the_same(checked: CheckedPolicy, cases: list[dict[str, Any]]) -> None:
    policy = Policy(checked)
    compiled = policy.compile()
    for case in cases:
        with suppress(FactError):  # both refuse it: `test_assumed`
            agree(policy, compiled, fitted(policy, case))


def _end(result: str) -> Any:
    told = json.loads(result)[0]
    return json.dumps([told["status"], told["outcome"], told["steps"]])


# --- what is told of it ----------------------------------------------------------------------------------------

PEOPLE = """\
facts:
  pessoa: {type: one_of, label: Pessoa, question: P?, values: {fisica: Física, juridica: Jurídica, outra: Outra}}
  socios: {type: integer, label: Sócios, question: Quantos?, min: 0, max: 9}
  tipo: {type: one_of, label: Tipo, question: Que tipo?, values: {basico: Básico, extra: Extra}}
actions:
  anotar: {label: Anotar, text: "Anote {quantos} sócios", params: {quantos: {type: integer, label: Quantos}}}
outcomes:
  pronto: {label: Pronto}
  outro: {label: Outro}
assumptions:
  - when: pessoa é fisica
    then: socios = 0
    label: {pt: Pessoa física não tem sócios, en: A natural person has no partners}
  - when: tipo é basico
    then: pessoa não é outra
"""
TEXT = """\
procedimento inicio "Início":
  se tipo é basico e pessoa é outra:
    fim outro
  se pessoa é fisica:
    faça anotar(socios)
    fim pronto
  se socios > 2:
    fim outro
  fim pronto
"""
MANIFEST = "{name: p, title: P, version: '1', language: pt, effective: 2026-01-01, entry: inicio}\n"


def made(vocabulary: str, text: str) -> Policy:
    checked, diagnostics = check_policy_texts(
        "p", {"policy.yaml": MANIFEST, "vocabulary.yaml": vocabulary, "a.praxe": text}
    )
    assert checked, diagnostics
    return Policy(checked)


def test_a_fact_with_one_value_left_is_taken_and_told_with_the_assumption() -> None:
    policy = made(PEOPLE, TEXT)
    for decider in (policy, policy.compile()):
        asks = decider.decide({}).asks
        assert asks
        assert (asks.fact, asks.also_open) == ("pessoa", ("socios",))  # `tipo` is not: its customers do not exist
        settled = decider.decide({"pessoa": "fisica"})
        assert [each.text for each in settled.steps] == ["Anote 0 sócios"]
        (told,) = settled.settled
        assert (told.fact, told.value) == ("socios", 0)
        assert told.because == (
            "Pessoa física não tem sócios: quando `pessoa é fisica`, sempre `socios = 0` (p/vocabulary.yaml:12:11)",
        )
        jsonschema.validate(settled.to_json(), decision_schema())
        assert "settled" not in decider.decide({"pessoa": "fisica", "socios": 0}).to_json()


def test_a_conversation_does_not_ask_for_it_and_refuses_another_answer() -> None:
    policy = made(PEOPLE, TEXT)
    end = policy.start().answer("pessoa", "fisica")
    assert (end.standing, end.question) == (Standing.FINISHED, None)
    with pytest.raises(FactError):
        end.answer("socios", 1)


# --- limits ----------------------------------------------------------------------------------------------------


def compared(text: str, **limits: tuple[int, int]) -> Policy:
    return small(f"procedimento inicio:\n{text}  fim negado\n", alto="yes_no", **limits)


@pytest.mark.parametrize(
    ("known", "asked"),
    [({}, "um"), ({"um": 0}, None), ({"um": 1}, "dois"), ({"dois": 900}, None), ({"dois": 899}, "um")],
)
def test_limits_settle_how_two_facts_compare(known: dict[str, int], asked: str | None) -> None:
    policy = compared("  se um > dois:\n    fim aceito\n", um=(0, 900), dois=(0, 900))
    for decider in (policy, policy.compile()):
        decision = decider.decide(known)
        assert (decision.asks.fact if decision.asks else None) == asked


@pytest.mark.parametrize(
    "text",
    [
        "  se um > dois:\n    se um <= dois:\n      fim aceito\n",
        "  se um > tres:\n    fim aceito\n",
        "  se um > dois e dois > tres e um <= tres:\n    fim aceito\n",
    ],
)
def test_what_cannot_be_together_is_not_asked_for(text: str) -> None:
    policy = compared(text + "  se alto:\n    fim aceito\n", um=(0, 900), dois=(0, 900), tres=(900, 2000))
    for decider in (policy, policy.compile()):
        asks = decider.decide({}).asks
        assert asks
        assert (asks.fact, asks.also_open) == ("alto", ())


def test_what_is_reckoned_with_is_still_asked_for() -> None:
    text = """procedimento inicio:
  se depois > 2020-01-01:
    fim aceito
  fim negado

defina depois: nasceu + 3 dias
"""
    asks = small(text, nasceu="date").decide({}).asks
    assert asks
    assert asks.fact == "nasceu"
