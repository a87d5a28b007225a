"""Tables as bit sets: they answer what `PreparedTable` answers, row by row."""

from __future__ import annotations

import random
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from benchmarks.grown import HERE, draw, table_of
from praxe.dsl import tree as t
from praxe.dsl.tree import FactName
from praxe.engine import Policy
from praxe.engine.compile.column import classes_of, column_of
from praxe.engine.compile.plan import PlannedFact, PlannedTable
from praxe.engine.compile.table import BitTable
from praxe.engine.compile.written import written
from praxe.engine.tables import PreparedTable

COLORS = ("azul", "verde", "roxo")


def _cell(chance: random.Random, *, is_number: bool) -> t.Cell:
    patterns: list[t.Pattern] = []
    for _ in range(chance.choice((0, 1, 1, 2, 3))):
        if not is_number:
            patterns.append(t.ValuePattern(value=t.ValueRef(name=chance.choice(COLORS), span=HERE), span=HERE))
        elif chance.random() < 0.3:
            patterns.append(t.ValuePattern(value=t.Literal(value=chance.randint(0, 9), span=HERE), span=HERE))
        else:
            low: int | Decimal = chance.choice((chance.randint(0, 9), Decimal(chance.randint(0, 90)) / 10))
            high = None if chance.random() < 0.2 else low + chance.randint(-1, 5)
            patterns.append(t.RangePattern(low=low, high=high, span=HERE))
    return t.Cell(patterns=tuple(patterns), span=HERE)


def _table(chance: random.Random, policy: t.HitPolicy) -> t.Table:
    rows = [
        t.Row(
            cells=(_cell(chance, is_number=False), _cell(chance, is_number=True), _cell(chance, is_number=True)),
            output=t.Literal(value=chance.choice(("a", "b")), span=HERE),
            span=HERE,
        )
        for _ in range(chance.randint(1, 7))
    ]
    inputs = tuple(t.FactRef(name=FactName(name), span=HERE) for name in ("cor", "n", "m"))
    return t.Table(
        name=FactName("t"), name_span=HERE, title=None, hit_policy=policy, inputs=inputs, rows=tuple(rows), span=HERE
    )


def _planned(table: t.Table) -> PlannedTable:
    def cell(each: t.Cell) -> list[Any]:
        return [
            ["is", written(part.value.name if isinstance(part.value, t.ValueRef) else part.value.value)]  # type: ignore[union-attr]
            if isinstance(part, t.ValuePattern)
            else ["from", written(part.low), None if part.high is None else written(part.high)]
            for part in each.patterns
        ]

    texts = [row.output.value for row in table.rows]  # type: ignore[union-attr]
    return PlannedTable(
        is_first=table.hit_policy is t.HitPolicy.FIRST,
        inputs=(["f", "cor"], ["f", "n"], ["f", "m"]),
        cells=tuple(tuple(cell(row.cells[column]) for row in table.rows) for column in range(3)),
        outputs=tuple(["is", each] for each in texts),
        answers=tuple(texts.index(each) for each in texts),
    )


@pytest.mark.parametrize("policy", t.HitPolicy)
def test_bits_answer_as_rows_do(policy: t.HitPolicy) -> None:
    chance = random.Random(8)
    for _ in range(150):
        table = _table(chance, policy)
        names = ("cor", "n", "m")
        rows = PreparedTable.of(
            table,
            [lambda known, name=name: known[FactName(name)] for name in names],  # type: ignore[misc]
            [lambda known, value=row.output.value: value for row in table.rows],  # type: ignore[misc,union-attr]
        )
        bits = BitTable(_planned(table), lambda term: lambda facts: term[1])
        for _ in range(25):
            cor: Any = chance.choice((*COLORS, frozenset(COLORS[:2]), frozenset()))
            numbers = [chance.choice((chance.randint(0, 12), Decimal(chance.randint(0, 120)) / 10)) for _ in range(2)]
            expected = rows.read({FactName(name): each for name, each in zip(names, (cor, *numbers), strict=True)})
            if expected is None:
                with pytest.raises(KeyError):
                    bits.read({}, cor, *numbers)
            else:
                assert bits.read({}, cor, *numbers) == expected


def test_ranges_that_touch_or_overlap_in_one_cell() -> None:
    rows = column_of([[["from", 0, 3], ["from", 3, 5]], [["from", 4, None], ["is", 1]], [], [["from", 5, 2]]]).rows
    assert [rows(each) for each in (-1, 0, 1, 3, 4, 5, 6)] == [4, 5, 7, 5, 7, 7, 6]


def test_classes_have_the_rows_of_their_values() -> None:
    chance = random.Random(3)
    for _ in range(300):
        column = column_of(_planned(_table(chance, t.HitPolicy.FIRST)).cells[chance.choice((0, 1, 1))])
        kind = "integer" if column.places else "one_of"
        classes = classes_of(column, PlannedFact("x", kind, COLORS, None, None, 0, None))
        assert classes is not None
        values: Sequence[Any] = range(-3, 16) if column.places else COLORS
        for each in values:
            place = bisect_right(classes.starts, each) if column.places else classes.numbers[each]
            assert classes.rows[place] == column.rows(each)
        assert list(classes.starts) == sorted(set(classes.starts))


def test_classes_only_where_they_are_simple() -> None:
    column = column_of([[["from", 0, 3]], [["is", "azul"]]])
    for kind, attempts in (("decimal", 0), ("set_of", 0), ("yes_no", 3)):
        assert classes_of(column, PlannedFact("x", kind, (), None, None, attempts, None)) is None


@pytest.mark.parametrize("is_keyed", [True, False])
def test_a_table_of_five_thousand_rows(is_keyed: bool) -> None:
    checked, facts = table_of(5_000, is_keyed=is_keyed)
    policy = Policy(checked)
    compiled = policy.compile()
    for case in draw(facts, 3):
        assert compiled.decide(case).arrival == policy.decide(case).arrival
