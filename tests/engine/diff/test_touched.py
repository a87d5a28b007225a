"""A scenario is touched just where both versions, put into words, show something different."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from praxe.engine import Policy, load_scenarios
from praxe.engine.diff.common import changed_facts
from praxe.engine.diff.examples import seen
from praxe.engine.diff.touched import Touched
from praxe.engine.facts import FactError
from praxe.engine.mutants.score import mutants_of
from praxe.engine.scenarios import Scenario
from tests.engine.prove.enumeration import IS_DEEP

POLICIES = Path(__file__).parents[3] / "policy"


@pytest.mark.parametrize(("name", "most"), [("rc", 12), ("promad", 1)])
def test_scenarios_are_touched_where_they_show_something_different(name: str, most: int) -> None:
    real = Policy.load(POLICIES / name)
    scenarios = load_scenarios(POLICIES / name, real).scenarios
    found = 0
    for mutant in random.Random(3).sample(list(mutants_of(real.checked)), most * (5 if IS_DEEP else 1)):
        mutated = Policy(mutant.of(real.checked))
        touched = Touched(real, mutated, changed_facts(real, mutated))
        for each in scenarios:
            differs = _seen(real, each) != _seen(mutated, each)
            assert bool(touched.decided(each)) == differs, (mutant.edit, each.name)
            found += differs
    assert found


def _seen(policy: Policy, scenario: Scenario) -> object:
    try:
        return seen(policy.decide(scenario.facts, start=scenario.start, now=scenario.now))
    except (FactError, ValueError):
        return None
