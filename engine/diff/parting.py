"""Both versions walked in step, with all cases at once: where they part, and which cases part there.

In: two flows of one space, a procedure to begin with, and cases. Out: `Parting`s. Decisions are passed one version
after the other, what shows is passed by both together; where both stand at the same test they stay side by side, so
that one edit gives few partings. Cases are led on in the order of the graphs, each pair of places once.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.alike import Alike
from praxe.engine.diff.known_waits import known_waits
from praxe.engine.diff.matching import match
from praxe.engine.diff.positions import HOLE, Position, onward, settle
from praxe.engine.diff.records import Begin, ChangeKind
from praxe.engine.diff.shown import kind_of, same_cases
from praxe.engine.graph import Decision, End, Gap, GraphNode, Return, Wait
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow

Pair = tuple[Position, Position]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parting:
    """Cases that the versions treat differently from here on."""

    cases: int
    kind: ChangeKind
    agreed: Pair  # the last places at which both stood side by side
    at: Pair  # where they show something different


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
    ) -> None:
        """Prepare.

        Args:
            most: pairs of places beyond which the walk is given up; `is_exact` says so.
            starts: the procedures that cases begin with.
            common: those that are the same in both versions.
        """
        self.is_exact = True
        self.suspects: set[FactName] = set()  # facts that one version may have read and the other not, so far
        self._old, self._new = old, new
        self._known = (
            known_waits(old, [each.old for each in starts]),
            known_waits(new, [each.new for each in starts]),
        )
        self._alike = Alike((old, new), self._known, common)
        self.read = self._alike.read  # for each version what each of its nodes reads
        self._new_of = match(old.policy.graph, new.policy.graph, common).new_of
        self._most = most
        self._both = old.diagrams.both
        self._waiting: dict[Pair, dict[Pair, int]] = {}
        self._queue: list[Pair] = []

    def partings(self, start: Begin, cases: int) -> Iterator[Parting]:
        """Yield where the versions part, for cases that begin with `start`."""
        asked: tuple[set[FactName], set[FactName]] = (set(), set())
        first = (
            settle(self._old, (self._old.start_of(start.old),), asked[0]),
            settle(self._new, (self._new.start_of(start.new),), asked[1]),
        )
        self.suspects = asked[0] ^ asked[1]
        self._waiting, self._queue = {}, []
        self._lead(first, first, cases)
        passed = 0
        while self._queue:
            pair = heapq.heappop(self._queue)
            arrived = self._waiting.pop(pair)
            if self._alike.at(*pair):
                continue
            passed += 1
            if passed > self._most:
                self.is_exact = False
                return
            for agreed, those in arrived.items():
                yield from self._pass(pair, agreed, those)

    def _lead(self, to: Pair, agreed: Pair, cases: int) -> None:
        if cases == NO_CASE:
            return
        if to not in self._waiting:
            self._waiting[to] = {}
            heapq.heappush(self._queue, to)
        arrived = self._waiting[to]
        arrived[agreed] = self._old.diagrams.either(arrived.get(agreed, NO_CASE), cases)

    def _pass(self, pair: Pair, agreed: Pair, cases: int) -> Iterator[Parting]:
        one, other = pair
        ours, theirs = _node(self._old, one), _node(self._new, other)
        tests = self._is_test(0, one, ours), self._is_test(1, other, theirs)
        if all(tests) and self._is_same_test(pair, cases):
            self._suspect_unless_both(pair)
            self._test_together(pair, agreed, cases)
        elif tests[0]:
            self.suspects.update(self.read[0][one[-1]])
            for place, those in _ways(self._old, one, cases, self.suspects):
                self._lead((place, other), agreed, those)
        elif tests[1]:
            self.suspects.update(self.read[1][other[-1]])
            for place, those in _ways(self._new, other, cases, self.suspects):
                self._lead((one, place), agreed, those)
        else:
            yield from self._compare(pair, agreed, cases, ours, theirs)

    def _is_test(self, version: int, position: Position, node: GraphNode | None) -> bool:
        """Return whether nothing is seen of a node but where it leads."""
        return isinstance(node, Decision) or (isinstance(node, Wait) and position[-1] in self._known[version])

    def _compare(
        self, pair: Pair, agreed: Pair, cases: int, ours: GraphNode | None, theirs: GraphNode | None
    ) -> Iterator[Parting]:
        """Compare what both show; where it is the same, go on side by side."""
        same = NO_CASE
        if ours is None or theirs is None:
            same = cases if ours is theirs else NO_CASE
        else:
            same = self._both(cases, same_cases(self._old, pair[0][-1], self._new, pair[1][-1]))
        differ = self._old.diagrams.minus(cases, same)
        if differ != NO_CASE:
            yield Parting(cases=differ, kind=kind_of(ours, theirs), agreed=agreed, at=pair)
        if same != NO_CASE and not isinstance(ours, End | Gap | Return | None):
            self._suspect_unless_both(pair)
            self._pass_together(pair, agreed, same)

    def _is_same_test(self, pair: Pair, cases: int) -> bool:
        ours, theirs = self._old.edges[pair[0][-1]], self._new.edges[pair[1][-1]]
        if len(ours) != len(theirs):
            return False
        return all(
            one.cases == other.cases or self._both(cases, one.cases) == self._both(cases, other.cases)
            for one, other in zip(ours, theirs, strict=True)
        )

    def _test_together(self, pair: Pair, agreed: Pair, cases: int) -> None:
        """Lead cases on from one test that both make: answer by answer."""
        one, other = pair
        agreed, left = self._last_agreed(pair, agreed), cases
        for ours, theirs in zip(self._old.edges[one[-1]], self._new.edges[other[-1]], strict=True):
            those = self._both(cases, ours.cases)
            if those != NO_CASE:
                self._go_on(pair, agreed, (ours.target, theirs.target), those)
                left = self._old.diagrams.minus(left, ours.cases)
        if left != NO_CASE:
            self._lead((HOLE, HOLE), agreed, left)

    def _pass_together(self, pair: Pair, agreed: Pair, cases: int) -> None:
        """Lead cases on from two places that show the same."""
        one, other = pair
        if len(self._old.edges[one[-1]]) == len(self._new.edges[other[-1]]) and self._is_same_test(pair, cases):
            self._test_together(pair, agreed, cases)
            return
        agreed = self._last_agreed(pair, agreed)
        theirs = list(_ways(self._new, other, cases, self.suspects))
        for place, those in _ways(self._old, one, cases, self.suspects):
            for there, these in theirs:
                self._lead((place, there), agreed, self._both(those, these))

    def _go_on(self, pair: Pair, agreed: Pair, targets: tuple[int, int], cases: int) -> None:
        asked: tuple[set[FactName], set[FactName]] = (set(), set())
        place = onward(self._old, pair[0], targets[0], asked[0])
        there = onward(self._new, pair[1], targets[1], asked[1])
        self.suspects |= asked[0] ^ asked[1]
        self._lead((place, there), agreed, cases)

    def _last_agreed(self, pair: Pair, agreed: Pair) -> Pair:
        """Return `pair` if one place is the other written again; what only happens to look alike is no agreement."""
        one, other = self._old.nodes[pair[0][-1]].id, self._new.nodes[pair[1][-1]].id
        return pair if self._new_of.get(one, one) == other else agreed

    def _suspect_unless_both(self, pair: Pair) -> None:
        """Note what is read at one of two places only."""
        self.suspects.update(set(self.read[0][pair[0][-1]]) ^ set(self.read[1][pair[1][-1]]))


def _node(flow: Flow, position: Position) -> GraphNode | None:
    return None if position == HOLE else flow.nodes[position[-1]]


def _ways(flow: Flow, position: Position, cases: int, asked: set[FactName]) -> Iterator[tuple[Position, int]]:
    """Yield where cases go on from a place, and those without an answer there."""
    diagrams, left = flow.diagrams, cases
    for edge in flow.edges[position[-1]]:
        those = diagrams.both(cases, edge.cases)
        if those != NO_CASE:
            yield onward(flow, position, edge.target, asked), those
            left = diagrams.minus(left, edge.cases)
    if left != NO_CASE:
        yield HOLE, left
