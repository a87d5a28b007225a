"""Which unknown facts change the result: found out by trying, while the cases are few.

In: a place where a walk stands still, and what is known. Out: every course the case can still take, one for each group
of answers that share it; and the facts of which one answer leads to another result than another, all else being equal.
Exact, but given up (None) beyond `MOST_LEAVES` courses, and where a number, date or text is used in more than
comparisons with fixed values, so that no few answers stand for all. Then `relevance` has the last word: it may take a
fact to matter that does not, never the other way round.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from itertools import combinations
from typing import Final

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import FactName
from praxe.engine.follow import advance
from praxe.engine.observe import course
from praxe.engine.program import Program, Spot, Way
from praxe.engine.values import Known

MOST_LEAVES: Final = 64


@record(kw_only=False)
class Leaf(RecordBase):
    """One course a case can still take."""

    answers: Known  # by which it takes this course, whatever the answers to other facts
    result: tuple[Hashable, ...]


@record(kw_only=False)
class _Fork(RecordBase):
    spot: Spot
    picks: Sequence[Way]
    calls: Sequence[Way | None]
    answers: Known


def explore(
    program: Program, spot: Spot, calls: Sequence[Way | None], known: Known, given: Known | None = None
) -> Sequence[Leaf] | None:
    """Return every course from `spot` on, or None when they are too many to try.

    Args:
        given: what is known, if `known` holds also answers that make no difference: `pergunte` asks for those.
    """
    told = known if given is None else given
    leaves: list[Leaf] = []
    forks = [_Fork(spot, (), calls, {})]
    while forks:
        fork = forks.pop()
        here = program.evaluator.with_answers(known, fork.answers)
        picks, under_way = list(fork.picks), list(fork.calls)
        end = advance(fork.spot, here, picks, under_way)
        lacking = program.lacking(end, here)
        if not lacking:
            leaves.append(Leaf(fork.answers, course(spot, picks, calls, here, told)))
        else:
            answers = program.answers.of(lacking[0], known, here)
            if answers is None:
                return None
            forks += (_Fork(end, picks, under_way, {**fork.answers, lacking[0]: each}) for each in reversed(answers))
        if len(leaves) + len(forks) > MOST_LEAVES:
            return None
    return leaves


def facts_that_matter(
    program: Program, known: Known, leaves: Sequence[Leaf], first: Iterable[FactName]
) -> tuple[FactName, ...]:
    """Return the facts of which some answer changes the result, those in `first` before all others.

    Two courses whose answers clash on one fact only are those of two cases that are alike in all else. Where
    assumptions tie facts to each other, such cases may be impossible: then those count that can only change together.
    """
    apart = [
        _apart(program, known, one.answers, other.answers)
        for one, other in combinations(leaves, 2)
        if one.result != other.result
    ]
    least = {each for each in apart if len(each) == 1}
    for each in sorted({each for each in apart if len(each) > 1}, key=len):
        if not any(smaller <= each for smaller in least):
            least.add(each)
    found = frozenset().union(*least)
    order = [*first, *(name for leaf in leaves for name in leaf.answers)]
    return tuple(name for name in dict.fromkeys(order) if name in found)


def _apart(program: Program, known: Known, one: Known, other: Known) -> frozenset[FactName]:
    """Return the facts by which the cases of two courses differ, when they are as alike as they can be."""
    clashes = frozenset(_clashes(one, other))
    tied = program.answers.tied
    if not tied:
        return clashes
    alike = ({**other, **one}, {**one, **other})
    if all(program.answers.fits(program.evaluator.with_answers(known, each)) for each in alike):
        return clashes
    return clashes | tied.intersection(one.keys() | other.keys())


def _clashes(one: Known, other: Known) -> list[FactName]:
    return [name for name, answer in one.items() if name in other and other[name] != answer]
