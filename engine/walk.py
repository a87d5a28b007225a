"""The walk: what a policy says on a case. This is the meaning; every faster form must agree with it.

In: a prepared policy and what is known. Out: an `Arrival`, where the walk stopped, why, and the ways it took. A walk
goes on while the way is known. Where it is not, it passes if all ways lead to the same (`relevance`), and else asks,
but only for a fact whose answer can still change what follows (`settle`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from praxe.dsl.tree import Duration, FactName
from praxe.engine.follow import advance
from praxe.engine.graph import Decision, End, Gap, Question, Retry, Return, Wait
from praxe.engine.needed import needed
from praxe.engine.program import Pace, Program, Spot, Way
from praxe.engine.relevance import Outlook
from praxe.engine.settle import explore, facts_that_matter
from praxe.engine.status import Status as Status  # noqa: PLC0414 - callers know it from here
from praxe.engine.values import Known

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
    also_open: tuple[FactName, ...] = ()
    assumed: Known | None = None  # answers that make no difference, taken so as to go on


def walk(program: Program, start: Spot, known: Known) -> Arrival:
    """Walk from `start`, the landing of a procedure's entry, with what is known."""
    picks: list[Way] = []
    calls: list[Way | None] = []
    spot = advance(start, known, picks, calls)
    if spot.pace is _STOP or spot.pace is _RETURN:
        status = _GAP if isinstance(spot.node, Gap) else _FINISHED
        return _new(Arrival, (status, spot, picks, calls, None, (), None))
    return _Stuck(program, known, spot, picks, calls).settle()


class _Stuck:
    """A walk at a spot where the way on is not known."""

    def __init__(self, program: Program, known: Known, spot: Spot, picks: list[Way], calls: list[Way | None]) -> None:
        self._program = program
        self._known = known
        self._outlook = Outlook(program, known)
        self._spot = spot
        self._picks = picks
        self._calls = calls
        self._assumed: Known | None = None

    def settle(self) -> Arrival:
        """Go on while the answers make no difference; then say what is wanted."""
        while way := self._outlook.way_past(self._spot, self._calls):
            self._take(way)
        spot = self._spot
        if spot.pace is _STOP or spot.pace is _RETURN:
            return self._arrive(_GAP if isinstance(spot.node, Gap) else _FINISHED)
        lacking = self._program.lacking(spot, self._known)
        if not lacking:
            return self._arrive(Status.GAP)
        match spot.node:
            case Wait() as node if not self._program.lacking_arguments(spot, self._known):
                return self._wait(node)
            case Decision() | Retry():
                return self._ask_what_matters(lacking)
            case _:
                return self._ask(lacking[0], self._open_facts(lacking))

    def _take(self, way: Way) -> None:
        self._picks.append(way)
        self._spot = advance(way.landing, self._known, self._picks, self._calls)

    def _wait(self, node: Wait) -> Arrival:
        until = node.deadline
        lacking = () if isinstance(until, Duration) else needed(until, self._known, self._program.evaluator)
        if lacking:  # nobody can wait for a date that is not known
            return self._ask(lacking[0], self._open_facts(lacking))
        return self._arrive(Status.WAITS)

    def _ask_what_matters(self, lacking: tuple[FactName, ...]) -> Arrival:
        leaves = explore(self._program, self._spot, self._calls, self._known)
        if leaves is None:
            return self._ask(lacking[0], self._outlook.open_facts(self._spot, self._calls))
        matter = facts_that_matter(leaves, first=lacking)
        if matter:
            return self._ask(matter[0], matter)
        return self._go_on_with(leaves[0].answers)

    def _open_facts(self, lacking: tuple[FactName, ...]) -> tuple[FactName, ...]:
        leaves = explore(self._program, self._spot, self._calls, self._known)
        if leaves is None:
            return self._outlook.open_facts(self._spot, self._calls)
        return facts_that_matter(leaves, first=lacking)

    def _go_on_with(self, answers: Known) -> Arrival:
        """Go on to the end, whatever the answers are; but not past a wait or `pergunte`, which are wanted as such."""
        self._assumed = answers
        enough = self._program.evaluator.with_answers(self._known, answers)
        while not isinstance(self._spot.node, Wait | Question | End | Return | Gap):
            way = self._spot.leaving(enough)
            if way is None:
                return self._arrive(Status.GAP)  # in every case left, the policy has no answer here
            self._take(way)
        return self.settle()

    def _ask(self, fact: FactName, open_facts: tuple[FactName, ...]) -> Arrival:
        also_open = tuple(each for each in open_facts if each != fact)
        return self._arrive(Status.ASKS, fact, also_open)

    def _arrive(self, status: Status, asked: FactName | None = None, also_open: tuple[FactName, ...] = ()) -> Arrival:
        return Arrival(status, self._spot, self._picks, self._calls, asked, also_open, self._assumed)
