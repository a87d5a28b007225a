"""Decision tables (DMN): which row answers, and what a cell or a branch of `caso` admits.

In: a table with the readers of its inputs and outputs. Out: its value, or None while that is open. A table that has no
answer for a case (no row matches, or two rows of a `única` table do, with different answers) has the value None too,
and nothing that is `open_at` then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import assert_never

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import HitPolicy, Literal, Pattern, RangePattern, Table, ValuePattern, ValueRef
from praxe.engine.values import Known, Value, normal_text
from praxe.engine.wording import text_of

Admits = Callable[[Value], bool]
Reader = Callable[[Known], Value | None]


@record(kw_only=False)
class PreparedRow(RecordBase):
    """One row, ready to be tried."""

    cells: tuple[tuple[int, Reader, Admits], ...]  # column, input, test; only cells that do not admit everything
    output: Reader
    answer: str  # rows with the same answer do not contradict each other

    def matches(self, known: Known) -> bool | None:
        """Return whether all cells admit their inputs; None while that is open."""
        result: bool | None = True
        for _, read, admits in self.cells:
            value = read(known)
            if value is None:
                result = None
            elif not admits(value):
                return False
        return result

    def ruled_out_by(self, known: Known) -> list[int]:
        """Return the columns whose cells do not admit their inputs; none when the row matches, or still may."""
        values = ((column, read(known), admits) for column, read, admits in self.cells)
        return [column for column, value, admits in values if value is not None and not admits(value)]


@record(kw_only=False)
class PreparedTable(RecordBase):
    """A table, ready to be read."""

    hit_policy: HitPolicy
    rows: tuple[PreparedRow, ...]

    @classmethod
    def of(cls, table: Table, inputs: Sequence[Reader], outputs: Sequence[Reader]) -> PreparedTable:
        """Prepare `table`; `inputs` go with its columns, `outputs` with its rows."""
        rows = (
            PreparedRow(
                cells=tuple(
                    (column, inputs[column], admitted(cell.patterns))
                    for column, cell in enumerate(row.cells)
                    if cell.patterns
                ),
                output=output,
                answer=text_of(row.output),
            )
            for row, output in zip(table.rows, outputs, strict=True)
        )
        return cls(table.hit_policy, tuple(rows))

    def read(self, known: Known) -> Value | None:
        """Return the table's value, or None."""
        match self.hit_policy:
            case HitPolicy.FIRST:
                return self._first(known)
            case HitPolicy.UNIQUE:
                return self._only(known)
            case _:
                assert_never(self.hit_policy)

    def decided_by(self, known: Known) -> tuple[list[int], list[int]]:
        """Return the columns whose inputs gave the table's value, and the rows that answered."""
        hits = [number for number, row in enumerate(self.rows) if row.matches(known)]
        others: Sequence[PreparedRow] = self.rows
        if self.hit_policy is HitPolicy.FIRST:
            hits = hits[:1]
            others = self.rows[: hits[0]] if hits else ()
        columns = {column for number in hits for column, _, _ in self.rows[number].cells}
        for row in others:
            out = row.ruled_out_by(known)
            if out and columns.isdisjoint(out):
                columns.add(out[0])
        return sorted(columns), hits

    def open_at(self, known: Known) -> tuple[list[int], list[int]]:
        """Return the columns whose inputs are unknown and may decide, and the rows that may give the value."""
        columns: set[int] = set()
        rows: list[int] = []
        answers = set()
        for number, row in enumerate(self.rows):
            matches = row.matches(known)
            if matches is False:
                continue
            rows.append(number)
            columns.update(column for column, read, _ in row.cells if read(known) is None)
            if matches:
                answers.add(row.answer)
                if self.hit_policy is HitPolicy.FIRST:
                    break
        contradicts = self.hit_policy is HitPolicy.UNIQUE and len(answers) > 1
        return ([], []) if contradicts else (sorted(columns), rows)

    def _first(self, known: Known) -> Value | None:
        for row in self.rows:
            matches = row.matches(known)
            if matches is None:
                return None  # an earlier row may still match
            if matches:
                return row.output(known)
        return None

    def _only(self, known: Known) -> Value | None:
        hit: PreparedRow | None = None
        open_answers: set[str] = set()
        for row in self.rows:
            matches = row.matches(known)
            if matches is None:
                open_answers.add(row.answer)
            elif matches:
                if hit and hit.answer != row.answer:
                    return None  # the table contradicts itself
                hit = row
        # where rows exclude each other, the one that matches has already ruled out the others
        return hit.output(known) if hit and open_answers <= {hit.answer} else None


def admitted(patterns: Iterable[Pattern]) -> Admits:
    """Return the test whether a value is admitted by one of `patterns`; a set is by any of its members."""
    values: set[Value] = set()
    ranges: list[tuple[int | Decimal, int | Decimal | None]] = []
    for pattern in patterns:
        match pattern:
            case ValuePattern():
                values.add(pattern_value(pattern))
            case RangePattern():
                ranges.append((pattern.low, pattern.high))
            case _:
                assert_never(pattern)

    def admits(value: Value) -> bool:
        if isinstance(value, frozenset):
            return not values.isdisjoint(value)
        if value in values:
            return True
        return isinstance(value, (int, Decimal)) and any(
            low <= value and (high is None or value <= high) for low, high in ranges
        )

    return admits


def pattern_value(pattern: ValuePattern) -> Value:
    """Return the one value that a pattern admits."""
    match pattern.value:
        case ValueRef(name=name):
            return name
        case Literal(value=str() as text):
            return normal_text(text)
        case Literal(value=value):
            return value
        case _:
            raise AssertionError("INVARIANT: a pattern holds a value of the vocabulary or a literal")
