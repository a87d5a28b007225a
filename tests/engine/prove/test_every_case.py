"""All checks agree with trying every case, on policies drawn at random: 10,000 of them with PRAXE_DEEP, else some."""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from dataclasses import replace
from itertools import count, islice

import pytest

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactName, Table
from praxe.dsl.vocabulary import FactType
from praxe.engine import Policy
from tests.engine.prove.agreement import Tally, differences
from tests.engine.prove.drawn import Drawn

HOW_MANY = 10_000 if os.environ.get("PRAXE_DEEP") else 60
MET = (  # a test that never meets one of these would prove nothing
    "rules proved", "rules refuted", "rules proved for nothing", "branches dead", "branches taken", "parts idle",
    "decided found", "definitions found", "otherwise found", "questions found", "events found", "steps repeated",
    "steps contradicting", "limits that differ", "rules that clash", "rules with other limits", "assumptions agree",
)  # fmt: skip
MET_IN_MANY = ("assumptions contradict", "procedures that part")


def told(tally: Tally) -> str:
    """Return how often each thing was met."""
    return "\n".join(["", *(f"{name}: {number}" for name, number in sorted(tally.items()))])


def drawn_policies() -> Iterator[tuple[int, CheckedPolicy]]:
    """Yield policies that the checker accepts, each with its seed."""
    for seed in count():
        policy = Drawn(seed).checked()
        if policy is not None:
            yield seed, policy


def with_hole(policy: CheckedPolicy, seed: int) -> CheckedPolicy:
    """Return a policy whose table lacks a row, as no policy does that the checker accepts: some case is undecided."""
    name = FactName("t")
    table = policy.definitions.get(name)
    if not isinstance(table, Table):
        return policy
    gone = random.Random(seed).choice((0, len(table.rows) - 1, len(table.rows) - 1))
    fewer = replace(table, rows=table.rows[:gone] + table.rows[gone + 1 :])
    return replace(policy, definitions={**policy.definitions, name: fewer})


class Limiting(Drawn):
    """A policy drawn with two rules more, that limit one action by a number."""

    def rule(self) -> str:
        """Return a rule as drawn, or one that limits an action."""
        if not self.numbers or self.chance.random() < 0.3:
            return super().rule()
        besides = f" e {self.condition(0)}" if self.chance.random() < 0.5 else ""
        sign = self.chance.choice((">", ">", ">=", "<"))
        return f"nunca ligar quando {self.numbers[0]} {sign} {self.chance.randrange(3)}{besides}\n"


def disagreements(seed: int, policy: CheckedPolicy, tally: Tally) -> Iterator[str]:
    """Yield what differs in the policy of a seed and, for every fourth seed each, in what is made of it."""
    yield from differences(Policy(policy), tally)
    if seed % 4 == 0:
        yield from differences(Policy(with_hole(policy, seed)), tally)
    has_days = any(fact.type is FactType.DATE for fact in policy.vocabulary.facts.values())
    if seed % 4 == 1 and policy.assumptions and not has_days:  # of days only the assumed ones can all be tried
        yield from differences(Policy(policy), tally, respects_assumptions=False)
    limiting = Limiting(seed).checked() if seed % 4 == 2 else None
    if limiting is not None:
        yield from differences(Policy(limiting), tally)


def test_proofs_agree_with_trying_every_case() -> None:
    tally, differing = Tally(), []
    for seed, policy in islice(drawn_policies(), HOW_MANY):
        differing += [f"{seed}: {each}" for each in disagreements(seed, policy, tally)]
    print(told(tally))  # noqa: T201 - how often what was met, for whoever runs it with -s
    assert differing == []
    wanted = (*MET, *MET_IN_MANY) if HOW_MANY >= 1_000 else MET
    assert {name: tally[name] for name in wanted if not tally[name]} == {}
    unknown = tally["rules unknown"]
    assert unknown <= (tally["rules proved"] + tally["rules refuted"]) / 100


@pytest.mark.parametrize("seed", [9940, 27468])
def test_a_policy_once_judged_otherwise_agrees(seed: int) -> None:
    policy = Drawn(seed).checked()
    assert policy is not None
    assert list(disagreements(seed, policy, Tally())) == []
