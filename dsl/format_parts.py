"""Parts of a line as text: expressions, patterns, durations, one-line statements.

In: a node and the words of a language. Out: its canonical text, with parentheses only where they are needed.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.keywords import Face

_OR, _AND, _NOT, _COMPARISON, _SUM, _ATOM = range(6)
_SIGNS: Final = {
    t.Comparison.EQUAL: "=",
    t.Comparison.GREATER: ">",
    t.Comparison.GREATER_EQUAL: ">=",
    t.Comparison.LESS: "<",
    t.Comparison.LESS_EQUAL: "<=",
}


def expression_text(expression: t.Expression, face: Face) -> str:
    """Return an expression as it would be written in a file of that language."""
    return Parts(face).expression(expression)


@dataclass(frozen=True, slots=True)
class Parts:
    """Writes parts of lines in one language."""

    face: Face

    def quoted(self, text: str) -> str:
        """Return a text in quotes."""
        escaped = text.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'

    def simple(self, statement: t.Do | t.Say | t.Ask | t.Follow | t.End | t.Gap | t.Note | t.Nothing) -> str:
        """Return a statement of one line, without its citations."""
        word = self.face.word
        match statement:
            case t.Do(step=str() as text):
                return f"{word('DO')} {self.quoted(text)}{self._deadline(statement.deadline)}"
            case t.Do(step=t.ActionCall() as call):
                return f"{word('DO')} {self.call(call)}{self._deadline(statement.deadline)}"
            case t.Say(text=text):
                return f"{word('SAY')} {self.quoted(text)}{self._deadline(statement.deadline)}"
            case t.Ask(fact=fact):
                return f"{word('ASK')} {fact.name}"
            case t.Follow(procedure=procedure):
                return f"{word('FOLLOW')} {procedure.name}"
            case t.End(outcome=outcome):
                return f"{word('END')} {outcome.name}"
            case t.Gap(text=text):
                return f"{word('GAP')} {self.quoted(text)}"
            case t.Note(text=text):
                return f"{word('NOTE')} {self.quoted(text)}"
            case t.Nothing():
                return word("NOTHING")
            case _:
                raise AssertionError(statement)  # mypy does not narrow Do by its step

    def call(self, call: t.ActionCall) -> str:
        """Return an action with its arguments."""
        if not call.arguments:
            return call.action.name
        written = [
            (f"{each.parameter} = " if each.parameter is not None else "") + self.expression(each.value, level=_ATOM)
            for each in call.arguments
        ]
        return f"{call.action.name}({', '.join(written)})"

    def duration(self, duration: t.Duration) -> str:
        """Return `4 dias úteis`."""
        return f"{duration.amount} {self.face.word(duration.unit.name, count=duration.amount)}"

    def _deadline(self, deadline: t.Deadline | None) -> str:
        if deadline is None:
            return ""
        word = self.face.word(deadline.promptness.name)
        return f" {word} {self.duration(deadline.duration)}" if deadline.duration else f" {word}"

    # --- patterns

    def cell(self, cell: t.Cell) -> str:
        """Return a cell of a table."""
        return self.patterns(cell.patterns) if cell.patterns else "-"

    def patterns(self, patterns: tuple[t.Pattern, ...]) -> str:
        """Return what a branch admits: `v1, v2`."""
        return ", ".join(map(self._pattern, patterns))

    def _pattern(self, pattern: t.Pattern) -> str:
        match pattern:
            case t.ValuePattern(value=value):
                return self.expression(value)
            case t.RangePattern(low=low, high=high):
                if high is None:
                    return f"{_number(low)}+"
                return f"{_number(low)} {self.face.word('RANGE_TO')} {_number(high)}"
            case _:
                assert_never(pattern)

    # --- expressions

    def expression(self, expression: t.Expression, *, level: int = _OR) -> str:
        """Return an expression; in parentheses where it binds less than `level` asks for."""
        text, own = self._written(expression)
        return text if own >= level else f"({text})"

    def _written(self, expression: t.Expression) -> tuple[str, int]:
        word = self.face.word
        match expression:
            case t.Name(name=name) | t.ValueRef(name=name) | t.LoopRef(name=name):
                return name, _ATOM
            case t.FactRef(name=fact):
                return fact, _ATOM
            case t.Literal(value=value):
                return self._literal(value), _ATOM
            case t.DurationLiteral(value=duration):
                return self.duration(duration), _ATOM
            case t.Today():
                return word("TODAY"), _ATOM
            case t.Not(operand=operand):
                return f"{word('NOT')} {self.expression(operand, level=_NOT)}", _NOT
            case t.And(operands=operands):
                return f" {word('AND')} ".join(self.expression(each, level=_NOT) for each in operands), _AND
            case t.Or(operands=operands):
                return f" {word('OR')} ".join(self.expression(each, level=_AND) for each in operands), _OR
            case t.Arithmetic(left=left, right=right):
                sign = "-" if expression.subtract else "+"
                return f"{self._left(left)} {sign} {self.expression(right, level=_ATOM)}", _SUM
            case t.DaysBetween(start=start, end=end):
                unit = word("BUSINESS_DAY" if expression.business else "DAY")
                ends = [self._left(each, level=_ATOM) for each in (start, end)]
                return f"{unit} {word('BETWEEN')} {ends[0]} {word('AND')} {ends[1]}", _ATOM
            case t.Compare() | t.Between() | t.In() | t.Contains() | t.OutcomeIs():
                return self._comparison(expression), _COMPARISON
            case _:
                assert_never(expression)

    def _comparison(self, expression: t.Compare | t.Between | t.In | t.Contains | t.OutcomeIs) -> str:
        word = self.face.word
        match expression:
            case t.Compare(operator=operator, left=left, right=right):
                terminal = "IS" if operator is t.Comparison.IS else "IS_NOT"
                sign = _SIGNS.get(operator) or word(terminal)
                return f"{self._left(left)} {sign} {self._sum(right)}"
            case t.Between(subject=subject, low=low, high=high):
                ends = f"{self._sum(low)} {word('AND')} {self._sum(high)}"
                return f"{self._left(subject)} {word('BETWEEN')} {ends}"
            case t.In(subject=subject, members=members):
                listed = ", ".join(map(self._sum, members))
                return f"{self._left(subject)} {word('IN')} {{{listed}}}"
            case t.Contains(collection=collection, member=member):
                return f"{self._left(collection)} {word('CONTAINS')} {self._sum(member)}"
            case t.OutcomeIs(outcome=outcome):
                return f"{word('OUTCOME')} {word('IS')} {outcome.name}"
            case _:
                assert_never(expression)

    def _left(self, expression: t.Expression, *, level: int = _SUM) -> str:
        # `não é x` and `não - x` would be read as other things: the answer `não` stands in parentheses there
        is_no = isinstance(expression, t.Literal) and expression.value is False
        text = self.expression(expression, level=level)
        return f"({text})" if is_no else text

    def _sum(self, expression: t.Expression) -> str:
        return self.expression(expression, level=_SUM)

    def _literal(self, value: bool | int | Decimal | datetime.date | str) -> str:
        match value:
            case bool():
                return self.face.word("YES" if value else "NO")
            case int() | Decimal():
                return _number(value)
            case datetime.date():
                return value.isoformat()
            case str():
                return self.quoted(value)


def _number(value: int | Decimal) -> str:
    return format(value, "f") if isinstance(value, Decimal) else str(value)
