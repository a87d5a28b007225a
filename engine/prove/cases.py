"""Facts for a choice of classes, and the walk they lead to.

In: a choice (axis -> class). Out: facts that belong to these classes, found by trying where two facts are compared with
each other; and the decision on them. A walk that asks for more is answered whatever fits, so that every case is whole.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from itertools import islice, product
from typing import Any, Final

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.decision import Decision
from praxe.engine.policy import Policy
from praxe.engine.prove.axes import Axis, AxisClass, AxisKind, attempts_value, exact
from praxe.engine.prove.coherent import Coherence
from praxe.engine.prove.cuts import USUAL_DAY
from praxe.engine.prove.fitting import TooManyBoundsError
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.walked import facts_cited, goes_alike, spots_passed
from praxe.engine.values import TODAY, Known, Value, json_value
from praxe.engine.walk import walk

MOST_TRIES: Final = 4_000  # of facts that fit together
_NOON: Final = datetime.time(12)

Facts = dict[FactName, Value]


class Cases:
    """Finds facts for choices, and walks them."""

    def __init__(self, policy: Policy, meaning: Meaning) -> None:
        self._policy = policy
        self._meaning = meaning
        self._axes = meaning.listed
        self._of_fact = meaning.simple_axes

    def facts_of(self, choice: Mapping[int, int]) -> Facts | None:
        """Return facts that belong to the chosen classes; None if none were found."""
        names = list(dict.fromkeys(name for number in sorted(choice) for name in self._axes[number].facts))
        coupled = [number for number in choice if not self._axes[number].is_simple]
        simple = {name: self._simple(name, choice) for name in names}
        if not coupled:
            return {name: options[0] for name, options in simple.items()}
        return self._fitting(names, simple, coupled, choice)

    def walk(self, choice: Mapping[int, int], start: str | None = None) -> Decision | None:
        """Return the decision on a whole case of the chosen classes, or None if no such facts were found."""
        facts = self.facts_of(choice)
        return None if facts is None else self.decide(facts, start)

    def decide(self, facts: Mapping[FactName, Value], start: str | None = None) -> Decision:
        """Return the decision on facts; what the walk asks beyond them is answered by what stands for all answers."""
        # with everything known a walk is straight on, and what its trace cites is all that it would have asked
        program = self._policy.program
        entry = self._policy.manifest.entry if start is None else self._policy.procedure(start)
        now = self._now(facts)
        given: Known = dict(self._policy.typed(self._given(facts)))
        with self._known({**given, TODAY: now.date()}) as known:
            whole = walk(program, program.landings[entry], known)
            cited = facts_cited(self._policy, whole, known, facts)
        fewer = sorted((name for name in cited if name in self._usual_answers), key=self._places.__getitem__)
        given |= {name: self._usual_known[name] for name in fewer}
        given[TODAY] = now.date()
        if goes_alike(whole, given):
            return Decision(self._policy, whole, given, start=entry, now=now, language=self._policy.manifest.language)
        decision = self._policy.decide_typed(given, entry, now)
        # where answers make no difference, a walk that lacks them may pass by other nodes
        if decision.arrival.picks == whole.picks:
            return decision
        begin = program.starts[entry]
        is_same = spots_passed(begin, decision.arrival) == spots_passed(begin, whole)
        return decision if is_same else self.decide_on({**self._usual_answers, **facts}, start)

    @contextmanager
    def _known(self, given: Known) -> Iterator[Known]:
        """Lend what is usually known with these facts in it: of thousands of facts no copy is made for each walk."""
        known = self._usual_known
        before = {name: known[name] for name in given if name in known}
        known.update(given)
        try:
            yield known
        finally:
            for name in (*given, *self._policy.checked.definitions):  # what was worked out is only true of this walk
                known.pop(name, None)
            known.update(before)

    @cached_property
    def _places(self) -> Mapping[FactName, int]:
        return {name: place for place, name in enumerate(self._policy.facts)}

    @cached_property
    def _usual_answers(self) -> Facts:
        return {name: self.usual(name) for name in self._policy.facts}

    @cached_property
    def _usual_known(self) -> Known:
        return dict(self._policy.typed(self._given(self._usual_answers)))

    def decide_on(self, facts: Mapping[FactName, Value], start: str | None = None) -> Decision:
        """Return the decision on these facts alone."""
        policy = self._policy
        entry = policy.manifest.entry if start is None else policy.procedure(start)
        return policy.decide_typed(dict(policy.typed(self._given(facts))), entry, self._now(facts))

    def usual(self, name: FactName) -> Value:
        """Return an answer to a question that nothing is known about."""
        return self._simple(name, {})[0]

    def choice_of(self, facts: Mapping[FactName, Value]) -> dict[int, int]:
        """Return the class of each given fact on its axis."""
        found = {}
        for number, axis in enumerate(self._axes):
            if not all(name in facts for name in axis.facts):
                continue
            found[number] = self._class_on(axis, facts)
        return found

    @cached_property
    def coherence(self) -> Coherence:
        """Which classes go together."""
        return Coherence(self._axes, self._meaning.leaves.cuts.facts, self._class_on)

    def _class_on(self, axis: Axis, facts: Mapping[FactName, Value]) -> int:
        value = self._value_on(axis, facts)
        return int(value is True) if axis.kind is AxisKind.TRUTH else axis.class_of(value)

    # --- one fact --------------------------------------------------------------------------------------------------

    def _simple(self, name: FactName, choice: Mapping[int, int]) -> list[Value]:
        """Return answers to one question within its chosen class, or of any class; the best first."""
        numbers = self._of_fact.get(name, ())
        fact = self._policy.facts.get(name)  # None: of another policy in the same space
        kind = self._axes[numbers[0]].kind if numbers else None
        if kind is AxisKind.MEMBER or (fact and fact.type is FactType.SET_OF):
            chosen = [self._axes[each] for each in numbers if self._axes[each].classes[choice.get(each, 0)].low is True]
            return [frozenset(str(each.member) for each in chosen)]
        if kind is None:
            return [_any_answer(fact)]
        each = self._axes[numbers[0]].classes[choice.get(numbers[0], 0)]
        if kind is AxisKind.ATTEMPTS:
            return [attempts_value(each.low, self._policy.attempts.get(name, 1))]
        first, last = each.sample, each.high
        return [value for value in ((first,) if first == last else (first, last)) if value is not None]

    def _given(self, facts: Mapping[FactName, Value]) -> dict[str, Any]:
        known = self._policy.facts
        return {name: json_value(value, known[name]) for name, value in facts.items() if name in known}

    def _now(self, facts: Mapping[FactName, Value]) -> datetime.datetime:
        today = facts.get(TODAY, USUAL_DAY)
        assert isinstance(today, datetime.date)
        return datetime.datetime.combine(today, _NOON)

    # --- facts that are compared with each other -----------------------------------------------------------------

    def _fitting(
        self,
        names: Sequence[FactName],
        simple: Mapping[FactName, list[Value]],
        coupled: Sequence[int],
        choice: Mapping[int, int],
    ) -> Facts | None:
        """Return the first combination of likely answers that belongs to all chosen classes."""
        free = [name for name in names if any(name in self._axes[number].facts for number in coupled)]
        fixed: Facts = {name: simple[name][0] for name in names if name not in free}
        try:
            summed = self.coherence.facts_of(choice)
        except TooManyBoundsError:
            summed = {}
        if summed is None:
            return None
        facts = {**fixed, **{name: summed.get(name, simple[name][0]) for name in free}}
        if self.choice_of(facts).items() >= choice.items():
            return {name: facts[name] for name in names}
        options = [self._likely(name, simple, coupled, choice) for name in free]
        for answers in islice(product(*options), MOST_TRIES):
            facts = {**fixed, **dict(zip(free, answers, strict=True))}
            belongs = self.choice_of(facts)
            if all(belongs.get(number) == chosen for number, chosen in choice.items()):
                return {name: facts[name] for name in names}
        return None

    def _likely(
        self, name: FactName, simple: Mapping[FactName, list[Value]], coupled: Sequence[int], choice: Mapping[int, int]
    ) -> list[Value]:
        """Return answers worth trying: of its own class, and those that put a difference into its class."""
        found: dict[Value, None] = dict.fromkeys(simple[name])
        for number in coupled:
            axis = self._axes[number]
            if name in axis.facts and axis.kind is AxisKind.DIFFERENCE:
                for each in self._solved(name, axis, axis.classes[choice[number]], simple):
                    found.setdefault(each)
            elif name in axis.facts:
                for value in simple[name]:
                    found |= dict.fromkeys(_around(value))
        return [value for value in found if self._is_within(name, value)]

    def _is_within(self, name: FactName, value: Value) -> bool:
        """Return whether a fact may have a value, by its bounds."""
        fact = self._policy.facts.get(name)
        if fact is None or isinstance(value, bool) or not isinstance(value, int | Decimal):
            return True
        low, high = fact.minimum, fact.maximum
        return (low is None or low <= value) and (high is None or value <= high)

    def _solved(
        self, name: FactName, axis: Axis, wanted: AxisClass, simple: Mapping[FactName, list[Value]]
    ) -> Iterator[Value]:
        counts = dict(axis.terms)
        others = [each for each in axis.facts if each != name]
        ends = [end for end in (wanted.low, wanted.high) if isinstance(end, int | Decimal)]
        for answers in islice(product(*(simple[each] for each in others)), 16):
            rest = sum(
                (counts[each] * _number(value) for each, value in zip(others, answers, strict=True)), Fraction(0)
            )
            for end in ends:
                solved = (Fraction(end) - rest) / counts[name]
                value = _like(simple[name][0], solved)
                if value is not None:
                    yield value

    def _value_on(self, axis: Axis, facts: Mapping[FactName, Value]) -> Value | None:
        """Return the answer on one axis."""
        value = facts[axis.fact]
        match axis.kind:
            case AxisKind.MEMBER:
                return isinstance(value, frozenset) and axis.member in value
            case AxisKind.ATTEMPTS:
                assert isinstance(value, tuple)
                return value.index(True) + 1 if True in value else None
            case AxisKind.DIFFERENCE:
                total = sum((count * _number(facts[name]) for name, count in axis.terms), Fraction(0))
                return int(total) if total.denominator == 1 else exact(total)
            case AxisKind.TRUTH:
                assert axis.condition
                known: Known = dict(facts)
                return self._meaning.leaves.evaluator.value(axis.condition, known)
            case AxisKind.FACT:
                return value


def _any_answer(fact: Fact | None) -> Value:
    """Return an answer to a question that no condition reads."""
    if fact is None:
        return USUAL_DAY  # today
    match fact.type:
        case FactType.YES_NO:
            return True
        case FactType.ONE_OF:
            return fact.values[0].name
        case FactType.SET_OF:
            return frozenset()
        case FactType.INTEGER:
            return int(fact.minimum if fact.minimum is not None else min(fact.maximum or 0, Decimal(0)))
        case FactType.DECIMAL:
            return fact.minimum if fact.minimum is not None else min(fact.maximum or Decimal(0), Decimal(0))
        case FactType.DATE:
            return USUAL_DAY
        case FactType.TEXT:
            return "…"


def _around(value: Value) -> list[Value]:
    """Return answers near one: a week and a month either side of a date, a few numbers more or less."""
    match value:
        case datetime.date():
            day = value.toordinal()
            return [
                each for gap in (0, 1, -1, 7, -7, 31, -31, 366, -366) if (each := _like(value, Fraction(day + gap)))
            ]
        case bool():
            return [True, False]
        case int() | Decimal():
            return [value + gap for gap in (0, 1, -1, 10, -10)]
        case _:
            return [value]


def _number(value: Value) -> Fraction:
    match value:
        case datetime.date():
            return Fraction(value.toordinal())
        case int() | Decimal():
            return Fraction(value)
        case _:
            raise AssertionError(f"not a number: {value!r}")


def _like(model: Value, number: Fraction) -> Value | None:
    """Return a number as a value of the same type as `model`; None if it is none."""
    match model:
        case datetime.date():
            day = number.numerator if number.denominator == 1 else 0
            return datetime.date.fromordinal(day) if 1 <= day <= datetime.date.max.toordinal() else None
        case Decimal():
            return exact(number)
        case int():
            return number.numerator if number.denominator == 1 else None
        case _:
            return None
