"""Parts of two versions led through together, from all procedures that cases begin with.

In: parts of two versions. Out: where they part, what is asked otherwise, and which closed procedures would have to be
open to tell.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.accepted import Accepted
from praxe.engine.diff.ends import Ended, ended_otherwise
from praxe.engine.diff.part import Opening, Parts
from praxe.engine.diff.parting import Parting, Walker
from praxe.engine.diff.places import Pair
from praxe.engine.diff.questions import asked_otherwise
from praxe.engine.diff.reads import may_read
from praxe.engine.diff.records import Begin
from praxe.engine.graph import End, Gap
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.space import Space


@dataclass(frozen=True, slots=True, kw_only=True)
class Parted:
    """Where cases that begin with one procedure part."""

    start: Begin
    partings: Sequence[Parting]
    behind: Sequence[Parting]  # of cases that have parted before
    lost: Sequence[tuple[Pair, int]]  # where cases that have parted could not be compared any more
    ended: int | None  # the cases of `partings` that come to another end; None: too much to tell
    differ: int | None  # the cases in which one version may ask what the other does not; None: too much to tell


class Together:
    """Two versions in one space, walked in step."""

    def __init__(self, parts: Parts, starts: Sequence[Begin], *, most: int, is_read_alike: bool) -> None:
        """Walk.

        Args:
            most: pairs of places beyond which the walk is given up.
            is_read_alike: whether every fact, given or derived, is the same in both versions.
        """
        self.space = Space(parts.old, parts.new, common=parts.common)
        before = Flow(parts.old, self.space, self.space.meanings[0])
        definitions = parts.old.checked.definitions, parts.new.checked.definitions
        is_meant_alike = is_read_alike and definitions[0].keys() >= definitions[1].keys()
        meaning = self.space.meanings[0 if is_meant_alike else 1]  # what it knows of a condition is not found out again
        after = Flow(parts.new, self.space, meaning, like=before, common=parts.common)
        self.flows = (before, after)
        self.walker = Walker(before, after, most=most, starts=starts, common=parts.common, closed=parts.closed)
        self.accepted = Accepted(parts.terms, (self.space.meanings[0], meaning), self.space.diagrams)
        self.starts = starts
        self._closed = parts.closed
        self._asked: dict[Begin, int | None] = {}
        self._suspects: dict[Begin, frozenset[FactName]] = {}  # facts that only one version may read
        self._partings: dict[Begin, tuple[Sequence[Parting], Sequence[Parting]]] = {}
        self._lost: dict[Begin, Sequence[tuple[Pair, int]]] = {}
        self._ended: dict[Begin, Ended | None] = {}
        for start in starts:
            partings = list(self.walker.partings(start, self.accepted.by_both))
            self._suspects[start] = frozenset(self.walker.suspects)
            self._partings[start] = (partings, [] if self.walker.wanted else self._behind(partings))
            self._lost[start] = tuple(self.walker.lost)
            is_whole = not self.walker.wanted
            self._ended[start] = self._ended_otherwise(start, partings) if is_whole else None

    @property
    def is_exact(self) -> bool:
        """Whether all cases were led through."""
        return self.walker.is_exact

    def parted(self) -> Sequence[Parted]:
        """Return where cases part. INVARIANT: nothing is `wanted` any more."""
        return [
            Parted(
                start=start,
                partings=partings,
                behind=behind,
                lost=self._lost[start],
                ended=ended and ended.otherwise,
                differ=self._asked[start],
            )
            for start, (partings, behind) in self._partings.items()
            for ended in (self._ended[start],)
        ]

    def wanted(self, opening: Opening) -> Collection[ProcedureName]:
        """Return which closed procedures have to be open to tell what differs; none if all is known."""
        if not self._closed:
            self._asked = {start: _cases(self._asked_otherwise(start)) for start in self._partings}
            return ()
        suspects = frozenset().union(*self._suspects.values())
        found = {*self.walker.wanted}
        if not found and (passing := frozenset().union(*(each.passing for each in self._ended.values() if each))):
            found |= {*opening.where(passing, lambda node: isinstance(node, End | Gap))}
        if not self.walker.wanted and suspects:
            definitions = self.flows[1].policy.checked.definitions
            found |= {*opening.where(self._closed, lambda node: may_read(node, suspects, definitions))}
        for start in () if found else self._partings:
            differ = self._asked_otherwise(start)
            if isinstance(differ, frozenset):
                found |= differ
            else:
                self._asked[start] = differ
        return found

    def _behind(self, partings: Sequence[Parting]) -> Sequence[Parting]:
        return list(self.walker.partings_behind(partings))

    def _ended_otherwise(self, start: Begin, partings: Sequence[Parting]) -> Ended | None:
        return ended_otherwise(self.flows, self.walker.alike, start, partings, self._closed)

    def _asked_otherwise(self, start: Begin) -> int | frozenset[ProcedureName] | None:
        differ = asked_otherwise(self.flows, self.walker.alike, start, self._suspects[start], self._closed)
        return self.space.diagrams.both(differ, self.accepted.by_both) if isinstance(differ, int) else differ


def _cases(found: int | frozenset[ProcedureName] | None) -> int | None:
    assert not isinstance(found, frozenset)  # INVARIANT: without closed procedures none is wanted
    return found
