"""A decision table as boxes over its columns: one for each row, and one for each way to break an assumption.

In: a table, the facts it reads, perhaps assumptions. Out: a `Grid`, of which its coverage is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cached_property, reduce
from itertools import chain
from operator import and_
from typing import TYPE_CHECKING

from praxe.dsl import tree as t
from praxe.dsl.coverage import interval_of, key_of
from praxe.dsl.keywords import Face
from praxe.dsl.table_columns import Axis, Column, NamedAxis, NumberAxis, Stretches, common, whole
from praxe.dsl.vocabulary import Assumption, Fact, FactType

if TYPE_CHECKING:
    from praxe.dsl.assumed_boxes import FactOf, Key

Combination = Sequence[int | None]  # a class for each column, or any


class Grid:
    """The rows are the boxes `0` to `rows - 1`; the others, bits of `broken`, are cases that cannot be."""

    def __init__(self, table: t.Table, columns: Sequence[Column]) -> None:
        self.table = table
        self.columns = columns
        self.inputs = len(table.inputs)  # the columns that can be shown
        self.rows = len(table.rows)
        every = (1 << len(columns[0].cells)) - 1
        self.all_rows = (1 << self.rows) - 1
        self.broken = every & ~self.all_rows

    @property
    def bits(self) -> int:
        """How much it takes to know, of each class, the boxes that admit it."""
        return sum(column.axis.size * len(column.cells) for column in self.columns)

    @cached_property
    def meeting(self) -> Sequence[int]:
        """For each box those (bits) that share a combination with it."""
        return _all_of([column.touching() for column in self.columns])

    @cached_property
    def holding(self) -> Sequence[int]:
        """For each box those (bits) that alone hold all of it."""
        return _all_of([column.holding() for column in self.columns])

    @property
    def whole(self) -> list[Stretches]:
        """All classes of each column."""
        return [whole(column.axis.size) for column in self.columns]

    def shared(self, one: int, other: int) -> list[Stretches]:
        """Return the classes that two boxes have in common, in each column."""
        return [common(column.cells[one], column.cells[other]) for column in self.columns]

    def cut(self, within: Sequence[Stretches], boxes: int) -> list[list[int]]:
        """Return the classes of each column that are worth a look for some boxes (bits)."""
        return [column.places(each, boxes) for column, each in zip(self.columns, within, strict=True)]

    def admitting(self, places: Sequence[Sequence[int]]) -> list[list[int]]:
        """Return, for some classes of each column, the boxes (bits) that admit them."""
        pairs = zip(self.columns, places, strict=True)
        return [[column.admitting[place] for place in each] for column, each in pairs]

    def choices(self, row: int, boxes: int) -> list[list[int]]:
        """Return the boxes that admit each class of a row, in the columns where it has several; `boxes` all meet it."""
        several = [column for column in self.columns if not column.is_single(row)]
        return [[column.admitting[place] for place in column.places(column.cells[row], boxes)] for column in several]

    def named(self, combination: Combination) -> str:
        """Return a combination of classes as the author would write it."""
        pairs = zip(self.table.inputs, self.columns[: self.inputs], combination[: self.inputs], strict=True)
        return ", ".join(
            f"`{ref.name}` = `{column.axis.name(place)}`" for ref, column, place in pairs if place is not None
        )


def grid_of(table: t.Table, facts: Sequence[Fact], face: Face) -> Grid:
    """Return the grid of a table; `facts` are those of its inputs."""
    columns = []
    for index, fact in enumerate(facts):
        cells = _cells(table, index)
        axis = _axis(fact, face, chain.from_iterable(cells))
        columns.append(Column(axis, [axis.admitted(patterns) for patterns in cells]))
    return Grid(table, columns)


def grid_assuming(table: t.Table, assumptions: Sequence[Assumption], fact_of: FactOf, face: Face) -> Grid:
    """Return the grid of a table with what breaks some assumptions; facts that only they speak of are columns too.

    Raises:
        TooManyStepsError: there are too many ways to break one.
    """
    from praxe.dsl.assumed_boxes import PlainAxis, atoms, breaking

    inputs = [ref.name for ref in table.inputs]
    patterns: dict[Key, list[t.Pattern]] = {}
    for index, name in enumerate(inputs):
        patterns.setdefault(name, []).extend(chain.from_iterable(_cells(table, index)))
    for atom in chain.from_iterable(atoms(each, fact_of) for each in assumptions):
        patterns.setdefault(atom.key, []).extend(atom.patterns)
    axes: dict[Key, Axis] = {
        key: _axis(fact_of(key), face, each) if isinstance(key, str) else PlainAxis() for key, each in patterns.items()
    }
    boxes = [box for each in assumptions for box in breaking(each, axes, fact_of)]
    columns = []
    for index, key in enumerate((*inputs, *(each for each in axes if each not in inputs))):
        axis = axes[key]
        everything = whole(axis.size)
        rows = map(axis.admitted, _cells(table, index)) if index < len(inputs) else [everything] * len(table.rows)
        columns.append(Column(axis, [*rows, *(box.get(key, everything) for box in boxes)]))
    return Grid(table, columns)


def _cells(table: t.Table, index: int) -> list[tuple[t.Pattern, ...]]:
    return [row.cells[index].patterns for row in table.rows]


def _axis(fact: Fact, face: Face, patterns: Iterable[t.Pattern]) -> Axis:
    if fact.type in (FactType.INTEGER, FactType.DECIMAL):
        return NumberAxis(fact, face, ((each.low, each.high) for each in map(interval_of, patterns) if each))
    return NamedAxis(fact, face, (name for name in (key_of(each, face) for each in patterns) if name))


def _all_of(columns: Sequence[Sequence[int]]) -> list[int]:
    first, *others = columns
    return reduce(lambda found, each: list(map(and_, found, each)), others, list(first))
