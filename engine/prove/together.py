"""Which two nodes one case may pass both of.

In: the proofs of a policy. Out: pairs of nodes that some case may pass both of, and for a pair the answer whether one
does. Two nodes of one procedure are compared by what happens inside it; of two procedures, one has to be entered after
the other by the shape of the graph before any set of cases is looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.graph import NodeId
from praxe.engine.prove.diagrams import NO_CASE, TooManyTestsError
from praxe.engine.prove.order import procedures_later
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.reach import reach_after
from praxe.engine.prove.verdict import PROVED, Answer, Verdict
from praxe.engine.prove.walked import passes_both
from praxe.engine.prove.witness import answer_among, answer_for

MOST_LOOKS: Final = 200_000  # of a node at the nodes of another procedure, or of its own
MOST_TESTS: Final = 300_000  # that may be made for one pair, before paths are followed instead


class Together:
    """Tells which nodes go together. `has_given_up`: there may be more pairs than were found."""

    def __init__(self, proofs: Proofs) -> None:
        self._proofs = proofs
        self._flow = proofs.flow
        self._looks = 0
        self.has_given_up = False

    # --- pairs that may be -------------------------------------------------------------------------------------------

    def repeated(self, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of some nodes, a node with itself too, that one case may pass both of (or twice)."""
        groups = _Groups(self._proofs)
        for number in numbers:
            if self._is_entered_twice(self._flow.nodes[number].procedure):
                yield number, number
            yield from self._beside(groups, number)
            groups.add(number)

    def pairs(self, ones: Sequence[int], others: Sequence[int]) -> Iterator[tuple[int, int]]:
        """Yield the pairs of one of some nodes and one of others that one case may pass both of."""
        groups = _Groups(self._proofs)
        for number in ones:
            groups.add(number)
        for number in others:
            yield from self._beside(groups, number)

    def _beside(self, groups: _Groups, number: int) -> Iterator[tuple[int, int]]:
        """Yield the nodes of some groups that a case may pass besides one node."""
        at, name = self._proofs.whole.at, self._flow.nodes[number].procedure
        if not at[number]:
            return
        for other in self._kin(name, groups.procedures):
            if not self._may_go_together(other, groups.cases[other], name, at[number]):
                continue
            for each in groups.members[other]:
                if self._may_go_together(other, at[each], name, at[number]):
                    yield each, number

    def _kin(self, name: ProcedureName, among: int) -> Iterator[ProcedureName]:
        """Return the procedures (of those in `among`, bits) that one case may enter besides, itself included."""
        return self._named((self._related[name] | 1 << self._places[name]) & among)

    def _named(self, bits: int) -> Iterator[ProcedureName]:
        while bits:
            last = bits & -bits
            yield self._flow.order[last.bit_length() - 1]
            bits ^= last

    def _may_go_together(self, one: ProcedureName, cases: int, other: ProcedureName, besides: int) -> bool:
        """Return whether some case enters both procedures and is there in these sets; True where that is too much."""
        self._looks += 1
        if self._looks > MOST_LOOKS:
            self.has_given_up = True
            return False
        both = self._proofs.diagrams.both
        if one == other:
            return both(cases, besides) != NO_CASE
        if self._proofs.passing is None:
            return True
        try:
            with self._proofs.diagrams.room(MOST_TESTS):
                return any(
                    both(both(passing.entering(one), cases), both(passing.entering(other), besides))
                    for passing in self._proofs.passing.values()
                )
        except TooManyTestsError:
            return True

    @cached_property
    def _places(self) -> dict[ProcedureName, int]:
        return {name: place for place, name in enumerate(self._flow.order)}

    @cached_property
    def _later(self) -> dict[ProcedureName, int]:
        return procedures_later(self._flow)

    @cached_property
    def _related(self) -> dict[ProcedureName, int]:
        """For each procedure those (bits) that may be entered after it, or before it."""
        related = dict(self._later)
        for name, later in self._later.items():
            for each in self._named(later):
                related[each] |= 1 << self._places[name]
        return related

    def _is_entered_twice(self, name: ProcedureName) -> bool:
        return bool(self._later[name] >> self._places[name] & 1)

    # --- whether a pair is -------------------------------------------------------------------------------------------

    def answer(self, one: int, other: int) -> Answer:
        """Return whether no case passes both nodes (a node and itself: passes it twice)."""
        shows = _passes(self._flow.nodes[one].id, self._flow.nodes[other].id)
        if self._proofs.passing is None:
            return self._by_paths(one, other, shows)
        worst = PROVED
        for start in self._proofs.passing:
            try:
                with self._proofs.diagrams.room(MOST_TESTS):
                    answer = answer_among(self._proofs, self._passing_both(start, one, other), shows, start)
            except TooManyTestsError:
                return self._by_paths(one, other, shows)
            if answer.verdict is Verdict.REFUTED:
                return answer
            if answer.verdict is Verdict.UNKNOWN:
                worst = answer
        return worst

    def _passing_both(self, start: ProcedureName, one: int, other: int) -> int:
        assert self._proofs.passing is not None
        passing, both = self._proofs.passing[start], self._proofs.diagrams.both
        cases = both(passing[one], passing[other])
        if one == other and cases:
            cases = both(cases, self._entering_twice(start, self._flow.nodes[one].procedure, {}))
        return cases

    def _entering_twice(self, start: ProcedureName, name: ProcedureName, known: dict[ProcedureName, int]) -> int:
        """Return the cases from one start that enter a procedure more than once."""
        assert self._proofs.passing is not None
        passing, diagrams = self._proofs.passing[start], self._proofs.diagrams
        if name not in known:
            once = twice = NO_CASE
            for call in self._flow.callers.get(self._flow.start_of(name), ()):
                here = passing[call]
                twice = diagrams.either(twice, diagrams.both(once, here))
                once = diagrams.either(once, here)
                again = self._entering_twice(start, self._flow.nodes[call].procedure, known)
                twice = diagrams.either(twice, diagrams.both(here, again))
            known[name] = twice
        return known[name]

    def _by_paths(self, one: int, other: int, shows: Callable[[Decision], bool]) -> Answer:
        """Return the same by what is reached after one of them was passed: of a policy too large for whole cases."""
        worst = PROVED
        for first, second in dict.fromkeys(((one, other), (other, one))):
            if self._proofs.whole.at[first]:
                after = reach_after(self._proofs.whole_beyond, [first])
                answer = answer_for(self._proofs, after, [second], shows)
                if answer.verdict is Verdict.REFUTED:
                    return answer
                worst = answer if answer.verdict is Verdict.UNKNOWN else worst
        return worst


class _Groups:
    """Nodes by their procedures, and the cases that get to any of those of one procedure."""

    def __init__(self, proofs: Proofs) -> None:
        self._proofs = proofs
        self._places = {name: place for place, name in enumerate(proofs.flow.order)}
        self.members: dict[ProcedureName, list[int]] = {}
        self.cases: dict[ProcedureName, int] = {}
        self.procedures = 0  # bits

    def add(self, number: int) -> None:
        """Add a node."""
        name, here = self._proofs.flow.nodes[number].procedure, self._proofs.whole.at[number]
        self.members.setdefault(name, []).append(number)
        self.cases[name] = self._proofs.diagrams.either(self.cases.get(name, NO_CASE), here)
        self.procedures |= 1 << self._places[name]


def _passes(one: NodeId, other: NodeId) -> Callable[[Decision], bool]:
    return lambda decision: passes_both(decision, one, other)
