"""Generated code and walk decide alike: every scenario of the real policies, and random cases of random policies."""

from __future__ import annotations

import datetime
import os
import random
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Policy, load_scenarios
from praxe.engine.compile.decided import CompiledDecision
from praxe.engine.values import json_value
from tests.engine.compile.agreement import agree
from tests.engine.strategies import PROCEDURES, facts, fitted, full_facts, policies, random_case

ROOT = Path(__file__).parents[3]
DEEP = bool(os.environ.get("PRAXE_DEEP"))
NOW = datetime.datetime(2026, 11, 20, 15, 30)


@cache
def real(name: str) -> Policy:
    return Policy.load(ROOT / "policy" / name)


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_every_scenario(name: str) -> None:
    policy = real(name)
    compiled = policy.compile()
    found = load_scenarios(ROOT / "policy" / name, policy)
    assert found.scenarios
    for each in found.scenarios:
        agree(policy, compiled, each.facts, start=each.start, now=each.now or NOW)


def test_facts_as_json_has_them_are_decided_by_code_too() -> None:
    policy = real("promad")
    compiled = policy.compile()
    kinds = set()
    for each in load_scenarios(ROOT / "policy" / "promad", policy).scenarios:
        typed = policy.check(each.facts).items()
        given = {str(name): json_value(value, policy.facts[name]) for name, value in typed}
        case = {
            name: ("sim" if value else "não") if isinstance(value, bool) else value for name, value in given.items()
        }
        agree(policy, compiled, case, start=each.start, now=each.now or NOW)
        kinds.add(type(compiled.decide(case, each.start, each.now or NOW)))
    assert kinds == {CompiledDecision}


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_random_cases_of_the_real_policies(name: str) -> None:
    policy = real(name)
    compiled = policy.compile()
    chance = random.Random(None if DEEP else 5)
    for _ in range(4_000 if DEEP else 250):
        case = random_case(policy, chance, share=chance.choice([1, 1, 0.95, 0.8, 0.5, 0.2]))
        start = chance.choice([None, None, *policy.checked.procedures])
        agree(policy, compiled, case, start=start, now=NOW)


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_the_path_alone_of_very_many_random_cases(name: str) -> None:
    policy = real(name)
    compiled = policy.compile()
    chance = random.Random(None if DEEP else 6)
    for _ in range(520_000 if DEEP else 1_500):
        case = random_case(policy, chance, share=chance.choice([1] * 11 + [0.9]))
        walked = policy.decide(case, now=NOW).arrival
        path = compiled.decide(case, now=NOW)
        assert (path.status, path.outcome) == (walked.status, getattr(walked.spot.node, "outcome", None))
        if walked.asked is None:
            told = path.arrival
            assert list(told.picks) == list(walked.picks)
            assert (told.spot, list(told.calls)) == (walked.spot, list(walked.calls))


@settings(max_examples=2_500 if DEEP else 50)
@given(policies(), st.lists(facts() | full_facts, min_size=1, max_size=6), st.sampled_from(PROCEDURES))
def test_random_policies(checked: CheckedPolicy, cases: list[Mapping[str, Any]], start: str) -> None:
    policy = Policy(checked)
    compiled = policy.compile()
    for case in cases:
        agree(policy, compiled, fitted(policy, case), start=start)
