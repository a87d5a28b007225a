"""A case on the chart: which cards and answers its walk went through, and where it stands.

In: the nodes visited, each with the branch taken, and where the walk stopped. Out: `Marks`, which colour a drawing
and never move anything in it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum

from praxe.engine.graph import DecisionGraph, NodeId
from praxe.visualize.chart import Card, Chart, Edge, Row, Tab
from praxe.visualize.style import Look, Shape, State, tab_look
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon


class StopKind(Enum):
    """Why a walk stopped; the value is the key of its words."""

    FINISHED = "finished"
    ASKS = "asks"
    WAITS = "waits"
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePath:
    """The walk of one case, as its trace tells it; nodes of other procedures may be among them."""

    visited: tuple[tuple[NodeId, str | None], ...]  # node, key of the branch taken (None: not known, or none)
    stopped_at: NodeId | None = None
    stop: StopKind = StopKind.FINISHED
    until: datetime.date | None = None  # when a wait ends


@dataclass(frozen=True, slots=True)
class Badge:
    """A small label on the card where a case stands."""

    card: str
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What of one chart lies on a case's path."""

    nodes: Mapping[NodeId, int]  # visited node -> its place on the path
    answers: frozenset[tuple[NodeId, str]]  # node and key of the branch taken
    followed: frozenset[tuple[NodeId, str]]  # the same, and the ways that were taken without an answer
    badge: Badge | None
    words: Lexicon

    def of_row(self, row: Row) -> State:
        """Return whether a row is on the path."""
        return State.ON if row.node in self.nodes else State.OFF

    def of_card(self, card: Card) -> State:
        """Return whether any row of a card is on the path."""
        return State.ON if any(row.node in self.nodes for row in card.rows) else State.OFF

    def of_tab(self, card: Card, tab: Tab) -> State:
        """Return whether an answer was given."""
        return State.ON if (card.rows[-1].node, tab.key) in self.answers else State.OFF

    def of_edge(self, edge: Edge) -> State:
        """Return whether a line was followed."""
        return State.ON if (edge.node, edge.key) in self.followed else State.OFF

    def order(self, card: Card) -> int:
        """Return the place of a card among those painted: those of the path last, in its order.

        Graphviz paints lines by the card they leave, in the order of the cards. A line that shares a stretch with one
        of the path leads to the same card, so it leaves a card that is off the path or earlier on it.
        """
        return max(self.nodes.get(row.node, -1) for row in card.rows)

    def said(self, _card: Card, tab: Tab) -> str:
        """Return an answer as it is spoken."""
        return tab.text

    def remark(self, card: Card) -> str | None:
        """Return what is spoken of a card beside its text."""
        return self.words.say("aria.visited") if self.of_card(card) is State.ON else None

    @property
    def signs(self) -> tuple[tuple[str, Look, bool], ...]:
        """What the legend explains: text, look, whether its frame is dashed."""
        return ((self.words.say("kind.path"), tab_look(Shape.STEPS, state=State.ON), False),)


def mark(chart: Chart, graph: DecisionGraph, path: CasePath, voice: Voice) -> Marks:
    """Return what of `chart` lies on `path`."""
    nodes: dict[NodeId, int] = {}
    for place, (node, _) in enumerate(path.visited):
        nodes.setdefault(node, place)
    answers = frozenset((node, key) for node, key in path.visited if key is not None)
    followed = answers | frozenset(_unnamed(graph, path))
    return Marks(nodes, answers, followed, _badge(chart, path, voice), voice.lexicon)


def _unnamed(graph: DecisionGraph, path: CasePath) -> Iterator[tuple[NodeId, str]]:
    """The ways taken that the trace does not name: the only way on, or one of several answers that change nothing."""
    for place, (node, key) in enumerate(path.visited):
        if key is None:
            ways = {branch.target: branch.key for branch in reversed(graph.branches.get(node, ()))}
            after = next((each for each, _ in path.visited[place + 1 :] if each in ways), None)
            if after is not None:
                yield node, ways[after]


def _badge(chart: Chart, path: CasePath, voice: Voice) -> Badge | None:
    """The label at the place where the case stands, or at the call it is inside of."""
    if path.stop is StopKind.FINISHED or path.stopped_at is None:
        return None
    homes = {row.node: card.name for card in chart.cards for row in card.rows}
    if path.stopped_at in homes:
        return Badge(homes[path.stopped_at], _stop_text(path, voice))
    inside = [node for node, _ in path.visited if node in homes]
    return Badge(homes[inside[-1]], voice.say("stop.inside")) if inside else None


def _stop_text(path: CasePath, voice: Voice) -> str:
    if path.stop is StopKind.WAITS and path.until is not None:
        return voice.say("stop.waits_until", date=voice.date(path.until))
    return voice.say(f"stop.{path.stop.value}")
