"""Which unknown facts can still change what an expression is worth.

In: an expression and what is known. Out: the names of unknown facts, each once, in the order in which a reader meets
them; none when the value is known. None and no value: the policy has no answer for this case (a hole in a table).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from praxe.dsl.tree import Definition, Expression, FactName, FactRef, Node, Table
from praxe.engine.evaluate import Evaluator
from praxe.engine.values import Known


def needed(expression: Expression, known: Known, evaluator: Evaluator) -> tuple[FactName, ...]:
    """Return the unknown facts that can still change the value of `expression`, in reading order."""
    return tuple(dict.fromkeys(_needed(expression, known, evaluator)))


def facts_read(part_of_policy: Node, definitions: Mapping[FactName, Definition | Table]) -> tuple[FactName, ...]:
    """Return the facts that an expression or definition can read, definitions expanded, in reading order."""
    found: dict[FactName, None] = {}
    expanded: set[FactName] = set()
    stack: list[Node] = [part_of_policy]
    while stack:
        part = stack.pop()
        if not isinstance(part, FactRef):
            stack.extend(reversed(tuple(part.children())))
        elif part.name not in definitions:
            found[part.name] = None
        elif part.name not in expanded:
            expanded.add(part.name)
            stack.append(definitions[part.name])
    return tuple(found)


def _needed(expression: Expression, known: Known, evaluator: Evaluator) -> Iterator[FactName]:
    expanded: set[FactName] = set()
    stack: list[Expression] = [expression]
    while stack:
        part = stack.pop()
        if evaluator.value(part, known) is not None:
            continue  # what stands below a part that has its value cannot change it
        match part:
            case FactRef(name=name) if name in evaluator.definitions:
                if name not in expanded:
                    expanded.add(name)
                    stack.extend(reversed(list(_open_parts(name, known, evaluator))))
            case FactRef(name=name):
                yield name
            case _:
                below = [each for each in part.children() if isinstance(each, Expression)]
                stack.extend(reversed(below))


def _open_parts(name: FactName, known: Known, evaluator: Evaluator) -> Iterator[Expression]:
    """Yield the expressions that can still decide the value of a definition."""
    definition = evaluator.definitions[name]
    match definition:
        case Definition():
            for case in definition.cases:
                holds = evaluator.value(case.condition, known)
                if holds is not False:
                    yield from (case.condition, case.value)
                if holds:
                    return
            yield definition.otherwise
        case Table():
            columns, rows = evaluator.tables[name].open_at(known)
            yield from (definition.inputs[column] for column in columns)
            yield from (definition.rows[row].output for row in rows)
        case _:
            assert_never(definition)
