"""Mistakes in definitions and decision tables: a case forgotten, another result, a limit of a cell one off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import (
    And,
    Between,
    Compare,
    Contains,
    Definition,
    Expression,
    FactName,
    In,
    Literal,
    Not,
    Or,
    RangePattern,
    Table,
    ValueRef,
)
from praxe.engine.mutants.conditions import Conditions
from praxe.engine.mutants.mistake import Edit, MistakeKind
from praxe.engine.mutants.values import literals_beside, next_of


class Results:
    """Finds the edits in the definitions and tables of one policy."""

    def __init__(self, policy: CheckedPolicy, conditions: Conditions) -> None:
        self._policy = policy
        self._conditions = conditions

    def definition(self, item: Definition) -> Iterator[Edit]:
        """Yield the edits of a definition."""
        for case in item.cases:
            yield from self._conditions.condition(case.condition)
            yield from self._result(item.name, case.value)
        yield from self._result(item.name, item.otherwise)

    def table(self, item: Table) -> Iterator[Edit]:
        """Yield the edits of a decision table."""
        for row in item.rows:
            yield from self._result(item.name, row.output)
            for cell in row.cells:
                for pattern in cell.patterns:
                    if isinstance(pattern, RangePattern):
                        yield from _moved(pattern)
            rest = tuple(each for each in item.rows if each is not row)
            if rest:
                said = self._conditions.written(row.output)
                new = replace(item, rows=rest)
                yield Edit(kind=MistakeKind.DROPPED, old=item, new=new, before=said, at=row.span)

    def _result(self, name: FactName, value: Expression) -> Iterator[Edit]:
        match value:
            case ValueRef():
                other = next_of(value.name, [each.name for each in self._policy.fact(name).values])
                if other:
                    yield self._conditions.edit(MistakeKind.RESULT, value, replace(value, name=other))
            case Literal():
                for each in literals_beside(value):
                    yield self._conditions.edit(MistakeKind.RESULT, value, each)
            case Not() | And() | Or() | Compare() | Between() | In() | Contains():
                yield from self._conditions.condition(value)
            case _:
                yield from self._conditions.term(value)


def _moved(pattern: RangePattern) -> Iterator[Edit]:
    """Yield the ends of a range moved by one, both ways."""
    for by in (1, -1):
        moved = [replace(pattern, low=pattern.low + by)]
        if pattern.high is not None:
            moved.append(replace(pattern, high=pattern.high + by))
        for new in moved:
            if new.high is None or new.low <= new.high:
                yield Edit(kind=MistakeKind.LIMIT, old=pattern, new=new, before=_range(pattern), after=_range(new))


def _range(pattern: RangePattern) -> str:
    return f"{pattern.low}+" if pattern.high is None else f"{pattern.low}…{pattern.high}"
