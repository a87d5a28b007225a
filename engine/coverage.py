"""What a policy's scenarios cover: branches, paths, steps and gaps, each with how many scenarios come by.

In: a policy and the decisions of its scenarios. Out: a `Coverage`. Counted is what can be reached from the entry
procedure, calls entered; what no fact can lead to, such as the other values inside a loop written out, is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    DecisionGraph,
    Gap,
    GraphNode,
    NodeId,
    Retry,
    Return,
    Step,
    Wait,
)
from praxe.engine.paths import count_paths
from praxe.engine.policy import Policy
from praxe.engine.walk import Status

BranchId = tuple[NodeId, str]  # node and key of the branch
Path = tuple[tuple[NodeId, str | None], ...]


@dataclass(frozen=True, slots=True)
class CountedBranch:
    """An answer, and how many scenarios give it."""

    branch: Branch
    count: int


@dataclass(frozen=True, slots=True)
class ProcedureCoverage:
    """The answers of one procedure."""

    procedure: ProcedureName
    branches: tuple[CountedBranch, ...]

    @property
    def taken(self) -> int:
        """How many of them some scenario gives."""
        return sum(each.count > 0 for each in self.branches)


@dataclass(frozen=True, slots=True, kw_only=True)
class PathCoverage:
    """Paths: what a walk passes from its beginning to where it stops, node by node, branch by branch."""

    taken: int  # distinct ones, of all scenarios
    finished: int  # distinct ones of the cases that came to an end
    possible: int  # from the entry to every end, return and gap, by the shape of the graph alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """What some scenario comes by, and what none does."""

    procedures: tuple[ProcedureCoverage, ...]  # those that can be reached, in the author's order
    paths: PathCoverage
    untouched_steps: tuple[Step | Retry, ...]  # told by no decision
    untouched_gaps: tuple[Gap, ...]
    visits: Mapping[NodeId, int]  # how many scenarios come by a node, of whatever procedure
    counts: Mapping[BranchId, int]  # how many take a branch, also the only way on

    @property
    def branches(self) -> tuple[CountedBranch, ...]:
        """Every answer that can be reached, in the author's order."""
        return tuple(each for procedure in self.procedures for each in procedure.branches)

    @property
    def taken(self) -> tuple[Branch, ...]:
        """The answers that some scenario gives."""
        return tuple(each.branch for each in self.branches if each.count)

    @property
    def untaken(self) -> tuple[Branch, ...]:
        """The answers that no scenario gives."""
        return tuple(each.branch for each in self.branches if not each.count)

    @property
    def is_complete(self) -> bool:
        """Whether nothing that can be reached is left out."""
        return not (self.untaken or self.untouched_steps or self.untouched_gaps)


def measure(policy: Policy, decisions: Iterable[Decision]) -> Coverage:
    """Return what `decisions` cover of `policy`."""
    visits: Counter[NodeId] = Counter()
    counts: Counter[BranchId] = Counter()
    told: set[NodeId] = set()
    paths: set[Path] = set()
    finished: set[Path] = set()
    for decision in decisions:
        path = tuple((visit.node, visit.branch) for visit in decision.trace)
        visits.update({node for node, _ in path})
        counts.update(set(_taken(policy.graph, path)))
        told.update(step.node for step in decision.steps)
        paths.add(path)
        if decision.status is Status.FINISHED:
            finished.add(path)
    entry = policy.graph.starts[policy.manifest.entry]
    nodes = tuple(_reachable(policy.graph, entry))
    possible = count_paths(policy.graph, entry)
    return Coverage(
        procedures=tuple(_procedures(policy.graph, nodes, counts)),
        paths=PathCoverage(taken=len(paths), finished=len(finished), possible=possible),
        untouched_steps=tuple(each for node in nodes for each in _steps(node) if each.id not in told),
        untouched_gaps=tuple(node for node in nodes if isinstance(node, Gap) and node.id not in visits),
        visits=dict(visits),
        counts=dict(counts),
    )


def _taken(graph: DecisionGraph, path: Path) -> Iterator[BranchId]:
    """The branches of a walk; the way on after a call is taken when its procedure returns."""
    calls: list[NodeId] = []
    for name, key in path:
        match graph.nodes[name]:
            case Call():
                calls.append(name)
            case Return() if calls:
                caller = calls.pop()
                yield from ((caller, branch.key) for branch in graph.branches[caller])
            case _ if key is not None:
                yield name, key
            case _:
                pass  # where the walk stopped, or an answer that makes no difference


def _reachable(graph: DecisionGraph, start: NodeId) -> Iterator[GraphNode]:
    """The nodes that may be reached, calls entered, in the author's order."""
    seen = {start}
    stack = [start]
    while stack:
        node = graph.nodes[stack.pop()]
        targets = [branch.target for branch in graph.branches[node.id]]
        if isinstance(node, Call):
            targets.append(graph.starts[node.callee])
        stack += (each for each in targets if each not in seen)
        seen.update(targets)
    return (node for name, node in graph.nodes.items() if name in seen)


def _procedures(
    graph: DecisionGraph, nodes: Iterable[GraphNode], counts: Mapping[BranchId, int]
) -> Iterator[ProcedureCoverage]:
    found: dict[ProcedureName, list[CountedBranch]] = {}
    for node in nodes:
        branches = found.setdefault(node.procedure, [])
        for branch in graph.branches[node.id]:
            if branch.kind is not BranchKind.NEXT:
                branches.append(CountedBranch(branch, counts.get((branch.source, branch.key), 0)))
    for procedure, counted in found.items():
        yield ProcedureCoverage(procedure, tuple(counted))


def _steps(node: GraphNode) -> tuple[Step | Retry, ...]:
    """What a node gives somebody to do."""
    match node:
        case Step() | Retry():
            return (node,)
        case Wait():
            return node.meanwhile
        case _:
            return ()
