"""What can be seen first after a node, whatever the facts: where two ways surely differ, their question matters.

In: the spots of a program. Out: for each the set of things that can be seen first from there on, or None where they are
too many to tell. Sets that share nothing belong to futures that are seen to differ, in every case (`observe.course`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import combinations
from typing import TYPE_CHECKING, Final, assert_never

from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.observe import gap_seen, step_seen
from praxe.engine.program import Pace, Spot, Way

if TYPE_CHECKING:
    from praxe.engine.classes import Answers

MOST: Final = 24  # things seen first that are told apart

Seen = frozenset[Hashable]


class Firsts:
    """The things that can be seen first, of one program; worked out when somebody first asks."""

    def __init__(self, spots: Iterable[Spot], answers: Answers) -> None:
        """Note the spots of a program, in the order of the graph."""
        self._spots = tuple(spots)
        self._answers = answers

    def surely_differ(self, spot: Spot) -> bool:
        """Whether the ways of `spot` lead to what surely differs: any two, or of a looked up fact some two."""
        pairs = combinations(self._ways(spot), 2)
        differ = [self.differ(one, other) for one, other in pairs]
        return bool(differ) and (any(differ) if spot.pace is Pace.LOOK_UP else all(differ))

    def _ways(self, spot: Spot) -> list[Way]:
        """Return the ways that some answer takes."""
        if spot.pace is not Pace.LOOK_UP:
            return list(spot.ways)
        answers = self._answers.of(spot.fact, {})
        values = list(spot.by_value) if answers is None else answers
        return list(dict.fromkeys(way for each in values if (way := spot.by_value.get(each))))

    def after(self, way: Way) -> Seen | None:
        """Return the things that can be seen first after a way, None if they are too many."""
        return self._found[way.target]

    def differ(self, one: Way, other: Way) -> bool:
        """Whether two ways never show the same first."""
        a, b = self._found[one.target], self._found[other.target]
        return a is not None and b is not None and a.isdisjoint(b)

    def _returning_ways(self) -> dict[str, list[Spot]]:
        """Return, for each procedure, where its calls go on."""
        found: defaultdict[str, list[Spot]] = defaultdict(list)
        for spot in self._spots:
            if spot.callee and spot.onward:
                found[spot.callee.node.procedure].append(spot.onward.target)
        return found

    @cached_property
    def _found(self) -> dict[Spot, Seen | None]:
        """Go round until nothing is added; spots from the last to the first, so that one round is mostly enough."""
        backwards = self._spots[::-1]
        returns = self._returning_ways()
        found: dict[Spot, Seen | None] = dict.fromkeys(backwards, frozenset())
        passing: list[tuple[Spot, Seen, list[Spot]]] = []
        for spot in backwards:
            own, below = frozenset(_own(spot)), _below(spot, returns)
            found[spot] = _joined(own, [found[each] for each in below])
            if below:
                passing.append((spot, own, below))
        is_stable = False
        while not is_stable:
            is_stable = True
            for spot, own, below in passing:
                seen = _joined(own, [found[each] for each in below])
                if seen != found[spot]:
                    found[spot], is_stable = seen, False
        return found


def _below(spot: Spot, returns: Mapping[str, list[Spot]]) -> list[Spot]:
    """Return the spots whose first things are also the first after `spot`."""
    node = spot.node
    match node:
        case Start() | Decision() | Question():  # nobody is asked again for what is known
            return [way.target for way in spot.ways]
        case Call():
            return [spot.callee] if spot.callee else []
        case Return():
            return returns.get(node.procedure, [])
        case Step() | Retry() | Wait() | End() | Gap():
            return []
        case _:
            assert_never(node)


def _joined(own: Seen, below: list[Seen | None]) -> Seen | None:
    found = own
    for each in below:
        if each is None:
            return None
        found |= each
        if len(found) > MOST:
            return None
    return found


def seen_of(spot: Spot) -> Seen:
    """Return what is seen of a spot itself."""
    return frozenset(_own(spot))


def _own(spot: Spot) -> Iterator[Hashable]:
    """Yield what is seen of the spot itself, told no finer than what is seen."""
    node = spot.node
    match node:
        case Step():
            yield ("step", step_seen(node))
        case Question():
            yield ("ask", node.fact)
        case Retry():
            yield ("try", node.action, node.clauses, node.notes)
        case Wait():
            yield ("wait", tuple(map(step_seen, node.meanwhile)))
        case End():
            yield ("end", node.outcome)
        case Gap():
            yield gap_seen(node)
        case Decision():
            yield ("hole", node.id)
        case Return():
            yield ("over",)
        case Start() | Call():
            pass
        case _:
            assert_never(node)
