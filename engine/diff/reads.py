"""The facts that nodes read, and those that whole procedures read, with the definitions of which these are made.

In: a version, its nodes and procedures. Out: names of facts; for nodes only of such as may be given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence

from praxe.dsl.tree import Definition, Expression, FactName, FactRef, Node, ProcedureName, Table
from praxe.engine.diff.definitions import names_in
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.policy import Policy
from praxe.engine.prove.flow import Flow

Read = tuple[FactName, ...]
_Names = Collection[FactName]
_Definitions = Mapping[FactName, Definition | Table]


def facts_by_node(
    flow: Flow,
    known: Callable[[ProcedureName], Sequence[Read]] | None = None,
    common: Collection[ProcedureName] = (),
) -> list[Read]:
    """Return for each node of a version what it reads; for `common` procedures what is `known`."""
    read: list[Read] = []
    definitions = flow.policy.checked.definitions
    for name, lane in flow.lanes.items():  # INVARIANT: in the order of the nodes
        if known is not None and name in common:
            read += known(name)
        else:
            read += [_read_at(node, definitions) for node in flow.nodes[lane.start : lane.stop]]
    return read


def may_read(node: GraphNode, facts: frozenset[FactName], definitions: _Definitions) -> bool:
    """Return whether a node can read one of some facts."""
    return not facts.isdisjoint(_read_at(node, definitions))


class Reads:
    """What the procedures of one version read; each is looked through once."""

    def __init__(self, policy: Policy, members: Mapping[ProcedureName, Sequence[GraphNode]]) -> None:
        self._policy = policy
        self._members = members
        self._by_procedure: dict[ProcedureName, _Names] = {}
        self._by_definition: dict[FactName, _Names] = {}

    def of(self, procedures: Iterable[ProcedureName]) -> set[FactName]:
        """Return all that some procedures read, with the definitions of which it is made and what these read."""
        definitions = self._policy.checked.definitions
        found: set[FactName] = set()
        for procedure in procedures:
            found.update(self._in_procedure(procedure))
        stack = [name for name in found if name in definitions]
        while stack:
            name = stack.pop()
            if name not in self._by_definition:
                self._by_definition[name] = _refs(definitions[name])
            fresh = [each for each in self._by_definition[name] if each not in found]
            found.update(fresh)
            stack += (each for each in fresh if each in definitions)
        return found

    def _in_procedure(self, name: ProcedureName) -> _Names:
        found = self._by_procedure.get(name)
        if found is None:
            checked = self._policy.checked
            if checked.definitions:  # they are told from the text, also where no case comes
                found = _refs(checked.procedures[name])
            else:
                found = {fact for node in self._members[name] for fact in _facts_at(node)}
            self._by_procedure[name] = found
        return found


def _refs(part: Node) -> set[FactName]:
    return {each.name for each in part.descendants() if isinstance(each, FactRef)}


def _facts_at(node: GraphNode) -> Iterable[FactName]:
    match node:
        case Decision(facts=facts):
            return facts
        case Step(arguments=()) | Start() | Return() | Call() | End() | Gap():
            return ()
        case _:
            return names_in(node)


def _read_at(node: GraphNode, definitions: _Definitions) -> Read:
    match node:
        case Decision(facts=facts):
            return facts
        case Step(arguments=()) | Start() | Return() | Call() | End() | Gap():
            return ()
        case _:
            return tuple(dict.fromkeys(_facts(node, definitions)))


def _facts(node: GraphNode, definitions: _Definitions) -> Iterator[FactName]:
    match node:
        case Question(fact=fact) | Retry(fact=fact) | Wait(fact=fact):
            yield fact
        case _:
            pass
    for value in _values(node):
        yield from facts_read(value, definitions)


def _values(node: GraphNode) -> Iterator[Expression]:
    match node:
        case Step(arguments=arguments) | Retry(arguments=arguments):
            yield from (value for _, value in arguments)
        case Wait(meanwhile=meanwhile):
            yield from (value for step in meanwhile for _, value in step.arguments)
        case _:
            pass
