"""The scenarios on the chart: how many come by each card and give each answer.

In: the counts of a coverage, in plain values. Out: `CountMarks`, which colour a drawing, put a number on the line of
each answer, and never move anything in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from math import log2

from praxe.engine.graph import NodeId
from praxe.visualize.chart import Card, Chart, Edge, Row, Tab
from praxe.visualize.palette import Role
from praxe.visualize.style import Look, Shape, State, tab_look
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon

_THINNEST, _THICKEST, _STEP = 1.3, 4.0, 0.45  # of a line: a step for each doubling of its count
_SOME = Look(Role.GREEN, Role.GREEN, Role.GREEN_INK, Role.GREEN_INK)
_NONE = Look(Role.RED, Role.RED, Role.RED_INK, Role.RED_INK)


@dataclass(frozen=True, slots=True, kw_only=True)
class CoverageMarks:
    """How many scenarios come by; nodes of other procedures may be among them, one that is missing counts 0."""

    visits: Mapping[NodeId, int]
    branches: Mapping[tuple[NodeId, str], int]  # node, key of the branch


@dataclass(frozen=True, slots=True)
class Count:
    """A number on the line of an answer."""

    edge: str
    text: str
    look: Look


@dataclass(frozen=True, slots=True)
class CountMarks:
    """The counts on one chart."""

    coverage: CoverageMarks
    words: Lexicon

    def of_row(self, row: Row) -> State:
        """Return whether some scenario comes by a row."""
        return State.PLAIN if self.coverage.visits.get(row.node) else State.NEVER

    def of_card(self, card: Card) -> State:
        """Return whether some scenario comes by a card."""
        return State.PLAIN if any(self.coverage.visits.get(row.node) for row in card.rows) else State.NEVER

    def of_tab(self, card: Card, tab: Tab) -> State:
        """Return whether some scenario gives an answer."""
        return State.PLAIN if self._of(card.rows[-1].node, tab.key) else State.NEVER

    def of_edge(self, edge: Edge) -> State:
        """Return whether some scenario goes along a line."""
        return State.PLAIN if self._of(edge.node, edge.key) else State.NEVER

    def order(self, card: Card) -> int:
        """Return the place of a card among those painted, last those from which some scenario goes on."""
        return int(self.of_card(card) is State.PLAIN)

    def width(self, edge: Edge) -> float:
        """Return how wide a line is drawn: the wider, the more scenarios go along it."""
        count = self._of(edge.node, edge.key)
        return min(_THICKEST, _THINNEST + _STEP * round(log2(count))) if count else 1.5 * _THINNEST

    def counts(self, chart: Chart) -> Iterator[Count]:
        """Yield the number of each answer."""
        for edge in chart.edges:
            if edge.tab is not None:
                count = self._of(edge.node, edge.key)
                yield Count(edge.id, self.words.say("count_of.sign", n=str(count)), _SOME if count else _NONE)

    def said(self, card: Card, tab: Tab) -> str:
        """Return an answer as it is spoken."""
        count = self.words.count("count_of.scenarios", self._of(card.rows[-1].node, tab.key))
        return self.words.say("count_of.answer", answer=tab.text, count=count)

    def remark(self, card: Card) -> str | None:
        """Return what is spoken of a card beside its text."""
        return self.words.say("count_of.never") if self.of_card(card) is State.NEVER else None

    @property
    def signs(self) -> tuple[tuple[str, Look, bool], ...]:
        """What the legend explains: text, look, whether its frame is dashed."""
        never = tab_look(Shape.QUESTION, state=State.NEVER)
        some = self.words.say("count_of.sign", n="n")
        legend = self.words.say("kind.scenarios", sign=some), self.words.say("kind.no_scenario")
        return (legend[0], _SOME, False), (legend[1], never, True)

    def _of(self, node: NodeId, key: str) -> int:
        return self.coverage.branches.get((node, key), 0)


def counted(chart: Chart, coverage: CoverageMarks, voice: Voice) -> tuple[Chart, CountMarks]:
    """Return `chart` with the figures of its answers under the title, and their marks."""
    marks = CountMarks(coverage, voice.lexicon)
    states = [marks.of_tab(card, tab) for card in chart.cards for tab in card.tabs]
    taken = len(states) - states.count(State.NEVER)
    figures = voice.say("heading.coverage", taken=str(taken), total=str(len(states)))
    return (replace(chart, subtitle=(*chart.subtitle, figures)) if states else chart), marks
