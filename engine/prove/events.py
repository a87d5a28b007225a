"""Waits and retries that can only end one way.

In: what every possible case reaches. Out: findings, true of every case: a wait for what is settled already, a retry
that cannot succeed.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.source import Span
from praxe.dsl.tree import FactName
from praxe.engine.graph import Decision, Question, Retry, Wait
from praxe.engine.prove.authors_words import possible_text
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.proofs import Proofs


def settled_events(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the waits and retries whose fact is known already, or of which one end never comes."""
    settled = _settled(proofs)
    open_ends: set[tuple[Span, str]] = set()
    found: dict[tuple[Span, str], ProofFinding] = {}
    for number, node in enumerate(proofs.flow.nodes):
        here = proofs.whole.at[number]
        if not here or not isinstance(node, Retry | Wait):
            continue
        if node.fact in settled[number]:
            found.setdefault((node.span, ""), _told(proofs, node, here))
        else:
            open_ends.add((node.span, ""))
        for edge in proofs.flow.edges[number]:
            key = (node.span, edge.branch.key)
            if proofs.diagrams.both(here, edge.cases):
                open_ends.add(key)
            else:
                found.setdefault(key, _told(proofs, node, here, end=f"@{edge.branch.kind.value}"))
    told: set[Span] = set()
    for key, finding in found.items():
        if key not in open_ends and key[0] not in told:
            told.add(key[0])
            yield finding


def _told(proofs: Proofs, node: Retry | Wait, here: int, **args: str) -> ProofFinding:
    known = possible_text(proofs, here, [node.fact]) or f"`{node.fact}`"
    code = "PX418" if isinstance(node, Wait) else "PX419"
    return of_every_case(Check.EVENTS, code, node.span, known=known, **args)


def _settled(proofs: Proofs) -> list[frozenset[FactName]]:
    """Return, for each node, the facts that are known on every way there: some node before has to know them."""
    flow = proofs.flow
    before: list[frozenset[FactName] | None] = [None] * len(flow.nodes)
    for start in proofs.starts:
        before[flow.start_of(start)] = frozenset()
    for number, node in enumerate(flow.nodes):
        here = before[number]
        if here is None or not proofs.whole.at[number]:
            continue
        match node:
            case Question(fact=fact) | Wait(fact=fact) | Retry(fact=fact):
                here |= {fact}
            case Decision(facts=(fact,)):
                here |= {fact}
            case _:
                pass
        entered = flow.callees[number]
        following = [edge.target for edge in flow.edges[number]]
        for target in following if entered is None else [*following, entered]:
            other = before[target]
            before[target] = here if other is None else other & here
    return [each or frozenset() for each in before]
