"""Part of pass 3: what a decision table leaves open, decides twice or never reaches.

In: a resolved table and the facts it reads. Out: diagnostics, each with the smallest example. Every column is cut
into the classes its cells tell apart; each class is one integer whose bits are the rows that admit it. An AND over
the columns is then the rows that match a combination: none is a gap, two an overlap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from praxe.dsl import tree as t
from praxe.dsl.coverage import interval_of, key_of, names_of, written
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import Face
from praxe.dsl.vocabulary import Fact, FactType


@dataclass(frozen=True, slots=True)
class Column:
    """The classes of one input: how each is written, and the rows (bits) that admit it."""

    fact: Fact
    classes: tuple[tuple[str, int], ...]


def check_table(table: t.Table, facts: Sequence[Fact], face: Face) -> Iterator[Diagnostic]:
    """Yield the gaps, overlaps and unreachable rows of `table`; `facts` are those of its inputs."""
    columns = [_column(table, index, fact, face) for index, fact in enumerate(facts)]
    if table.hit_policy is t.HitPolicy.UNIQUE:
        yield from _overlaps(table, columns)
    else:
        yield from _masked(table, columns)
    gap = _gap(columns, (1 << len(table.rows)) - 1)
    if gap:
        example = ", ".join(
            f"`{column.fact.name}` = `{name}`" for column, name in zip(columns, gap, strict=True) if name
        )
        yield Diagnostic("PX307", table.name_span, {"example": example})


def _column(table: t.Table, index: int, fact: Fact, face: Face) -> Column:
    cells = [row.cells[index] for row in table.rows]
    if fact.type in (FactType.INTEGER, FactType.DECIMAL):
        return Column(fact, tuple(_number_classes(cells, fact, face)))
    mentioned = dict.fromkeys(
        name for cell in cells for name in (key_of(pattern, face) for pattern in cell.patterns) if name
    )
    every = names_of(fact, face)
    names = every if every is not None else [*mentioned, "…"]
    return Column(
        fact,
        tuple(
            (
                name,
                _bits(not cell.patterns or any(key_of(each, face) == name for each in cell.patterns) for cell in cells),
            )
            for name in names
        ),
    )


def _number_classes(cells: Sequence[t.Cell], fact: Fact, face: Face) -> Iterator[tuple[str, int]]:
    admitted = [[each for each in map(interval_of, cell.patterns) if each] for cell in cells]
    top = fact.maximum if fact.maximum is not None else Decimal("Infinity")
    low = fact.minimum if fact.minimum is not None else Decimal("-Infinity")
    step = Decimal(1) if fact.type is FactType.INTEGER else Decimal("1e-9")
    starts = {low}
    for intervals in admitted:
        for each in intervals:
            starts |= {each.low, each.high + step}
    cuts = sorted(cut for cut in starts if low <= cut <= top)
    for start, following in zip(cuts, [*cuts[1:], None], strict=True):
        end = top if following is None else following - step
        bits = _bits(
            not cell.patterns or any(each.low <= start <= each.high for each in intervals)
            for cell, intervals in zip(cells, admitted, strict=True)
        )
        yield written(start, end, face), bits


def _bits(admits: Iterator[bool]) -> int:
    return sum(1 << index for index, is_admitted in enumerate(admits) if is_admitted)


def _rows_meeting(table: t.Table, columns: Sequence[Column], index: int) -> int:
    """Return the rows (bits) that share a combination with row `index`."""
    meeting = (1 << len(table.rows)) - 1
    for column in columns:
        shared = 0
        for _, bits in column.classes:
            if bits >> index & 1:
                shared |= bits
        meeting &= shared
    return meeting


def _overlaps(table: t.Table, columns: Sequence[Column]) -> Iterator[Diagnostic]:
    for index, row in enumerate(table.rows):
        earlier = _rows_meeting(table, columns, index) & ((1 << index) - 1)
        if earlier:
            other = (earlier & -earlier).bit_length() - 1
            pair = 1 << index | 1 << other
            example = ", ".join(
                f"`{column.fact.name}` = `{next(name for name, bits in column.classes if bits & pair == pair)}`"
                for column in columns
            )
            yield Diagnostic("PX306", row.span, {"example": example}, (Related(table.rows[other].span, "first"),))


def _masked(table: t.Table, columns: Sequence[Column]) -> Iterator[Diagnostic]:
    for index, row in enumerate(table.rows):
        earlier = (1 << index) - 1
        only = [
            Column(column.fact, tuple((name, bits & earlier) for name, bits in column.classes if bits >> index & 1))
            for column in columns
        ]
        if index and all(column.classes for column in only) and _gap(only, earlier) is None:
            first = table.rows[(_rows_meeting(table, columns, index) & earlier).bit_length() - 1]
            yield Diagnostic("PX308", row.span, {}, (Related(first.span, "first"),))


def _gap(columns: Sequence[Column], rows: int) -> tuple[str, ...] | None:
    """Return a combination that none of `rows` admits ("" where any value will do), or None."""
    full: set[tuple[int, int]] = set()  # (column, rows still alive) known to leave nothing open

    def search(index: int, alive: int) -> tuple[str, ...] | None:
        if not alive:
            return ("",) * (len(columns) - index)
        if index == len(columns) or (index, alive) in full:
            return None
        for name, bits in columns[index].classes:
            rest = search(index + 1, alive & bits)
            if rest is not None:
                return (name, *rest)
        full.add((index, alive))
        return None

    return search(0, rows)
