"""Other answers to a fact, the nearest first.

In: a fact and the value it has. Out: one answer for each group of answers that the policy does not tell apart: of
numbers and dates the one next to the value given (16 days become 15, not 1). Where no few answers stand for all, a
handful that is tried, and the remark that these are not all.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal
from itertools import combinations, pairwise
from typing import TYPE_CHECKING, Final, NamedTuple, assert_never

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.classes import all_subsets
from praxe.engine.graph import Decision, Retry, Wait
from praxe.engine.needed import facts_read
from praxe.engine.values import TODAY, Known, Value

if TYPE_CHECKING:
    from praxe.engine.policy import Policy

_ALL_SUBSETS: Final = 8  # members, up to which all subsets are tried
_CENT: Final = Decimal("0.01")
_DAYS: Final = (1, 7, 30, 31, 90, 366, 3660)


class Near(NamedTuple):
    """Answers to try, the nearest first; `all_told`: they stand for all that could be given."""

    answers: tuple[Value, ...]
    all_told: bool


class AnswersNear:
    """The other answers, for one policy."""

    def __init__(self, policy: Policy, given: Known) -> None:
        """Prepare.

        Args:
            given: the facts of the case, which others may be compared with.
        """
        self._policy = policy
        self._given = given
        self._order = {name: place for place, name in enumerate(policy.facts)}
        self._deciding: set[FactName] = set()
        self._answers = policy.program.answers
        if policy.checked.assumptions:
            conditions = [each for assumption in policy.checked.assumptions for each in assumption.conditions]
            definitions = policy.program.evaluator.definitions
            self._deciding |= {name for each in conditions for name in facts_read(each, definitions)}
            self._answers = self._answers.telling_apart_also(conditions)
        for node in policy.graph.nodes.values():
            match node:
                case Decision():
                    self._deciding |= set(node.facts)
                case Retry() | Wait():
                    self._deciding.add(node.fact)
                case _:
                    pass

    def place(self, name: FactName) -> int:
        """Return where a fact stands in the vocabulary."""
        return self._order[name]

    def is_free(self, name: FactName) -> bool:
        """Return whether the value of a fact never changes the way."""
        return name not in self._deciding

    def of(self, name: FactName, known: Known, given: Value | None) -> Near:
        """Return the answers other than `given`; with None, of a fact not yet known, all of them."""
        fact = self._policy.facts[name]
        if self.is_free(name):
            return Near(() if given is not None else (_any(fact, known),), all_told=True)
        found = self._answers.of_one(name, known)
        if found is None:
            marks = [*self._answers.landmarks(name), *known.values(), *self._given.values()]
            near = Near(tuple(_some(fact, given, known, marks)), fact.type is FactType.SET_OF and _few(fact))
        else:
            near = Near(tuple(_nearest_of(found, given)), all_told=True)
        return Near(tuple(each for each in dict.fromkeys(near.answers) if each != given), near.all_told)


def _few(fact: Fact) -> bool:
    return len(fact.values) <= _ALL_SUBSETS


def _nearest_of(found: Sequence[Value], given: Value | None) -> Iterable[Value]:
    """Return from each group the answer next to the one given, the nearest group first."""
    if given is None:
        return sorted(found, key=_size)
    match given:
        case bool() | str():
            return found
        case int():
            whole = [each for each in found if isinstance(each, int)]
            return sorted(_next_whole(whole, given), key=lambda each: (abs(each - given), each))
        case Decimal():
            numbers = [each for each in found if isinstance(each, int | Decimal)]
            return sorted(numbers, key=lambda each: (abs(each - given), each))
        case datetime.date():
            days = [each.toordinal() for each in found if isinstance(each, datetime.date)]
            place = given.toordinal()
            near = sorted(_next_whole(days, place), key=lambda each: (abs(each - place), each))
            return [datetime.date.fromordinal(each) for each in near]
        case frozenset():
            sets = [each for each in found if isinstance(each, frozenset)]
            told_apart = frozenset[str]().union(*sets)
            near_sets = [each | (given - told_apart) for each in sets]
            return sorted(near_sets, key=lambda each: (len(each ^ given), sorted(each)))
        case tuple():
            tries = [each for each in found if isinstance(each, tuple)]
            return sorted(tries, key=lambda each: (abs(len(each) - len(given)), not any(each)))
        case _:
            return found


def _size(value: Value) -> int:
    return len(value) if isinstance(value, frozenset) else 0


def _next_whole(found: Iterable[int], given: int) -> Iterator[int]:
    """Yield from each group of whole numbers the one next to `given`.

    INVARIANT: from `classes`, the first answer is the greatest of its group, each other one the least.
    """
    ends = sorted(found)
    if len(ends) < 2:
        return
    yield min(given, ends[0])
    for low, beyond in pairwise(ends[1:]):
        yield min(max(given, low), beyond - 1)
    yield max(given, ends[-1])


def _some(fact: Fact, given: Value | None, known: Known, marks: Sequence[Value | None]) -> Iterator[Value]:
    """Return some answers of a fact of which no few stand for all: near the one given, and at what it is compared with.

    Args:
        marks: values that the fact may be compared with: those of its kind are tried, and what is next to them.
    """
    match fact.type:
        case FactType.SET_OF:
            yield from _sets(fact, given if isinstance(given, frozenset) else frozenset())
        case FactType.INTEGER | FactType.DECIMAL:
            yield from _numbers(fact, given if isinstance(given, int | Decimal) else 0, marks)
        case FactType.DATE:
            yield from _dates(given, known, marks)
        case FactType.TEXT:
            yield from (each for each in marks if isinstance(each, str))
            yield "…"
        case FactType.YES_NO | FactType.ONE_OF:
            yield _any(fact, known)
        case _:
            assert_never(fact.type)


def _sets(fact: Fact, given: frozenset[str]) -> Iterator[frozenset[str]]:
    names = [each.name for each in fact.values]
    if _few(fact):
        yield from sorted(all_subsets(names), key=lambda each: len(each ^ given))
        return
    for size in (1, 2):
        yield from (given ^ frozenset(each) for each in combinations(names, size))
    yield from (frozenset(), frozenset(names))


def _numbers(fact: Fact, given: int | Decimal, marks: Sequence[Value | None]) -> Iterator[int | Decimal]:
    ends = [each for each in (fact.minimum, fact.maximum) if each is not None]
    around = [Decimal(given) + sign * Decimal(10) ** size for size in range(5) for sign in (-1, 1)]
    numbers = [Decimal(each) for each in marks if isinstance(each, int | Decimal) and not isinstance(each, bool)]
    step = Decimal(1) if fact.type is FactType.INTEGER else _CENT
    at_marks = [near for each in numbers for near in (each, each - step, each + step)]
    for each in [*sorted(at_marks, key=lambda each: (abs(each - given), each)), *around, *ends]:
        is_whole = each == each.to_integral_value()
        is_within = (fact.minimum is None or each >= fact.minimum) and (fact.maximum is None or each <= fact.maximum)
        if is_within and (is_whole or fact.type is FactType.DECIMAL):
            yield int(each) if fact.type is FactType.INTEGER else each


def _dates(given: Value | None, known: Known, marks: Sequence[Value | None]) -> Iterator[datetime.date]:
    today = known.get(TODAY)
    middle = given if isinstance(given, datetime.date) else today if isinstance(today, datetime.date) else _NEW_YEAR
    yield middle
    place = middle.toordinal()
    places = [each.toordinal() + more for each in marks if isinstance(each, datetime.date) for more in (0, -1, 1)]
    places.sort(key=lambda each: (abs(each - place), each))
    for moved in [*places, *(place + sign * days for days in _DAYS for sign in (-1, 1))]:
        if 1 <= moved <= datetime.date.max.toordinal():
            yield datetime.date.fromordinal(moved)


_NEW_YEAR: Final = datetime.date(2000, 1, 1)


def _any(fact: Fact, known: Known) -> Value:
    """Return some answer, for a fact whose value does not change the way."""
    match fact.type:
        case FactType.YES_NO:
            return True
        case FactType.ONE_OF:
            return fact.values[0].name
        case FactType.SET_OF:
            return frozenset()
        case FactType.INTEGER:
            return int(fact.minimum or 0)
        case FactType.DECIMAL:
            return fact.minimum or Decimal(0)
        case FactType.DATE:
            return next(_dates(None, known, ()))
        case FactType.TEXT:
            return "…"
        case _:
            assert_never(fact.type)
