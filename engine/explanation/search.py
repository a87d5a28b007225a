"""The smallest changes of facts by which a case comes to a goal: found by search over answers that stand for all.

In: a prepared policy, where a case begins, its facts, a goal. Out: the changes, as few as possible, in the order of the
vocabulary. The case is walked again with its facts unknown; where one is needed, it is given its own value for
nothing, or another for the price of one change; a fact that is not known costs nothing. Cheaper places are left first
(uniform-cost search), so the first price at which the goal is met is the least. Places at which the same facts are
known, of those that may still be read, are one; places from which the goal cannot come (`reach`) are none, nor those
that the assumptions rule out (`possible`): at the goal, a fact that is not on the way there is changed for their sake.
Then all cheapest ways are told again, from the beginning. Given up after `MOST_WORK`; the result says up to how many
changes all was tried.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, NamedTuple, assert_never

from praxe.dsl.tree import FactName
from praxe.engine.explanation.answers_near import AnswersNear
from praxe.engine.explanation.possible import Possible
from praxe.engine.explanation.reach import Reach
from praxe.engine.program import Pace, Program, Spot, Way
from praxe.engine.values import Known, Value

MOST_WORK: Final = 1_500_000  # nodes passed and facts looked at: some two seconds
MOST_CHANGES: Final = 6
_MOST_TOLD: Final = 2_000  # places passed while telling the cheapest ways again

_Calls = tuple[Way | None, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """One way to the goal: other values of facts given, and values of facts not known."""

    changes: Mapping[FactName, Value]
    answers: Mapping[FactName, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What the search found: all by the same number of changes, the least there is."""

    found: tuple[Found, ...]
    searched: int  # with up to so many changes every way was tried; -1: not even without a change
    exhausted: bool  # no number of changes leads there
    untried: tuple[FactName, ...]  # facts that were not tried with every value that could count


class _Fork(NamedTuple):
    fact: FactName
    value: Value
    price: int
    place: _Place


@dataclass(slots=True, eq=False)
class _Place:
    """Where a walk stands: at the goal, or at a spot that wants a fact, or whose case wants one to be possible."""

    spot: Spot
    calls: _Calls
    answers: Known  # those that may still be read
    price: int
    changed: frozenset[FactName]  # on the first of the cheapest ways here
    wants: FactName | None
    is_goal: bool
    is_left: bool = False
    forks: list[_Fork] = field(default_factory=list)
    before: list[_Place] = field(default_factory=list)


class Search:
    """One search."""

    def __init__(
        self,
        program: Program,
        near: AnswersNear,
        possible: Possible,
        *,
        facts: Known,
        fixed: Known,
        goals: frozenset[Spot],
    ) -> None:
        """Prepare it.

        Args:
            facts: those given.
            fixed: what is known and is no fact: today's date.
        """
        self._program = program
        self._near = near
        self._possible = possible
        self._facts = facts
        self._fixed = fixed
        self._goals = goals
        self.reach = Reach(program, goals)
        self._places: dict[Hashable, _Place] = {}
        self._untried: dict[FactName, None] = {}
        self._left = MOST_WORK

    def run(self, start: Spot, *, most: int = MOST_CHANGES) -> Result:
        """Search with up to `most` changes."""
        first = self._arrive(start, (), {}, 0, frozenset())
        places = [first] if first else []
        for price in range(most + 1):
            dearer: list[_Place] = []
            goals = self._at_this_price(price, places, dearer)
            if self._left <= 0 and not goals:
                return self._result((), searched=price - 1)
            if goals and first:
                return self._result(tuple(self._told(first, goals)), searched=price)
            if not dearer:
                return self._result((), searched=price, exhausted=True)
            places = dearer
        return self._result((), searched=most)

    def _result(self, found: tuple[Found, ...], *, searched: int, exhausted: bool = False) -> Result:
        in_order = sorted(found, key=lambda each: sorted(map(self._near.place, each.changes)))
        return Result(found=tuple(in_order), searched=searched, exhausted=exhausted, untried=tuple(self._untried))

    def _at_this_price(self, price: int, places: list[_Place], dearer: list[_Place]) -> list[_Place]:
        """Leave all places of this price; return those at the goal."""
        goals: dict[_Place, None] = {}
        served: set[frozenset[FactName]] = set()  # changes that lead to the goal: no need to look where else they lead
        while places and self._left > 0:
            place = places.pop()
            if place.is_left or place.price != price or place.changed in served:
                continue
            place.is_left = True
            if place.is_goal:
                goals[place] = None
                served.add(place.changed)
                continue
            self._leave(place)
            at_once = [each.place for each in place.forks if each.place.price == price and not each.place.is_goal]
            places += reversed(at_once)
            dearer += (each.place for each in place.forks if each.place.price > price)
            for each in place.forks:
                if each.place.is_goal and _is_cheapest(place, each) and not each.price:
                    goals[each.place] = None
                    served.add(place.changed)
        return list(goals)

    def _leave(self, place: _Place) -> None:
        """Find the places that follow."""
        for fact, value, more in self._forks(place):
            changed = place.changed | {fact} if more else place.changed
            answers = {**place.answers, fact: value}
            following = self._arrive(place.spot, place.calls, answers, place.price + more, changed)
            if following:
                place.forks.append(_Fork(fact, value, more, following))
                following.before.append(place)

    def _arrive(
        self, spot: Spot, calls: _Calls, answers: Known, price: int, changed: frozenset[FactName]
    ) -> _Place | None:
        """Walk on to the next place; None if the goal cannot come from there."""
        known: Known = {**self._fixed, **answers}
        spot, calls = self._advance(spot, calls, known)
        self._left -= len(answers) + 10
        if self._possible.is_ruled_out(known):
            return None
        is_met = self._is_met(spot, known)
        wants = self._possible.in_the_way(known) if is_met else next(iter(self._program.lacking(spot, known)), None)
        if not is_met and (wants is None or not self.reach.can_come(spot, calls)):
            return None
        reads = self._possible.reads.union(() if is_met else self.reach.may_read(spot, calls))
        kept = {name: value for name, value in answers.items() if name in reads}
        is_goal = is_met and wants is None
        key = (spot.number, () if is_met else calls, () if is_goal else frozenset(kept.items()))
        place = self._places.get(key)
        if place is None:
            place = self._places[key] = _Place(spot, calls, kept, price, changed, wants, is_goal)
        elif price < place.price:
            place.price, place.changed = price, changed
        return place

    def _advance(self, spot: Spot, calls: _Calls, known: Known) -> tuple[Spot, _Calls]:
        """Go on, node by node, as far as what is known leads, or to the goal."""
        under_way = list(calls)
        while not self._is_met(spot, known):
            self._left -= 1
            match spot.pace:
                case Pace.CALL:
                    assert spot.callee
                    under_way.append(spot.onward)
                    spot = spot.callee
                    continue
                case Pace.RETURN if under_way:
                    way = under_way.pop()
                case Pace.GO_ON | Pace.LOOK_UP | Pace.CHOOSE:
                    way = spot.leaving(known)
                case Pace.RETURN | Pace.STOP:
                    way = None
                case _:
                    assert_never(spot.pace)
            if way is None:
                break
            spot = way.target
        return spot, tuple(under_way)

    def _is_met(self, spot: Spot, known: Known) -> bool:
        return spot in self._goals and not self._program.lacking_arguments(spot, known)

    def _forks(self, place: _Place) -> Iterator[tuple[FactName, Value, int]]:
        """Yield the answers to what a place wants, with their prices: the fact's own value, then the nearest."""
        fact = place.wants
        assert fact is not None  # INVARIANT: a place is a goal or wants a fact
        known: Known = {**self._fixed, **place.answers}
        given = self._facts.get(fact)
        if fact in place.answers or given is None:  # some attempts are known, or nothing is
            yield from ((fact, each, 0) for each in self._tried(fact, known, None))
        else:
            yield fact, given, 0
            yield from ((fact, each, 1) for each in self._tried(fact, known, given))

    def _tried(self, fact: FactName, known: Known, given: Value | None) -> Iterator[Value]:
        near = self._near.of(fact, known, given)
        if not near.all_told:
            self._untried[fact] = None
        yield from near.answers

    def _told(self, first: _Place, goals: list[_Place]) -> Iterator[Found]:
        """Tell the cheapest ways from the beginning: of each set of facts changed, the first."""
        leading = _leading_to(goals)
        seen: set[Hashable] = set()
        ways = [(first, Found({}, {}))]
        for _ in range(_MOST_TOLD):
            if not ways:
                return
            place, so_far = ways.pop()
            key = (None if place.is_goal else place, frozenset(so_far.changes))
            if key in seen:
                continue
            seen.add(key)
            if place.is_goal:
                yield so_far
            cheapest = [each for each in place.forks if each.place in leading and _is_cheapest(place, each)]
            ways += ((each.place, self._with(so_far, each)) for each in reversed(cheapest))

    def _with(self, so_far: Found, fork: _Fork) -> Found:
        if fork.price or fork.fact in so_far.changes:
            return Found({**so_far.changes, fork.fact: fork.value}, so_far.answers)
        if fork.value == self._facts.get(fork.fact):
            return so_far
        return Found(so_far.changes, {**so_far.answers, fork.fact: fork.value})


def _is_cheapest(place: _Place, fork: _Fork) -> bool:
    return place.price + fork.price == fork.place.price


def _leading_to(goals: list[_Place]) -> set[_Place]:
    """Return the places from which a cheapest way leads to one of `goals`."""
    leading: set[_Place] = set()
    stack = list(goals)
    while stack:
        place = stack.pop()
        if place not in leading:
            leading.add(place)
            stack += (
                each
                for each in place.before
                if any(fork.place is place and _is_cheapest(each, fork) for fork in each.forks)
            )
    return leading
