"""How the procedures of a policy lead to one another: the graph behind its summary.

In: the decision graph of a whole policy. Out: an `Outline`: its procedures from the entries down, for each the answers
that lead on to others, and the `Quotient` that says how the decision graph lies in it. A procedure leads to those that
it calls; the return to the caller is part of the caller.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import Branch, Call, DecisionGraph, GraphNode, NodeId
from praxe.visualize.guards import guards
from praxe.visualize.path import ENTER, Trail
from praxe.visualize.quotient import Arcs, Quotient, Way

_ALWAYS = "always"


@dataclass(frozen=True, slots=True, kw_only=True)
class Lead:
    """An answer given in a procedure, and the calls it leads to."""

    key: str
    guard: Branch | None  # None: every way leads there
    calls: tuple[Call, ...]

    @property
    def callees(self) -> tuple[ProcedureName, ...]:
        """The procedures entered, each once, in the author's order."""
        return tuple(dict.fromkeys(call.callee for call in self.calls))

    def way(self, callee: ProcedureName) -> str:
        """Return the key of the arc to one of them."""
        return f"{self.key}>{callee}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The procedures of a policy, and how they lead to one another."""

    procedures: tuple[ProcedureName, ...]  # from the entries down, each where a reader first meets it
    entries: tuple[ProcedureName, ...]  # where a case may begin: the entry, the doors, and what nobody calls
    leads: Mapping[ProcedureName, tuple[Lead, ...]]
    nodes: Mapping[ProcedureName, tuple[GraphNode, ...]]
    quotient: Quotient

    def seen(self, trail: Trail) -> Trail:
        """Return the way of a case through the outline, with the answers it gave."""
        seen = trail.seen_through(self.quotient)
        answers: frozenset[Way] = frozenset(
            (name, lead.key)
            for name, leads in self.leads.items()
            for lead in leads
            if any((name, lead.way(callee)) in seen.followed for callee in lead.callees)
        )
        return replace(seen, answers=answers)

    @property
    def arcs(self) -> Arcs:
        """The arcs of the outline: entry to procedure, and procedure to procedure."""
        found: dict[tuple[str, str], str] = {(entry_name(each), ENTER): each for each in self.entries}
        for name, leads in self.leads.items():
            found |= {(name, lead.way(callee)): callee for lead in leads for callee in lead.callees}
        return found

    @property
    def cards(self) -> frozenset[str]:
        """The nodes of the outline."""
        return frozenset([*self.procedures, *map(entry_name, self.entries)])


def outline(graph: DecisionGraph, *, entries: Iterable[ProcedureName]) -> Outline:
    """Return the outline of a policy that cases enter by `entries`; checked to be a quotient of `graph`."""
    leads = {name: _leads(graph, name) for name in graph.starts}
    called = {callee for found in leads.values() for lead in found for callee in lead.callees}
    ways_in = tuple(dict.fromkeys([*entries, *(each for each in graph.starts if each not in called)]))
    order: dict[ProcedureName, None] = {}
    for name in ways_in:
        _meet(name, leads, order)
    nodes = {name: tuple(node for node in graph.nodes.values() if node.procedure == name) for name in graph.starts}
    made = Outline(
        procedures=tuple(order), entries=ways_in, leads=leads, nodes=nodes, quotient=_quotient(graph, ways_in, leads)
    )
    made.quotient.check(fine_arcs(graph, ways_in), made.arcs, cards=made.cards)
    return made


def entry_name(procedure: ProcedureName) -> str:
    """Return the node of the outline where cases come in to a procedure."""
    return f"{procedure}/{ENTER}"


def fine_arcs(graph: DecisionGraph, entries: Iterable[ProcedureName]) -> Arcs:
    """Return the arcs of the whole decision graph: its branches, and from each call into what it calls.

    A call of a procedure that is also an entry comes in behind the door.
    """
    doors = frozenset(entries)
    found: dict[tuple[str, str], str] = {
        (branch.source, branch.key): branch.target for branches in graph.branches.values() for branch in branches
    }
    for node in graph.nodes.values():
        if isinstance(node, Call):
            start = graph.starts[node.callee]
            found[node.id, ENTER] = graph.branches[start][0].target if node.callee in doors else start
    return found


def _leads(graph: DecisionGraph, procedure: ProcedureName) -> tuple[Lead, ...]:
    """The calls of a procedure, those that the same answer leads to together."""
    by_answer: dict[str, list[Call]] = {}
    answers = guards(graph, procedure)
    found: dict[str, Branch | None] = {}
    for call in graph.nodes.values():
        if isinstance(call, Call) and call.id in answers:
            guard = answers[call.id]
            key = f"{guard.source}--{guard.key}" if guard else _ALWAYS
            by_answer.setdefault(key, []).append(call)
            found[key] = guard
    return tuple(Lead(key=key, guard=found[key], calls=tuple(calls)) for key, calls in by_answer.items())


def _meet(
    name: ProcedureName, leads: Mapping[ProcedureName, tuple[Lead, ...]], order: dict[ProcedureName, None]
) -> None:
    open_names = [name]
    while open_names:
        each = open_names.pop()
        if each not in order:
            order[each] = None
            open_names += reversed([callee for lead in leads[each] for callee in lead.callees])


def _quotient(
    graph: DecisionGraph, entries: Iterable[ProcedureName], leads: Mapping[ProcedureName, tuple[Lead, ...]]
) -> Quotient:
    card_of: dict[str, str] = {name: node.procedure for name, node in graph.nodes.items()}
    way_of: dict[tuple[str, str], tuple[str, str]] = {}
    for name in entries:
        start: NodeId = graph.starts[name]
        card_of[start] = entry_name(name)
        way_of |= {(start, branch.key): (entry_name(name), ENTER) for branch in graph.branches[start]}
    for name, found in leads.items():
        way_of |= {(call.id, ENTER): (name, lead.way(call.callee)) for lead in found for call in lead.calls}
    return Quotient(card_of, way_of)
