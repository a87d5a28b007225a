"""What a set of scenarios should come by: every place that can be reached, every answer, both sides of every limit.

In: a policy ready for proofs. Out: goals in a stable order, each with the cases that meet it; what no case can meet is
left out. A limit is met by a case that has the value itself and comes by a place that reads it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from itertools import combinations, product

from praxe.dsl.tree import FactName
from praxe.engine.graph import Decision, Wait
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.values import TODAY, Value


class GoalKind(Enum):
    """What a scenario is made for."""

    PLACE = "place"  # a node
    ANSWER = "answer"  # a branch
    LIMIT = "limit"  # the first or last value of a range that is treated alike
    WAITING = "waiting"  # a wait, while nobody knows yet how it ends
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
        if with_pairs and isinstance(node, Decision):
            yield from _pairs(proofs, number, here)


def _axes_read(proofs: Proofs, number: int) -> list[int]:
    reads = 0
    for edge in proofs.flow.edges[number]:
        reads |= proofs.diagrams.reads[edge.cases]
    return [axis for axis in range(len(proofs.space.axes)) if reads >> axis & 1]


def _limits(proofs: Proofs, number: int, here: int) -> Iterator[Goal]:
    for place in _axes_read(proofs, number):
        axis = proofs.space.axes[place]
        if axis.kind is not AxisKind.FACT or not axis.begins or axis.fact == TODAY:
            continue
        for kind, each in enumerate(axis.classes):
            among = proofs.diagrams.among(place, [kind])
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
