"""Which whole cases pass which node, of those that begin with one procedure.

In: what happens inside each procedure, and the cases that begin. Out: for each node the cases that pass it, nothing
forgotten: those that enter its procedure, as far as they get to the node. Only what is asked for is put together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Final

from praxe.dsl.tree import ProcedureName
from praxe.engine.prove.by_axis import Excluded
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, TooManyTestsError
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.inside import Inside

TESTS_PER_NODE: Final = 20  # that all the sets of cases that enter procedures may take
TESTS_FOR_ALL: Final = 20_000  # and these besides


class Passing:
    """The possible cases that pass each node, from one start."""

    def __init__(self, flow: Flow, within: Inside, start: ProcedureName, cases: int) -> None:
        """Prepare; `cases` are those that begin with `start`."""
        self._flow = flow
        self._within = within
        self._start = start
        self._cases = cases
        self._share: dict[ProcedureName, bool] = {}

    def __getitem__(self, number: int) -> int:
        """Return the cases that pass a node.

        Raises:
            TooManyTestsError: they take too much room.
        """
        inside = self._within.at[number]
        name = self._flow.nodes[number].procedure
        return self._flow.diagrams.both(self.entering(name), inside) if inside else NO_CASE

    def entering(self, name: ProcedureName) -> int:
        """Return the cases that enter a procedure.

        Raises:
            TooManyTestsError: they take too much room, or the procedure does.
        """
        found = self._entering.get(name, NO_CASE)
        if found is None or (found and name in self._within.too_large):
            raise TooManyTestsError
        return found

    def apart(self, number: int) -> tuple[int, int]:
        """Return two sets that have in common just the cases that pass a node, and no axis; the second may be all.

        Raises:
            TooManyTestsError: they take too much room.
        """
        name, inside = self._flow.nodes[number].procedure, self._within.at[number]
        entering = self.entering(name)
        if self._shares_axes(name):
            return self._flow.diagrams.both(entering, inside), EVERY_CASE
        return (inside, entering) if inside and entering else (NO_CASE, EVERY_CASE)

    def along(self, number: int, axis: int) -> int:
        """Return the cases that pass a node, with everything forgotten but one axis.

        Raises:
            TooManyTestsError: they take too much room.
        """
        inside, besides = self.apart(number)
        found = self._flow.diagrams.along(inside, axis)
        return self._flow.diagrams.along(besides, axis) if found == EVERY_CASE else found

    def excluded(
        self, name: ProcedureName, sets: Collection[int], excluded: Excluded
    ) -> Sequence[Mapping[int, int] | None]:
        """Return, for some sets inside a procedure, the classes (bits) of each axis that none of their cases is in.

        These are the cases that enter it too; None where there are none.

        Raises:
            TooManyTestsError: they take too much room.
        """
        entering = self.entering(name)
        if entering == NO_CASE:
            return [None] * len(sets)
        if self._shares_axes(name):
            both = self._flow.diagrams.both
            return [excluded[cases] if (cases := both(entering, each)) else None for each in sets]
        besides = excluded[entering]
        return [{**excluded[each], **besides} if besides else excluded[each] for each in sets]

    def any_of(self, numbers: Iterable[int]) -> int:
        """Return the cases that pass any of some nodes.

        Raises:
            TooManyTestsError: they take too much room.
        """
        diagrams = self._flow.diagrams
        members: dict[ProcedureName, list[int]] = {}
        for number in numbers:
            members.setdefault(self._flow.nodes[number].procedure, []).append(number)
        whole = NO_CASE
        for name, each in members.items():
            here = self.entering(name)
            if here:
                whole = diagrams.either(whole, diagrams.both(here, diagrams.any_of(self._within.at[n] for n in each)))
        return whole

    def _shares_axes(self, name: ProcedureName) -> bool:
        """Return whether what is read in a procedure tells apart the cases that enter it, too."""
        if name not in self._share:
            self._share[name] = bool(self._flow.diagrams.reads[self.entering(name)] & self._flow.read_in[name])
        return self._share[name]

    @cached_property
    def _entering(self) -> dict[ProcedureName, int | None]:
        """For each procedure that is entered the cases that enter it; None where they take too much room."""
        flow, diagrams = self._flow, self._flow.diagrams
        found: dict[ProcedureName, int | None] = {}
        coming: dict[ProcedureName, list[int]] = {self._start: [self._cases]}  # from each call
        unknown: set[ProcedureName] = set()
        left = len(diagrams) + TESTS_PER_NODE * len(flow.nodes) + TESTS_FOR_ALL
        for name in flow.order:  # callers come first
            if name not in coming and name not in unknown:
                continue
            try:
                if name in unknown:
                    raise TooManyTestsError
                with diagrams.room(left - len(diagrams)):
                    here: int | None = diagrams.any_of(coming[name])
                    for number in self._calls(name) if here else ():
                        entering = diagrams.both(here or NO_CASE, self._within.at[number])
                        coming.setdefault(flow.procedure_of[number], []).append(entering)
            except TooManyTestsError:
                here = None
            if here is None or name in self._within.too_large:
                unknown.update(flow.procedure_of[number] for number in self._calls(name))
            found[name] = here
        return found

    def _calls(self, name: ProcedureName) -> list[int]:
        """Return the calls of a procedure that some case gets to."""
        is_open = name in self._within.too_large
        lane, callees = self._flow.lanes[name], self._flow.callees
        return [each for each in lane if callees[each] is not None and (is_open or self._within.at[each])]
