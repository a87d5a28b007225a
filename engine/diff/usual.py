"""Answers for two versions that do not accept the same answers to a question.

In: a version, the other one, and their space. Out: `Cases` whose usual answers both versions accept, if there are any:
else a case could not be decided for the sake of a fact that makes no difference. Attempts are as many as either version
makes; each is told those that it makes itself, or how they ended if it makes none.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact
from praxe.engine.policy import Policy
from praxe.engine.prove.axes import AxisKind, attempts_value
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.meaning import Meaning
from praxe.engine.values import Value


class SharedCases(Cases):
    """Finds facts for choices, and walks them, beside another version."""

    def __init__(self, policy: Policy, meaning: Meaning, other: Policy) -> None:
        super().__init__(policy, meaning)
        self._own, self._others = policy.facts, other.facts
        self._attempts = policy.attempts
        self._most = {name: max(policy.attempts.get(name, 0), most) for name, most in other.attempts.items()}

    def usual(self, name: FactName) -> Value:
        """Return an answer to a question that nothing is known about."""
        value = super().usual(name)
        own, other = self._own.get(name), self._others.get(name)
        if own is None or other is None or own is other or _admitted(own) == _admitted(other):
            return value
        match value:
            case bool():
                return value
            case str() if own.values:
                return _named(value, own, other)
            case int() | Decimal():
                return _within(value, own, other)
            case _:
                return value

    def _simple(self, name: FactName, choice: Mapping[int, int]) -> list[Value]:
        for number in self._of_fact.get(name, ()) if name in self._most else ():
            if self._axes[number].kind is AxisKind.ATTEMPTS:
                success = self._axes[number].classes[choice.get(number, 0)].low
                return [attempts_value(success, self._most[name])]
        return super()._simple(name, choice)

    def _given(self, facts: Mapping[FactName, Value]) -> dict[str, Any]:
        return super()._given({name: self._fitted(name, value) for name, value in facts.items()})

    def _fitted(self, name: FactName, value: Value) -> Value:
        """Return an answer as this version hears it."""
        if not isinstance(value, tuple):
            return value
        bound = self._attempts.get(name)
        return True in value if bound is None else value[:bound]


def _admitted(fact: Fact) -> object:
    return [each.name for each in fact.values], fact.minimum, fact.maximum


def _named(value: str, own: Fact, other: Fact) -> str:
    """Return a value of both facts, else one of its own."""
    names, there = [each.name for each in own.values], {each.name for each in other.values}
    both = [each for each in names if each in there]
    return value if value in both else (both or names)[0]


def _within(value: int | Decimal, own: Fact, other: Fact) -> int | Decimal:
    """Return the number nearest to one that is within the limits of both facts, or else of its own."""
    for facts in ((own, other), (own,)):
        lows = [each.minimum for each in facts if each.minimum is not None]
        highs = [each.maximum for each in facts if each.maximum is not None]
        found = min([max([Decimal(value), *lows]), *highs])
        if all(low <= found for low in lows):
            return int(found) if isinstance(value, int) else found
    return value
