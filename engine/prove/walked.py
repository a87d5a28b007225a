"""Where a walk went, without putting it into words.

In: a decision, or a walk and what was known. Out: the nodes it passed, and the facts that its trace would cite.
"""

from __future__ import annotations

from praxe.dsl.tree import FactName
from praxe.engine.decision import Decision
from praxe.engine.evidence import evidence
from praxe.engine.follow import visits
from praxe.engine.graph import Call, End, Gap, NodeId, Return, Start, Step
from praxe.engine.graph import Decision as Test
from praxe.engine.policy import Policy
from praxe.engine.program import Spot, Way
from praxe.engine.trace import visit_of
from praxe.engine.values import Known
from praxe.engine.walk import Arrival, Status


def nodes_passed(decision: Decision) -> list[NodeId]:
    """Return the nodes of a walk, in order."""
    start = decision.policy.program.starts[decision.policy.procedure(decision.start)]
    return [spot.node.id for spot, _ in visits(start, decision.arrival.picks)]


def passes(decision: Decision, node: str) -> bool:
    """Return whether a walk passed a node."""
    start = decision.policy.program.starts[decision.policy.procedure(decision.start)]
    return any(spot.node.id == node for spot, _ in visits(start, decision.arrival.picks))


def spots_passed(start: Spot, arrival: Arrival) -> list[Spot]:
    """Return where a walk from `start` went."""
    return [spot for spot, _ in visits(start, arrival.picks)]


def facts_cited(policy: Policy, arrival: Arrival, known: Known) -> set[FactName]:
    """Return the facts that decided each way of a walk; where it met no answer, all that were read there."""
    checked, evaluator = policy.checked, policy.program.evaluator
    is_plain = not checked.definitions  # then every test has an answer
    cited: set[FactName] = set()
    ways: list[tuple[Spot, Way | None]] = [(way.source, way) for way in dict.fromkeys(arrival.picks)]
    for spot, way in (*ways, (arrival.spot, None)):
        match spot.node:
            case Test(facts=(fact,)) if way and is_plain:
                cited.add(fact)
            case Test(test=test) if way and (is_plain or spot.leaving(known) is way):
                cited.update(evidence(test, known, evaluator).facts)
            case Start() | Return() | Call() | End() | Gap() | Step(arguments=()):
                continue
            case _:
                is_hole = way is None and arrival.status is Status.GAP
                visit = visit_of(spot, way, known, checked, evaluator, is_hole=is_hole)
                cited.update(map(FactName, visit.facts))
    return {name for name in cited if known.get(name) is not None}
