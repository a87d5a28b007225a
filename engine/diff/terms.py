"""What each version takes for granted of its cases: its assumptions, and limits of facts that the other does not share.

In: a version and the other one. Out: `Term`s, each a condition that a version's cases fulfil or are refused by.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from praxe.dsl.tree import And, Compare, Comparison, Expression, FactName, FactRef, Literal
from praxe.dsl.vocabulary import Assumption, Fact
from praxe.engine.diff.definitions import refs_in, with_those_inside
from praxe.engine.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """What refuses a case: an assumption, or the limits of a fact put as one."""

    by: Assumption | Fact
    assumption: Assumption


def terms_of(policy: Policy, other: Policy) -> Sequence[Term]:
    """Return the terms of one version beside another: where no assumption and no limit is, none."""
    found = [Term(by=each, assumption=each) for each in policy.checked.assumptions]
    return (*found, *_limits(policy, other))


def facts_of(assumption: Assumption, policy: Policy) -> frozenset[FactName]:
    """Return the facts that an assumption speaks of, given or derived, with those of which they are made."""
    named = (name for condition in assumption.conditions for name in refs_in(condition))
    return frozenset(with_those_inside(named, policy.checked.definitions))


def _limits(policy: Policy, other: Policy) -> Iterator[Term]:
    for name, fact in policy.facts.items():
        there = other.facts.get(name)
        if there is None or there is fact or (fact.minimum, fact.maximum) == (there.minimum, there.maximum):
            continue
        within = _within(fact)
        if within is not None:
            yield Term(by=fact, assumption=Assumption(then=within, span=fact.span))


def _within(fact: Fact) -> Expression | None:
    """Return the condition that a number is within its limits; None if it has none."""
    parts = [
        _compared(fact, operator, bound)
        for operator, bound in (
            (Comparison.GREATER_EQUAL, fact.minimum),
            (Comparison.LESS_EQUAL, fact.maximum),
        )
        if bound is not None
    ]
    if len(parts) < 2:
        return parts[0] if parts else None
    return And(operands=tuple(parts), span=fact.span)


def _compared(fact: Fact, operator: Comparison, bound: Decimal) -> Expression:
    left, right = FactRef(name=fact.name, span=fact.span), Literal(value=bound, span=fact.span)
    return Compare(operator=operator, left=left, right=right, span=fact.span)
