"""The real policies, opened once, and cases of theirs that stop in every way."""

from __future__ import annotations

import datetime
import os
from functools import cache
from pathlib import Path

from praxe.cli.draw import path_of
from praxe.engine.facts import FactError
from praxe.engine.policy import Policy
from praxe.engine.scenarios import load_scenarios
from praxe.visualize import CasePath

ROOT = Path(__file__).parents[2]
POLICIES = ("rc", "promad")
NOW = datetime.datetime(2026, 11, 23, 9, 0)


@cache
def policy(name: str) -> Policy:
    """Return the policy called `name`."""
    return Policy.load(ROOT / "policy" / name)


@cache
def paths(name: str) -> tuple[CasePath, ...]:
    """Return the ways of all scenarios of a policy, and of the same cases with half of their facts."""
    opened = policy(name)
    found: dict[CasePath, None] = {}
    for scenario in load_scenarios(ROOT / "policy" / name, opened).scenarios:
        facts = list(scenario.facts.items())
        for given in (facts, facts[: len(facts) // 2]):
            try:
                decision = opened.decide(dict(given), start=scenario.start, now=scenario.now or NOW, language="pt")
            except FactError:  # half of the facts may break what the vocabulary says can go together
                continue
            found[path_of(decision)] = None
    return tuple(found)


def some_paths(name: str) -> tuple[CasePath, ...]:
    """Return enough of them that each way to stop is among them; with PRAXE_DEEP, all."""
    every = paths(name)
    first = {path.stop: path for path in reversed(every)}
    return every if os.environ.get("PRAXE_DEEP") else (*first.values(), *every[::25])
