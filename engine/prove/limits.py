"""One action under two limits: here up to 15 days, there up to 20.

In: the cases that pass each place where an action is done. Out: for each action done in two places whose cases end at
different limits of the same number, the smallest case between the two. It may be meant; then the lines should say why.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import reduce
from itertools import pairwise
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.by_axis import Excluded, shared
from praxe.engine.prove.diagrams import TooManyTestsError
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Verdict, Why, unknown
from praxe.engine.prove.walked import passes
from praxe.engine.prove.witness import answer_among

MOST_TESTS: Final = 2_000_000  # that may be made for one action


def differing_places(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the actions that two places do up to, or from, different numbers."""
    axes = enumerate(proofs.space.axes)
    ordered = [number for number, axis in axes if axis.begins and axis.kind is AxisKind.FACT]
    excluded = Excluded(proofs.diagrams, ordered)
    for action in proofs.policy.vocabulary.actions:
        places = [each for each in proofs.doing(action) if proofs.whole.at[each]]
        if not ordered or len(places) < 2:
            continue
        try:
            if proofs.passing is None:
                raise TooManyTestsError
            with proofs.diagrams.room(MOST_TESTS):
                found = list(_of_action(proofs, list(proofs.passing.values()), action, places, excluded))
        except TooManyTestsError:
            answer = unknown(Why.TOO_LARGE)
            found = [of_a_case(Check.CLASHES, "PX425", proofs.flow.nodes[places[0]].span, answer)]
        yield from found


def _of_action(
    proofs: Proofs, passing: Sequence[Passing], action: str, places: Sequence[int], excluded: Excluded
) -> Iterator[ProofFinding]:
    by_number: dict[int, dict[int, int]] = {}  # number -> classes that a place excludes -> the first such place
    for name, different in _different(proofs, places).items():
        each_start = [each.excluded(name, different, excluded) for each in passing]
        for place, *told in zip(different.values(), *each_start, strict=True):
            for number, classes in _by_all(told).items():
                by_number.setdefault(number, {}).setdefault(classes, place)
    never = excluded[proofs.possible] if by_number else {}
    for number, limits in sorted(by_number.items()):
        found = _apart(proofs.diagrams.sizes[number], limits, never.get(number, 0))
        if found is not None:
            yield _told(proofs, passing, action, number, *found)


def _different(proofs: Proofs, places: Sequence[int]) -> Mapping[ProcedureName, Mapping[int, int]]:
    """Return, for each procedure, the sets of cases that get to the places in it, each with the first such place."""
    different: dict[ProcedureName, dict[int, int]] = {}
    nodes, inside = proofs.flow.nodes, proofs.inside.at
    for place in places:
        different.setdefault(nodes[place].procedure, {}).setdefault(inside[place], place)
    return different


def _by_all(found: Sequence[Mapping[int, int] | None]) -> Mapping[int, int]:
    """Return what is excluded of all sets, of those that have a case."""
    if len(found) == 1:  # as mostly
        return found[0] or {}
    some = [each for each in found if each is not None]
    return reduce(shared, some) if some else {}


def is_limit(parts: Sequence[int]) -> bool:
    """Return whether classes in order are told apart just once: all below a number, or all above it."""
    return sum([one != other for one, other in pairwise(parts)]) == 1


def possible_parts(proofs: Proofs, limit: int, number: int) -> Sequence[int]:
    """Return which classes of one number are in a set that depends on it alone, of those that are possible at all."""
    diagrams = proofs.diagrams
    every = diagrams.along(proofs.possible, number)
    here, possible = (diagrams.parts[each] if each > 1 else (each,) * diagrams.sizes[number] for each in (limit, every))
    return [each for each, is_possible in zip(here, possible, strict=True) if is_possible]


def _apart(size: int, limits: Mapping[int, int], never: int) -> tuple[int, int] | None:
    """Return two places with different limits of one number of so many classes, the one that goes further first.

    Args:
        limits: the classes (bits) that a place excludes, and the place.
        never: the classes that no case has at all.
    """
    if len(limits) == 1:
        return None
    possible = [each for each in range(size) if not never >> each & 1]
    below: dict[bool, int] = {}  # whether a place goes up to its limit or from it on: the first such
    for classes in sorted(limits):
        parts = [classes >> each & 1 for each in possible]
        if is_limit(parts):
            other = below.setdefault(parts[0] == 0, classes)
            if other != classes:
                return _further(limits, classes, other)
    return None


def _further(limits: Mapping[int, int], one: int, other: int) -> tuple[int, int]:
    """Return the place that excludes less first."""
    return (limits[other], limits[one]) if one & ~other else (limits[one], limits[other])


def _told(
    proofs: Proofs, passing: Sequence[Passing], action: str, number: int, further: int, nearer: int
) -> ProofFinding:
    diagrams, nodes = proofs.diagrams, proofs.flow.nodes
    limit = reduce(diagrams.either, (each.along(nearer, number) for each in passing))
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
