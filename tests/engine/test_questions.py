"""Which question comes next: never one that cannot change what follows, and few or cheap ones when that is wanted."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactName
from praxe.engine import Conversation, Order, Policy, Standing, Status
from praxe.engine.graph import Question
from praxe.engine.matter import Comparison
from tests.engine.strategies import ATTEMPTS, completions, fitted, full_facts, policies
from tests.engine.test_properties import facts_used, seen
from tests.engine.trees import policy as made

ORDERS = st.sampled_from(Order)
FEW = 1_000 if os.environ.get("PRAXE_DEEP") else 12  # each tries every completion of every question


def cases(policy: Policy, known: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return every completion of what is known, each once."""
    contact = known.get("contato")
    attempts = [contact] * (1 if contact else ATTEMPTS) if isinstance(contact, bool) else contact
    all_of = completions({**known, "contato": attempts}, facts_used(policy))
    found = {json.dumps(fitted(policy, case), sort_keys=True) for case in all_of}
    return [json.loads(each) for each in sorted(found)]


class Results:
    """What is seen of every completion of what is known."""

    def __init__(self, policy: Policy, known: Mapping[str, Any]) -> None:
        self.seen = [(case, seen(policy.decide(case), known)) for case in cases(policy, known)]

    def can_change(self, fact: str) -> bool:
        """Whether two completions that differ in one fact differ in what is seen."""
        results: dict[str, set[str]] = {}
        for case, result in self.seen:
            others = json.dumps({name: value for name, value in case.items() if name != fact}, sort_keys=True)
            results.setdefault(others, set()).add(result)
        return any(len(each) > 1 for each in results.values())


def talk(conversation: Conversation, case: Mapping[str, Any]) -> list[Conversation]:
    """Return the states in which a conversation asks, while it is answered from a case."""
    asking = []
    here = conversation
    while here.standing in {Standing.ASKS, Standing.WAITS}:
        if here.waits:
            here = here.came() if case[here.waits.fact] else here.passed()
            continue
        asking.append(here)
        assert here.question
        fact = here.question.fact
        value = case[fact]
        if fact in conversation.policy.attempts:
            value = value[len(here.ledger.answers.get(fact, ())) :][0]
        here = here.answer(fact, value)
    return [*asking, here]


@settings(max_examples=FEW)
@given(policies(depth=2), full_facts, ORDERS)
def test_a_question_that_cannot_change_what_follows_is_never_asked(
    checked: CheckedPolicy, drawn: dict[str, Any], order: Order
) -> None:
    policy = Policy(checked)
    case = fitted(policy, drawn)
    *asking, end = talk(policy.start(order=order), case)
    for here in asking:
        if not isinstance(here.decision.arrival.spot.node, Question):  # `pergunte` asks because the author wants it
            assert here.question
            assert Results(policy, here.facts).can_change(here.question.fact), here.ledger.answers
    assert seen(end.decision) == seen(policy.decide(case))


@settings(max_examples=FEW)
@given(policies(depth=2), full_facts, st.integers(0, 4))
def test_whether_a_fact_matters_is_found_out_exactly(checked: CheckedPolicy, drawn: dict[str, Any], turns: int) -> None:
    policy = Policy(checked)
    here = talk(policy.start(), fitted(policy, drawn))[: turns + 1][-1]
    arrival = here.decision.arrival
    results = Results(policy, here.facts) if arrival.status is Status.ASKS else None
    for fact in facts_used(policy) if results else ():
        if fact not in here.ledger.answers and fact not in policy.attempts:
            found = Comparison(policy.program, here.decision.known, FactName(fact))
            assert results
            assert found.can_matter(arrival.spot, arrival.calls) == results.can_change(fact), fact


TWICE = """procedimento inicio:
  caso n:
    0 a 3:
      pergunte x
    senão:
      se x:
        nada
  pergunte x
  fim aceito
"""


def test_asking_twice_for_one_thing_is_asking_once() -> None:
    assert asked(made(TWICE, n=(0, 20), x="yes_no").start()) == "x"


# --- fewest and cheapest ---------------------------------------------------------------------------------------

GATES = """procedimento inicio:
  caso cor:
    azul:
      se base e raro:
        fim aceito
    verde:
      se base e caro:
        fim aceito
    senão:
      se base:
        fim aceito
  fim negado
"""


def asked(conversation: Conversation) -> str | None:
    """Return the fact that is asked for."""
    return conversation.question.fact if conversation.question else None


def questions(policy: Policy, order: Order, facts: Mapping[str, tuple[Any, ...]]) -> float:
    """Return how many questions are asked on average over all cases, each fact having these answers."""
    everyone = [dict(zip(facts, answers, strict=True)) for answers in product(*facts.values())]
    return sum(len(talk(policy.start(order=order), case)) - 1 for case in everyone) / len(everyone)


def test_fewest_asks_less_on_average_than_the_author() -> None:
    colors = ("azul", "verde", "roxo", "cinza")
    gates = made(GATES, cor=list(colors), raro="yes_no", base="yes_no", caro="yes_no")
    answers = {"cor": colors, "raro": (True, False), "base": (True, False), "caro": (True, False)}
    assert (asked(gates.start()), asked(gates.start(order="fewest"))) == ("cor", "base")
    assert questions(gates, Order.AUTHOR, answers) == 2.25
    assert questions(gates, Order.FEWEST, answers) == 1.75


def test_one_fact_that_stands_in_every_condition_saves_a_third_of_the_questions() -> None:
    reasons = [f"motivo_{number}" for number in range(1, 6)]
    lines = "".join(f"  se {each} e pode_isentar:\n    fim aceito\n" for each in reasons)
    facts = dict.fromkeys([*reasons, "pode_isentar"], (True, False))
    waiver = made(f"procedimento inicio:\n{lines}  fim negado\n", **dict.fromkeys(facts, "yes_no"))
    assert questions(waiver, Order.AUTHOR, facts) == 2.90625
    assert questions(waiver, Order.FEWEST, facts) == 1.96875


def test_cheapest_asks_what_costs_less_first() -> None:
    costs = {"cara": {"type": "yes_no", "cost": 9}, "barata": {"type": "yes_no", "cost": 0.5}}
    both = made("procedimento inicio:\n  se cara e barata:\n    fim aceito\n  fim negado\n", **costs)
    assert [asked(both.start(order=order)) for order in Order] == ["cara", "cara", "barata"]


def test_a_question_does_not_overtake_a_step() -> None:
    text = "procedimento inicio:\n  se raro e base:\n    faça ligar\n    se caro:\n      fim aceito\n  fim negado\n"
    costs = {name: {"type": "yes_no", "cost": cost} for name, cost in (("raro", 5), ("base", 3), ("caro", 0))}
    start = made(text, **costs).start(order="cheapest")
    assert asked(start) == "base"
    assert [each.fact for each in start.open_facts] == ["raro", "base", "caro"]


@pytest.mark.parametrize("order", Order)
def test_too_many_cases_still_have_a_next_question(order: Order) -> None:
    names = [f"f{number}" for number in range(40)]
    text = f"procedimento inicio:\n  se {' e '.join(names)}:\n    fim aceito\n  fim negado\n"
    start = made(text, **dict.fromkeys(names, "yes_no")).start(order=order)
    assert asked(start) == "f0"
    assert start.answer("f39", False).outcome == "negado"


def test_among_many_cases_too_an_idle_question_is_not_asked() -> None:
    names = [f"f{number}" for number in range(8)]
    steps = "".join(f'  se {name}:\n    faça enviar("{name}")\n' for name in names)
    text = f"procedimento inicio:\n  se ocioso e f0 e não f0:\n    faça ligar\n{steps}  fim aceito\n"
    start = made(text, ocioso="yes_no", **dict.fromkeys(names, "yes_no")).start()
    assert asked(start) == "f0"


@pytest.mark.parametrize("order", list(Order))
def test_what_is_known_is_not_asked_again_and_tells_nothing_apart(order: Order) -> None:
    text = "procedimento inicio:\n  pergunte base\n  se raro:\n    pergunte base\n  fim negado\n"
    again = made(text, base="yes_no", raro="yes_no")
    end = again.start(order=order).answer("base", True)
    assert (end.standing, asked(end)) == (Standing.FINISHED, None)
    assert again.compile().decide({"base": True}).to_json() == again.decide({"base": True}).to_json()
