"""Whether a fact that is lacking surely matters: found out from what can be seen first, without trying whole cases.

In: a decision whose way is not known, and what is known. Out: the fact that the walk asks for there, where that can be
told quickly. The first fact that is lacking matters if two answers to it, all else being equal, lead to different ways,
and these ways to different things seen first: because they share none (`Firsts`), or because some answers to further
facts show on one way a thing that cannot come first on the other. Then the walk asks for that fact (`settle`).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations, product
from math import prod
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.firsts import seen_of
from praxe.engine.graph import Call, Decision, Question, Return, Start
from praxe.engine.program import Program, Spot, Way
from praxe.engine.values import Known, Value

MOST_TRIED: Final = 256  # combinations of answers to the facts of one decision
MOST_FORKS: Final = 24  # places looked at for a thing that shows


class Witness:
    """Looks at the decisions of one program."""

    def __init__(self, program: Program) -> None:
        self._program = program
        self._firsts = program.firsts
        self._tied = program.answers.tied  # what goes together has to be tried

    def asked(self, spot: Spot, known: Known, *, looks_on: bool) -> FactName | None:
        """Return the fact that is surely asked for at a decision, or None where that cannot be told here.

        Args:
            looks_on: whether facts that are read after the decision are among `known`, as far as there are any.
        """
        if not isinstance(spot.node, Decision):
            return None
        lacking = self._program.lacking(spot, known)
        if not self._tied.isdisjoint(lacking):
            return None
        for one, other, case, contrary in self._pairs(spot, lacking, known):
            if self._firsts.differ(one, other):
                return lacking[0]
            if looks_on and (self._shows(one, other, case) or self._shows(other, one, contrary)):
                return lacking[0]
        return None

    def _pairs(
        self, spot: Spot, lacking: tuple[FactName, ...], known: Known
    ) -> Iterator[tuple[Way, Way, Known, Known]]:
        """Yield two ways that differ by the answer to the first fact only, and the cases that take them."""
        answers = [found for name in lacking if (found := self._program.answers.of(name, known)) is not None]
        if not lacking or len(answers) < len(lacking) or prod(map(len, answers)) > MOST_TRIED:
            return
        own, *others = answers
        for combination in product(*others):
            taken: dict[Way, Known] = {}
            for each in own:
                given: dict[FactName, Value | None] = {**dict(zip(lacking[1:], combination, strict=True))}
                case = self._program.evaluator.with_answers(known, {**given, lacking[0]: each})
                way = spot.leaving(case)
                if way is not None:
                    taken.setdefault(way, case)
            for one, other in combinations(taken, 2):
                yield one, other, taken[one], taken[other]

    def _shows(self, way: Way, other: Way, case: Known) -> bool:
        """Whether in some case like this one something is seen first after `way` that is never first after `other`."""
        never = self._firsts.after(other)
        if never is None:
            return False
        forks = [(way.target, case)]
        for _ in range(MOST_FORKS):
            if not forks:
                return False
            spot, here = forks.pop()
            stop = _run(spot, here)
            if stop is None:
                continue
            lacking = self._program.lacking(stop, here) if isinstance(stop.node, Decision) else ()
            is_free = bool(lacking) and lacking[0] not in self._tied
            answers = self._program.answers.of(lacking[0], here) if is_free else None
            if not lacking:
                if not seen_of(stop) <= never:
                    return True
            elif answers is not None:
                forks += ((stop, self._program.evaluator.with_answers(here, {lacking[0]: each})) for each in answers)
        return False


def _run(spot: Spot, known: Known) -> Spot | None:
    """Return the first spot of which something is seen, or whose way is not known; None at a return."""
    while True:
        node = spot.node
        match node:
            case Start():
                spot = spot.ways[0].target
            case Call():
                assert spot.callee
                spot = spot.callee
            case Return():
                return None
            case Decision() | Question():  # nobody is asked again for what is known
                way = spot.leaving(known)
                if way is None:
                    return spot
                spot = way.target
            case _:
                return spot
