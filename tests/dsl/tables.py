"""Decision tables made by chance, and what enumerating all their cases finds in them."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import Final

from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.keywords import faces
from praxe.dsl.source import Span
from praxe.dsl.table_coverage import World
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Assumption, Fact, FactType, Value, Words

HERE: Final = Span("p.praxe", 1, 1, 1, 2)
FACE: Final = faces()["pt"]
NUMBERS: Final = range(7)

Case = Sequence[object]


def fact(name: str, kind: FactType, values: str = "") -> Fact:
    words = Words({"pt": name})
    listed = tuple(Value(name=each, label=words, span=HERE) for each in values)
    low, high = (Decimal(NUMBERS[0]), Decimal(NUMBERS[-1])) if kind is FactType.INTEGER else (None, None)
    return Fact(
        name=FactName(name), type=kind, label=words, question=words, values=listed, minimum=low, maximum=high, span=HERE
    )


def value(of: object) -> t.Expression:
    return t.ValueRef(name=of, span=HERE) if isinstance(of, str) else t.Literal(value=of, span=HERE)  # type: ignore[arg-type]


def pattern(of: object) -> t.Pattern:
    if isinstance(of, tuple):
        return t.RangePattern(low=of[0], high=of[1], span=HERE)
    return t.ValuePattern(value=value(of), span=HERE)


def table(facts: Sequence[Fact], rows: Sequence[Sequence[Sequence[object]]], hit_policy: t.HitPolicy) -> t.Table:
    """Return a table; each cell lists what it admits, and nothing where all will do."""
    return t.Table(
        name=FactName("saida"),
        name_span=HERE,
        title=None,
        hit_policy=hit_policy,
        inputs=tuple(t.FactRef(name=each.name, span=HERE) for each in facts),
        rows=tuple(
            t.Row(
                cells=tuple(t.Cell(patterns=tuple(map(pattern, cell)), span=HERE) for cell in row),
                output=value(True),
                span=Span("p.praxe", number, 1, 1, 2),
            )
            for number, row in enumerate(rows, start=1)
        ),
        span=HERE,
    )


def world(facts: Sequence[Fact], *assumptions: Assumption) -> World:
    return World(fact={each.name: each for each in facts}.__getitem__, assumptions=assumptions)


def domain(of: Fact) -> Sequence[object]:
    match of.type:
        case FactType.YES_NO:
            return (True, False)
        case FactType.INTEGER:
            return NUMBERS
        case _:
            return tuple(each.name for each in of.values)


# --- by chance ---------------------------------------------------------------------------------------------------


FACTS: Final = st.lists(
    st.sampled_from([(FactType.YES_NO, ""), (FactType.ONE_OF, "abc"), (FactType.INTEGER, "")]), min_size=1, max_size=4
).map(lambda kinds: [fact(f"f{number}", *kind) for number, kind in enumerate(kinds)])


@st.composite
def cells(draw: st.DrawFn, of: Fact) -> list[object]:
    if draw(st.booleans()):
        return []
    if of.type is not FactType.INTEGER:
        return draw(st.lists(st.sampled_from(domain(of)), min_size=1, max_size=2))
    ends = st.tuples(st.sampled_from(NUMBERS), st.sampled_from(NUMBERS)).map(lambda each: (min(each), max(each)))
    return draw(st.lists(ends | st.sampled_from(NUMBERS), min_size=1, max_size=2))


@st.composite
def rows(draw: st.DrawFn, facts: Sequence[Fact], most: int = 9) -> list[list[list[object]]]:
    return draw(st.lists(st.tuples(*map(cells, facts)).map(list), min_size=1, max_size=most))


@st.composite
def conditions(draw: st.DrawFn, facts: Sequence[Fact], depth: int = 2) -> t.Expression:
    if depth and draw(st.booleans()):
        kind = draw(st.sampled_from(["and", "or", "not"]))
        if kind == "not":
            return t.Not(operand=draw(conditions(facts, depth - 1)), span=HERE)
        both = (draw(conditions(facts, depth - 1)), draw(conditions(facts, depth - 1)))
        return t.And(operands=both, span=HERE) if kind == "and" else t.Or(operands=both, span=HERE)
    about = draw(st.sampled_from(facts))
    subject = t.FactRef(name=about.name, span=HERE)
    some = value(draw(st.sampled_from(domain(about))))
    match about.type:
        case FactType.YES_NO if draw(st.booleans()):
            return subject
        case FactType.INTEGER if draw(st.booleans()):
            return t.Between(subject=subject, low=some, high=value(NUMBERS[-2]), span=HERE)
        case FactType.INTEGER:
            sign = draw(st.sampled_from(t.Comparison))
            left, right = draw(st.permutations([subject, some]))
            return t.Compare(operator=sign, left=left, right=right, span=HERE)
        case FactType.ONE_OF if draw(st.booleans()):
            return t.In(subject=subject, members=(some, value("a")), span=HERE)
        case _:
            sign = draw(st.sampled_from([t.Comparison.IS, t.Comparison.EQUAL, t.Comparison.NOT_EQUAL]))
            return t.Compare(operator=sign, left=subject, right=some, span=HERE)


# --- all cases, one by one ---------------------------------------------------------------------------------------


def cases(facts: Sequence[Fact]) -> Iterator[Case]:
    return itertools.product(*map(domain, facts))


def fits(row: Sequence[Sequence[object]], case: Case) -> bool:
    return all(not cell or any(_admits(each, given) for each in cell) for cell, given in zip(row, case, strict=False))


def _admits(written: object, given: object) -> bool:
    if isinstance(written, tuple):
        return bool(written[0] <= given <= written[1])
    return written == given


def holds(condition: t.Expression, case: dict[str, object]) -> bool:
    match condition:
        case t.Not(operand=operand):
            return not holds(operand, case)
        case t.And(operands=operands):
            return all(holds(each, case) for each in operands)
        case t.Or(operands=operands):
            return any(holds(each, case) for each in operands)
        case t.FactRef(name=name):
            return bool(case[name])
        case t.Between(subject=t.FactRef(name=name), low=t.Literal(value=low), high=t.Literal(value=high)):
            return bool(low <= case[name] <= high)  # type: ignore[operator]
        case t.In(subject=t.FactRef(name=name), members=members):
            return case[name] in [_plain(each, case) for each in members]
        case t.Compare(operator=operator, left=left, right=right):
            return _compared(operator, _plain(left, case), _plain(right, case))
        case _:
            raise AssertionError(condition)


def _plain(expression: t.Expression, case: dict[str, object]) -> object:
    match expression:
        case t.FactRef(name=name):
            return case[name]
        case t.ValueRef(name=name):
            return name
        case t.Literal(value=written):
            return written
        case _:
            raise AssertionError(expression)


def _compared(operator: t.Comparison, left: object, right: object) -> bool:
    match operator:
        case t.Comparison.EQUAL | t.Comparison.IS:
            return left == right
        case t.Comparison.NOT_EQUAL:
            return left != right
        case t.Comparison.GREATER:
            return left > right  # type: ignore[operator,no-any-return]
        case t.Comparison.GREATER_EQUAL:
            return left >= right  # type: ignore[operator,no-any-return]
        case t.Comparison.LESS:
            return left < right  # type: ignore[operator,no-any-return]
        case t.Comparison.LESS_EQUAL:
            return left <= right  # type: ignore[operator,no-any-return]
