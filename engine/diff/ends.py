"""Cases that come to another end, not only by other steps to the same.

In: where two versions part. Out: those of the cases there that end otherwise in one version than in the other.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from praxe.dsl.tree import ProcedureName
from praxe.engine.diff.alike import Alike
from praxe.engine.diff.meeting import met
from praxe.engine.diff.parting import Parting
from praxe.engine.diff.positions import HOLE, Position, onward
from praxe.engine.diff.records import Begin
from praxe.engine.graph import End, Gap, GraphNode, Return, Start, Step
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.flow import Flow

MOST_STEPS: Final = 24  # in a row that are looked past


class Ended(NamedTuple):
    """Cases that end otherwise, and the closed procedures that some of them come by: these may end them before."""

    otherwise: int
    passing: frozenset[ProcedureName]


def ended_otherwise(
    flows: tuple[Flow, Flow],
    alike: Alike,
    start: Begin,
    partings: Sequence[Parting],
    closed: Collection[ProcedureName],
) -> Ended | None:
    """Return the cases of partings that come to another end; None where it is too much to follow them.

    Args:
        alike: which places are alike from there on.
        closed: procedures that cannot be led through.
    """
    diagrams = flows[0].diagrams
    apart = [each for each in partings if not _goes_on_alike(flows, alike, each, closed)]
    old, new = (
        _ends(flow, begun, [(each.at[version], each.cases) for each in apart], closed) if apart else {}
        for version, (flow, begun) in enumerate(zip(flows, start, strict=True))
    )
    if old is None or new is None:
        return None
    every = {end: (old.get(end, NO_CASE), new.get(end, NO_CASE)) for end in (*old, *new)}
    otherwise = diagrams.any_of(
        diagrams.either(diagrams.minus(one, other), diagrams.minus(other, one))
        for end, (one, other) in every.items()
        if not isinstance(end, _Passed) and one != other
    )
    passing = (  # who comes by in one version alone may end there, and who ends otherwise may have ended before
        end.by
        for end, (one, other) in every.items()
        if isinstance(end, _Passed) and (one != other or diagrams.both(one, otherwise) != NO_CASE)
    )
    return Ended(otherwise, frozenset(passing))


def _goes_on_alike(flows: tuple[Flow, Flow], alike: Alike, parting: Parting, closed: Collection[ProcedureName]) -> bool:
    """Return whether plainly nothing differs but some steps, so that the end is the same."""
    if HOLE in parting.at:
        return False
    old, new = (
        {tuple([numbers[each] for each in place]) for place in _past_steps(flow, position, closed)}
        for flow, position, numbers in zip(flows, parting.at, alike.numbers, strict=True)
    )
    return not old.isdisjoint(new)


def _past_steps(flow: Flow, position: Position, closed: Collection[ProcedureName]) -> Iterator[Position]:
    """Yield a place and those that every case comes to from there by steps alone; in `closed` ones cases may end."""
    yield position
    for _ in range(MOST_STEPS):
        node = flow.nodes[position[-1]]
        if not isinstance(node, Step) or node.procedure in closed:
            return
        position = onward(flow, position, flow.targets[position[-1]][0], set())
        yield position


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
