"""In which order a chart is read: what stands inside which answer, and what after it.

In: a chart. Out: `Draft`s, numbered in reading order. An answer holds the cards that only it leads to, and what several
ways lead to stands after them, once: nesting follows the dominator tree.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from praxe.visualize.chart import Card, Chart, Edge, Row
from praxe.visualize.dominators import dominators
from praxe.visualize.style import Shape


@dataclass(slots=True)
class Draft:
    """A point whose surroundings are not known yet."""

    card: Card
    row: Row
    number: int
    target: str | None = None
    is_flat: bool = False  # what its last answer leads to is read after it, not inside it
    ways: list[DraftWay] = field(default_factory=list)


@dataclass(slots=True)
class DraftWay:
    """An answer whose surroundings are not known yet."""

    id: str
    text: str
    edge: Edge
    target: str
    points: list[Draft] = field(default_factory=list)


def reading(chart: Chart) -> tuple[Card, list[Draft]]:
    """Return the entry of a chart, and what is read after it."""
    reader = _Reader(chart)
    return reader.start, reader.drafts()


@dataclass(frozen=True, slots=True)
class _Plan:
    """Which cards are read inside which."""

    inside: Mapping[str, tuple[str, ...]]  # card -> the cards that no way reaches but through it, nearest ones only
    entries: Mapping[str, int]  # card -> how many edges lead to it


def _plan(chart: Chart) -> _Plan:
    after: defaultdict[str, list[str]] = defaultdict(list)
    for edge in chart.edges:
        after[edge.source].append(edge.target)
    start = next(card.name for card in chart.cards if card.shape is Shape.START)
    above = dominators(start, after)
    inside: defaultdict[str, list[str]] = defaultdict(list)
    for card in chart.cards:  # the author's order, in which none stands before one that leads to it
        parent = above.get(card.name)
        if parent is not None:
            inside[parent].append(card.name)
    entries = Counter(edge.target for edge in chart.edges)
    return _Plan({name: tuple(each) for name, each in inside.items()}, entries)


class _Reader:
    def __init__(self, chart: Chart) -> None:
        self.start = next(card for card in chart.cards if card.shape is Shape.START)
        self._cards = {card.name: card for card in chart.cards}
        self._plan = _plan(chart)
        self._number = 0
        self._leaving: defaultdict[str, list[Edge]] = defaultdict(list)
        for edge in chart.edges:
            self._leaving[edge.source].append(edge)

    def drafts(self) -> list[Draft]:
        """Return what is read on the outermost level."""
        return [draft for name in self._plan.inside.get(self.start.name, ()) for draft in self._sequence(name)]

    def _sequence(self, name: str) -> list[Draft]:
        """Return the points from a card on, as far as no other way leads there."""
        points: list[Draft] = []
        open_names = [name]
        while open_names:
            card = self._cards[open_names.pop(0)]
            edges = self._leaving[card.name]
            points += self._rows(card)
            if not edges:
                continue
            if not card.tabs:  # one way on
                points[-1].target = edges[0].target
                open_names = [*self._plan.inside.get(card.name, ()), *open_names]
            else:
                open_names = [*self._branch(points[-1], card, edges), *open_names]
        return points

    def _branch(self, draft: Draft, card: Card, edges: Sequence[Edge]) -> list[str]:
        """Write the ways of a card; return the cards that are read after it on the same level."""
        inside = self._plan.inside.get(card.name, ())
        own = [edge.target for edge in edges if edge.target in inside and self._plan.entries[edge.target] == 1]
        merges = [each for each in inside if each not in own]
        last = edges[-1].target
        is_flat = not merges and last in own and len(own) == len(edges) > 1 and self._leaving[last]
        for edge in edges:
            nested = edge.target in own and not (is_flat and edge.target == last)
            assert edge.tab is not None  # INVARIANT: a card with tabs is left through them
            way = DraftWay(card.tabs[edge.tab].id, card.tabs[edge.tab].text, edge, edge.target)
            draft.ways.append(way)
            if nested:
                way.points = self._sequence(edge.target)
        draft.is_flat = bool(is_flat)
        return [last] if is_flat else merges

    def _rows(self, card: Card) -> list[Draft]:
        drafts = []
        for row in card.rows:
            self._number += 1
            drafts.append(Draft(card, row, self._number))
        return drafts
