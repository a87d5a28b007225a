"""Which words of the vocabulary a node of the graph speaks of.

In: a node, and the definitions of derived facts. Out: names.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import assert_never

from praxe.dsl.tree import ActionName, Definition, Duration, Expression, FactName, FactRef, Table
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.engine.needed import facts_read

Definitions = Mapping[FactName, Definition | Table]


def asked_at(node: GraphNode, definitions: Definitions) -> tuple[FactName, ...]:
    """Return the facts that a node asks for, tests or fills in, and those from which such a fact is worked out."""
    names = dict.fromkeys(_read(node))
    for name in tuple(names):
        if name in definitions:
            names |= dict.fromkeys(facts_read(definitions[name], definitions))
    return tuple(names)


def _read(node: GraphNode) -> Iterator[FactName]:
    match node:
        case Question():
            yield node.fact
        case Decision():
            yield from _in(node.test)
        case Step():
            yield from (name for _, value in node.arguments for name in _in(value))
        case Retry():
            yield from (name for _, value in node.arguments for name in _in(value))
            yield node.fact
        case Wait():
            yield node.fact
            if not isinstance(node.deadline, Duration):
                yield from _in(node.deadline)
            yield from (name for step in node.meanwhile for name in _read(step))
        case Start() | Return() | Call() | End() | Gap():
            pass
        case _:
            assert_never(node)


def _in(expression: Expression) -> Iterator[FactName]:
    """The facts that an expression names, itself or in its parts."""
    yield from (each.name for each in (expression, *expression.descendants()) if isinstance(each, FactRef))


def done_at(node: GraphNode) -> tuple[ActionName, ...]:
    """Return the actions that are done at a node."""
    match node:
        case Step():
            return (node.action,) if node.action is not None else ()
        case Retry():
            return (node.action,)
        case Wait():
            return tuple(step.action for step in node.meanwhile if step.action is not None)
        case Start() | Return() | Question() | Decision() | Call() | End() | Gap():
            return ()
        case _:
            assert_never(node)


def named_at(node: GraphNode) -> frozenset[str]:
    """Return the actions and the outcome that a node brings about."""
    return frozenset({node.outcome}) if isinstance(node, End) else frozenset(done_at(node))
