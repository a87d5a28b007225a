"""What is seen at once to matter, matters: against all courses of random cases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Policy
from praxe.engine.follow import advance
from praxe.engine.settle import explore, facts_that_matter
from praxe.engine.values import Known
from praxe.engine.witness import Witness
from tests.engine.strategies import assuming, facts, fitted, policies

ROOT = Path(__file__).parents[2]


@given(st.one_of(policies(depth=2), assuming(depth=2)), facts())
def test_what_is_seen_to_matter_is_what_all_courses_say(checked: CheckedPolicy, drawn: dict[str, Any]) -> None:
    policy = Policy(checked)
    program = policy.program
    known: Known = {**policy.typed(fitted(policy, drawn))}
    if not program.answers.fits(known):
        return
    for start in program.landings.values():
        calls: list[Any] = []
        spot = advance(start, known, [], calls)
        seen = Witness(program).asked(spot, known, looks_on=True)
        leaves = explore(program, spot, calls, known) if seen else None
        if leaves is not None:
            assert facts_that_matter(program, known, leaves, first=program.lacking(spot, known))[0] == seen


def test_the_first_question_of_a_real_policy_is_seen_at_once() -> None:
    policy = Policy.load(ROOT / "policy" / "promad")
    spot = advance(policy.program.landings[policy.manifest.entry], {}, [], [])
    decision = policy.decide({})
    assert decision.asks
    assert Witness(policy.program).asked(spot, {}, looks_on=True) == decision.asks.fact
