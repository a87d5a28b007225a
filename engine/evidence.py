"""Why an expression has the value it has: the facts and clauses that decided it, and no others.

In: an expression whose value is known. Out: the facts that suffice for that value, in reading order; the derived facts
on the way; and the clauses cited by the lines of definitions and tables that answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import assert_never

from praxe.dsl.tree import And, ClauseId, ClauseRef, Definition, Expression, FactName, FactRef, Or, Table
from praxe.engine.evaluate import Evaluator
from praxe.engine.values import Known


@dataclass(slots=True)
class Evidence:
    """What decided; dictionaries as ordered sets."""

    facts: dict[FactName, None] = field(default_factory=dict)
    derived: dict[FactName, None] = field(default_factory=dict)
    clauses: dict[ClauseId, None] = field(default_factory=dict)


def evidence(expression: Expression, known: Known, evaluator: Evaluator) -> Evidence:
    """Return what decided the value of `expression`."""
    found = Evidence()
    stack: list[Expression] = [expression]
    while stack:
        part = stack.pop()
        match part:
            case FactRef(name=name) if name in evaluator.definitions:
                if name not in found.derived:
                    found.derived[name] = None
                    stack.extend(reversed(list(_decided_by(name, known, evaluator, found))))
            case FactRef(name=name):
                found.facts[name] = None
            case And() | Or():
                stack.extend(reversed(_operands(part, known, evaluator)))
            case _:
                below = [each for each in part.children() if isinstance(each, Expression)]
                stack.extend(reversed(below))
    return found


def _operands(part: And | Or, known: Known, evaluator: Evaluator) -> tuple[Expression, ...]:
    """Return the operand that decides alone (a no of `e`, a yes of `ou`), or else all."""
    decisive = isinstance(part, Or)
    alone = (each for each in part.operands if evaluator.value(each, known) is decisive)
    first = next(alone, None)
    return part.operands if first is None else (first,)


def _decided_by(name: FactName, known: Known, evaluator: Evaluator, found: Evidence) -> Iterator[Expression]:
    """Yield the expressions that decided a definition's value, and note the clauses of its lines."""
    definition = evaluator.definitions[name]
    _cite(found, definition.clauses, *(source.clauses for source in definition.sources))
    match definition:
        case Definition():
            for case in definition.cases:
                yield case.condition
                if evaluator.value(case.condition, known):
                    _cite(found, case.clauses)
                    yield case.value
                    return
            _cite(found, definition.otherwise_clauses)
            yield definition.otherwise
        case Table():
            columns, rows = evaluator.tables[name].decided_by(known)
            _cite(found, *(definition.rows[row].clauses for row in rows))
            yield from (definition.inputs[column] for column in columns)
            yield from (definition.rows[row].output for row in rows)
        case _:
            assert_never(definition)


def _cite(found: Evidence, *cited: tuple[ClauseRef, ...]) -> None:
    found.clauses.update((each.name, None) for clauses in cited for each in clauses)
