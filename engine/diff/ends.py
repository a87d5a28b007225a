"""Cases that come to another end, not only by other steps to the same.

In: where two versions part. Out: those of the cases there that end otherwise in one version than in the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from typing import NamedTuple

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.meeting import met
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.positions import Position
from praxe.engine.diff.records import Begin
from praxe.engine.graph import End, Gap, GraphNode, Return, Start
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow


class Ended(NamedTuple):
    """Cases that end otherwise, and the closed procedures that some of them come by: these may end them before."""

    otherwise: int
    passing: frozenset[ProcedureName]


def ended_otherwise(
    flows: tuple[Flow, Flow], start: Begin, partings: Sequence[Parting], closed: Collection[ProcedureName]
) -> Ended | None:
    """Return the cases of partings that come to another end; None where it is too much to follow them."""
    diagrams = flows[0].diagrams
    old, new = (
        _ends(flow, begun, [(each.at[version], each.cases) for each in partings], closed) if partings else {}
        for version, (flow, begun) in enumerate(zip(flows, start, strict=True))
    )
    if old is None or new is None:
        return None
    apart = [NO_CASE]
    for end in dict.fromkeys((*old, *new)):
        one, other = old.get(end, NO_CASE), new.get(end, NO_CASE)
        if not isinstance(end, _Passed) and one != other:
            apart += (diagrams.minus(one, other), diagrams.minus(other, one))
    otherwise = diagrams.any_of(apart)
    passing = (
        end.by
        for found in (old, new)
        for end, cases in found.items()
        if isinstance(end, _Passed) and diagrams.both(cases, otherwise) != NO_CASE
    )
    return Ended(otherwise, frozenset(passing))


class _Passed(NamedTuple):
    """A closed procedure that cases come by."""

    by: ProcedureName


def _ends(
    flow: Flow, start: ProcedureName, standing: Sequence[tuple[Position, int]], closed: Collection[ProcedureName]
) -> Mapping[Hashable, int] | None:
    """Return for each end, and each closed procedure, the cases that come there; None where that is too much.

    Cases that some condition leaves without an answer come to none of them.
    """
    wanted = {
        number
        for name, lane in flow.lanes.items()
        for number in lane
        if isinstance(node := flow.nodes[number], End | Gap) or (name in closed and isinstance(node, Start))
    }
    if (last := flow.return_of(start)) is not None:  # nothing calls the procedure that a case begins with
        wanted.add(last)
    found: dict[Hashable, int] = {}
    nodes = met(flow, standing, wanted)
    if nodes is None:
        return None
    for number, cases in nodes.items():
        end = _end(flow.nodes[number])
        found[end] = flow.diagrams.either(found.get(end, NO_CASE), cases)
    return found


def _end(node: GraphNode) -> Hashable:
    match node:
        case End(outcome=outcome):
            return "end", outcome
        case Gap(text=text):
            return "gap", text
        case Return():
            return ("return",)
        case _:
            return _Passed(node.procedure)
