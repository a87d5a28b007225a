"""A chart too large for a sheet, cut into parts.

In: a chart, and a test whether a picture of some of it fits. Out: its `Part`s, the overview first. A part is a region
that is entered at one card only, so a reader begins at its top; where it can be it is all that follows one answer, and
it is named after that answer. Which cards belong to a part depends on nothing outside it but what leads into it.
Source: single-entry regions as subtrees of the dominator tree (Johnson, Pearson and Pingali, 1994).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from praxe.visualize.chart import Card, Chart, Edge
from praxe.visualize.dominators import dominators

_SMALLEST = 3  # cards that are worth a part of their own
_SHARE = 0.4  # of a region, that the answers to one question must hold to be cut off together
_LEAST = 2  # times as large as it is, an answer must be as large as the others are on average, to be cut off with them
_TOO_MUCH = 0.8  # of a region: an answer that holds more is the region itself, a little later


@dataclass(frozen=True, slots=True)
class Part:
    """Some cards of a chart: those from `head` on that are in no part of their own."""

    head: str  # name of the card it begins with
    cards: frozenset[str]
    inner: tuple[Part, ...]  # in the order of the chart

    @property
    def everything(self) -> frozenset[str]:
        """Its cards, and those of the parts inside it."""
        return self.cards.union(*(part.everything for part in self.inner))

    def in_order(self) -> Iterator[Part]:
        """Yield this part and those inside it, as they are read."""
        yield self
        for part in self.inner:
            yield from part.in_order()


@dataclass(frozen=True)
class Divider:
    """Cuts one chart; `fits` says whether a region with some heads cut off can be shown."""

    chart: Chart
    fits: Callable[[Part], bool]

    def divide(self) -> Part:
        """Return the whole chart as a part, with as many parts inside it as it takes for each to fit."""
        return self._divided(self.chart.cards[0].name, frozenset(self.regions[self.chart.cards[0].name]))

    def fork(self) -> tuple[str, ...]:
        """Return the heads of what the answers to one question lead to, of that whose answers hold most; or nothing."""
        trunk = frozenset(self.regions[self.chart.cards[0].name])
        forks = (arms for card in self.chart.cards if len(arms := self._arms(card, trunk)) > 1)
        heads = max(forks, key=self._weight, default=())
        return heads if self._weight(heads) >= _SHARE * len(trunk) else ()

    def _divided(self, head: str, region: frozenset[str]) -> Part:
        cuts: tuple[str, ...] = ()
        while not self.fits(self._part(head, region, cuts)):
            more = self._choice(head, region, cuts)
            if not more:
                break
            cuts = self._with(cuts, more)
        inner = tuple(self._divided(cut, frozenset(self.regions[cut])) for cut in sorted(cuts, key=self._place))
        return Part(head, self._trunk(region, cuts), inner)

    def _part(self, head: str, region: frozenset[str], cuts: Sequence[str]) -> Part:
        inner = tuple(Part(cut, frozenset(self.regions[cut]), ()) for cut in sorted(cuts, key=self._place))
        return Part(head, self._trunk(region, cuts), inner)

    def _trunk(self, region: frozenset[str], cuts: Sequence[str]) -> frozenset[str]:
        return region.difference(*(self.regions[cut] for cut in cuts))

    def _choice(self, head: str, region: frozenset[str], cuts: Sequence[str]) -> tuple[str, ...]:
        """What to cut off next: if one piece is enough, the answer (or else the tail) nearest to half of what is left.

        If none is: the answers to the question that holds most, or the tail that leaves the fullest page.
        """
        trunk = self._trunk(region, cuts)
        pieces = [name for name in trunk if name != head and len(self.regions[name]) >= _SMALLEST]
        fitting = []
        for piece in sorted(pieces, key=lambda name: self._rank(name, len(trunk))):
            if self.fits(self._part(head, region, self._with(cuts, (piece,)))):
                fitting.append(piece)
                if self.fits(Part(piece, frozenset(self.regions[piece]), ())):
                    return (piece,)
        arms = max((self._arms(card, trunk) for card in self.chart.cards if card.name in trunk), key=self._weight)
        if self._weight(arms) >= _SHARE * len(trunk):
            large = tuple(arm for arm in arms if _LEAST * len(self.regions[arm]) >= self._weight(arms) / len(arms))
            return large if self.fits(self._part(head, region, self._with(cuts, large))) else arms
        smallest = sorted(fitting or pieces, key=lambda name: (len(self.regions[name]), self._place(name)))
        return tuple(smallest[:1] if fitting else smallest[-1:])

    def _rank(self, name: str, count: int) -> tuple[bool, float, int]:
        """Answers before tails; then those that cut what is left most evenly."""
        return name not in self._answers, abs(len(self.regions[name]) - count / 2), self._place(name)

    def _with(self, cuts: Sequence[str], more: Sequence[str]) -> tuple[str, ...]:
        """The cuts with more of them, which take with them those that lie inside."""
        kept = (cut for cut in cuts if all(cut not in self.regions[each] for each in more))
        return (*kept, *more)

    def _arms(self, card: Card, trunk: frozenset[str]) -> tuple[str, ...]:
        """The answers of a card that lead to enough, and not to nearly all that is left."""
        targets = [edge.target for edge in self._leaving[card.name] if edge.tab is not None]
        return tuple(
            target
            for target in dict.fromkeys(targets)
            if self._entries[target] == 1
            and target in trunk
            and _SMALLEST <= len(self.regions[target]) <= _TOO_MUCH * len(trunk)
        )

    def _weight(self, heads: Sequence[str]) -> int:
        return sum(len(self.regions[head]) for head in heads)

    def _place(self, name: str) -> int:
        return self._places[name]

    @cached_property
    def _places(self) -> Mapping[str, int]:
        return {card.name: place for place, card in enumerate(self.chart.cards)}

    @cached_property
    def _entries(self) -> Counter[str]:
        return Counter(edge.target for edge in self.chart.edges)

    @cached_property
    def _answers(self) -> frozenset[str]:
        """The cards that one answer alone leads to."""
        targets = (edge.target for edge in self.chart.edges if edge.tab is not None)
        return frozenset(target for target in targets if self._entries[target] == 1)

    @cached_property
    def _leaving(self) -> Mapping[str, list[Edge]]:
        found: dict[str, list[Edge]] = {card.name: [] for card in self.chart.cards}
        for edge in self.chart.edges:
            found[edge.source].append(edge)
        return found

    @cached_property
    def regions(self) -> Mapping[str, set[str]]:
        """For each card, the cards that can be reached only by way of it, itself among them."""
        following = {name: [edge.target for edge in edges] for name, edges in self._leaving.items()}
        above = dominators(self.chart.cards[0].name, following)
        regions = {name: {name} for name in above}
        for name, dominator in reversed(above.items()):
            if dominator is not None:
                regions[dominator] |= regions[name]
        return regions
