"""Waits and retries that can only end one way.

In: what every possible case reaches. Out: findings, true of every case: a wait for what is settled already, a retry
that cannot succeed; and those of which no case at hand shows that they can end in some way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import itemgetter

from praxe.dsl.source import Span
from praxe.dsl.tree import FactName
from praxe.engine.graph import Decision, GraphNode, Question, Retry, Wait
from praxe.engine.prove.authors_words import possible_text
from praxe.engine.prove.confirmed import AtHand, left_open
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.order import groups_later
from praxe.engine.prove.proofs import Proofs


def settled_events(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the waits and retries whose fact is known already, or of which one end never comes."""
    events = _events(proofs)
    settled = _settled(proofs, events)
    at_hand = AtHand(proofs)
    open_ends: set[tuple[Span, str]] = set()
    doubtful: dict[tuple[Span, str], None] = {}
    found: dict[tuple[Span, str], ProofFinding] = {}
    for number, node in events:
        here = proofs.whole.at[number]
        if number in settled:
            found.setdefault((node.span, ""), _told(proofs, node, here))
        else:
            open_ends.add((node.span, ""))
        for edge in proofs.flow.edges[number]:
            key = (node.span, edge.branch.key)
            coming = proofs.diagrams.both(here, edge.cases)
            if at_hand.has(coming):
                open_ends.add(key)
            elif coming:
                doubtful.setdefault(key)
            else:
                found.setdefault(key, _told(proofs, node, here, end=f"@{edge.branch.kind.value}"))
    told: set[Span] = set()
    for key, finding in found.items():
        if key not in open_ends and key not in doubtful and key[0] not in told:
            told.add(key[0])
            yield finding
    for key in doubtful:
        if key not in open_ends and key[0] not in told:
            told.add(key[0])
            yield left_open(Check.EVENTS, "PX418", key[0])


def _told(proofs: Proofs, node: Retry | Wait, here: int, **args: str) -> ProofFinding:
    known = possible_text(proofs, here, [node.fact]) or f"`{node.fact}`"
    code = "PX418" if isinstance(node, Wait) else "PX419"
    return of_every_case(Check.EVENTS, code, node.span, known=known, **args)


def _events(proofs: Proofs) -> list[tuple[int, Retry | Wait]]:
    """Return the waits and retries that some case gets to."""
    found: list[tuple[int, Retry | Wait]] = [*proofs.flow.nodes_of(Retry), *proofs.flow.nodes_of(Wait)]
    return sorted([each for each in found if proofs.whole.at[each[0]]], key=itemgetter(0))


def _settled(proofs: Proofs, events: Sequence[tuple[int, Retry | Wait]]) -> set[int]:
    """Return the waits and retries whose fact every case knows already: none gets there without having been told."""
    flow, at = proofs.flow, proofs.whole.at
    wanted: dict[tuple[FactName, int], list[int]] = {}
    for number, node in events:
        wanted.setdefault((node.fact, _attempts(proofs, node.fact, node)), []).append(number)
    if not wanted:
        return set()
    tellers: dict[FactName, list[tuple[int, int]]] = {}
    for number, teller in enumerate(flow.nodes):
        for fact in _facts_told(teller) if at[number] else ():
            tellers.setdefault(fact, []).append((number, _attempts(proofs, fact, teller)))
    later = groups_later(flow, {each: 1 << place for place, some in enumerate(wanted.values()) for each in some})
    found: set[int] = set()
    for place, ((fact, attempts), numbers) in enumerate(wanted.items()):
        telling = [number for number, made in tellers[fact] if made >= attempts]
        if any(later[number] >> place & 1 for number in telling):
            untold = proofs.reached(proofs.possible, telling).at
            found |= {number for number in numbers if not untold[number]}
    return found


def _facts_told(node: GraphNode) -> Sequence[FactName]:
    """Return what whoever passes a node has to know; of several facts of a condition perhaps only some."""
    match node:
        case Question(fact=fact) | Wait(fact=fact) | Retry(fact=fact) | Decision(facts=(fact,)):
            return (fact,)
        case _:
            return ()


def _attempts(proofs: Proofs, fact: FactName, node: GraphNode) -> int:
    """Return after how many attempts a node knows a fact: a retry with more of them than before may still succeed."""
    return node.attempts if isinstance(node, Retry) else proofs.policy.attempts.get(fact, 1)
