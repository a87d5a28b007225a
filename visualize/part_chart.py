"""One part of a chart as a picture of its own.

In: a chart and how it is divided. Out: a `Chart` for each part: its cards as they are, one card for each part inside
it, and where a line leaves the part a small pill that names the part it goes on in. Each is checked to be a quotient
of what it shows, and a case's way is shown on it as on the whole.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from praxe.engine.graph import NodeId
from praxe.visualize.chart import Card, Chart, Edge, EdgeKind, Row
from praxe.visualize.compose import legend_of
from praxe.visualize.measure import shorten
from praxe.visualize.parts import Part
from praxe.visualize.path import ENTER, Trail, reached
from praxe.visualize.quotient import Quotient
from praxe.visualize.style import Shape
from praxe.visualize.voice import Voice

_COUNTED = (Shape.STEPS, Shape.QUESTION, Shape.RETRY, Shape.CALL, Shape.WAIT, Shape.GAP)
_ENTRY = "e1"
_LONGEST = 60  # characters on a pill


@dataclass(frozen=True)
class Album:
    """The parts of one chart as pictures."""

    chart: Chart
    whole: Part
    title: Callable[[Part], str]
    voice: Voice

    @cached_property
    def parts(self) -> tuple[Part, ...]:
        """All parts, as they are read; the overview is the first."""
        return tuple(self.whole.in_order())

    def picture(self, part: Part) -> Chart:
        """Return the chart of one part."""
        made = _Picture(self, part)
        made.quotient.check(made.fine, made.coarse, cards=frozenset(card.name for card in made.cards))
        number, count = self.parts.index(part) + 1, len(self.parts)
        subtitle = self.chart.subtitle
        if count > 1:
            place = self.voice.say("part.place", number=str(number), of=str(count), title=self.name(part))
            subtitle = (place, *subtitle)
        return replace(
            self.chart,
            id=self.chart.id if part is self.whole else f"{self.chart.id}--{self.card(part.head).id}",
            subtitle=subtitle,
            cards=tuple(made.cards),
            edges=tuple(made.edges),
            sections=(),
            legend=legend_of(self.voice, made.cards),
        )

    def trail(self, part: Part, trail: Trail) -> Trail:
        """Return the way of a case as the picture of a part shows it."""
        return _Picture(self, part).trail(trail)

    def name(self, part: Part) -> str:
        """Return what a part is called."""
        return self.voice.say("part.overview") if part is self.whole else self.title(part)

    def target(self, part: Part) -> str:
        """Return the link to the page of a part."""
        return f"#{self.chart.id}" if part is self.whole else f"#{self.chart.id}--{self.card(part.head).id}"

    def around(self, part: Part) -> Part:
        """Return the part that another lies in."""
        return next(each for each in self.parts if part in each.inner)

    def tag(self, part: Part) -> str:
        """Return `Parte 3`."""
        return self.voice.say("part.tag", number=str(self.parts.index(part) + 1))

    def part_of(self, card: str) -> Part:
        """Return the part that a card is shown in."""
        return next(part for part in self.parts if card in part.cards)

    def card(self, name: str) -> Card:
        """Return a card of the whole chart."""
        return self._cards[name]

    @cached_property
    def _cards(self) -> Mapping[str, Card]:
        return {card.name: card for card in self.chart.cards}


class _Picture:
    """The cards and lines of one part; `fine` is the chart inside it, `coarse` what is drawn."""

    def __init__(self, album: Album, part: Part) -> None:
        self.album, self.part = album, part
        self.homes = {name: name for name in part.cards}
        self.homes |= {name: _section(inner) for inner in part.inner for name in inner.everything}
        self.pills: dict[tuple[str, str], Card] = {}
        self.edges: list[Edge] = []
        self.fine: dict[tuple[str, str], str] = {}
        self.coarse: dict[tuple[str, str], str] = {}
        self.ways: dict[tuple[str, str], tuple[str, str]] = {}
        if part is not album.whole:
            self._enter()
        for edge in album.chart.edges:
            if edge.source in self.homes:
                self._add(edge)
        self.cards = list(self._in_order())
        self.quotient = Quotient({**self.homes, **{card.name: card.name for card in self.pills.values()}}, self.ways)

    def _enter(self) -> None:
        """The pill that a part begins with; it leads back to where the part is entered."""
        way, head = (_ENTRY, ENTER), self.part.head
        self.homes[_ENTRY] = _ENTRY
        self.fine[way] = self.coarse[way] = head
        self.ways[way] = way
        self.edges.append(
            Edge(
                id="edge-entry",
                source=_ENTRY,
                tab=None,
                target=head,
                node=NodeId(_ENTRY),
                key=ENTER,
                kind=EdgeKind.PLAIN,
            )
        )

    def _entry(self) -> Iterator[Card]:
        if self.part is not self.album.whole:
            text = self.album.voice.say("part.entry", tag=self.album.tag(self.part), title=self.album.name(self.part))
            row = Row(node=NodeId(_ENTRY), id="entry", text=text)
            href = self.album.target(self.album.around(self.part))
            yield Card(name=_ENTRY, id=row.id, shape=Shape.START, rows=(row,), href=href)

    def _add(self, edge: Edge) -> None:
        source = self.homes[edge.source]
        target = self.homes.get(edge.target) or self._pill(source, edge).name
        way = (edge.source, edge.id)
        self.fine[way] = edge.target if edge.target in self.homes else target
        if source == target:
            return  # inside a part inside
        if source == edge.source:
            key, drawn = edge.id, replace(edge, target=target)
        else:
            key = f"edge-{source}-{target}"
            drawn = replace(
                edge, id=key, source=source, tab=None, target=target, node=NodeId(source), key=key, kind=EdgeKind.PLAIN
            )
        self.ways[way] = (source, key)
        if (source, key) not in self.coarse:
            self.coarse[source, key] = target
            self.edges.append(drawn)

    def _pill(self, source: str, edge: Edge) -> Card:
        """Where a line goes on elsewhere: one pill for each card it leaves and each card it goes to."""
        if (source, edge.target) not in self.pills:
            part = self.album.part_of(edge.target)
            name = f"j{len(self.pills) + 1}"
            begins = edge.target == part.head
            there = self.album.name(part) if begins else self.album.card(edge.target).rows[0].text
            text = self.album.voice.say("part.goes_on", tag=self.album.tag(part), text=shorten(there, length=_LONGEST))
            row = Row(node=NodeId(name), id=f"jump-{name}", text=text)
            href = self.album.target(part)
            self.pills[source, edge.target] = Card(name=name, id=row.id, shape=Shape.JUMP, rows=(row,), href=href)
        return self.pills[source, edge.target]

    def _in_order(self) -> Iterator[Card]:
        """The cards of the part as the author wrote them, each followed by its pills; first where it is entered."""
        yield from self._entry()
        heads = {inner.head: inner for inner in self.part.inner}
        for card in self.album.chart.cards:
            if card.name in self.part.cards:
                yield card
                yield from self._pills_of(card.name)
            elif card.name in heads:
                section = self._section(heads[card.name])
                yield section
                yield from self._pills_of(section.name)

    def _pills_of(self, source: str) -> Iterator[Card]:
        yield from (pill for (card, _), pill in self.pills.items() if card == source)

    def _section(self, inner: Part) -> Card:
        album, name = self.album, _section(inner)
        numbers: Counter[Shape] = Counter()
        for each in inner.everything:
            numbers[album.card(each).shape] += len(album.card(each).rows)
        counted = [
            album.voice.lexicon.count(f"count.{shape.value}", numbers[shape]) for shape in _COUNTED if numbers[shape]
        ]
        row = Row(node=NodeId(name), id=f"section-{name}", text=album.name(inner), notes=(" · ".join(counted),))
        return Card(
            name=name,
            id=row.id,
            shape=Shape.SECTION,
            rows=(row,),
            tag=album.tag(inner),
            href=album.target(inner),
        )

    def trail(self, trail: Trail) -> Trail:
        """Return the way of a case as this picture shows it."""
        chart = self.album.chart
        rows: dict[str, str] = {row.node: card.name for card in chart.cards for row in card.rows}
        lit = reached(chart, trail)
        nodes: dict[str, int] = {}
        for card in chart.cards:
            if card.name in self.homes and card.name in lit:
                home = self.homes[card.name]
                for row in card.rows:
                    if row.node in trail.nodes:
                        node = row.node if home == card.name else home
                        nodes[node] = min(nodes.get(node, trail.nodes[row.node]), trail.nodes[row.node])
        taken = [
            edge
            for edge in self.album.chart.edges
            if edge.source in self.homes and (edge.node, edge.key) in trail.followed
        ]
        coarse = {self.ways[edge.source, edge.id] for edge in taken if (edge.source, edge.id) in self.ways}
        after = max(trail.nodes.values(), default=0) + 1
        nodes |= {pill.name: after for pill in self.pills.values() if pill.name in {self.coarse[way] for way in coarse}}
        head = self.album.card(self.part.head).rows[0].node
        if head in nodes:
            nodes[_ENTRY] = nodes[head]
            coarse.add((_ENTRY, ENTER))
        stopped = self._stopped(trail, rows)
        return replace(trail, nodes=nodes, followed=trail.followed | coarse, stopped_at=stopped)

    def _stopped(self, trail: Trail, rows: Mapping[str, str]) -> str | None:
        """Where a case stands in this picture; None if it stands in another."""
        if trail.stopped_at is None:
            return None
        if trail.stopped_at in rows:
            home = self.homes.get(rows[trail.stopped_at])
            return trail.stopped_at if home in self.part.cards else home
        last = max((node for node in trail.nodes if node in rows), key=lambda each: trail.nodes[each], default="")
        return trail.stopped_at if rows.get(last) in self.homes else None


def _section(part: Part) -> str:
    return f"s{part.head}"
