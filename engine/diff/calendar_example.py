"""A customer and a day on which two calendars make a difference, decided by both versions.

In: two versions led through together, and days off that only one calendar has. Out: an example with its day; None where
none was found: dates near such days are tried, not all there are.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice
from typing import Final

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import FactType
from praxe.engine.decision import Decision
from praxe.engine.diff.calendars import facts_behind, nodes_reckoning
from praxe.engine.diff.examples import Examples, is_seen_alike
from praxe.engine.diff.questions import cases_coming_to
from praxe.engine.diff.records import Begin, CalendarChange, Example
from praxe.engine.diff.together import Together
from praxe.engine.diff.usual import SharedCases
from praxe.engine.facts import FactError
from praxe.engine.follow import visits
from praxe.engine.graph import Decision as Test
from praxe.engine.graph import NodeId, Wait
from praxe.engine.policy import Policy
from praxe.engine.values import TODAY, Value

MOST_DAYS: Final = 6  # on which the calendars differ
MOST_NODES: Final = 12  # conditions, and as many others
MOST_TRIED: Final = 3_000  # dates, of all nodes
_BEFORE: Final = (1, 2, 3, 4, -1, -2, -3)  # days from a decision to the day off
_AHEAD: Final = tuple(sorted(range(-15, 16), key=abs))  # days from a decision to a date of the case
_NOON: Final = datetime.time(12)

Facts = Mapping[FactName, Value]


def calendar_example(
    policies: tuple[Policy, Policy], together: Together, examples: Examples, change: CalendarChange
) -> Example | None:
    """Return a customer whom the calendars make a difference to: who goes another way, or else sees another date."""
    days = sorted((*change.days_added, *change.days_gone))[:MOST_DAYS]
    search = _Search(policies, together, examples, days)
    return next(search.found(is_strict=True), None) or next(search.found(is_strict=False), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A node of the new version that goes by the calendar, and a customer who comes there."""

    start: Begin
    is_test: bool
    facts: Facts  # the whole case
    decisive: Sequence[FactName]
    dates: Sequence[FactName]  # that the node reads
    is_waiting: bool


class _Search:
    def __init__(
        self,
        policies: tuple[Policy, Policy],
        together: Together,
        examples: Examples,
        days: Sequence[datetime.date],
    ) -> None:
        self._policies = policies
        self._together = together
        self._examples = examples
        self._days = days
        self._twin = _with_calendar_of(*policies)

    def found(self, *, is_strict: bool) -> Iterator[Example]:
        """Yield examples on whom nothing but the calendar makes a difference; strict ones go another way for it."""
        spots = [each for each in self._spots if each.is_test or not is_strict]
        tries = ((spot, *each) for spot in spots for each in _tries(spot.facts, spot.dates, self._days))
        for spot, now, facts in islice(tries, MOST_TRIED):
            one, other = (_decide(each, facts, spot.start.new, now) for each in (self._policies[1], self._twin))
            if one is None or other is None or _is_alike(one, other):
                continue
            before = _decide(self._policies[0], facts, spot.start.old, now)
            if before is None or not _is_alike(before, other):
                continue
            if is_strict and _passed(one) == _passed(other):
                continue
            example = self._example(spot, facts, now)
            if example is not None:
                yield example

    def _example(self, spot: _Spot, facts: Facts, now: datetime.datetime) -> Example | None:
        known = {**facts, TODAY: now.date()}
        decisive = tuple(name for name in facts if name in spot.decisive or name in spot.dates)
        if not spot.is_waiting:
            return self._examples.completed(known, spot.start, decisive)
        old, new = (_decide(each, facts, name, now) for each, name in zip(self._policies, spot.start, strict=True))
        if old is None or new is None or _is_alike(old, new):
            return None
        return Example(decisive=decisive, facts=known, old=old, new=new)

    @cached_property
    def _spots(self) -> Sequence[_Spot]:
        found: list[_Spot] = []
        nodes = nodes_reckoning(self._policies[1])
        tests = [name for name, node in nodes.items() if isinstance(node, Test)][:MOST_NODES]
        others = [name for name, node in nodes.items() if not isinstance(node, Test)][:MOST_NODES]
        for name in (*tests, *others):
            number = self._together.flows[1].number[name]
            spots = (self._spot(start, number) for start in self._together.starts)
            found += islice(filter(None, spots), 1)
        return found

    def _spot(self, start: Begin, number: int) -> _Spot | None:
        flow, policy = self._together.flows[1], self._policies[1]
        coming = cases_coming_to(flow, start.new, number)
        if coming is None:
            return None
        choice = flow.diagrams.smallest(flow.diagrams.both(coming, self._together.accepted.by_both))
        cases = SharedCases(policy, flow.meaning, self._policies[0])
        facts = None if choice is None else cases.facts_of(choice)
        if facts is None:
            return None
        node = flow.nodes[number]
        whole = {name: each for name, each in cases.decide(facts, start.new).facts.items() if name in policy.facts}
        if isinstance(node, Wait):
            whole.pop(node.fact, None)  # nobody knows yet how it ends
        read = facts_behind(node, policy)
        return _Spot(
            start=start,
            is_test=isinstance(node, Test),
            facts=whole,
            decisive=tuple(facts),
            dates=[name for name, fact in policy.facts.items() if name in read and fact.type is FactType.DATE],
            is_waiting=isinstance(node, Wait),
        )


def _is_alike(one: Decision, other: Decision) -> bool:
    """Return whether two decisions show the same, and wait until the same day."""
    until = [each.waits and each.waits.deadline.due for each in (one, other)]
    return is_seen_alike(one, other) and until[0] == until[1]


def _with_calendar_of(other: Policy, policy: Policy) -> Policy:
    """Return a policy as it would be by the calendar of another."""
    manifest = replace(policy.checked.manifest, calendar=other.manifest.calendar)
    return Policy(replace(policy.checked, manifest=manifest))


def _passed(decision: Decision) -> list[NodeId]:
    start = decision.policy.program.starts[decision.policy.procedure(decision.start)]
    return [spot.node.id for spot, _ in visits(start, decision.arrival.picks)]


def _tries(
    facts: Facts, dates: Sequence[FactName], days: Sequence[datetime.date]
) -> Iterator[tuple[datetime.datetime, Facts]]:
    """Yield days of a decision near one on which the calendars differ, each with dates of the case near it."""
    for day in days:
        for before in _BEFORE:
            now = day - datetime.timedelta(days=before)
            if now.weekday() >= 5:
                continue  # a day on which people decide is easier to believe
            moment = datetime.datetime.combine(now, _NOON)
            if not dates:
                yield moment, facts
            for name in dates:
                for ahead in _AHEAD:
                    others: dict[FactName, Value] = dict.fromkeys(dates, now)
                    yield moment, {**facts, **others, name: now + datetime.timedelta(days=ahead)}


def _decide(policy: Policy, facts: Facts, start: str, now: datetime.datetime) -> Decision | None:
    try:
        return policy.decide({name: value for name, value in facts.items() if name in policy.facts}, start, now)
    except FactError:
        return None
