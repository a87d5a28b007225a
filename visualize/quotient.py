"""What makes one level of a picture a faithful summary of a finer one.

In: the arcs of two graphs, and which card of the coarser one each node of the finer one lies in. Out: nothing, or
`QuotientError`. A coarser graph is a quotient of a finer one when every node lies in a card and every card holds a
node, every arc of the finer graph lies inside one card or in an arc of the coarser one between the same cards, and
every arc of the coarser graph comes from at least one such arc: nothing is left out, nothing is made up.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

Way = tuple[str, str]  # a node, and the key of an arc that leaves it
Arcs = Mapping[Way, str]  # where each arc leads


class QuotientError(ValueError):
    """A coarser picture leaves something out, or shows what the finer one has not."""


@dataclass(frozen=True, slots=True)
class Quotient:
    """How a finer graph lies in a coarser one."""

    card_of: Mapping[str, str]  # node of the finer graph -> node of the coarser one
    way_of: Mapping[Way, Way]  # arc of the finer graph -> arc of the coarser one; absent: inside a card

    def check(self, fine: Arcs, coarse: Arcs, *, cards: frozenset[str]) -> None:
        """Raise QuotientError unless the graph of `cards` and `coarse` is a quotient of that of `fine`."""
        wrong = next(self._wrongs(fine, coarse, cards), None)
        if wrong is not None:
            raise QuotientError(wrong)

    def _wrongs(self, fine: Arcs, coarse: Arcs, cards: frozenset[str]) -> Iterator[str]:
        held = frozenset(self.card_of.values())
        yield from (f"{each} holds nothing" for each in sorted(cards - held))
        yield from (f"{each} is no card" for each in sorted(held - cards))
        for way, target in fine.items():
            ends = self.card_of.get(way[0]), self.card_of.get(target)
            if None in ends:
                yield f"{way[0]} or {target} lies in no card"
            elif way not in self.way_of:
                if ends[0] != ends[1]:
                    yield f"{way} leads from {ends[0]} to {ends[1]}, and no coarser arc does"
            elif self.way_of[way] not in coarse:
                yield f"{self.way_of[way]} is no arc"
            elif (self.way_of[way][0], coarse[self.way_of[way]]) != ends:
                yield f"{way} lies in {self.way_of[way]}, which does not join {ends[0]} and {ends[1]}"
        found = {coarser for way, coarser in self.way_of.items() if way in fine}
        yield from (f"nothing leads along {each}" for each in sorted(set(coarse) - found))
