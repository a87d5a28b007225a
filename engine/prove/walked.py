"""Where a walk went, without putting it into words.

In: a decision, or a walk and what was known. Out: the nodes it passed, and the facts that its trace would cite.
"""

from __future__ import annotations

from collections.abc import Collection

from praxe.dsl.tree import FactName
from praxe.engine.decision import Decision
from praxe.engine.evidence import evidence, names_that_decide
from praxe.engine.follow import visits
from praxe.engine.graph import Call, End, Gap, NodeId, Return, Start, Step
from praxe.engine.graph import Decision as Test
from praxe.engine.policy import Policy
from praxe.engine.program import Pace, Spot, Way
from praxe.engine.trace import visit_of
from praxe.engine.values import Known
from praxe.engine.walk import Arrival, Status


def first_passed(decision: Decision, one: NodeId, other: NodeId) -> NodeId | None:
    """Return which of two nodes a walk passed first; None if neither."""
    program = decision.policy.program
    start = program.starts[decision.policy.procedure(decision.start)]
    wanted = (program.spots[one], program.spots[other])
    for spot, _ in visits(start, decision.arrival.picks):
        if spot in wanted:
            return spot.node.id
    return None


def passes_both(decision: Decision, one: NodeId, other: NodeId) -> bool:
    """Return whether a walk passed two nodes; of a node and itself: whether it passed it twice."""
    program = decision.policy.program
    start = program.starts[decision.policy.procedure(decision.start)]
    left = [program.spots[one], program.spots[other]]
    for spot, _ in visits(start, decision.arrival.picks):
        if spot in left:
            left.remove(spot)
            if not left:
                return True
    return False


def passes(decision: Decision, node: str) -> bool:
    """Return whether a walk passed a node."""
    program = decision.policy.program
    start = program.starts[decision.policy.procedure(decision.start)]
    wanted = program.spots.get(NodeId(node))
    for spot, _ in visits(start, decision.arrival.picks):  # noqa: SIM110 - of thousands of walks all nodes
        if spot is wanted:
            return True
    return False


def spots_passed(start: Spot, arrival: Arrival) -> list[Spot]:
    """Return where a walk from `start` went."""
    return [spot for spot, _ in visits(start, arrival.picks)]


def goes_alike(arrival: Arrival, known: Known) -> bool:
    """Return whether a walk that came to an end goes the same with what is known now: each of its ways is taken."""
    if arrival.spot.pace not in (Pace.STOP, Pace.RETURN):
        return False
    for way in dict.fromkeys(arrival.picks):  # noqa: SIM110 - of thousands of walks all ways
        if way.source.leaving(known) is not way:
            return False
    return True


def facts_cited(policy: Policy, arrival: Arrival, known: Known, told: Collection[FactName]) -> set[FactName]:
    """Return the facts that decided each way of a walk; where it met no answer, all that were read there.

    Args:
        told: facts of which nobody asks whether they did.
    """
    checked, evaluator = policy.checked, policy.program.evaluator
    is_plain = not checked.definitions  # then every test has an answer, and reads the facts it names and no others
    cited: set[FactName] = set(told)
    ways: list[tuple[Spot, Way | None]] = [(way.source, way) for way in dict.fromkeys(arrival.picks)]
    for spot, way in (*ways, (arrival.spot, None)):
        node = spot.node
        if way and is_plain and isinstance(node, Test):
            if len(node.facts) == 1:
                cited.add(node.facts[0])
            elif not cited.issuperset(node.facts):
                cited.update([each.name for each in names_that_decide(node.test, known, evaluator)])
            continue
        match node:
            case Test(test=test) if way and spot.leaving(known) is way:
                cited.update(evidence(test, known, evaluator).facts)
            case Start() | Return() | Call() | End() | Gap() | Step(arguments=()):
                continue
            case _:
                is_hole = way is None and arrival.status is Status.GAP
                visit = visit_of(spot, way, known, checked, evaluator, is_hole=is_hole)
                cited.update(map(FactName, visit.facts))
    return {name for name in cited.difference(told) if known.get(name) is not None}
