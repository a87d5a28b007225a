"""One action under two limits: here up to 15 days, there up to 20.

In: the cases that pass each place where an action is done. Out: for each action done in two places whose cases end at
different limits of the same number, the smallest case between the two. It may be meant; then the lines should say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, pairwise
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.diagrams import TooManyTestsError
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Why, unknown
from praxe.engine.prove.walked import passes
from praxe.engine.prove.witness import answer_among

MOST_TESTS: Final = 2_000_000  # that may be made for one action


def differing_places(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the actions that two places do up to, or from, different numbers."""
    wanted = 0
    for number, axis in enumerate(proofs.space.axes):
        if axis.begins and axis.kind is AxisKind.FACT:
            wanted |= 1 << number
    passing = proofs.passing[proofs.starts[0]] if proofs.passing else None
    for action in proofs.policy.vocabulary.actions:
        places = [each for each in proofs.doing(action) if proofs.whole.at[each]]
        if not wanted or len(places) < 2:
            continue
        try:
            if passing is None:
                raise TooManyTestsError
            with proofs.diagrams.room(MOST_TESTS):
                found = list(_of_action(proofs, passing, action, places, wanted))
        except TooManyTestsError:
            answer = unknown(Why.TOO_LARGE)
            found = [of_a_case(Check.CLASHES, "PX425", proofs.flow.nodes[places[0]].span, answer)]
        yield from found


def _of_action(
    proofs: Proofs, passing: Passing, action: str, places: Sequence[int], wanted: int
) -> Iterator[ProofFinding]:
    by_number: dict[int, dict[int, int]] = {}  # number -> limit -> the first place with it
    seen: set[tuple[str, int]] = set()
    numbers: dict[ProcedureName, list[int]] = {}
    are_limits: dict[int, bool] = {}
    for place in places:
        key = passing.key(place)
        if key in seen:
            continue  # the same cases as at a place before
        seen.add(key)
        name = proofs.flow.nodes[place].procedure
        if name not in numbers:
            numbers[name] = list(_bits(passing.axes(name) & wanted))
        for number in numbers[name]:
            limit = passing.along(place, number)
            if limit not in are_limits:
                are_limits[limit] = is_limit(possible_parts(proofs, limit, number))
            if are_limits[limit]:
                by_number.setdefault(number, {}).setdefault(limit, place)
    for number, limits in sorted(by_number.items()):
        found = _apart(proofs, limits, number)
        if found is not None:
            yield _told(proofs, passing, action, number, *found)


def _bits(number: int) -> Iterator[int]:
    while number:
        last = number.bit_length() - 1
        number ^= 1 << last
        yield last


def is_limit(parts: Sequence[int]) -> bool:
    """Return whether classes in order are told apart just once: all below a number, or all above it."""
    return sum(1 for one, other in pairwise(parts) if one != other) == 1


def possible_parts(proofs: Proofs, limit: int, number: int) -> Sequence[int]:
    """Return which classes of one number are in a set that depends on it alone, of those that are possible at all."""
    diagrams = proofs.diagrams
    every = diagrams.along(proofs.possible, number)
    here, possible = (diagrams.parts[each] if each > 1 else (each,) * diagrams.sizes[number] for each in (limit, every))
    return [each for each, is_possible in zip(here, possible, strict=True) if is_possible]


def _apart(proofs: Proofs, limits: Mapping[int, int], number: int) -> tuple[int, int] | None:
    """Return two places with different limits of one number, the one that goes further first."""
    for one, other in combinations(sorted(limits), 2):
        if possible_parts(proofs, one, number)[0] == possible_parts(proofs, other, number)[0]:
            further = one if proofs.diagrams.minus(one, other) else other
            return limits[further], limits[other if further == one else one]
    return None


def _told(proofs: Proofs, passing: Passing, action: str, number: int, further: int, nearer: int) -> ProofFinding:
    diagrams, nodes = proofs.diagrams, proofs.flow.nodes
    inside, besides = passing.apart(further)
    between = diagrams.minus(inside, passing.along(nearer, number))
    answer = answer_among(proofs, between, _passes(nodes[further].id), proofs.starts[0], besides=besides)
    args = {"action": action, "fact": str(proofs.space.axes[number].fact)}
    if answer.case:
        args["example"] = case_text(proofs.policy, answer.case.facts)
    return of_a_case(Check.CLASHES, "PX425", nodes[further].span, answer, Related(nodes[nearer].span, "first"), **args)


def _passes(node: str) -> Callable[[Decision], bool]:
    return lambda decision: passes(decision, node)
