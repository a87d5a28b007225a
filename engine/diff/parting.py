"""Both versions walked in step, with all cases at once: where they part, and which cases part there.

In: two flows of one space, a procedure to begin with, and cases. Out: `Parting`s. Decisions are passed one version
after the other, what shows is passed by both together; where both stand at the same test they stay side by side, so
that one edit gives few partings. Cases are led on in the order of the graphs, each pair of places once. Cases that have
parted can be led on too, from where both versions go on alike, to find what else is written otherwise on their way.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Final, NamedTuple

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.alike import Alike
from praxe.engine.diff.known_waits import known_waits
from praxe.engine.diff.places import Pair, Places
from praxe.engine.diff.positions import HOLE, Position, has_way_for_all, onward, settle
from praxe.engine.diff.records import Begin, ChangeKind
from praxe.engine.diff.shown import is_silent, kind_of, same_cases
from praxe.engine.graph import End, Gap, GraphNode, Return
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow

MOST_BEHIND: Final = 40_000  # pairs of places that cases are led through after they have parted


class _Since(NamedTuple):
    """Where some cases have been: the last places at which both versions stood side by side, and where they parted."""

    agreed: Pair
    behind: Pair | None = None
    stood: Pair | None = None  # since when one version stands before what it shows, and only the other went on


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Cases that the versions treat differently from here on."""

    cases: int
    kind: ChangeKind
    agreed: Pair  # the last places at which both stood side by side
    at: Pair  # where they show something different
    stood: Pair  # where they stood when the first of them came there
    behind: Pair | None = None  # the `agreed` of where the same cases parted before


class Walker:
    """Leads cases through two versions."""

    def __init__(
        self,
        old: Flow,
        new: Flow,
        *,
        most: int,
        starts: Sequence[Begin],
        common: Collection[ProcedureName] = (),
        closed: Collection[ProcedureName] = (),
    ) -> None:
        """Prepare.

        Args:
            most: pairs of places beyond which the walk is given up; `is_exact` says so.
            starts: the procedures that cases begin with.
            common: those that are the same in both versions.
            closed: those that cannot be led through; `wanted` says which of them would have to be.
        """
        self.is_exact = True
        self.suspects: set[FactName] = set()  # facts that one version may have read and the other not, so far
        self.wanted: set[ProcedureName] = set()
        self.lost: list[tuple[Pair, int]] = []  # where parted cases were left, that could not be led on side by side
        self._old, self._new = old, new
        self._known = (
            known_waits(old, [each.old for each in starts]),
            known_waits(new, [each.new for each in starts]),
        )
        self.alike = Alike((old, new), self._known, common)
        self._read = self.alike.read  # for each version what each of its nodes reads
        self.places = Places((old, new), self.alike, self._known, common)
        self._closed = closed
        self._most = most
        self._both = old.diagrams.both
        self._undecided = (cache(partial(_undecided, old)), cache(partial(_undecided, new)))
        self._waiting: dict[Pair, dict[_Since, int]] = {}
        self._queue: list[Pair] = []

    def partings(self, start: Begin, cases: int) -> Iterator[Parting]:
        """Yield where the versions part, for cases that begin with `start`."""
        self.lost = []
        asked: tuple[set[FactName], set[FactName]] = (set(), set())
        first = (
            settle(self._old, (self._old.start_of(start.old),), asked[0]),
            settle(self._new, (self._new.start_of(start.new),), asked[1]),
        )
        self.suspects = asked[0] ^ asked[1]
        self._lead(first, _Since(first), cases)
        for parting in self._led(self._most):
            if parting is None:
                self.is_exact = False
            else:
                yield parting

    def partings_behind(self, partings: Iterable[Parting]) -> Iterator[Parting]:
        """Yield where cases that have parted come by something else that is written otherwise; maybe not all."""
        suspects, wanted = self.suspects.copy(), self.wanted.copy()  # only what parts first is compared exactly
        self.lost = []
        for each in partings:
            self._resume(each, each.agreed)
        for parting in self._led(MOST_BEHIND):
            if parting is not None:
                yield parting
                assert parting.behind is not None  # INVARIANT: all cases led here have parted
                self._resume(parting, parting.behind)
        self.suspects, self.wanted = suspects, wanted

    # --- leading cases ---------------------------------------------------------------------------------------------

    def _led(self, most: int) -> Iterator[Parting | None]:
        """Lead on all cases that wait at some places; yield None where that is too much."""
        passed = 0
        while self._queue:
            pair = heapq.heappop(self._queue)
            arrived = self._waiting.pop(pair)
            if self.alike.at(*pair):
                continue
            if self._is_closed(pair):
                self.lost += [(pair, cases) for cases in arrived.values()]
                continue
            passed += 1
            if passed > most:
                self._waiting[pair] = arrived
                self.lost += [(each, cases) for each, those in self._waiting.items() for cases in those.values()]
                self._queue, self._waiting = [], {}
                yield None
                return
            if HOLE not in pair and self.places.is_alike(pair[0][-1], pair[1][-1]):
                self._pass_alike(pair, arrived)
                continue
            for since, those in arrived.items():
                yield from self._pass(pair, since, those)

    def _pass_alike(self, pair: Pair, arrived: Mapping[_Since, int]) -> None:
        """Lead cases on from a place that both versions write alike; most are."""
        one, other = pair[0][-1], pair[1][-1]
        targets = tuple(zip(self._old.targets[one], self._new.targets[other], strict=True))
        left = self._undecided[0](one)
        for since, cases in self._sinces(pair, arrived):
            for part, both in zip(self._old.cases_of[one], targets, strict=True):
                those = self._both(cases, part)
                if those != NO_CASE:
                    self._go_on(pair, since, both, those)
            if left != NO_CASE:
                self._lead((HOLE, HOLE), since, self._both(cases, left))

    def _sinces(self, pair: Pair, arrived: Mapping[_Since, int]) -> Iterable[tuple[_Since, int]]:
        """Return the cases at a place that both versions write alike, once for each place where they parted before."""
        found: dict[_Since, int] = {}
        for since, cases in arrived.items():
            here = _Since(pair, since.behind)
            found[here] = self._old.diagrams.either(found.get(here, NO_CASE), cases)
        return found.items()

    def _is_closed(self, pair: Pair) -> bool:
        found = False
        for flow, position in zip((self._old, self._new), pair, strict=True):
            if position != HOLE and (name := flow.nodes[position[-1]].procedure) in self._closed:
                self.wanted.add(name)
                found = True
        return found

    def _lead(self, to: Pair, since: _Since, cases: int) -> None:
        if cases == NO_CASE:
            return
        if to not in self._waiting:
            self._waiting[to] = {}
            heapq.heappush(self._queue, to)
        arrived = self._waiting[to]
        arrived[since] = self._old.diagrams.either(arrived.get(since, NO_CASE), cases)

    def _pass(self, pair: Pair, since: _Since, cases: int) -> Iterator[Parting]:
        one, other = pair
        ours, theirs = _node(self._old, one), _node(self._new, other)
        known = self._are_known(pair)
        tests = _is_test(ours, is_known=known[0]), _is_test(theirs, is_known=known[1])
        is_added_first = all(tests) and self.places.is_alone(pair) == (False, True)
        if all(tests) and self._is_same_test(pair, cases):
            self._suspect_unless_both(pair)
            self._test_together(pair, since._replace(stood=None), cases)
        elif all(tests) and self.places.is_same(pair):
            self._suspect_unless_both(pair)
            self._ways_together(pair, since._replace(agreed=pair, stood=None), cases)
        elif tests[0] and not is_added_first:
            self.suspects.update(self._read[0][one[-1]])
            since = since if tests[1] else since._replace(stood=since.stood or pair)
            for place, those in self._ways(0, one, cases, self.suspects):
                self._lead((place, other), since, those)
        elif tests[1]:
            self.suspects.update(self._read[1][other[-1]])
            since = since if tests[0] else since._replace(stood=since.stood or pair)
            for place, those in self._ways(1, other, cases, self.suspects):
                self._lead((one, place), since, those)
        else:
            yield from self._compare(pair, since, cases)

    def _are_known(self, pair: Pair) -> tuple[bool, bool]:
        """Return whether the places are waits that every case passes at once."""
        return pair[0][-1] in self._known[0], pair[1][-1] in self._known[1]

    def _compare(self, pair: Pair, since: _Since, cases: int) -> Iterator[Parting]:
        """Compare what both show; where it is the same, go on side by side."""
        ours, theirs = _node(self._old, pair[0]), _node(self._new, pair[1])
        same = NO_CASE
        known = self._are_known(pair)
        if ours is None or theirs is None:
            same = cases if ours is theirs else NO_CASE
        else:
            shown = same_cases(self._old, pair[0][-1], self._new, pair[1][-1], are_known=known)
            same = self._both(cases, shown)
        differ = NO_CASE if same == cases else self._old.diagrams.minus(cases, same)
        if differ != NO_CASE:
            kind = kind_of(ours, theirs, are_known=known)
            stood = since.stood or pair
            yield Parting(cases=differ, kind=kind, agreed=since.agreed, at=pair, stood=stood, behind=since.behind)
        if same != NO_CASE and not isinstance(ours, End | Gap | Return | None):
            since = since._replace(stood=None)
            self._suspect_unless_both(pair)
            self._pass_together(pair, since, same)

    def _resume(self, parting: Parting, behind: Pair) -> None:
        """Lead parted cases on, if it is clear how the versions go on side by side: past what only one of them has."""
        one, other = parting.at
        gone, added = self.places.is_alone(parting.at) if HOLE not in parting.at else (False, False)
        is_both = (gone and added) or (HOLE not in parting.at and self.places.is_same(parting.at))
        since = _Since(parting.agreed, behind)
        unasked: set[FactName] = set()
        ends = _is_end(self._old, one), _is_end(self._new, other)
        if is_both and not any(ends):
            self._ways_together(parting.at, since, parting.cases)
        elif gone and not is_both and not ends[0]:
            for place, those in self._ways(0, one, parting.cases, unasked):
                self._lead((place, parting.stood[1]), since, those)
        elif added and not is_both and not ends[1]:
            for place, those in self._ways(1, other, parting.cases, unasked):
                self._lead((parting.stood[0], place), since, those)
        else:
            self.lost.append((parting.at, parting.cases))

    def _is_same_test(self, pair: Pair, cases: int) -> bool:
        ours, theirs = self._old.edges[pair[0][-1]], self._new.edges[pair[1][-1]]
        if len(ours) != len(theirs):
            return False
        return all(
            one.cases == other.cases or self._both(cases, one.cases) == self._both(cases, other.cases)
            for one, other in zip(ours, theirs, strict=True)
        )

    def _test_together(self, pair: Pair, since: _Since, cases: int) -> None:
        """Lead cases on from one test that both make: answer by answer."""
        one, other = pair
        since = self._last_agreed(pair, since)
        for ours, theirs in zip(self._old.edges[one[-1]], self._new.edges[other[-1]], strict=True):
            those = self._both(cases, ours.cases)
            if those != NO_CASE:
                self._go_on(pair, since, (ours.target, theirs.target), those)
        self._lead((HOLE, HOLE), since, self._both(cases, self._undecided[0](one[-1])))

    def _pass_together(self, pair: Pair, since: _Since, cases: int) -> None:
        """Lead cases on from two places that show the same."""
        if self._is_same_test(pair, cases):
            self._test_together(pair, since, cases)
        else:
            self._ways_together(pair, self._last_agreed(pair, since), cases)

    def _ways_together(self, pair: Pair, since: _Since, cases: int) -> None:
        theirs = list(self._ways(1, pair[1], cases, self.suspects))
        for place, those in self._ways(0, pair[0], cases, self.suspects):
            for there, these in theirs:
                self._lead((place, there), since, self._both(those, these))

    def _ways(
        self, version: int, position: Position, cases: int, asked: set[FactName]
    ) -> Iterator[tuple[Position, int]]:
        """Yield where cases go on from a place, and those without an answer there."""
        flow = (self._old, self._new)[version]
        for edge in flow.edges[position[-1]]:
            those = self._both(cases, edge.cases)
            if those != NO_CASE:
                yield onward(flow, position, edge.target, asked), those
        left = self._both(cases, self._undecided[version](position[-1]))
        if left != NO_CASE:
            yield HOLE, left

    def _go_on(self, pair: Pair, since: _Since, targets: tuple[int, int], cases: int) -> None:
        asked: tuple[set[FactName], set[FactName]] = (set(), set())
        place = onward(self._old, pair[0], targets[0], asked[0])
        there = onward(self._new, pair[1], targets[1], asked[1])
        self.suspects |= asked[0] ^ asked[1]
        self._lead((place, there), since, cases)

    def _last_agreed(self, pair: Pair, since: _Since) -> _Since:
        """Return since when both agree, if one place is the other written again: others only happen to look alike."""
        return since._replace(agreed=pair) if self.places.is_same(pair) else since

    def _suspect_unless_both(self, pair: Pair) -> None:
        """Note what is read at one of two places only."""
        self.suspects.update(set(self._read[0][pair[0][-1]]) ^ set(self._read[1][pair[1][-1]]))


def _undecided(flow: Flow, number: int) -> int:
    """Return the cases that a node leaves without an answer."""
    return NO_CASE if has_way_for_all(flow, number) else flow.undecided(number)


def _node(flow: Flow, position: Position) -> GraphNode | None:
    return None if position == HOLE else flow.nodes[position[-1]]


def _is_end(flow: Flow, position: Position) -> bool:
    return isinstance(_node(flow, position), End | Gap | Return)


def _is_test(node: GraphNode | None, *, is_known: bool) -> bool:
    return node is not None and is_silent(node, is_known=is_known)
