"""Why an expression has the value it has: the facts and clauses that decided it, and no others.

In: an expression whose value is known. Out: the facts that suffice for that value, in reading order; the derived facts
on the way; and the clauses cited by the lines of definitions and tables that answered.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import assert_never

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import And, ClauseId, ClauseRef, Definition, Expression, FactName, FactRef, Or, Table
from praxe.engine.evaluate import Evaluator
from praxe.engine.values import Known


@dataclass(slots=True)
class Evidence:
    """What decided; dictionaries as ordered sets."""

    facts: dict[FactName, None] = field(default_factory=dict)
    derived: dict[FactName, None] = field(default_factory=dict)
    clauses: dict[ClauseId, None] = field(default_factory=dict)


@record(kw_only=False)
class Answer(RecordBase):
    """What gave a definition or table its value."""

    expressions: tuple[Expression, ...]  # whose values decided, in reading order
    clauses: tuple[ClauseId, ...]  # of its heading and of the lines that answered
    case: int | None = None  # of a definition: which `quando` held, from 1; None is its last line
    rows: tuple[int, ...] = ()  # of a table: those that answered, from 1


def evidence(expression: Expression, known: Known, evaluator: Evaluator) -> Evidence:
    """Return what decided the value of `expression`."""
    found = Evidence()
    stack = list(reversed(names_that_decide(expression, known, evaluator)))
    while stack:
        name = stack.pop().name
        if name not in evaluator.definitions:
            found.facts[name] = None
        elif name not in found.derived:
            found.derived[name] = None
            answer = answered_by(name, known, evaluator)
            found.clauses.update(dict.fromkeys(answer.clauses))
            for each in reversed(answer.expressions):
                stack.extend(reversed(names_that_decide(each, known, evaluator)))
    return found


def names_that_decide(expression: Expression, known: Known, evaluator: Evaluator) -> list[FactRef]:
    """Return the facts, derived ones closed, that decided the value of `expression`, in reading order."""
    found: list[FactRef] = []
    stack: list[Expression] = [expression]
    while stack:
        part = stack.pop()
        match part:
            case FactRef():
                found.append(part)
            case And() | Or():
                stack.extend(reversed(_operands(part, known, evaluator)))
            case _:
                below = [each for each in part.children() if isinstance(each, Expression)]
                stack.extend(reversed(below))
    return found


def answered_by(name: FactName, known: Known, evaluator: Evaluator) -> Answer:
    """Return what gave the definition `name` its value."""
    definition = evaluator.definitions[name]
    cited = [*definition.clauses, *(each for source in definition.sources for each in source.clauses)]
    match definition:
        case Definition():
            return _first_match(definition, cited, known, evaluator)
        case Table():
            columns, rows = evaluator.tables[name].decided_by(known)
            cited += (each for row in rows for each in definition.rows[row].clauses)
            inputs = (definition.inputs[column] for column in columns)
            outputs = (definition.rows[row].output for row in rows)
            return Answer((*inputs, *outputs), _names(cited), rows=tuple(row + 1 for row in rows))
        case _:
            assert_never(definition)


def _first_match(definition: Definition, cited: list[ClauseRef], known: Known, evaluator: Evaluator) -> Answer:
    read: list[Expression] = []
    for number, case in enumerate(definition.cases, start=1):
        read.append(case.condition)
        if evaluator.value(case.condition, known):
            return Answer((*read, case.value), _names([*cited, *case.clauses]), case=number)
    return Answer((*read, definition.otherwise), _names([*cited, *definition.otherwise_clauses]))


def _operands(part: And | Or, known: Known, evaluator: Evaluator) -> tuple[Expression, ...]:
    """Return the operand that decides alone (a no of `e`, a yes of `ou`), or else all."""
    decisive = isinstance(part, Or)
    alone = (each for each in part.operands if evaluator.value(each, known) is decisive)
    first = next(alone, None)
    return part.operands if first is None else (first,)


def _names(cited: list[ClauseRef]) -> tuple[ClauseId, ...]:
    return tuple(dict.fromkeys(each.name for each in cited))
