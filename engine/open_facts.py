"""The facts that can still matter, found out when somebody looks.

In: a place where a walk stands still, and what is known. Out: the unknown facts that may be read from there on, without
those of which it is proved, within `MOST_TRIED` places looked at, that they cannot change what follows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.matter import Comparison
from praxe.engine.program import Program, Spot, Way
from praxe.engine.relevance import Outlook
from praxe.engine.settle import explore, facts_that_matter
from praxe.engine.values import Known

MOST_TRIED: Final = 6_000  # places, for all facts together


class OpenFacts:
    """The facts that can still matter at one place of one case."""

    def __init__(
        self,
        program: Program,
        spot: Spot,
        calls: Sequence[Way | None],
        *,
        given: Known,
        known: Known,
        first: tuple[FactName, ...],
    ) -> None:
        """Note where the case stands.

        Args:
            given: what is known, for `pergunte`: nobody is asked for it again.
            known: the same, with answers that make no difference.
            first: the facts that are read there, which come before all others.
        """
        self._program = program
        self._spot = spot
        self._calls = tuple(calls)
        self._given = dict(given)
        self._known = dict(known)
        self._first = first

    @cached_property
    def names(self) -> tuple[FactName, ...]:
        """Their names: those that are read at the place first, then in the order of the graph."""
        leaves = explore(self._program, self._spot, self._calls, self._known, self._given)
        if leaves is None:
            return tuple(self._not_idle())
        return facts_that_matter(self._program, self._known, leaves, first=self._first)

    def _not_idle(self) -> Iterator[FactName]:
        left = MOST_TRIED
        for name in Outlook(self._program, self._known).open_facts(self._spot, self._calls):
            comparison = Comparison(self._program, self._known, name, self._given)
            if left <= 0 or comparison.can_matter(self._spot, self._calls):
                yield name
            left -= comparison.tried

    def __eq__(self, other: object) -> bool:
        return self.names == other.names if isinstance(other, OpenFacts) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.names)
