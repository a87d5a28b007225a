"""Two versions that count business days by different calendars, and where in their texts that matters.

In: two policies. Out: a `CalendarChange` with the places that go by the calendar; None where no day off differs, or
nobody counts business days.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping

from praxe.dsl.tree import DaysBetween, Duration, DurationLiteral, FactName, Node, Unit
from praxe.engine.diff.definitions import names_in, refs_in, with_those_inside
from praxe.engine.diff.records import CalendarChange, Reckoned, Reckoning
from praxe.engine.graph import Decision, GraphNode, NodeId, Step, StepDeadline, Wait
from praxe.engine.policy import Policy
from praxe.engine.prove.cuts import USUAL_DAY


def calendar_change(old: Policy, new: Policy) -> CalendarChange | None:
    """Return how the calendars differ, if that can make a difference; no example yet."""
    if old.manifest.calendar == new.manifest.calendar:
        return None
    places = _places(old, new)
    if not places:
        return None
    before, after = ({*map(datetime.date.fromordinal, each.calendar.holidays)} for each in (old, new))
    if before == after:
        return None
    years = _years(old, new, before ^ after)
    return CalendarChange(
        old=old.calendar.name,
        new=new.calendar.name,
        days_added=tuple(sorted(each for each in after - before if each.year in years)),
        days_gone=tuple(sorted(each for each in before - after if each.year in years)),
        places=places,
    )


def _years(old: Policy, new: Policy, differing: Iterable[datetime.date]) -> frozenset[int]:
    """Return the years to speak of: those that the policies name, or else one in which the calendars differ."""
    manifests = (old.manifest, new.manifest)
    listed = {day.year for each in manifests for day in each.calendar.holidays}
    named = {each.effective.year for each in manifests if each.effective} or listed or {USUAL_DAY.year}
    known = {each.year for each in differing}
    if found := known & (named | listed):
        return frozenset(found)
    return frozenset([min(known, key=lambda each: (each < max(named), abs(each - max(named))))])


def _places(old: Policy, new: Policy) -> tuple[Reckoned, ...]:
    """Return where the new version goes by the calendar, then where only the old one did."""
    before, after = ({each.key: each for each in _reckoned(policy)} for policy in (old, new))
    gone = [each for key, each in before.items() if key not in after]
    return (*_once(after.values(), is_gone=False), *_once(gone, is_gone=True))


def _once(places: Iterable[Reckoned], *, is_gone: bool) -> Iterator[Reckoned]:
    seen: set[object] = set()
    for each in places:
        where = (each.what, str(each.span))  # a loop is unrolled, a procedure is not
        if where not in seen:
            seen.add(where)
            yield Reckoned(what=each.what, key=each.key, span=each.span, is_gone=is_gone)


def _reckoned(policy: Policy) -> Iterator[Reckoned]:
    """Yield the nodes, the definitions that some node reads, and the assumptions that go by the calendar."""
    definitions = policy.checked.definitions
    read: set[FactName] = set()
    for node in policy.graph.nodes.values():
        what = _how(node)
        if what is not None:
            yield Reckoned(what=what, key=node.id, span=node.span)
        read.update(names_in(node))
    for assumption in policy.checked.assumptions:
        if any(map(_reckons, assumption.conditions)):
            yield Reckoned(what=Reckoning.CONDITION, key=str(assumption.conditions), span=assumption.span)
        read.update(name for each in assumption.conditions for name in refs_in(each))
    inside = with_those_inside(read, definitions)
    for name in definitions:
        if name in inside and _reckons(definitions[name]):
            yield Reckoned(what=Reckoning.DEFINITION, key=name, span=definitions[name].name_span)


def nodes_reckoning(policy: Policy) -> Mapping[NodeId, GraphNode]:
    """Return the nodes that go by the calendar, themselves or through a definition they read; conditions first."""
    definitions = policy.checked.definitions
    by_calendar = {name for name, each in definitions.items() if _reckons(each)}
    found = [
        node
        for node in policy.graph.nodes.values()
        if _how(node) is not None
        or (by_calendar and not by_calendar.isdisjoint(with_those_inside(names_in(node), policy.checked.definitions)))
    ]
    return {node.id: node for node in sorted(found, key=lambda each: not isinstance(each, Decision))}


def facts_behind(node: GraphNode, policy: Policy) -> frozenset[FactName]:
    """Return all facts that a node reads, itself or through definitions."""
    return frozenset(
        name for name in with_those_inside(names_in(node), policy.checked.definitions) if name in policy.facts
    )


def _how(node: GraphNode) -> Reckoning | None:
    """Return what of a node goes by the calendar."""
    match node:
        case Decision(test=test):
            return Reckoning.CONDITION if _reckons(test) else None
        case Step(deadline=StepDeadline(duration=Duration() as duration)):
            return Reckoning.DEADLINE if _is_business(duration) else None
        case Wait(deadline=until, meanwhile=meanwhile):
            goes = _is_business(until) if isinstance(until, Duration) else _reckons(until)
            return Reckoning.WAIT if goes else next(filter(None, map(_how, meanwhile)), None)
        case _:
            return None


def _reckons(part: Node) -> bool:
    return any(
        each.business
        if isinstance(each, DaysBetween)
        else isinstance(each, DurationLiteral) and _is_business(each.value)
        for each in part.descendants()
    )


def _is_business(duration: Duration) -> bool:
    return duration.unit is Unit.BUSINESS_DAY
