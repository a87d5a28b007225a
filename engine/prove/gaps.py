"""Cases that nobody decided.

In: what every possible case reaches. Out: for each node that leaves some of them without an answer, the smallest such
case, walked. A gap that the author declared (`lacuna`) is an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from praxe.dsl.source import Span
from praxe.engine.decision import Decision
from praxe.engine.graph import Gap
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.witness import answer_for, smaller
from praxe.engine.walk import Status


def undecided_cases(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the places where a case finds no answer."""
    told: set[Span] = set()
    for number in proofs.flow.open_nodes:
        node = proofs.flow.nodes[number]
        left = proofs.diagrams.both(proofs.whole.at[number], proofs.flow.undecided(number))
        if left and node.span not in told:
            told.add(node.span)
            stops = _stops_at(node.id)
            answer = smaller(proofs, answer_for(proofs, proofs.whole, [number], stops, among=left), stops)
            example = case_text(proofs.policy, answer.case.facts) if answer.case else ""
            yield of_a_case(Check.COMPLETENESS, "PX410", node.span, answer, example=example)


def _stops_at(node: str) -> Callable[[Decision], bool]:
    def stops(decision: Decision) -> bool:
        end = decision.arrival.spot.node
        return decision.status is Status.GAP and end.id == node and not isinstance(end, Gap)

    return stops
