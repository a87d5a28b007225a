"""What a set of scenarios should come by: every place that can be reached, every answer and line, every limit.

In: a policy ready for proofs. Out: goals in a stable order, each with the cases that meet it; what no case can meet is
left out. A limit is met by a case that has the value itself and comes by a place where the value decides.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, product

from praxe.dsl.tree import Definition, FactName, FactRef, HitPolicy, Node, Table
from praxe.engine.graph import Decision, GraphNode, Wait
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.trail import choice_reaching
from praxe.engine.values import TODAY, Value


class GoalKind(Enum):
    """What a scenario is made for."""

    PLACE = "place"  # a node
    ANSWER = "answer"  # a branch
    LIMIT = "limit"  # the first or last value of a range that is treated alike
    WAITING = "waiting"  # a wait, while nobody knows yet how it ends
    CASE = "case"  # a line of a definition, or a row of a table, that a node reads
    PAIR = "pair"  # two answers that one decision reads together


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """One thing to come by."""

    kind: GoalKind
    node: int  # its number in the flow
    branch: int | None = None  # of ANSWER: its place among the node's branches
    among: int = EVERY_CASE  # the cases that count
    fact: FactName | None = None  # of LIMIT: whose value has to be `value`
    value: Value | None = None


def goals_of(proofs: Proofs, *, with_pairs: bool = False) -> Iterator[Goal]:
    """Yield all goals that some case can meet, in the order of the graph."""
    flow, found = proofs.flow, proofs.whole
    for number, node in enumerate(flow.nodes):
        here = found.at[number]
        if here == NO_CASE:
            continue
        yield Goal(kind=GoalKind.PLACE, node=number)
        edges = flow.edges[number]
        if len(edges) > 1:
            for place, edge in enumerate(edges):
                if proofs.diagrams.both(here, edge.cases) != NO_CASE:
                    yield Goal(kind=GoalKind.ANSWER, node=number, branch=place, among=edge.cases)
        if isinstance(node, Wait):
            yield Goal(kind=GoalKind.WAITING, node=number)
        yield from _limits(proofs, number, here)
        for among in _lines_read(proofs, node):
            # no other answer on the way may rule the line out: facts that only it reads are known at the node alone
            if proofs.diagrams.both(here, among) != NO_CASE and choice_reaching(found, number, among=among):
                yield Goal(kind=GoalKind.CASE, node=number, among=among)
        if with_pairs and isinstance(node, Decision):
            yield from _pairs(proofs, number, here)


def _axes_read(proofs: Proofs, number: int) -> list[int]:
    reads = 0
    for edge in proofs.flow.edges[number]:
        reads |= proofs.diagrams.reads[edge.cases]
    return [axis for axis in range(len(proofs.space.axes)) if reads >> axis & 1]


def where_it_counts(proofs: Proofs, number: int, axis: int) -> int:
    """Return the cases, the answer on `axis` left open, in which that answer decides the way on from a node."""
    diagrams = proofs.diagrams
    others = (1 << len(proofs.space.axes)) - 1 & ~(1 << axis)
    return diagrams.any_of(
        diagrams.both(diagrams.keep(edge.cases, others), diagrams.keep(diagrams.without(edge.cases), others))
        for edge in proofs.flow.edges[number]
    )


def _lines_read(proofs: Proofs, node: GraphNode) -> Iterator[int]:
    """Yield the cases of each line of the definitions, and of each row of the tables, that a decision reads."""
    definitions = proofs.policy.checked.definitions
    waiting: list[Node] = [node.test] if isinstance(node, Decision) else []
    seen: set[FactName] = set()
    while waiting:
        for part in waiting.pop().descendants():
            if isinstance(part, FactRef) and part.name in definitions and part.name not in seen:
                seen.add(part.name)
                waiting.append(definitions[part.name])
                yield from _lines(proofs, definitions[part.name])


def _lines(proofs: Proofs, definition: Definition | Table) -> Iterator[int]:
    diagrams, meaning = proofs.diagrams, proofs.meaning
    left = EVERY_CASE
    if isinstance(definition, Definition):
        for each in definition.cases:
            guard = meaning.truth(each.condition)
            yield diagrams.both(left, guard.yes)
            left = diagrams.both(left, guard.no)
        if definition.cases:
            yield left
        return
    for row in definition.rows:
        cells = zip(definition.inputs, row.cells, strict=True)
        admitted = diagrams.all_of(meaning.admits(of, cell.patterns).yes for of, cell in cells if cell.patterns)
        yield diagrams.both(left, admitted)
        if definition.hit_policy is HitPolicy.FIRST:
            left = diagrams.minus(left, admitted)


def _limits(proofs: Proofs, number: int, here: int) -> Iterator[Goal]:
    for place in _axes_read(proofs, number):
        axis = proofs.space.axes[place]
        if axis.kind is not AxisKind.FACT or not axis.begins or axis.fact == TODAY:
            continue
        sensitive = where_it_counts(proofs, number, place)
        for kind, each in enumerate(axis.classes):
            among = proofs.diagrams.both(proofs.diagrams.among(place, [kind]), sensitive)
            if proofs.diagrams.both(here, among) == NO_CASE:
                continue
            for value in dict.fromkeys((each.low, each.high)):
                if value is not None:
                    yield Goal(kind=GoalKind.LIMIT, node=number, among=among, fact=axis.fact, value=value)


def _pairs(proofs: Proofs, number: int, here: int) -> Iterator[Goal]:
    diagrams, axes = proofs.diagrams, proofs.space.axes
    for one, other in combinations(_axes_read(proofs, number), 2):
        for first, second in product(range(len(axes[one].classes)), range(len(axes[other].classes))):
            among = diagrams.both(diagrams.among(one, [first]), diagrams.among(other, [second]))
            if diagrams.both(here, among) != NO_CASE:
                yield Goal(kind=GoalKind.PAIR, node=number, among=among)
