"""Assumptions that contradict each other: with them nothing could happen, and everything would seem proved.

In: the assumptions of a policy. Out: a finding for the first that leaves no case, with those it clashes with; or, where
days or numbers are reckoned with in ways that sets of cases only approach, and no case was found, the open question.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.diagnostics import Related
from praxe.engine.prove.confirmed import has_case
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case, of_every_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Why, unknown


def contradicting_assumptions(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the assumption with which no case is left, if there is one."""
    left = proofs.coherent
    earlier: list[int] = []
    assumptions = proofs.policy.checked.assumptions
    for each in assumptions:
        admitted = proofs.admitted(each)
        if proofs.diagrams.both(left, admitted) == NO_CASE:
            needed = _needed(proofs, [*earlier, admitted], left=proofs.coherent)
            related = [Related(assumptions[place].span, "first") for place in needed if place < len(earlier)]
            yield of_every_case(Check.ASSUMPTIONS, "PX403", each.span, *related)
            return
        left = proofs.diagrams.both(left, admitted)
        earlier.append(admitted)
    if assumptions and not has_case(proofs, left):
        yield of_a_case(Check.ASSUMPTIONS, "PX403", assumptions[-1].span, unknown(Why.NO_FACTS))


def _needed(proofs: Proofs, sets: list[int], *, left: int) -> list[int]:
    """Return the places of sets that already have no case in common, none of which could be left out."""
    places = list(range(len(sets)))
    for place in list(places):
        rest = [each for each in places if each != place]
        if proofs.diagrams.all_of([left, *(sets[each] for each in rest)]) == NO_CASE:
            places = rest
    return places
