"""Definitions and tables that two versions write otherwise, and who reads them.

In: two checked policies. Out: for a node the changed definitions that it reads, itself or through others: through them
it may mean something else although its own text is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Definition, Duration, Expression, FactName, FactRef, Node, Table
from praxe.engine.graph import Decision, GraphNode, Question, Retry, Step, Wait


class ChangedDefinitions:
    """Knows which definitions changed."""

    def __init__(self, old: CheckedPolicy, new: CheckedPolicy) -> None:
        before, after = old.definitions, new.definitions
        self._versions = (old, new)
        self.changed = tuple(
            name for name in dict.fromkeys((*after, *before)) if before.get(name) != after.get(name)
        )  # in the author's order, then those that are gone

    def read_by(self, node: GraphNode) -> tuple[FactName, ...]:
        """Return the changed definitions that a node reads, itself or through others."""
        if not self.changed:
            return ()
        read = with_those_inside(names_in(node), *(version.definitions for version in self._versions))
        return tuple(name for name in self.changed if name in read)


def with_those_inside(names: Iterable[FactName], *versions: Mapping[FactName, Definition | Table]) -> set[FactName]:
    """Return some names, with all that the definitions among them read in turn, in any of the versions."""
    found: set[FactName] = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            for definitions in versions:
                if name in definitions:
                    stack += refs_in(definitions[name])
    return found


def names_in(node: GraphNode) -> Iterator[FactName]:
    """Yield the facts, given or derived, that a node speaks of."""
    match node:
        case Question(fact=fact) | Retry(fact=fact) | Wait(fact=fact):
            yield fact
        case _:
            pass
    for value in _values(node):
        yield from refs_in(value)


def refs_in(part: Node) -> Iterator[FactName]:
    """Yield the facts, given or derived, that a part of a text speaks of."""
    return (each.name for each in part.descendants() if isinstance(each, FactRef))


def _values(node: GraphNode) -> Iterator[Expression]:
    match node:
        case Decision(test=test):
            yield test
        case Step(arguments=arguments) | Retry(arguments=arguments):
            yield from (value for _, value in arguments)
        case Wait(meanwhile=meanwhile, deadline=deadline):
            yield from (value for step in meanwhile for _, value in step.arguments)
            if not isinstance(deadline, Duration):
                yield deadline
        case _:
            pass
