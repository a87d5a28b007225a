"""One action under two limits: here up to 15 days, there up to 20.

In: the cases that pass each place where an action is done. Out: for each action done in two places whose cases end at
different limits of the same number, the smallest case between the two. It may be meant; then the lines should say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from praxe.dsl.diagnostics import Related
from praxe.engine.decision import Decision
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.proofs import Passing, Proofs
from praxe.engine.prove.witness import answer_among


def differing_places(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the actions that two places do up to, or from, different numbers."""
    wanted = 0
    for number, axis in enumerate(proofs.space.axes):
        if axis.begins and axis.kind is AxisKind.FACT:
            wanted |= 1 << number
    passing = proofs.passing[proofs.starts[0]] if proofs.passing else None
    if passing is None:
        return
    for action in proofs.policy.vocabulary.actions:
        by_number: dict[int, list[int]] = {}
        for place in proofs.doing(action):
            reads = proofs.diagrams.reads[passing[place]] & wanted
            while reads:
                by_number.setdefault(reads.bit_length() - 1, []).append(place)
                reads ^= 1 << (reads.bit_length() - 1)
        for number, places in sorted(by_number.items()):
            found = _apart(proofs, passing, places, number) if len(places) > 1 else None
            if found is not None:
                yield _told(proofs, passing, action, number, *found)


def is_limit(parts: Sequence[int]) -> bool:
    """Return whether classes in order are told apart just once: all below a number, or all above it."""
    return sum(1 for one, other in pairwise(parts) if one != other) == 1


def _apart(proofs: Proofs, passing: Passing, places: Sequence[int], number: int) -> tuple[int, int] | None:
    """Return two places with different limits of one number, the one that goes further first."""
    diagrams = proofs.diagrams
    limits: dict[int, int] = {}
    for place in places:
        limit = diagrams.keep(passing[place], 1 << number)
        if limit > 1 and is_limit(diagrams.parts[limit]):
            limits.setdefault(limit, place)
    for one, other in pairwise(sorted(limits)):
        if diagrams.parts[one][0] == diagrams.parts[other][0]:
            further = one if diagrams.minus(one, other) else other
            return limits[further], limits[other if further == one else one]
    return None


def _told(proofs: Proofs, passing: Passing, action: str, number: int, further: int, nearer: int) -> ProofFinding:
    diagrams, nodes = proofs.diagrams, proofs.flow.nodes
    between = diagrams.minus(passing[further], diagrams.keep(passing[nearer], 1 << number))
    answer = answer_among(proofs, between, _passes(nodes[further].id), proofs.starts[0])
    args = {"action": action, "fact": str(proofs.space.axes[number].fact)}
    if answer.case:
        args["example"] = case_text(proofs.policy, answer.case.facts)
    return of_a_case(Check.CLASHES, "PX425", nodes[further].span, answer, Related(nodes[nearer].span, "first"), **args)


def _passes(node: str) -> Callable[[Decision], bool]:
    return lambda decision: any(visit.node == node for visit in decision.trace)
