"""The part of two versions that a comparison has to look at: what changed, what leads there, and no more.

In: two policies, and the procedures that they have in common. Out: copies of the policies with smaller graphs. There a
common procedure is closed: it has one step, with a text of its own, that stands for all of it. Two versions that stand
before the same closed procedure do the same in it; to be passed it has to be opened, and then the copies are larger.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Final

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.reads import Reads
from praxe.engine.diff.terms import Term, facts_of, terms_of
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    DecisionGraph,
    Gap,
    GraphNode,
    NodeId,
    Question,
    Retry,
    Return,
    Start,
    Step,
    Wait,
)
from praxe.engine.policy import Policy

_SMALL: Final = 24  # nodes

_Names = set[ProcedureName]


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Two versions, each with its closed procedures."""

    old: Policy
    new: Policy
    closed: frozenset[ProcedureName]
    common: frozenset[ProcedureName]  # the others that both versions have in common, and the closed ones
    terms: tuple[Sequence[Term], Sequence[Term]]  # all of each version: closed procedures read facts too


class Opening:
    """Knows which procedures have to be open, and makes the parts."""

    def __init__(self, old: Policy, new: Policy, common: frozenset[ProcedureName]) -> None:
        self._policies = (old, new)
        self._common = common
        self._members = (_by_procedure(old), _by_procedure(new))
        self._terms = (terms_of(old, new), terms_of(new, old))
        self._reads = tuple(Reads(*each) for each in zip(self._policies, self._members, strict=True))
        self._callees: dict[ProcedureName, _Names] = {}  # of the new version
        self._callers: dict[ProcedureName, _Names] = {}
        for name, members in self._members[1].items():
            for node in members:
                if isinstance(node, Call):
                    self._callees.setdefault(name, set()).add(node.callee)
                    self._callers.setdefault(node.callee, set()).add(name)
        self._open = {name for members in self._members for name in members if name not in common}
        self._open |= {name for name in self._called() if self._is_small(name)}  # opening it later costs more
        self._open_what_events_need()

    def parts(self) -> Parts:
        """Return both versions as they are to be looked at now."""
        begin = {each for policy in self._policies for each in (policy.manifest.entry, *policy.manifest.doors)}
        closed = frozenset((begin | self._called()) - self._open)
        old, new = (
            _part_of(policy, members, self._open, closed, reads, terms)
            for policy, members, reads, terms in zip(
                self._policies, self._members, self._reads, self._terms, strict=True
            )
        )
        for part, other in zip((old, new), reversed(self._policies), strict=True):
            # attempts of the other version alone are known of here too: by how they ended
            part.attempts = MappingProxyType({**other.attempts, **part.attempts})
        return Parts(old=old, new=new, closed=closed, common=(self._common & self._open) | closed, terms=self._terms)

    def open(self, names: Iterable[ProcedureName]) -> None:
        """Open procedures, with all that they call; all the others too if they are less than what is open."""
        self._open |= _closure(names, self._callees)
        open_nodes = sum(len(self._members[1].get(name, ())) for name in self._open)
        if 2 * open_nodes > len(self._policies[1].graph.nodes):  # then looking once more costs more
            self._open |= self._members[1].keys()
        self._open_what_events_need()

    def where(self, closed: Iterable[ProcedureName], is_so: Callable[[GraphNode], bool]) -> Iterator[ProcedureName]:
        """Yield those of some closed procedures in which, or in what they call, some node is so."""
        for name in closed:
            inside = _closure([name], self._callees)
            if any(is_so(node) for each in inside for node in self._members[1][each]):
                yield name

    def _open_what_events_need(self) -> None:
        """Open what tells whether a case knows already how a wait ends, and what counts the attempts of a retry."""
        events = {node.fact for node in self._open_nodes() if isinstance(node, Wait | Retry)} | self._retried()
        if not events:
            return
        for name in self._common - self._open:
            if any(_settles(node, events) for node in self._members[1][name]):
                self._open |= _closure(_closure([name], self._callers) & self._common, self._callees)

    def _retried(self) -> set[FactName]:
        """Return the facts of retries that some term speaks of."""
        return {
            name
            for policy, terms in zip(self._policies, self._terms, strict=True)
            for each in terms
            for name in facts_of(each.assumption, policy)
            if any(name in version.attempts for version in self._policies)
        }

    def _called(self) -> _Names:
        return {node.callee for node in self._open_nodes() if isinstance(node, Call)}

    def _is_small(self, name: ProcedureName) -> bool:
        own = self._members[1].get(name, ())
        return len(own) <= _SMALL and not self._callees.get(name)

    def _open_nodes(self) -> Iterator[GraphNode]:
        return (node for members in self._members for name in self._open for node in members.get(name, ()))


def _settles(node: GraphNode, facts: Collection[FactName]) -> bool:
    match node:
        case Wait(fact=fact) | Retry(fact=fact) | Question(fact=fact) | Decision(facts=(fact,)):
            return fact in facts
        case _:
            return False


def _closure(names: Iterable[ProcedureName], following: Mapping[ProcedureName, _Names]) -> _Names:
    found: _Names = set()
    stack = list(names)
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += following.get(name, ())
    return found


def _by_procedure(policy: Policy) -> Mapping[ProcedureName, list[GraphNode]]:
    found: dict[ProcedureName, list[GraphNode]] = {name: [] for name in policy.graph.starts}
    for node in policy.graph.nodes.values():
        found[node.procedure].append(node)
    return found


def _part_of(
    policy: Policy,
    members: Mapping[ProcedureName, list[GraphNode]],
    is_open: Collection[ProcedureName],
    closed: Collection[ProcedureName],
    reads: Reads,
    terms: Sequence[Term],
) -> Policy:
    """Return a copy of a policy, with the graph of some procedures only; it decides as the whole one does."""
    nodes: dict[NodeId, GraphNode] = {}
    branches: dict[NodeId, tuple[Branch, ...]] = {}
    for name, own in members.items():
        if name in is_open:
            nodes |= {node.id: node for node in own}
            branches |= {node.id: policy.graph.branches.get(node.id, ()) for node in own}
        elif name in closed:
            _close(name, own, nodes, branches)
    part = Policy.__new__(Policy)  # `copy` would lower it again
    vars(part).update(vars(policy))
    starts = {name: start for name, start in policy.graph.starts.items() if start in nodes}
    part.graph = DecisionGraph(nodes, branches, starts)
    procedures = {name: each for name, each in policy.checked.procedures.items() if name in is_open}
    assumptions = tuple(each.assumption for each in terms)
    read = reads.of(procedures).union(*(facts_of(each, policy) for each in assumptions))
    definitions = {name: each for name, each in policy.checked.definitions.items() if name in read}
    part.checked = replace(
        policy.checked, procedures=procedures, definitions=definitions, rules=(), assumptions=assumptions
    )
    part.facts = MappingProxyType({name: fact for name, fact in policy.facts.items() if name in read})
    return part


def _close(
    name: ProcedureName,
    own: Sequence[GraphNode],
    nodes: dict[NodeId, GraphNode],
    branches: dict[NodeId, tuple[Branch, ...]],
) -> None:
    """Add a procedure as one step between its start and its end; as a gap if it has none."""
    start = next(node for node in own if isinstance(node, Start))
    back = [node for node in own if isinstance(node, Return)]
    named = NodeId(f"{name}/closed")
    inside: GraphNode = (
        Step(id=named, procedure=name, span=start.span, action=None, text=named)
        if back
        else Gap(id=named, procedure=name, span=start.span, text=named)
    )
    chain: list[GraphNode] = [start, inside, *back]
    for place, node in enumerate(chain):
        nodes[node.id] = node
        target = chain[place + 1 : place + 2]
        branches[node.id] = tuple(
            Branch(source=node.id, target=each.id, key="next", kind=BranchKind.NEXT) for each in target
        )
