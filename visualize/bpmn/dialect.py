"""Formulas and values as text of an expression language: FEEL, or the Python that SpiffWorkflow evaluates.

In: formulas, and expressions over plain facts. Out: text. Every fact is a variable of its name, null (None) while it is
not known; dates are dates, sets are lists, `hoje` is the day of the decision. What neither language can count, business
days above all, is a variable that the host works out, told among the process's variables.
"""

from __future__ import annotations

import datetime
import json
import keyword
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final, Literal, assert_never

from praxe.dsl import tree as t
from praxe.dsl.tree import Comparison, Duration, Expression, FactName, Unit
from praxe.engine.evaluate import HOURS
from praxe.engine.values import normal_text, plain_decimal
from praxe.engine.wording import text_of
from praxe.visualize.bpmn.formula import Constant, Formula, Holds, Junction, Logic, Member, Test, is_condition

Dialect = Literal["feel", "python"]
DIALECTS: Final[tuple[Dialect, ...]] = ("feel", "python")
TODAY: Final = "hoje"
_FEEL_WORDS: Final = frozenset(
    "if then else for in return some every satisfies and or between instance of not null true false function external "
    "context list date time duration today now hoje timedelta".split()
)
_HOST: Final = "calculo_{}"
_ISO: Final[Mapping[Unit, str]] = {Unit.HOUR: "PT{}H", Unit.DAY: "P{}D", Unit.BUSINESS_DAY: "P{}D", Unit.MONTH: "P{}M"}
_SIGNS: Final[Mapping[Comparison, tuple[str, str]]] = {  # FEEL, Python
    Comparison.EQUAL: ("=", "=="),
    Comparison.IS: ("=", "=="),
    Comparison.NOT_EQUAL: ("!=", "!="),
    Comparison.GREATER: (">", ">"),
    Comparison.GREATER_EQUAL: (">=", ">="),
    Comparison.LESS: ("<", "<"),
    Comparison.LESS_EQUAL: ("<=", "<="),
}


def iso_duration(duration: Duration) -> str:
    """Return a duration as ISO 8601 writes it; business days, which it does not know, as days."""
    return _ISO[duration.unit].format(duration.amount)


def variable_name(fact: FactName) -> str:
    """Return the variable of a fact: its name, told apart from the words of the languages."""
    return f"{fact}_" if keyword.iskeyword(fact) or fact in _FEEL_WORDS else fact


@dataclass(slots=True)
class Scribe:
    """Writes the expressions of one process, and notes what they read."""

    dialect: Dialect
    logic: Logic
    facts: dict[FactName, None] = field(default_factory=dict)
    computed: dict[str, str] = field(default_factory=dict)  # what the host works out -> its variable
    reads_today: bool = False

    @property
    def is_feel(self) -> bool:
        """Whether this is FEEL."""
        return self.dialect == "feel"

    # --- whole expressions ---------------------------------------------------------------------------------------

    def condition(self, formula: Formula) -> str:
        """Return a condition as it stands in the file."""
        return self._whole(self._formula(formula)[0])

    def value(self, expression: Expression) -> str:
        """Return an argument as it stands in the file; null while it is not known."""
        return self._whole(self._value(expression))

    def script(self, name: FactName, definition: t.Definition | t.Table) -> str:
        """Return the script that works out a derived fact."""
        whole = replace(self, logic=self.logic.with_definition(name, definition))
        text = whole._chosen(whole.logic.guarded(name))
        return self._whole(text) if self.is_feel else f"{variable_name(name)} = {text}"

    def fact_is(self, fact: t.FactRef, wanted: bool) -> str:
        """Return the condition that a yes-or-no fact is known and is `wanted`."""
        return self.condition(self.logic.certainly(fact, wanted))

    def duration(self, duration: Duration) -> str:
        """Return a timer's duration as it stands in the file."""
        text = iso_duration(duration)
        return text if self.is_feel else _quoted(text)

    def date(self, expression: Expression) -> str:
        """Return a timer's date as it stands in the file."""
        text = self._value(expression)
        return self._whole(text if self.is_feel else f"({text}).isoformat()")

    def _whole(self, text: str) -> str:
        return f"={text}" if self.is_feel else text

    # --- formulas ------------------------------------------------------------------------------------------------

    def _formula(self, formula: Formula) -> tuple[str, bool]:
        """Return a formula, and whether it stands without brackets inside another."""
        match formula:
            case Constant(value):
                return (str(value).lower() if self.is_feel else str(value)), True
            case Junction():
                parts = [self._formula(part) for part in formula.parts]
                word = " and " if formula.every else " or "
                return word.join(text if is_whole else f"({text})" for text, is_whole in parts), False
            case Test():
                return self._test(formula)
            case Member():
                return self._member(formula)
            case Holds():
                return self._holds(formula)
            case _:
                assert_never(formula)

    def _test(self, test: Test) -> tuple[str, bool]:
        left, right = (self._measured(each) for each in (test.left, test.right))
        if not self.is_feel and isinstance(test.right, t.Literal) and isinstance(test.right.value, bool):
            return f"{left} is {right}", True
        text = f"{left} {_SIGNS[test.operator][not self.is_feel]} {right}"
        is_equal = test.operator in (Comparison.EQUAL, Comparison.IS)
        is_plain = is_equal and (_is_fixed(test.right) or _is_fixed(test.left))
        is_safe = is_plain and not any(isinstance(each, t.Arithmetic | t.DaysBetween) for each in _sides(test))
        if is_safe or (self.is_feel and test.operator is not Comparison.NOT_EQUAL and not (is_equal and not is_plain)):
            return text, True
        return self._guarded(_sides(test), text)

    def _member(self, test: Member) -> tuple[str, bool]:
        name, values = self._fact(test.fact.name), ", ".join(map(self._measured, test.values))
        if test.wanted:
            return f"{name} in ({values})", True
        absent = f"not({name} in ({values}))" if self.is_feel else f"{name} not in ({values})"
        return self._guarded((test.fact,), absent)

    def _holds(self, test: Holds) -> tuple[str, bool]:
        collection, member = self._operand(test.collection), self._operand(test.member)
        if self.is_feel:
            text = f"list contains({collection}, {member})"
            text = text if test.wanted else f"not({text})"
        else:
            text = f"{member} {'in' if test.wanted else 'not in'} {collection}"
        return self._guarded((test.collection, test.member), text)

    def _guarded(self, operands: Iterable[Expression], text: str) -> tuple[str, bool]:
        """Return `text` behind the tests that everything it reads is known."""
        known = "{} != null" if self.is_feel else "{} is not None"
        guards = [known.format(name) for name in dict.fromkeys(self._read(operands))]
        return " and ".join([*guards, text]), not guards

    def _read(self, operands: Iterable[Expression]) -> Iterator[str]:
        stack = list(operands)[::-1]
        while stack:
            part = stack.pop()
            if self._needs_host(part):
                yield self._host(part)
            elif isinstance(part, t.FactRef):
                yield self._fact(part.name)
            else:
                stack += [each for each in part.children() if isinstance(each, Expression)][::-1]

    # --- operands ------------------------------------------------------------------------------------------------

    def _value(self, expression: Expression) -> str:
        """Return what an expression is worth, each case of a derived fact written out."""
        derived = self.logic.definitions
        if isinstance(expression, t.FactRef) and expression.name in derived:
            return self._chosen(self.logic.guarded(expression.name))
        if is_condition(expression) and not isinstance(expression, t.Literal):
            true, false = (t.Literal(value=each, span=expression.span) for each in (True, False))
            sure = self.logic.certainly
            return self._chosen([(sure(expression, True), true), (sure(expression, False), false)])
        parts = [each for each in expression.descendants() if isinstance(each, t.FactRef) and each.name in derived]
        if parts:
            cases = self.logic.guarded(parts[0].name)
            return self._chosen([(when, self.logic.put(expression, parts[0].name, value)) for when, value in cases])
        text = self._operand(expression)
        if self.is_feel or not isinstance(expression, t.Arithmetic | t.DaysBetween):
            return text
        guard, is_known = self._guarded((expression,), "")
        return text if is_known else f"({text} if {guard.removesuffix(' and ')} else None)"

    def _chosen(self, cases: Sequence[tuple[Formula, Expression]]) -> str:
        text = "null" if self.is_feel else "None"
        for formula, value in reversed(cases):
            if formula == Constant(False):
                continue
            worth = self._value(value)
            if formula == Constant(True):
                text = worth
                continue
            when, _ = self._formula(formula)
            text = f"if {when} then {worth} else {text}" if self.is_feel else f"({worth} if {when} else {text})"
        return text

    def _measured(self, operand: Expression) -> str:
        """Return an operand of a comparison: durations are compared in hours."""
        if isinstance(operand, t.DurationLiteral):
            return str(operand.value.amount * HOURS[operand.value.unit])
        return self._operand(operand)

    def _operand(self, operand: Expression) -> str:
        if self._needs_host(operand):
            return self._host(operand)
        match operand:
            case t.FactRef():
                return self._fact(operand.name)
            case t.ValueRef():
                return _quoted(operand.name)
            case t.Literal():
                return self._literal(operand.value)
            case t.DurationLiteral():
                return self._length(operand.value)
            case t.Today():
                self.reads_today = True
                return TODAY
            case t.DaysBetween():
                return f"({self._operand(operand.end)} - {self._operand(operand.start)}).days"
            case t.Arithmetic():
                sign = "-" if operand.subtract else "+"
                return f"({self._operand(operand.left)} {sign} {self._operand(operand.right)})"
            case _:
                raise AssertionError(f"not an operand: {type(operand).__name__}")

    def _fact(self, name: FactName) -> str:
        self.facts[name] = None
        return variable_name(name)

    def _needs_host(self, operand: Expression) -> bool:
        """Whether an operand counts business days, or in Python months: the host has to work it out."""
        match operand:
            case t.DaysBetween():
                return operand.business
            case t.Arithmetic():
                units = [
                    each.value.unit for each in (operand.left, operand.right) if isinstance(each, t.DurationLiteral)
                ]
                return Unit.BUSINESS_DAY in units or (Unit.MONTH in units and not self.is_feel)
            case _:
                return False

    def _host(self, operand: Expression) -> str:
        return self.computed.setdefault(text_of(operand), _HOST.format(len(self.computed) + 1))

    def _length(self, duration: Duration) -> str:
        """Return a duration that is added to a date: of hours only whole days count."""
        days = duration.amount // 24 if duration.unit is Unit.HOUR else duration.amount
        if self.is_feel:
            unit = Unit.MONTH if duration.unit is Unit.MONTH else Unit.DAY
            return f'duration("{iso_duration(Duration(days, unit))}")'
        return f"timedelta(days={days})"

    def _literal(self, value: bool | int | Decimal | datetime.date | str) -> str:
        match value:
            case bool():
                return str(value).lower() if self.is_feel else str(value)
            case int():
                return str(value)
            case Decimal():
                return plain_decimal(value)
            case datetime.date():
                return f'{"date" if self.is_feel else "date.fromisoformat"}("{value.isoformat()}")'
            case str():
                return _quoted(normal_text(value))
            case _:
                assert_never(value)


def _sides(test: Test) -> tuple[Expression, Expression]:
    return (test.left, test.right)


def _is_fixed(operand: Expression) -> bool:
    return isinstance(operand, t.ValueRef | t.Literal | t.DurationLiteral)


def _quoted(text: str) -> str:
    """Return a text in quotes, as JSON, FEEL and Python all read it; what XML cannot carry is escaped."""
    written = json.dumps(text, ensure_ascii=False)
    return "".join(each if each.isprintable() else json.dumps(each)[1:-1] for each in written)
