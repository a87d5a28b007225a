"""What the questions still to be asked can be expected to cost.

In: a place where a walk stands still, and what is known. Out: the expected cost until the case ends, if each answer
that the policy tells apart is as likely as the others. Worked out by trying all completions, cases with the same future
counted once: cases are the same here when they stand at the same place, the tests that are decided go the same way, and
the facts that the undecided ones read have the same values. `TooMany` beyond `MOST_FORKS` of these.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.follow import advance
from praxe.engine.graph import Question, Retry, Step, Wait
from praxe.engine.observe import course
from praxe.engine.program import Program, Spot, Way
from praxe.engine.reads import Bits
from praxe.engine.values import TODAY, Known, Value

MOST_FORKS: Final = 300
MOST_DEEP: Final = 100  # questions, one after the other

Choices = Callable[[Spot, Sequence[Way | None], Known, FactName], Sequence[FactName]]


class TooMany(Exception):  # noqa: N818 - a way out, caught in `strategies`
    """There are too many cases to try."""


@dataclass(frozen=True, slots=True)
class Future:
    """What is left of a case."""

    cost: float
    number: int  # equal for cases of which the same is seen from here on, whatever is answered


class Expectation:
    """Expected costs for one policy and one order of asking."""

    def __init__(
        self,
        program: Program,
        facts: Mapping[FactName, Fact],
        *,
        costs: Mapping[FactName, float],
        choices: Choices,
        is_brief: bool = False,
    ) -> None:
        """Begin with nothing worked out.

        Args:
            costs: of each question.
            choices: the facts among which the next question is chosen, the one that is due first.
            is_brief: count only the questions up to the next step.
        """
        self._program = program
        self._reads = program.reads
        self._facts = facts
        self._costs = costs
        self._choices = choices
        self._is_brief = is_brief
        self._met: dict[Hashable, Future] = {}
        self._numbers: dict[Hashable, int] = {}
        self._deep = 0

    def after_asking(self, fact: FactName, spot: Spot, calls: Sequence[Way | None], known: Known) -> Future:
        """Return what asking `fact` at a place costs, with all that follows.

        Raises:
            TooMany: it cannot be worked out.
        """
        is_wait = isinstance(spot.node, Wait) and spot.node.fact == fact
        futures = [
            self._future(spot, calls, self._program.evaluator.with_answers(known, {fact: answer}))
            for answer in self._answers(fact, spot, known)
        ]
        mean = sum(each.cost for each in futures) / len(futures)
        numbers = tuple(each.number for each in futures)
        if len(set(numbers)) == 1 and not is_wait and not self._is_wanted(fact, spot, calls):
            return futures[0]  # it makes no difference: nobody is asked
        own = 0.0 if is_wait else self._costs[fact]
        return Future(own + mean, self._number((fact, numbers)))

    def _future(self, spot: Spot, calls: Sequence[Way | None], known: Known) -> Future:
        picks: list[Way] = []
        under_way = list(calls)
        end = advance(spot, known, picks, under_way)
        seen = course(spot, picks, calls, known)
        lacking = self._program.lacking(end, known)
        done = seen[:-1] if lacking else seen
        if not lacking or (self._is_brief and done):
            return Future(0.0, self._number((seen, end.number)))
        future = self._stuck(end, tuple(under_way), known, lacking[0])
        return Future(future.cost, self._number((done, future.number)))

    def _stuck(self, spot: Spot, calls: tuple[Way | None, ...], known: Known, due: FactName) -> Future:
        key = self._key(spot, calls, known)
        if key not in self._met:
            if len(self._met) >= MOST_FORKS or self._deep >= MOST_DEEP:
                raise TooMany
            self._deep += 1
            facts = self._choices(spot, calls, known, due)
            futures = [self.after_asking(each, spot, calls, known) for each in facts]
            self._met[key] = min(futures, key=lambda each: each.cost)  # of equals the first
            self._deep -= 1
        return self._met[key]

    def _key(self, spot: Spot, calls: tuple[Way | None, ...], known: Known) -> Hashable:
        seen: set[Spot] = set()
        taken: list[Way] = []
        tested: Bits = 0
        shown: Bits = 0
        stack = [*(way.landing for way in calls if way), spot]
        while stack:
            here = stack.pop()
            if here in seen:
                continue
            seen.add(here)
            way = here.leaving(known) if not isinstance(here.node, Step) else None
            if isinstance(here.node, Step):
                shown |= self._reads.at(here)
            elif way is None:
                tested |= self._reads.at(here)
            else:
                taken.append(way)
            stack.extend((way.landing,) if way else (each.landing for each in here.ways))
            if here.callee:
                stack.append(here.enters)
        values = frozenset((name, known.get(name)) for name in self._reads.names(tested))
        is_known = frozenset(name for name in self._reads.names(shown) if known.get(name) is not None)
        return (spot.number, calls, frozenset(taken), values, is_known)

    def _is_wanted(self, fact: FactName, spot: Spot, calls: Sequence[Way | None]) -> bool:
        """Whether a fact is wanted although all ways lead to the same: the author asks for it, or a step names it."""
        if isinstance(spot.node, Question):
            return True
        bit = self._reads.bits([fact])
        return bool(bit & self._reads.shown_below(spot, calls))

    def _answers(self, fact: FactName, spot: Spot, known: Known) -> Sequence[Value]:
        if isinstance(spot.node, Retry) and spot.node.fact == fact:
            so_far = known.get(fact)
            made = so_far if isinstance(so_far, tuple) else ()
            return ((*made, True), (*made, False))
        return self._program.answers.of(fact, known) or samples(self._facts[fact], known)

    def _number(self, what: Hashable) -> int:
        return self._numbers.setdefault(what, len(self._numbers))


def samples(fact: Fact, known: Known) -> tuple[Value, ...]:
    """Return some answers to count with, where no few answers stand for all."""
    least = fact.minimum or Decimal(0)
    match fact.type:
        case FactType.YES_NO:
            return (True, False)
        case FactType.ONE_OF:
            return tuple(each.name for each in fact.values)
        case FactType.SET_OF:
            names = [each.name for each in fact.values]
            return (frozenset(), *(frozenset([each]) for each in names), frozenset(names))
        case FactType.INTEGER:
            return tuple(dict.fromkeys(int(each) for each in (least, fact.maximum or least)))
        case FactType.DECIMAL:
            return tuple(dict.fromkeys((least, fact.maximum or least)))
        case FactType.DATE:
            today = known.get(TODAY)
            return (today if isinstance(today, datetime.date) else datetime.date(2000, 1, 1),)
        case FactType.TEXT:
            return ("…",)
        case _:
            assert_never(fact.type)
