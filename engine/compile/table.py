"""Decision tables as bit sets: the rows that match, found without trying them.

In: a planned table. Out: a function from its inputs to its value; or its answers by the classes of its inputs, where
these are few. A column holds, for each value it tells apart, the rows that admit it as the bits of one integer; the
integers of all columns are joined by `&`, and the lowest bit left is the first row that matches. What no row answers,
or two rows of a table that allows only one answer differently, raises KeyError: the walk says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from math import prod
from typing import Any, Final

from praxe.engine.compile.column import Classes, column_of
from praxe.engine.compile.plan import PlannedTable, Term, constant

MOST_CELLS: Final = 2**15  # answers that are kept by the classes of the inputs


class BitTable:
    """A table, ready to be read."""

    def __init__(self, table: PlannedTable, reader: Callable[[Term], Callable[[Any], Any]]) -> None:
        """Prepare.

        Args:
            reader: makes a function of the facts that reads a term, for answers that are no constants.
        """
        self.columns = tuple(column_of(each) for each in table.cells)
        self._is_first = table.is_first
        self._answers = table.answers
        readers: dict[str, Callable[[Any], Any]] = {}
        self._outputs: list[Any] = []
        self._is_constant = all(term[0] == "is" for term in table.outputs)
        for term in table.outputs:
            if self._is_constant:
                self._outputs.append(constant(term[1]))
            else:
                self._outputs.append(readers.setdefault(repr(term), reader(term)))

    def rows(self, *inputs: Any) -> int:
        """Return the rows that match, as bits."""
        bits = -1
        for column, value in zip(self.columns, inputs, strict=True):
            bits &= column.rows(value)
        return bits

    def read(self, facts: Any, *inputs: Any) -> Any:
        """Return the table's value."""
        answer = self._answer(self.rows(*inputs))
        return answer if self._is_constant else answer(facts)

    def cells(self, classes: Sequence[Classes]) -> Cells | None:
        """Return the table's values by the classes of its inputs, if they are constants and not too many."""
        is_small = prod(len(each.rows) for each in classes) <= MOST_CELLS
        return Cells(self._answer, [each.rows for each in classes]) if self._is_constant and is_small else None

    def _answer(self, bits: int) -> Any:
        """Return the output of the first of some rows."""
        if not bits:
            raise KeyError
        row = (bits & -bits).bit_length() - 1
        if not self._is_first and bits & (bits - 1):
            self._check_agreement(bits, self._answers[row])
        return self._outputs[row]

    def _check_agreement(self, bits: int, answer: int) -> None:
        while bits:
            lowest = bits & -bits
            if self._answers[lowest.bit_length() - 1] != answer:
                raise KeyError
            bits ^= lowest


class Cells(dict[int, Any]):
    """The values of a table, each found when it is first looked up: at the sum of the numbers of the inputs' classes.

    The number of a class is multiplied by how many classes the inputs after it have together.
    """

    def __init__(self, answer: Callable[[int], Any], rows: Sequence[Sequence[int]]) -> None:
        super().__init__()
        self._answer = answer
        self._rows = rows

    def __missing__(self, key: int) -> Any:
        bits, rest = -1, key
        for rows in reversed(self._rows):
            rest, number = divmod(rest, len(rows))
            bits &= rows[number]
        value = self[key] = self._answer(bits)
        return value
