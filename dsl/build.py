"""The parser calls one method here per rule of `grammar.lark`; together they build a file's `LineTree`s.

Nothing is judged here: a rule gives its head or expression, `structure` and `resolve` find what is wrong.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import replace
from decimal import Decimal
from typing import Any, Final

from praxe.dsl import heads as h
from praxe.dsl import tree as t
from praxe.dsl.lexer import Word

_ESCAPE: Final = re.compile(r"\\(.)")
_COMPARISONS: Final = {
    "EQ": t.Comparison.EQUAL,
    "IS": t.Comparison.IS,
    "IS_NOT": t.Comparison.NOT_EQUAL,
    "GT": t.Comparison.GREATER,
    "GE": t.Comparison.GREATER_EQUAL,
    "LT": t.Comparison.LESS,
    "LE": t.Comparison.LESS_EQUAL,
}


def unquoted(text: str) -> str:
    """Return what a string token says: without its quotes, `\\"` and `\\\\` undone."""
    return _ESCAPE.sub(r"\1", text[1:-1])


def _number(text: str) -> int | Decimal:
    return Decimal(text) if "." in text else int(text)


def _fact(name: Word) -> t.FactRef:
    return t.FactRef(span=name.span, name=t.FactName(str(name)))


def _clause(name: Word) -> t.ClauseRef:
    return t.ClauseRef(span=name.span, name=t.ClauseId(str(name)))


def _title(rest: tuple[Any, ...]) -> str | None:
    return next((unquoted(each) for each in rest if isinstance(each, Word) and each.type == "STRING"), None)


def _nodes(items: tuple[Any, ...]) -> tuple[Any, ...]:
    return tuple(item for item in items if not isinstance(item, Word))


class Build:
    """The callbacks; stateless, so one instance serves every parse."""

    # --- lines

    def start(self, *lines: h.LineTree) -> tuple[h.LineTree, ...]:
        return lines

    def line(self, head: h.Head, *rest: tuple[Any, ...]) -> h.LineTree:
        clauses: tuple[t.ClauseRef, ...] = ()
        block: tuple[h.LineTree, ...] | None = None
        for each in rest:
            if each and isinstance(each[0], t.ClauseRef):
                clauses += each
            else:
                block = each
        return h.LineTree(span=head.span, head=head, clauses=clauses, block=block)

    def block(self, *lines: h.LineTree) -> tuple[h.LineTree, ...]:
        return lines

    def cites(self, *names: Word) -> tuple[t.ClauseRef, ...]:
        return tuple(map(_clause, names))

    def broken(self, text: Word) -> h.Broken:
        return h.Broken(span=text.span, text=str(text))

    # --- items

    def procedure(self, keyword: Word, name: Word, *title: Word) -> h.ProcedureHead:
        return h.ProcedureHead(span=keyword.span.to((name, *title)[-1].span), name=_fact(name), title=_title(title))

    def define(self, keyword: Word, name: Word, *rest: Any) -> h.DefineHead:
        values = _nodes(rest)
        return h.DefineHead(
            span=keyword.span.to((name, *rest)[-1].span),
            name=_fact(name),
            title=_title(rest),
            value=values[0] if values else None,
        )

    def when(self, keyword: Word, condition: t.Expression, value: t.Expression) -> h.WhenHead:
        return h.WhenHead(span=keyword.span.to(value.span), condition=condition, value=value)

    def table(self, keyword: Word, name: Word, *rest: Word) -> h.TableHead:
        first = any(each.type == "FIRST" for each in rest)
        return h.TableHead(
            span=keyword.span.to((name, *rest)[-1].span),
            name=_fact(name),
            title=_title(rest),
            hit_policy=t.HitPolicy.FIRST if first else t.HitPolicy.UNIQUE,
        )

    def row(self, *cells: t.Cell) -> h.RowHead:
        return h.RowHead(span=cells[0].span.to(cells[-1].span), cells=cells)

    def target(self, *parts: Word) -> t.Target:
        span = parts[0].span.to(parts[-1].span)
        return t.Target(span=span, name=str(parts[-1]), is_end=len(parts) == 2)

    def never(self, keyword: Word, target: t.Target, *rest: Any) -> t.Never:
        condition = _nodes(rest)
        span = keyword.span.to((target, *rest)[-1].span)
        return t.Never(span=span, target=target, condition=condition[0] if condition else None)

    def always(self, keyword: Word, action: Word, *rest: Any) -> t.Always:
        parts = _nodes(rest)
        before = next((part for part in parts if isinstance(part, t.Target)), None)
        condition = next((part for part in parts if not isinstance(part, t.Target)), None)
        ref = t.ActionRef(span=action.span, name=t.ActionName(str(action)))
        span = keyword.span.to((action, *rest)[-1].span)
        return t.Always(span=span, action=ref, before=before, condition=condition)

    # --- statements of one line

    def do(self, keyword: Word, step: t.ActionCall | Word, *rest: t.Deadline) -> t.Do:
        said = unquoted(step) if isinstance(step, Word) else step
        span = keyword.span.to((step, *rest)[-1].span)
        return t.Do(span=span, step=said, deadline=rest[0] if rest else None)

    def say(self, keyword: Word, text: Word, *rest: t.Deadline) -> t.Say:
        last: Word | t.Deadline = rest[0] if rest else text
        span = keyword.span.to(last.span)
        return t.Say(span=span, text=unquoted(text), deadline=rest[0] if rest else None)

    def ask(self, keyword: Word, name: Word) -> t.Ask:
        return t.Ask(span=keyword.span.to(name.span), fact=_fact(name))

    def follow(self, keyword: Word, name: Word) -> t.Follow:
        ref = t.ProcedureRef(span=name.span, name=t.ProcedureName(str(name)))
        return t.Follow(span=keyword.span.to(name.span), procedure=ref)

    def end(self, keyword: Word, name: Word) -> t.End:
        return t.End(span=keyword.span.to(name.span), outcome=self._outcome(name))

    def gap(self, keyword: Word, text: Word) -> t.Gap:
        return t.Gap(span=keyword.span.to(text.span), text=unquoted(text))

    def note(self, keyword: Word, text: Word) -> t.Note:
        return t.Note(span=keyword.span.to(text.span), text=unquoted(text))

    def nothing(self, keyword: Word) -> t.Nothing:
        return t.Nothing(span=keyword.span)

    def source(self, keyword: Word, *names: Word) -> t.Source:
        return t.Source(span=keyword.span.to(names[-1].span), clauses=tuple(map(_clause, names)))

    # --- lines that open a block

    def if_(self, keyword: Word, condition: t.Expression) -> h.IfHead:
        return h.IfHead(span=keyword.span.to(condition.span), condition=condition)

    def else_if(self, keyword: Word, condition: t.Expression) -> h.ElseIfHead:
        return h.ElseIfHead(span=keyword.span.to(condition.span), condition=condition)

    def else_(self, keyword: Word, *value: t.Expression) -> h.ElseHead:
        span = keyword.span.to(value[0].span) if value else keyword.span
        return h.ElseHead(span=span, value=value[0] if value else None)

    def case(self, keyword: Word, name: Word) -> h.CaseHead:
        return h.CaseHead(span=keyword.span.to(name.span), subject=_fact(name))

    def arm(self, *patterns: t.Pattern) -> h.ArmHead:
        return h.ArmHead(span=patterns[0].span.to(patterns[-1].span), patterns=patterns)

    def for_each(self, keyword: Word, variable: Word, _in: Word, name: Word) -> h.ForEachHead:
        return h.ForEachHead(span=keyword.span.to(name.span), variable=str(variable), collection=_fact(name))

    def retry(
        self, keyword: Word, count: Word, _times: Word, call: t.ActionCall, _until: Word, name: Word
    ) -> h.RetryHead:
        attempts = t.Literal(span=count.span, value=_number(count))
        whole = attempts.value if isinstance(attempts.value, int) else 0
        span = keyword.span.to(name.span)
        return h.RetryHead(span=span, attempts=whole, attempts_node=attempts, call=call, until=_fact(name))

    def wait(self, keyword: Word, name: Word, _how: Word, deadline: t.DurationLiteral | t.Expression) -> h.WaitHead:
        until = deadline.value if isinstance(deadline, t.DurationLiteral) and _how.type == "WITHIN" else deadline
        return h.WaitHead(span=keyword.span.to(deadline.span), fact=_fact(name), deadline=until)

    def meanwhile(self, keyword: Word) -> h.MeanwhileHead:
        return h.MeanwhileHead(span=keyword.span)

    def rule(self, keyword: Word) -> h.RuleHead:
        return h.RuleHead(span=keyword.span)

    def unless(self, keyword: Word, condition: t.Expression) -> h.UnlessHead:
        return h.UnlessHead(span=keyword.span.to(condition.span), condition=condition)

    # --- parts of lines

    def call(self, name: Word, *rest: Any) -> t.ActionCall:
        ref = t.ActionRef(span=name.span, name=t.ActionName(str(name)))
        return t.ActionCall(span=name.span.to((name, *rest)[-1].span), action=ref, arguments=_nodes(rest))

    def argument(self, *parts: Any) -> t.Argument:
        name = str(parts[0]) if len(parts) == 3 else None
        return t.Argument(span=parts[0].span.to(parts[-1].span), parameter=name, value=parts[-1])

    def deadline(self, how: Word, *duration: t.DurationLiteral) -> t.Deadline:
        last: Word | t.DurationLiteral = duration[0] if duration else how
        span = how.span.to(last.span)
        within = duration[0].value if duration else None
        return t.Deadline(span=span, promptness=t.Promptness[how.type], duration=within)

    def duration(self, amount: Word, unit: t.Unit) -> t.DurationLiteral:
        count = _number(amount)
        span = amount.span
        return t.DurationLiteral(span=span, value=t.Duration(count if isinstance(count, int) else -1, unit))

    def unit(self, word: Word) -> t.Unit:
        return t.Unit[word.type]

    def value_pattern(self, value: t.Expression) -> t.ValuePattern:
        return t.ValuePattern(span=value.span, value=value)

    def range_pattern(self, low: t.Literal, _to: Word, high: t.Literal) -> t.RangePattern:
        return t.RangePattern(span=low.span.to(high.span), low=self._plain(low), high=self._plain(high))

    def open_range(self, low: t.Literal, plus: Word) -> t.RangePattern:
        return t.RangePattern(span=low.span.to(plus.span), low=self._plain(low), high=None)

    def any_cell(self, dash: Word) -> t.Cell:
        return t.Cell(span=dash.span, patterns=())

    def cell(self, *patterns: t.Pattern) -> t.Cell:
        return t.Cell(span=patterns[0].span.to(patterns[-1].span), patterns=patterns)

    # --- expressions

    def name(self, word: Word) -> t.Name:
        return t.Name(span=word.span, name=str(word))

    def number(self, *parts: Word) -> t.Literal:
        value = _number(parts[-1])
        return t.Literal(span=parts[0].span.to(parts[-1].span), value=-value if len(parts) == 2 else value)

    def text(self, word: Word) -> t.Literal:
        return t.Literal(span=word.span, value=unquoted(word))

    def date(self, word: Word) -> t.Literal:
        return t.Literal(span=word.span, value=datetime.date.fromisoformat(word))

    def yes(self, word: Word) -> t.Literal:
        return t.Literal(span=word.span, value=True)

    def no(self, word: Word) -> t.Literal:
        return t.Literal(span=word.span, value=False)

    def today(self, word: Word) -> t.Today:
        return t.Today(span=word.span)

    def duration_literal(self, value: t.DurationLiteral) -> t.DurationLiteral:
        return value

    def parentheses(self, inner: t.Expression, _close: Word) -> t.Expression:
        return inner

    def or_(self, *parts: Any) -> t.Or:
        operands = _nodes(parts)
        return t.Or(span=operands[0].span.to(operands[-1].span), operands=operands)

    def and_(self, *parts: Any) -> t.And:
        operands = _nodes(parts)
        return t.And(span=operands[0].span.to(operands[-1].span), operands=operands)

    def not_(self, keyword: Word, operand: t.Expression) -> t.Not:
        return t.Not(span=keyword.span.to(operand.span), operand=operand)

    def compare(self, left: t.Expression, operator: Word, right: t.Expression) -> t.Compare:
        return t.Compare(span=left.span.to(right.span), operator=_COMPARISONS[operator.type], left=left, right=right)

    def between(
        self, subject: t.Expression, _between: Word, low: t.Expression, _and: Word, high: t.Expression
    ) -> t.Between:
        return t.Between(span=subject.span.to(high.span), subject=subject, low=low, high=high)

    def in_(self, subject: t.Expression, _in: Word, *rest: Any) -> t.In:
        return t.In(span=subject.span.to(rest[-1].span), subject=subject, members=_nodes(rest))

    def contains(self, collection: t.Expression, _contains: Word, member: t.Expression) -> t.Contains:
        return t.Contains(span=collection.span.to(member.span), collection=collection, member=member)

    def days_between(
        self, unit: Word, _between: Word, start: t.Expression, _and: Word, end: t.Expression
    ) -> t.DaysBetween:
        return t.DaysBetween(span=unit.span.to(end.span), business=unit.type == "BUSINESS_DAY", start=start, end=end)

    def arithmetic(self, left: t.Expression, sign: Word, right: t.Expression) -> t.Arithmetic:
        return t.Arithmetic(span=left.span.to(right.span), subtract=sign.type == "MINUS", left=left, right=right)

    def outcome_is(self, keyword: Word, _is: Word, name: Word) -> t.OutcomeIs:
        return t.OutcomeIs(span=keyword.span.to(name.span), outcome=self._outcome(name))

    # --- shared

    @staticmethod
    def _outcome(name: Word) -> t.OutcomeRef:
        return t.OutcomeRef(span=name.span, name=t.OutcomeName(str(name)))

    @staticmethod
    def _plain(number: t.Literal) -> int | Decimal:
        assert isinstance(number.value, int | Decimal)
        return number.value


def with_clauses(statement: Any, clauses: tuple[t.ClauseRef, ...]) -> Any:
    """Return a one-line statement with the citations that stand after it."""
    return replace(statement, clauses=clauses) if clauses else statement
