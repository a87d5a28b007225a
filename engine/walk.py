"""The walk: what a policy says on a case. This is the meaning; every faster form must agree with it.

In: a prepared policy and what is known. Out: an `Arrival`, where the walk stopped, why, and the ways it took. A walk
goes on while the way is known. Where it is not, it passes if all ways lead to the same (`relevance`), and else asks,
but only for a fact whose answer can still change what follows: as is seen at once (`witness`), by trying all courses
while they are few (`settle`), or by going on with two answers side by side (`matter`). An answer that makes no
difference is taken, so as to go on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from praxe.dsl.tree import Duration, FactName
from praxe.engine.follow import advance
from praxe.engine.graph import Decision, Gap, Question, Retry, Wait
from praxe.engine.needed import needed
from praxe.engine.program import Pace, Program, Spot, Way
from praxe.engine.relevance import Outlook
from praxe.engine.settle import explore, facts_that_matter
from praxe.engine.status import Status as Status  # noqa: PLC0414 - callers know it from here
from praxe.engine.values import Known, Value
from praxe.engine.witness import Witness

if TYPE_CHECKING:
    from praxe.engine.matter import Comparison
    from praxe.engine.open_facts import OpenFacts

# Looked up once: in Python 3.11 a member of an Enum costs as much to look up as a step of the walk.
_STOP: Final = Pace.STOP
_RETURN: Final = Pace.RETURN
_FINISHED: Final = Status.FINISHED
_GAP: Final = Status.GAP
_new: Final = tuple.__new__  # makes the usual arrival in half of the time that its own constructor takes


class Arrival(NamedTuple):
    """Where a walk stopped."""

    status: Status
    spot: Spot
    picks: Sequence[Way]
    calls: Sequence[Way | None]  # the ways on which the calls under way would go on
    asked: FactName | None = None
    open_facts: OpenFacts | None = None  # found out when they are looked at
    assumed: Known | None = None  # answers that make no difference, taken so as to go on

    @property
    def also_open(self) -> tuple[FactName, ...]:
        """The facts that may still matter, the one that is asked for apart."""
        found = self.open_facts.names if self.open_facts else ()
        return tuple(each for each in found if each != self.asked)


def walk(program: Program, start: Spot, known: Known) -> Arrival:
    """Walk from `start`, the landing of a procedure's entry, with what is known."""
    picks: list[Way] = []
    calls: list[Way | None] = []
    spot = advance(start, known, picks, calls)
    if spot.pace is _STOP or spot.pace is _RETURN:
        status = _GAP if isinstance(spot.node, Gap) else _FINISHED
        return _new(Arrival, (status, spot, picks, calls, None, None, None))
    return _Stuck(program, known, spot, picks, calls).settle()


class _Stuck:
    """A walk at a spot where the way on is not known."""

    def __init__(self, program: Program, known: Known, spot: Spot, picks: list[Way], calls: list[Way | None]) -> None:
        self._program = program
        self._known = known
        self._enough = known  # with the answers that make no difference
        self._assumed: dict[FactName, Value | None] = {}
        self._outlook = Outlook(program, known)
        self._witness = Witness(program)
        self._spot = spot
        self._picks = picks
        self._calls = calls

    def settle(self) -> Arrival:
        """Go on while the answers make no difference; then say what is wanted."""
        while True:
            spot = self._spot
            seen = self._witness.asked(spot, self._enough, looks_on=True)
            if seen is not None:  # mostly: so neither futures nor courses have to be compared
                return self._ask(seen, self._lacking())
            if way := self._way_on():
                self._picks.append(way)
                self._spot = advance(way.landing, self._known, self._picks, self._calls)
                continue
            if spot.pace is _STOP or spot.pace is _RETURN:
                return self._arrive(_GAP if isinstance(spot.node, Gap) else _FINISHED)
            if isinstance(spot.node, Question):
                return self._ask(spot.node.fact, (spot.node.fact,))
            lacking = self._lacking()
            if not lacking:
                return self._wait(spot.node) if isinstance(spot.node, Wait) else self._arrive(_GAP)
            asked = self._what_matters(lacking)
            if asked is not None:
                return self._ask(asked, lacking)

    def _way_on(self) -> Way | None:
        """Return the way past a spot where nothing has to be asked; not past a wait or `pergunte`, wanted as such."""
        spot = self._spot
        if self._assumed and not isinstance(spot.node, Question | Wait):
            return spot.leaving(self._enough) or self._outlook.way_past(spot, self._calls)
        return self._outlook.way_past(spot, self._calls)

    def _lacking(self) -> tuple[FactName, ...]:
        """Return the unknown facts that keep the walk here; of a wait not the one that is waited for."""
        spot, program = self._spot, self._program
        is_wait = isinstance(spot.node, Wait)
        return program.lacking_arguments(spot, self._enough) if is_wait else program.lacking(spot, self._enough)

    def _wait(self, node: Wait) -> Arrival:
        until = node.deadline
        lacking = () if isinstance(until, Duration) else needed(until, self._enough, self._program.evaluator)
        if lacking:  # nobody can wait for a date that is not known
            return self._ask(lacking[0], lacking)
        return self._arrive(Status.WAITS)

    def _what_matters(self, lacking: tuple[FactName, ...]) -> FactName | None:
        """Return the first fact that can change what follows; None, with an answer taken, if it makes no difference."""
        leaves = explore(self._program, self._spot, self._calls, self._enough, self._known)
        if leaves is None:
            return self._first_that_matters(lacking)
        matter = facts_that_matter(self._program, self._enough, leaves, first=lacking)
        if not matter:
            self._assume(leaves[0].answers)
            return None
        return matter[0] if self._can_ask(matter[0], lacking) else self._take_idle(lacking[0])

    def _first_that_matters(self, lacking: tuple[FactName, ...]) -> FactName | None:
        for name in lacking:
            if self._compared(name).can_matter(self._spot, self._calls):
                return name
        return self._take_idle(lacking[0])

    def _take_idle(self, fact: FactName) -> FactName | None:
        """Take an answer to a fact that makes no difference; return a fact to ask if no answer stands for all.

        Then assumptions tie it to others: it may be settled when those are known.
        """
        idle = self._compared(fact).idle_answer(self._spot, self._calls)
        if idle is None:
            return next((name for name in self._open((fact,)).names if self._can_ask(name, (fact,))), fact)
        self._assume({fact: idle})
        return None

    def _compared(self, fact: FactName) -> Comparison:
        from praxe.engine.matter import Comparison  # mostly the courses are few

        return Comparison(self._program, self._enough, fact, self._known)

    def _can_ask(self, fact: FactName, lacking: tuple[FactName, ...]) -> bool:
        """Whether a fact may be asked here: one that is lacking, or before its turn, at a decision."""
        return fact in lacking or (isinstance(self._spot.node, Decision) and self._can_come_early(fact))

    def _can_come_early(self, fact: FactName) -> bool:
        """Whether a fact may be asked before its turn; how an attempt or a wait ends cannot."""
        nodes = (spot.node for spot in self._program.spots.values())
        return not any(isinstance(node, Retry | Wait) and node.fact == fact for node in nodes)

    def _assume(self, answers: Known) -> None:
        self._assumed |= answers
        self._enough = self._program.evaluator.with_answers(self._known, self._assumed)

    def _open(self, first: tuple[FactName, ...]) -> OpenFacts:
        from praxe.engine.open_facts import OpenFacts

        place = (self._program, self._spot, self._calls)
        return OpenFacts(*place, given=self._known, known=self._enough, first=first)

    def _ask(self, fact: FactName, first: tuple[FactName, ...]) -> Arrival:
        return self._arrive(Status.ASKS, fact, self._open(first))

    def _arrive(self, status: Status, asked: FactName | None = None, open_facts: OpenFacts | None = None) -> Arrival:
        assumed = self._assumed or None
        return Arrival(status, self._spot, self._picks, self._calls, asked, open_facts, assumed)
