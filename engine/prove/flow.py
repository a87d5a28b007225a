"""A policy's graph with its conditions as sets of cases: what reachability runs on.

In: a policy and its space. Out: a `Flow`: nodes by number, callers before those they call, each procedure's in an order
in which every branch leads on; for each branch the cases that take it, for each node those that it leaves without an
answer, and the axes that some later condition still reads.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from graphlib import TopologicalSorter
from typing import assert_never

from praxe.dsl.tree import Expression, FactRef, ProcedureName, Table
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    End,
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
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.cuts import key_of_fact
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.space import Space


@dataclass(frozen=True, slots=True)
class Edge:
    """A branch, the number of the node it leads to, and the cases that take it."""

    branch: Branch
    target: int
    cases: int


class Flow:
    """One policy of a space, ready for proofs."""

    def __init__(
        self,
        policy: Policy,
        space: Space,
        meaning: Meaning,
        *,
        like: Flow | None = None,
        common: Collection[ProcedureName] = (),
    ) -> None:
        """Prepare.

        Args:
            like: another version in the same space, from which the sets of cases of `common` procedures are taken over.
        """
        self.policy = policy
        self.space = space
        self.meaning = meaning
        self.diagrams = space.diagrams
        graph = policy.graph
        self.order: Sequence[ProcedureName] = _callers_first(policy)
        self.nodes: list[GraphNode] = []
        self.lanes: dict[ProcedureName, range] = {}
        for name, members in _members(policy, self.order).items():
            self.lanes[name] = range(len(self.nodes), len(self.nodes) + len(members))
            self.nodes += members
        self.number: dict[NodeId, int] = {node.id: place for place, node in enumerate(self.nodes)}
        self.edges: list[tuple[Edge, ...]] = []
        for number, node in enumerate(self.nodes):
            branches = graph.branches.get(node.id, ())
            if like is not None and node.procedure in common:
                shift = like.lanes[node.procedure].start - self.lanes[node.procedure].start
                cases: Sequence[int] = [each.cases for each in like.edges[number + shift]]
            else:
                cases = self._branch_cases(node, branches)
            self.edges.append(
                tuple(
                    Edge(branch, self.number[branch.target], each) for branch, each in zip(branches, cases, strict=True)
                )
            )
        self.callees: list[int | None] = [
            self.lanes[node.callee].start if isinstance(node, Call) else None for node in self.nodes
        ]
        self.procedure_of: list[ProcedureName] = [  # of a call: the procedure called
            node.callee if isinstance(node, Call) else node.procedure for node in self.nodes
        ]
        self.live: list[int] = [0] * len(self.nodes)
        for name in reversed(self.order):
            self._find_live(self.lanes[name])

    @cached_property
    def _is_total(self) -> bool:
        """Whether every condition has an answer in every case: only a table may have none."""
        return not any(isinstance(each, Table) for each in self.policy.checked.definitions.values())

    @cached_property
    def live_beyond(self) -> list[int]:
        """For each node the axes that tell its cases apart later on, or that told them apart where it was called."""
        beyond: dict[ProcedureName, int] = dict.fromkeys(self.order, 0)
        for name in self.order:
            for number in self.lanes[name]:
                node = self.nodes[number]
                if isinstance(node, Call):
                    beyond[node.callee] |= beyond[name] | self.live[number]
        return [each | beyond[node.procedure] for each, node in zip(self.live, self.nodes, strict=True)]

    @cached_property
    def sources(self) -> list[list[tuple[int, int]]]:
        """For each node the branches that lead to it: node, place among its branches."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for number, edges in enumerate(self.edges):
            for place, edge in enumerate(edges):
                found[edge.target].append((number, place))
        return found

    @cached_property
    def callers(self) -> dict[int, list[int]]:
        """For each procedure's first node the calls that enter it."""
        found: dict[int, list[int]] = {}
        for number, start in enumerate(self.callees):
            if start is not None:
                found.setdefault(start, []).append(number)
        return found

    def start_of(self, name: ProcedureName) -> int:
        """Return the first node of a procedure."""
        return self.lanes[name].start

    def return_of(self, name: ProcedureName) -> int | None:
        """Return the node at which a procedure goes back to its caller, if it ever does."""
        lane = self.lanes[name]
        return next((each for each in reversed(lane) if isinstance(self.nodes[each], Return)), None)

    def undecided(self, number: int) -> int:
        """Return the cases that a node leaves without an answer."""
        node = self.nodes[number]
        if isinstance(node, Call | End | Gap | Return) or (self._is_total and not isinstance(node, Decision)):
            return NO_CASE
        if self._is_total and all(edge.branch.kind in (BranchKind.YES, BranchKind.NO) for edge in self.edges[number]):
            return NO_CASE
        left = EVERY_CASE
        for edge in self.edges[number]:
            left = self.diagrams.minus(left, edge.cases)
        return left

    # --- cases of branches -----------------------------------------------------------------------------------------

    def _branch_cases(self, node: GraphNode, branches: Sequence[Branch]) -> Sequence[int]:
        match node:
            case Start() | Return() | Call() | End() | Gap():
                return [EVERY_CASE] * len(branches)
            case Step(arguments=arguments):
                return [self._defined([value for _, value in arguments])]
            case Question(fact=fact):
                return [self._defined([FactRef(name=fact, span=node.span)])]
            case Decision():
                return self._decision_cases(node, branches)
            case Retry(arguments=arguments):
                defined = self._defined([value for _, value in arguments])
                return [self.diagrams.both(defined, each) for each in self._retry_cases(node)]
            case Wait(meanwhile=meanwhile):
                values = [value for step in meanwhile for _, value in step.arguments]
                defined = self._defined(values)
                came, passed = self.meaning.truth(FactRef(name=node.fact, span=node.span))
                return [self.diagrams.both(defined, came), self.diagrams.both(defined, passed)]
            case _:
                assert_never(node)

    def _decision_cases(self, node: Decision, branches: Sequence[Branch]) -> Sequence[int]:
        if {each.kind for each in branches} <= {BranchKind.YES, BranchKind.NO}:
            truth = self.meaning.truth(node.test)
            return [truth.yes if each.kind is BranchKind.YES else truth.no for each in branches]
        if isinstance(node.test, FactRef):
            patterns = [each.patterns for each in branches if each.kind is not BranchKind.OTHERWISE]
            first = self.meaning.first_admitting(node.test, patterns)
            if first is not None:
                rest = [] if len(patterns) == len(branches) else [self.diagrams.without(self.diagrams.any_of(first))]
                return [*first, *rest]  # INVARIANT: `otherwise` comes last
        left = self.meaning.defined(node.test)
        found = []
        for each in branches:
            cases = left
            if each.kind is not BranchKind.OTHERWISE:
                cases = self.diagrams.both(left, self.meaning.admits(node.test, each.patterns).yes)
            found.append(cases)
            if self.meaning.is_exact:
                left = self.diagrams.minus(left, cases)
        return found

    def _retry_cases(self, node: Retry) -> tuple[int, int]:
        number = self.meaning.number_of[key_of_fact(node.fact, AxisKind.ATTEMPTS)]
        classes = self.space.axes[number].classes
        within = [
            place for place, each in enumerate(classes) if isinstance(each.high, int) and each.high <= node.attempts
        ]
        succeeded = self.diagrams.among(number, within)
        return succeeded, self.diagrams.without(succeeded)

    def _defined(self, values: Sequence[Expression]) -> int:
        return self.diagrams.all_of(self._worked_out(value) for value in values)

    def _worked_out(self, value: Expression) -> int:
        definitions = self.policy.checked.definitions
        if not any(isinstance(each, FactRef) and each.name in definitions for each in value.descendants()):
            return EVERY_CASE
        if self.meaning.leaves.is_condition(value):
            truth = self.meaning.truth(value)
            return self.diagrams.either(truth.yes, truth.no)
        return self.meaning.defined(value)

    def _find_live(self, lane: range) -> None:
        reads, live = self.diagrams.reads, self.live
        masks: dict[int, int] = {}  # equal ones kept once: of thousands of axes they are long numbers
        for number in reversed(lane):
            needed = 0
            for edge in self.edges[number]:
                needed |= reads[edge.cases] | live[edge.target]
            start = self.callees[number]
            needed |= 0 if start is None else live[start]
            live[number] = masks.setdefault(needed, needed)


def _callers_first(policy: Policy) -> list[ProcedureName]:
    """Return all procedures, each before those it calls."""
    calls: TopologicalSorter[ProcedureName] = TopologicalSorter(dict.fromkeys(policy.graph.starts, ()))
    for node in policy.graph.nodes.values():
        if isinstance(node, Call):
            calls.add(node.procedure, node.callee)
    return list(calls.static_order())[::-1]


def _members(policy: Policy, order: Sequence[ProcedureName]) -> dict[ProcedureName, list[GraphNode]]:
    """Return the nodes of each procedure, each before those its branches lead to."""
    found: dict[ProcedureName, list[GraphNode]] = {name: [] for name in order}
    for node in policy.graph.nodes.values():
        found[node.procedure].append(node)
    place = {node.id: (number, node) for members in found.values() for number, node in enumerate(members)}
    for name, members in found.items():
        ahead = all(
            place[branch.target][0] > place[node.id][0]
            for node in members
            for branch in policy.graph.branches.get(node.id, ())
        )
        if not ahead:
            before = {node.id: [branch.target for branch in policy.graph.branches.get(node.id, ())] for node in members}
            found[name] = [place[each][1] for each in reversed(list(TopologicalSorter(before).static_order()))]
    return found
