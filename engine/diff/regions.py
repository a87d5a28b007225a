"""Edits as one sees them in the graphs: what is gone, added or changed in one place, taken together.

In: the places of two versions, and their flows. Out: regions by number, and which of them a pair of places belongs to.
What is gone or added hangs together along its branches, with the place that leads there; places that mean something
else for the same reason, a definition or the attempts that count, are one region, wherever they are.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import FactName
from praxe.engine.diff.matching import content
from praxe.engine.diff.places import Edited, Pair, Places
from praxe.engine.diff.positions import HOLE
from praxe.engine.graph import Call, Decision, Return, Start
from praxe.engine.prove.flow import Flow

Key = tuple[int, int]  # the version, and the number of a node


@dataclass(frozen=True, slots=True, kw_only=True)
class Region:
    """Nodes of both versions that most likely one edit made different."""

    old: frozenset[int]
    new: frozenset[int]
    shown: Edited  # that tell the edit best
    definitions: tuple[FactName, ...]  # through which the nodes mean something else

    @property
    def sides(self) -> tuple[frozenset[int], frozenset[int]]:
        """The nodes of either version."""
        return self.old, self.new


class Regions:
    """Knows the regions of two versions."""

    def __init__(
        self,
        places: Places,
        flows: tuple[Flow, Flow],
        definitions_of: Callable[[Pair], tuple[FactName, ...]],
        reasons_of: Callable[[Pair], Iterable[Hashable]],
    ) -> None:
        """Find them.

        Args:
            definitions_of: tells through which definitions a pair of places means something else.
            reasons_of: tells why a pair of places means something else although the same is written there.
        """
        self._flows = flows
        self._places = places
        self._edited = tuple(places.edited())
        self._definitions_of = definitions_of
        self._reasons_of = reasons_of
        together = tuple(self._together())
        self.all: Sequence[Region] = tuple(map(self._region, together))
        self._region_of = {
            key: number for number, parts in enumerate(together) for each in parts for key in _keys(each)
        }

    def of(self, pair: Pair) -> frozenset[int]:
        """Return the regions of what is written otherwise at two places: of one place, if the other is another one."""
        if HOLE in pair:
            return frozenset()
        keys = [(version, position[-1]) for version, position in enumerate(pair)]
        if not self._places.is_same(pair):
            keys = [key for key, is_alone in zip(keys, self._places.is_alone(pair), strict=True) if is_alone]
        return frozenset(self._region_of[key] for key in keys if key in self._region_of)

    def _together(self) -> Iterator[list[Edited]]:
        """Yield what belongs together, in the order of the nodes."""
        edited_at: dict[Key, Edited] = {key: each for each in self._edited for key in _keys(each)}
        beside: dict[Hashable, list[Hashable]] = {}
        for one, other in self._links(edited_at):
            beside.setdefault(one, []).append(other)
            beside.setdefault(other, []).append(one)
        seen: set[Hashable] = set()
        for each in self._edited:
            found: list[Edited] = []
            stack: list[Hashable] = [each]
            while stack:
                if (one := stack.pop()) not in seen:
                    seen.add(one)
                    found += [one] if isinstance(one, Edited) else []
                    stack += beside.get(one, ())
            if found:
                yield found

    def _links(self, edited_at: dict[Key, Edited]) -> Iterator[tuple[Hashable, Hashable]]:
        for (version, number), each in edited_at.items():
            node = self._flows[version].nodes[number]
            yield each, (version, type(node), node.span)  # one text, gone through again for each item of a set
            if each.is_changed and not self._is_rewritten(each):
                back = self._return_to(version, number)
                if back is None or (version, back) not in edited_at:
                    continue
                yield each, edited_at[version, back]  # who is called comes back now, or no longer
            for target in self._flows[version].targets[number]:
                follower = edited_at.get((version, target))
                if follower is not None and follower.is_alone:
                    yield each, follower
        for each in self._edited:
            if each.old is None or each.new is None:
                continue
            is_apart = each.is_changed and not self._is_rewritten(each)
            for targets in () if is_apart else self._places.led_elsewhere(each.old, each.new):
                after = [edited_at.get(target) for target in enumerate(targets)]
                is_moved = self._places.is_there_twice(*targets)
                yield from ((each, one) for one in after if one is not None and (is_moved or not one.is_changed))
            for reason in self._reasons_of(((each.old,), (each.new,))) if each.is_changed else ():
                yield each, reason
        yield from self._exchanged()

    def _exchanged(self) -> Iterator[tuple[Hashable, Hashable]]:
        """Yield places of which one leads now where the other led before."""
        led: dict[int, list[Edited]] = {}
        leading: dict[int, list[Edited]] = {}
        for each in self._edited:
            if each.old is not None and each.new is not None:
                for old, new in self._places.led_elsewhere(each.old, each.new):
                    leading.setdefault(new, []).append(each)
                    if (again := self._places.again(old)) is not None:
                        led.setdefault(again, []).append(each)
        yield from ((one, other) for number in led for one in led[number] for other in leading.get(number, ()))

    def _region(self, parts: Collection[Edited]) -> Region:
        shown = min(parts, key=self._rank)
        if shown.is_alone:  # with what stands in its place
            seen = [
                each for each in parts if self._rank(each)[0] == self._rank(shown)[0]
            ]  # no mere return beside a step
            gone, added = ([each for each in seen if each[version] is None] for version in (1, 0))
            shown = Edited(
                min(gone, key=self._rank).old if gone else None, min(added, key=self._rank).new if added else None
            )
        itself = list(filter(self._is_itself, parts)) or parts
        return Region(
            old=frozenset(each.old for each in itself if each.old is not None),
            new=frozenset(each.new for each in itself if each.new is not None),
            shown=shown,
            definitions=self._definitions_at(shown),
        )

    def _rank(self, each: Edited) -> tuple[bool, bool, tuple[str, int, int]]:
        """Return how well a place tells an edit: itself rather than what leads there; the first in the text."""
        version, number = (1, each.new) if each.new is not None else (0, each.old)
        assert number is not None  # INVARIANT: one version has it
        node = self._flows[version].nodes[number]
        where = (node.span.path, node.span.line, node.span.column)
        return isinstance(node, Start | Return), not self._is_itself(each), where

    def _is_itself(self, each: Edited) -> bool:
        """Return whether a place is another one itself: not only what follows it, or how a call comes back."""
        if each.old is None or each.new is None:
            return True
        return each.is_changed and not isinstance(self._flows[1].nodes[each.new], Call)

    def _return_to(self, version: int, number: int) -> int | None:
        """Return the node at which what is called at a node comes back."""
        flow = self._flows[version]
        return None if flow.callees[number] is None else flow.return_of(flow.procedure_of[number])

    def _is_rewritten(self, each: Edited) -> bool:
        """Return whether a place was a condition and is another, so that what follows may be new too."""
        if each.old is None or each.new is None:
            return False
        one, other = self._flows[0].nodes[each.old], self._flows[1].nodes[each.new]
        return isinstance(one, Decision) and content(one) != content(other)

    def _definitions_at(self, each: Edited) -> tuple[FactName, ...]:
        if each.old is None or each.new is None or not each.is_changed:
            return ()
        return self._definitions_of(((each.old,), (each.new,)))


def _keys(each: Edited) -> Iterator[Key]:
    for version, number in enumerate((each.old, each.new)):
        if number is not None:
            yield version, number
