"""Whom each version accepts: the cases that break none of its terms.

In: the terms of two versions, and the space of their comparison. Out: the cases that both accept, which are compared;
and for each term of one version the cases that it refuses though the other version decides them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from praxe.dsl.vocabulary import Assumption
from praxe.engine.diff.records import ChangeKind
from praxe.engine.diff.terms import Term
from praxe.engine.prove.diagrams import NO_CASE, Diagrams
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.truth import ALWAYS, Truth


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnedAway:
    """Cases that one version decides and the other refuses."""

    kind: ChangeKind  # who refuses them: REFUSED the new version, ACCEPTED the old one
    term: Term
    cases: int
    alone: int  # those that no other term of that version refuses
    broken: int  # all cases that break the term


class Accepted:
    """The cases that each of two versions accepts."""

    def __init__(
        self, terms: tuple[Sequence[Term], Sequence[Term]], meanings: Sequence[Meaning], diagrams: Diagrams
    ) -> None:
        self._terms = terms
        self._diagrams = diagrams
        self._truths = [
            [_truths(meaning, each.assumption) for each in own] for meaning, own in zip(meanings, terms, strict=True)
        ]
        self.by_version = tuple(diagrams.all_of(self._kept(*each) for each in truths) for truths in self._truths)
        self.by_both = diagrams.both(*self.by_version)
        self.by_any = diagrams.either(*self.by_version)

    def turned_away(self) -> Iterator[TurnedAway]:
        """Yield for each term that one version alone has whom it refuses of those that the other decides."""
        for version, kind in ((1, ChangeKind.REFUSED), (0, ChangeKind.ACCEPTED)):
            others = self._truths[1 - version]
            for term, truths in zip(self._terms[version], self._truths[version], strict=True):
                when, then = truths
                broken = self._diagrams.both(when.yes, then.no)
                cases = self._diagrams.both(self.by_version[1 - version], broken)
                if cases != NO_CASE and truths not in others:  # sets may be too wide: of one term they are it alike
                    besides = [self._kept(*each) for each in self._truths[version] if each != truths]
                    alone = self._diagrams.all_of([cases, *besides])
                    yield TurnedAway(kind=kind, term=term, cases=cases, alone=alone, broken=broken)

    def _kept(self, when: Truth, then: Truth) -> int:
        """Return the cases that do not break a term: never too few, also where its conditions have no answer."""
        without = self._diagrams.without
        return self._diagrams.any_of([when.no, then.yes, without(when.yes), without(then.no)])


def _truths(meaning: Meaning, assumption: Assumption) -> tuple[Truth, Truth]:
    when = ALWAYS if assumption.when is None else meaning.truth(assumption.when)
    return when, meaning.truth(assumption.then)
