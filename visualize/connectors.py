"""Lines cut in two, as connectors on paper are: a reference where the line leaves, another where it arrives.

In: a drawing, and which of its lines would cross others. Out: the same drawing without these lines: the answer they
leave from and the card they lead to each name the other. In a summary both stand on the cards; in a flowchart they are
pills with a letter, the same at both ends. Nothing is left out: each line has its reference at both of its ends.
Source: ISO 5807, symbol 9.4.2 (connector).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import assert_never

from praxe.engine.graph import NodeId
from praxe.visualize.changes import ChangeMarks
from praxe.visualize.chart import Card, Chart, Edge, EdgeKind, Ref, Row, Section
from praxe.visualize.coverage import CountMarks
from praxe.visualize.drawing import Drawing
from praxe.visualize.measure import shorten
from praxe.visualize.path import ENTER, Marks
from praxe.visualize.quotient import Way
from praxe.visualize.style import Shape
from praxe.visualize.words import Lexicon, lexicon

_LONGEST = 60  # characters on a pill
_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that reads as a number


def connected(drawing: Drawing, cut: frozenset[str]) -> Drawing:
    """Return `drawing` with connectors in place of the lines with these ids."""
    if not cut:
        return drawing
    if drawing.chart.is_across:
        return replace(drawing, chart=_referred(drawing.chart, cut))
    pills = _Pills(drawing.chart, cut)
    return Drawing(pills.chart(), pills.marks(drawing.marks))


# --- on the cards of a summary --------------------------------------------------------------------------------------


def _referred(chart: Chart, cut: frozenset[str]) -> Chart:
    taken = [edge for edge in chart.edges if edge.id in cut]
    cards = {card.name: card for card in chart.cards}
    words = lexicon(chart.language)

    def leaving(card: Card, tab: int | None) -> tuple[Ref, ...]:
        edges = [edge for edge in taken if edge.source == card.name and edge.tab == tab]
        return tuple(_ref(f"to-{edge.id}", words, "connector.to", cards[edge.target], (edge,)) for edge in edges)

    def arriving(card: Card) -> Iterator[Ref]:
        for source in dict.fromkeys(edge.source for edge in taken if edge.target == card.name):
            edges = tuple(edge for edge in taken if edge.target == card.name and edge.source == source)
            yield _ref(f"from-{edges[0].id}", words, "connector.from", cards[source], edges)

    changed = tuple(
        replace(
            card,
            tabs=tuple(replace(tab, refs=leaving(card, place)) for place, tab in enumerate(card.tabs)),
            refs=leaving(card, None),
            origins=tuple(arriving(card)),
        )
        for card in chart.cards
    )
    legend = (*chart.legend, (Shape.JUMP, words.say("connector.legend")))
    return replace(chart, cards=changed, edges=_without(chart.edges, cut), legend=legend)


def _ref(name: str, words: Lexicon, key: str, card: Card, edges: tuple[Edge, ...]) -> Ref:
    return Ref(id=name, text=words.say(key, text=card.rows[0].text), href=f"#{card.id}", edges=edges)


def _without(edges: Iterable[Edge], cut: frozenset[str]) -> tuple[Edge, ...]:
    return tuple(edge for edge in edges if edge.id not in cut)


# --- pills of their own ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Pill:
    """A pill at one end of the lines `edges`; `home` is the card it stands beside."""

    card: Card
    home: str
    edges: tuple[Edge, ...]


@dataclass(frozen=True)
class _Pills:
    """The connectors of a flowchart: one for each pair of cards where lines leave, one for each card they lead to."""

    whole: Chart
    cut: frozenset[str]

    def chart(self) -> Chart:
        """Return the chart with its pills."""
        before = {pill.home: pill.card for pill in self._arrivals}
        cards: list[Card] = []
        for card in self.whole.cards:
            cards += [before[card.name]] if card.name in before else []
            cards += [card, *(pill.card for pill in self._exits if pill.home == card.name)]
        targets = {edge.id: pill.card.name for pill in self._exits for edge in pill.edges}
        edges = [replace(edge, target=targets.get(edge.id, edge.target)) for edge in self.whole.edges]
        edges += map(_way_in, self._arrivals)
        legend = (*self.whole.legend, (Shape.JUMP, self._words.say(f"kind.{Shape.JUMP.value}")))
        sections = tuple(map(self._section, self.whole.sections))
        return replace(self.whole, cards=tuple(cards), edges=tuple(edges), sections=sections, legend=legend)

    def marks(self, marks: Marks | CountMarks | ChangeMarks | None) -> Marks | CountMarks | ChangeMarks | None:
        """Return the marks as they are on the chart with its pills."""
        match marks:
            case Marks():
                return self._followed(marks)
            case CountMarks():
                return self._counted(marks)
            case ChangeMarks() | None:
                return marks
            case _:
                assert_never(marks)

    def _followed(self, marks: Marks) -> Marks:
        trail = marks.trail
        lit = [p for p in self._all if any((edge.node, edge.key) in trail.followed for edge in p.edges)]
        places: dict[str, int] = {pill.card.rows[0].node: _place(pill, trail.nodes) for pill in lit}
        ways: frozenset[Way] = frozenset((node, ENTER) for node in places)
        trail = replace(trail, nodes={**trail.nodes, **places}, followed=trail.followed | ways)
        return replace(marks, trail=trail, cards=marks.cards | {pill.card.name for pill in lit})

    def _counted(self, marks: CountMarks) -> CountMarks:
        known = marks.coverage
        counts = {
            pill.card.rows[0].node: sum(known.branches.get((edge.node, edge.key), 0) for edge in pill.edges)
            for pill in self._all
        }
        branches = {**known.branches, **{(node, ENTER): count for node, count in counts.items()}}
        return replace(marks, coverage=replace(known, visits={**known.visits, **counts}, branches=branches))

    def _section(self, section: Section) -> Section:
        return replace(section, cards=section.cards | {p.card.name for p in self._all if p.home in section.cards})

    @cached_property
    def _all(self) -> tuple[_Pill, ...]:
        return (*self._exits, *self._arrivals)

    @cached_property
    def _exits(self) -> tuple[_Pill, ...]:
        pairs = dict.fromkeys((edge.source, edge.target) for edge in self._taken)
        return tuple(self._exit(number, *pair) for number, pair in enumerate(pairs, start=1))

    def _exit(self, number: int, source: str, target: str) -> _Pill:
        edges = tuple(edge for edge in self._taken if (edge.source, edge.target) == (source, target))
        there = self._cards[target]
        text = shorten(there.rows[0].text, length=_LONGEST)
        said = self._words.say("connector.goes_on", letter=self._letters[target], text=text)
        return _Pill(_card(f"j{number}", f"to-{edges[0].id}", said, href=there.id), source, edges)

    @cached_property
    def _arrivals(self) -> tuple[_Pill, ...]:
        return tuple(self._arrival(number, target) for number, target in enumerate(self._letters, start=1))

    def _arrival(self, number: int, target: str) -> _Pill:
        edges = tuple(edge for edge in self._taken if edge.target == target)
        sources = [self._cards[name] for name in dict.fromkeys(edge.source for edge in edges)]
        texts = (shorten(card.rows[-1].text, length=_LONGEST) for card in sources)
        said = self._words.say("connector.arrives", letter=self._letters[target], text="; ".join(texts))
        return _Pill(_card(f"k{number}", f"from-{edges[0].id}", said, href=sources[0].id), target, edges)

    @cached_property
    def _taken(self) -> tuple[Edge, ...]:
        return tuple(edge for edge in self.whole.edges if edge.id in self.cut)

    @cached_property
    def _letters(self) -> Mapping[str, str]:
        """The letter of each card that is reached by connectors."""
        targets = {edge.target for edge in self._taken}
        ordered = [card.name for card in self.whole.cards if card.name in targets]
        return {name: _letter(place) for place, name in enumerate(ordered)}

    @cached_property
    def _cards(self) -> Mapping[str, Card]:
        return {card.name: card for card in self.whole.cards}

    @cached_property
    def _words(self) -> Lexicon:
        return lexicon(self.whole.language)


def _card(name: str, element: str, text: str, *, href: str) -> Card:
    row = Row(node=NodeId(element), id=element, text=text)
    return Card(name=name, id=element, shape=Shape.JUMP, rows=(row,), href=f"#{href}")


def _way_in(pill: _Pill) -> Edge:
    node = pill.card.rows[0].node
    kinds = {edge.kind for edge in pill.edges}
    return Edge(
        id=f"edge-{node}",
        source=pill.card.name,
        tab=None,
        target=pill.home,
        node=node,
        key=ENTER,
        kind=kinds.pop() if kinds == {EdgeKind.GAP} else EdgeKind.PLAIN,
    )


def _letter(place: int) -> str:
    """A, B, … Z, A2, B2, …"""
    turn, letter = divmod(place, len(_LETTERS))
    return f"{_LETTERS[letter]}{turn + 1 if turn else ''}"


def _place(pill: _Pill, nodes: Mapping[str, int]) -> int:
    """Where on its way a case comes by a pill: as soon as it leaves the first card."""
    return min((nodes[edge.node] for edge in pill.edges if edge.node in nodes), default=0)
