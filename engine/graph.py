"""The decision graph: what `lower` makes of the checked tree, and what is walked and drawn.

One frozen dataclass per node and branch (edge). `DecisionGraph.to_networkx` gives the same as a
`networkx.MultiDiGraph`: a node carries its dataclass under `node`, an edge its under `branch`, nothing else.
A plain DiGraph would lose one of two answers that lead to the same node.

A graph holds every procedure of a policy; a `Call` names the procedure it enters, and its one branch leads to
what follows when that procedure returns. Node ids are text from the source: `procedure/key-xxxxxx`, where the
six digits stand for the place among the enclosing branches, so an edit elsewhere leaves them as they are.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field
from enum import Enum
from typing import TYPE_CHECKING, NewType

from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.tree import (
    ActionName,
    ClauseId,
    Duration,
    Expression,
    FactName,
    OutcomeName,
    Pattern,
    ProcedureName,
    Promptness,
)

if TYPE_CHECKING:
    import networkx

NodeId = NewType("NodeId", str)


@record
class NodeBase(RecordBase):
    """What every kind of node has; the union `GraphNode` below is what callers name."""

    id: NodeId
    procedure: ProcedureName
    span: Span = field(compare=False, repr=False)
    clauses: tuple[ClauseId, ...] = ()
    notes: tuple[str, ...] = ()


@record
class Start(NodeBase):
    """The entry of a procedure (BPMN: start event)."""

    title: str


@record
class Return(NodeBase):
    """The end of a procedure that was not ended by `fim`: back to the caller."""


@record
class StepDeadline(RecordBase):
    """How soon a step is due; `duration` only with `Promptness.WITHIN`."""

    promptness: Promptness
    duration: Duration | None = None


@record
class Step(NodeBase):
    """Something a person or system does (BPMN: task). `action` None: free text."""

    action: ActionName | None
    arguments: tuple[tuple[str, Expression], ...] = ()  # parameter name, value; in the action's order
    text: str | None = None  # the author's words when `action` is None
    is_script: bool = False  # `diga`: words to speak or write
    deadline: StepDeadline | None = None


@record
class Question(NodeBase):
    """`pergunte`: ask now, whatever follows; one branch."""

    fact: FactName


@record
class Decision(NodeBase):
    """A test with one branch per answer (BPMN: exclusive gateway).

    `test` is a fact (from `caso`; branches carry patterns) or a condition (from `se` or `salvo se`; two
    branches, yes and no). `facts` are the askable facts it can read, in reading order, definitions expanded.
    """

    test: Expression
    facts: tuple[FactName, ...]


@record
class Call(NodeBase):
    """Enter another procedure (BPMN: call activity); one branch, taken on return, unless the callee never returns."""

    callee: ProcedureName


@record
class Retry(NodeBase):
    """An action tried up to `attempts` times until `fact` is yes; branches SUCCEEDED and EXHAUSTED."""

    attempts: int
    action: ActionName
    arguments: tuple[tuple[str, Expression], ...]
    fact: FactName


@record
class Wait(NodeBase):
    """Stop until `fact` is yes (came) or no (deadline passed); branches CAME and PASSED."""

    fact: FactName
    deadline: Duration | Expression
    meanwhile: tuple[Step, ...] = ()  # duties during the wait; not in the graph's own node list


@record
class End(NodeBase):
    """The whole case ends with an outcome (BPMN: end event)."""

    outcome: OutcomeName


@record
class Gap(NodeBase):
    """The source text does not decide: the walk stops and says so."""

    text: str


GraphNode = Start | Return | Step | Question | Decision | Call | Retry | Wait | End | Gap


class BranchKind(Enum):
    """Why an edge is taken."""

    NEXT = "next"  # the only way on
    YES = "yes"  # the condition holds
    NO = "no"  # the condition does not hold
    VALUE = "value"  # the fact matches one of the patterns
    OTHERWISE = "otherwise"  # `senão` of a `caso`
    SUCCEEDED = "succeeded"  # retry
    EXHAUSTED = "exhausted"  # retry
    CAME = "came"  # wait
    PASSED = "passed"  # wait: the deadline passed


@record
class Branch(RecordBase):
    """One edge (BPMN: sequence flow). `key` is unique among the branches of its source, in the author's order."""

    source: NodeId
    target: NodeId
    key: str  # "next", "yes", "no", "tecnico", "0..15|17+", "otherwise", "came", …: stable text
    kind: BranchKind
    patterns: tuple[Pattern, ...] = ()  # for VALUE
    clauses: tuple[ClauseId, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@record(kw_only=False)
class DecisionGraph(RecordBase):
    """All procedures of a policy, in the author's order; `branches` of one node stand together, in order."""

    nodes: Mapping[NodeId, GraphNode]
    branches: Mapping[NodeId, tuple[Branch, ...]]
    starts: Mapping[ProcedureName, NodeId]

    def to_networkx(self) -> networkx.MultiDiGraph[NodeId]:
        """Return the same graph as a `networkx.MultiDiGraph`, nodes and edges in the author's order."""
        import networkx  # 0.1 s to import, and a walk does not need it

        graph: networkx.MultiDiGraph[NodeId] = networkx.MultiDiGraph()
        for name, node in self.nodes.items():
            graph.add_node(name, node=node)
        for outgoing in self.branches.values():
            for branch in outgoing:
                graph.add_edge(branch.source, branch.target, key=branch.key, branch=branch)
        return graph
