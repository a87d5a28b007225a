"""Customers who get the same to the end, but are asked something else.

In: two flows of one space. Out: the cases in which some fact is read by one version only; and the questions that one
customer is asked, in order, for an example.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.decision import Decision as Decided
from praxe.engine.diff.alike import Alike
from praxe.engine.diff.positions import has_way_for_all
from praxe.engine.diff.reads import Read
from praxe.engine.diff.records import Begin
from praxe.engine.graph import Call, GraphNode
from praxe.engine.policy import Policy
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.proofs import MOST_WHOLE
from praxe.engine.prove.reach import Returns, returns_of
from praxe.engine.values import Value


def asked_otherwise(
    flows: tuple[Flow, Flow],
    alike: Alike,
    start: Begin,
    suspects: Collection[FactName],
    closed: Collection[ProcedureName] = (),
) -> int | frozenset[ProcedureName] | None:
    """Return the cases in which one version may read a fact that the other does not; None where that is too much.

    Args:
        alike: what each node reads, and which nodes are alike from there on.
        suspects: the only facts that can be read by one version alone.
        closed: procedures in which cases may end unseen. Where that counts, they are returned instead.
    """
    diagrams = flows[0].diagrams
    differ = NO_CASE
    wanted: set[ProcedureName] = set()
    returns = tuple(_Lazy(flow, closed, wanted) for flow in flows) if suspects else ()
    readers = tuple(_readers(read, suspects) for read in alike.read)
    for fact in sorted(suspects):
        known: dict[int, int] = {}
        both = [
            _reading(flow, name, own[fact], back, numbers, known)
            for flow, name, own, back, numbers in zip(flows, start, readers, returns, alike.numbers, strict=True)
        ]
        if wanted:
            return frozenset(wanted)
        one, other = both
        if one is None or other is None:
            return None
        differ = diagrams.any_of([differ, diagrams.minus(one, other), diagrams.minus(other, one)])
        if diagrams.is_larger(differ, MOST_WHOLE):
            return None
    return differ


def cases_coming_to(flow: Flow, start: ProcedureName, number: int) -> int | None:
    """Return the cases that begin with `start` and come to a node; None where that is too much."""
    return _reading(flow, start, {number}, _Lazy(flow, (), set()), range(len(flow.nodes)), {})


def questions(
    policy: Policy, cases: Cases, facts: Mapping[FactName, Value], start: str, told: Collection[FactName] = ()
) -> tuple[FactName, ...]:
    """Return what a customer with these facts is asked, in order; first what was `told` before anybody asked."""
    known = {name: facts[name] for name in told}
    while True:
        decision = cases.decide_on(known, start)
        wanted = decision.asks.fact if decision.asks else decision.waits.fact if decision.waits else None
        if wanted is None or wanted in known or wanted not in facts or wanted not in policy.facts:
            return tuple(known)
        known[wanted] = facts[wanted]


def read_on_the_way(decision: Decided) -> tuple[FactName, ...]:
    """Return the facts that a decision rests on, in the order in which the walk came by them."""
    return tuple(dict.fromkeys(name for visit in decision.trace for name in visit.facts))


class _Lazy:
    """What comes back from each procedure of a version, worked out when it is first asked for."""

    def __init__(self, flow: Flow, closed: Collection[ProcedureName], wanted: set[ProcedureName]) -> None:
        self._flow = flow
        self._closed = closed
        self._wanted = wanted  # takes the closed procedures of which that would have to be known

    def of(self, name: ProcedureName) -> int | None:
        """Return the cases in which a procedure goes back to its caller; None where that is too much."""
        if self._closed:
            self._wanted.update(self._called_by[name])
        returns, is_exact = self._known
        return returns[name] if is_exact else None

    @cached_property
    def _known(self) -> tuple[Returns, bool]:
        return returns_of(self._flow)

    @cached_property
    def _called_by(self) -> Mapping[ProcedureName, frozenset[ProcedureName]]:
        """For each procedure the closed ones among it and those it calls."""
        found: dict[ProcedureName, frozenset[ProcedureName]] = {}
        for name in reversed(self._flow.order):  # callees first
            calls = {node.callee for node in self._nodes(name) if isinstance(node, Call)}
            own = frozenset((name,)) if name in self._closed else frozenset()
            found[name] = own.union(*(found[each] for each in calls))
        return found

    def _nodes(self, name: ProcedureName) -> Iterator[GraphNode]:
        return (self._flow.nodes[number] for number in self._flow.lanes[name])


def _readers(read: Sequence[Read], facts: Collection[FactName]) -> Mapping[FactName, set[int]]:
    """Return for each of some facts the nodes that read it."""
    found: dict[FactName, set[int]] = {fact: set() for fact in facts}
    for number, own in enumerate(read):
        for fact in own:
            if fact in found:
                found[fact].add(number)
    return found


def _reading(
    flow: Flow,
    start: ProcedureName,
    readers: Collection[int],
    back: _Lazy,
    alike: Sequence[int],
    known: dict[int, int],
) -> int | None:
    """Return the cases that begin with `start` and come to one of `readers`; None where that is too much.

    Args:
        alike: for each node a number; those that are alike from there on have the same.
        known: the cases found for such a number, in either version.
    """
    coming: dict[int, int] = {}  # only for nodes from which some case comes there
    procedures = leading_to(flow, readers)
    for name in reversed(flow.order):  # callees first
        for number in reversed(flow.lanes[name]) if name in procedures else ():
            if number in readers:
                coming[number] = EVERY_CASE
                continue
            if coming.keys().isdisjoint(flow.targets[number]) and flow.callees[number] not in coming:
                continue
            cases = known.get(alike[number])
            if cases is None:
                cases = _coming(flow, number, coming, back)
                if cases is None:
                    return None
                known[alike[number]] = cases
            if cases != NO_CASE:
                coming[number] = cases
    return coming.get(flow.start_of(start), NO_CASE)


def _coming(flow: Flow, number: int, coming: Mapping[int, int], back: _Lazy) -> int | None:
    """Return the cases that go on from a node to those of which it is known already; None where that is too much."""
    diagrams, callee = flow.diagrams, flow.callees[number]
    ways, targets = flow.cases_of[number], flow.targets[number]
    if callee is None and has_way_for_all(flow, number):
        after = {coming.get(target, NO_CASE) for target in targets}
        if len(after) == 1:
            return after.pop()  # whatever the answer is
    cases = diagrams.any_of(
        [diagrams.both(part, coming[target]) for part, target in zip(ways, targets, strict=True) if target in coming]
    )
    if callee is not None:
        if cases != NO_CASE:
            returns = back.of(flow.procedure_of[number])
            if returns is None:
                return None
            cases = diagrams.both(cases, returns)
        cases = diagrams.either(cases, coming.get(callee, NO_CASE))
    is_too_large = len(diagrams) > MOST_WHOLE and diagrams.is_larger(cases, MOST_WHOLE)
    return None if is_too_large else cases


def leading_to(flow: Flow, nodes: Iterable[int]) -> set[ProcedureName]:
    """Return the procedures that have one of some nodes, or call one that has."""
    found: set[ProcedureName] = set()
    stack = [flow.nodes[number].procedure for number in nodes]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += [flow.nodes[call].procedure for call in flow.callers.get(flow.start_of(name), ())]
    return found
