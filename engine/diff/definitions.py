"""Definitions and tables that two versions write otherwise, and who reads them.

In: two checked policies. Out: for a node the changed definitions that it reads, itself or through others: through them
it may mean something else although its own text is the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Duration, Expression, FactName, FactRef
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
        read = self._with_those_inside(names_in(node))
        return tuple(name for name in self.changed if name in read)

    def _with_those_inside(self, names: Iterable[FactName]) -> set[FactName]:
        found: set[FactName] = set()
        stack = list(names)
        while stack:
            name = stack.pop()
            if name in found:
                continue
            found.add(name)
            for version in self._versions:
                if name in version.definitions:
                    stack += _refs(version.definitions[name].descendants())
        return found


def names_in(node: GraphNode) -> Iterator[FactName]:
    """Yield the facts, given or derived, that a node speaks of."""
    match node:
        case Question(fact=fact) | Retry(fact=fact) | Wait(fact=fact):
            yield fact
        case _:
            pass
    for value in _values(node):
        yield from _refs(value.descendants())


def _refs(parts: Iterable[object]) -> Iterator[FactName]:
    return (each.name for each in parts if isinstance(each, FactRef))


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
