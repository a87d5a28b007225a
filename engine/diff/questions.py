"""Customers who get the same to the end, but are asked something else.

In: two flows of one space. Out: the cases in which some fact is read by one version only; and the questions that one
customer is asked, in order, for an example.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property

from praxe.dsl.tree import Definition, Expression, FactName, ProcedureName, Table
from praxe.engine.decision import Decision as Decided
from praxe.engine.diff.records import Begin
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.policy import Policy
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.proofs import MOST_WHOLE
from praxe.engine.prove.reach import Returns, returns_of
from praxe.engine.values import Value

Read = tuple[FactName, ...]


def asked_otherwise(
    flows: tuple[Flow, Flow],
    read: Sequence[Sequence[Read]],
    start: Begin,
    suspects: Collection[FactName],
    closed: Collection[ProcedureName] = (),
) -> int | frozenset[ProcedureName] | None:
    """Return the cases in which one version may read a fact that the other does not; None where that is too much.

    Args:
        read: for each version what each of its nodes reads.
        suspects: the only facts that can be read by one version alone.
        closed: procedures in which cases may end unseen. Where that counts, they are returned instead.
    """
    diagrams = flows[0].diagrams
    differ = NO_CASE
    wanted: set[ProcedureName] = set()
    returns = tuple(_Lazy(flow, closed, wanted) for flow in flows) if suspects else ()
    for fact in sorted(suspects):
        both = [
            _reading(flow, name, frozenset(number for number, facts in enumerate(own) if fact in facts), back)
            for flow, name, own, back in zip(flows, start, read, returns, strict=True)
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


def may_read(node: GraphNode, facts: frozenset[FactName], definitions: Mapping[FactName, Definition | Table]) -> bool:
    """Return whether a node can read one of some facts."""
    match node:
        case Decision(facts=read):
            return not facts.isdisjoint(read)
        case Step(arguments=()) | Start() | Return() | Call() | End() | Gap():
            return False
        case _:
            return not facts.isdisjoint(_facts(node, definitions))


def read_on_the_way(decision: Decided) -> tuple[FactName, ...]:
    """Return the facts that a decision rests on, in the order in which the walk came by them."""
    return tuple(dict.fromkeys(name for visit in decision.trace for name in visit.facts))


def facts_by_node(
    flow: Flow,
    known: Callable[[ProcedureName], Sequence[Read]] | None = None,
    common: Collection[ProcedureName] = (),
) -> list[Read]:
    """Return for each node of a version what it reads; for `common` procedures what is `known`."""
    read: list[Read] = []
    for name, lane in flow.lanes.items():  # INVARIANT: in the order of the nodes
        if known is not None and name in common:
            read += known(name)
        else:
            read += (
                tuple(dict.fromkeys(_facts(flow.nodes[number], flow.policy.checked.definitions))) for number in lane
            )
    return read


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


def _reading(flow: Flow, start: ProcedureName, readers: frozenset[int], back: _Lazy) -> int | None:
    """Return the cases that begin with `start` and come to one of `readers`; None where that is too much."""
    diagrams = flow.diagrams
    coming: dict[int, int] = {}  # only for nodes from which some case comes there
    procedures = _leading_to(flow, readers)
    for name in reversed(flow.order):  # callees first
        for number in reversed(flow.lanes[name]) if name in procedures else ():
            if number in readers:
                coming[number] = EVERY_CASE
                continue
            cases = diagrams.any_of(
                diagrams.both(edge.cases, coming[edge.target]) for edge in flow.edges[number] if edge.target in coming
            )
            callee = flow.callees[number]
            if callee is not None:
                if cases != NO_CASE:
                    returns = back.of(flow.procedure_of[number])
                    if returns is None:
                        return None
                    cases = diagrams.both(cases, returns)
                cases = diagrams.either(cases, coming.get(callee, NO_CASE))
            if cases != NO_CASE:
                if diagrams.is_larger(cases, MOST_WHOLE):
                    return None
                coming[number] = cases
    return coming.get(flow.start_of(start), NO_CASE)


def _leading_to(flow: Flow, nodes: Iterable[int]) -> set[ProcedureName]:
    """Return the procedures that have one of some nodes, or call one that has."""
    found: set[ProcedureName] = set()
    stack = [flow.nodes[number].procedure for number in nodes]
    while stack:
        name = stack.pop()
        if name not in found:
            found.add(name)
            stack += [flow.nodes[call].procedure for call in flow.callers.get(flow.start_of(name), ())]
    return found


def _facts(node: GraphNode, definitions: Mapping[FactName, Definition | Table]) -> Iterator[FactName]:
    match node:
        case Decision(facts=facts):
            yield from facts
        case Question(fact=fact) | Retry(fact=fact) | Wait(fact=fact):
            yield fact
        case _:
            pass
    for value in _values(node):
        yield from facts_read(value, definitions)


def _values(node: GraphNode) -> Iterator[Expression]:
    match node:
        case Step(arguments=arguments) | Retry(arguments=arguments):
            yield from (value for _, value in arguments)
        case Wait(meanwhile=meanwhile):
            yield from (value for step in meanwhile for _, value in step.arguments)
        case _:
            pass
