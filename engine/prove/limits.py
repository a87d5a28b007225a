"""One action under two limits: here up to 15 days, there up to 20.

In: the cases that pass each place where an action is done. Out: for each action done in two places whose cases end at
different limits of the same number, the smallest case between the two. It may be meant; then the lines should say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import combinations, pairwise
from operator import or_
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.diagrams import EVERY_CASE, TooManyTestsError
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Verdict, Why, unknown
from praxe.engine.prove.walked import passes
from praxe.engine.prove.witness import answer_among

MOST_TESTS: Final = 2_000_000  # that may be made for one action


def differing_places(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the actions that two places do up to, or from, different numbers."""
    wanted = 0
    for number, axis in enumerate(proofs.space.axes):
        if axis.begins and axis.kind is AxisKind.FACT:
            wanted |= 1 << number
    for action in proofs.policy.vocabulary.actions:
        places = [each for each in proofs.doing(action) if proofs.whole.at[each]]
        if not wanted or len(places) < 2:
            continue
        try:
            if proofs.passing is None:
                raise TooManyTestsError
            with proofs.diagrams.room(MOST_TESTS):
                found = list(_of_action(proofs, list(proofs.passing.values()), action, places, wanted))
        except TooManyTestsError:
            answer = unknown(Why.TOO_LARGE)
            found = [of_a_case(Check.CLASHES, "PX425", proofs.flow.nodes[places[0]].span, answer)]
        yield from found


def _of_action(
    proofs: Proofs, passing: Sequence[Passing], action: str, places: Sequence[int], wanted: int
) -> Iterator[ProofFinding]:
    by_number: dict[int, dict[int, int]] = {}  # number -> limit -> the first place with it
    parts_of: dict[int, Sequence[int]] = {}
    for name, some in _different(proofs, passing[0], places):
        axes = reduce(or_, (each.axes(name) for each in passing))
        for number in _bits(axes & wanted):
            first: dict[int, int] = {}
            for place in some:
                first.setdefault(_along(proofs, passing, place, number), place)
            for limit, place in first.items():
                if limit not in parts_of and limit != EVERY_CASE:
                    parts_of[limit] = possible_parts(proofs, limit, number)
                if limit != EVERY_CASE and is_limit(parts_of[limit]):
                    by_number.setdefault(number, {}).setdefault(limit, place)
    for number, limits in sorted(by_number.items()):
        found = _apart(proofs, limits, parts_of)
        if found is not None:
            yield _told(proofs, passing, action, number, *found)


def _along(proofs: Proofs, passing: Sequence[Passing], place: int, number: int) -> int:
    """Return the cases that pass a place, whichever procedure they begin with, by one number alone."""
    return reduce(proofs.diagrams.either, (each.along(place, number) for each in passing))


def _different(
    proofs: Proofs, passing: Passing, places: Sequence[int]
) -> Iterator[tuple[ProcedureName, Sequence[int]]]:
    """Yield the places of each procedure, one of those that the same cases pass."""
    of_procedure: dict[ProcedureName, dict[object, int]] = {}
    for place in places:
        name = proofs.flow.nodes[place].procedure
        of_procedure.setdefault(name, {}).setdefault(passing.key(place), place)
    for name, found in of_procedure.items():
        yield name, list(found.values())


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


def _apart(proofs: Proofs, limits: Mapping[int, int], parts_of: Mapping[int, Sequence[int]]) -> tuple[int, int] | None:
    """Return two places with different limits of one number, the one that goes further first."""
    for one, other in combinations(sorted(limits), 2):
        if parts_of[one][0] == parts_of[other][0]:
            further = one if proofs.diagrams.minus(one, other) else other
            return limits[further], limits[other if further == one else one]
    return None


def _told(
    proofs: Proofs, passing: Sequence[Passing], action: str, number: int, further: int, nearer: int
) -> ProofFinding:
    diagrams, nodes = proofs.diagrams, proofs.flow.nodes
    limit = _along(proofs, passing, nearer, number)
    answers = [
        answer_among(proofs, diagrams.minus(inside, limit), _passes(nodes[further].id), start, besides=besides)
        for start, (inside, besides) in zip(proofs.starts, (each.apart(further) for each in passing), strict=True)
    ]
    answer = max(answers, key=lambda each: (each.case is not None, each.verdict is Verdict.UNKNOWN))
    args = {"action": action, "fact": str(proofs.space.axes[number].fact)}
    if answer.case:
        args["example"] = case_text(proofs.policy, answer.case.facts)
    return of_a_case(Check.CLASHES, "PX425", nodes[further].span, answer, Related(nodes[nearer].span, "first"), **args)


def _passes(node: str) -> Callable[[Decision], bool]:
    return lambda decision: passes(decision, node)
