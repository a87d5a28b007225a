"""A case on the chart: which cards and answers its walk went through, and where it stands.

In: the nodes visited, each with the branch taken, and where the walk stopped. Out: a `Trail`, which a coarser picture
shows by its `Quotient`; and `Marks`, which colour a drawing and never move anything in it.
"""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Final

from praxe.engine.graph import Call, DecisionGraph, NodeId
from praxe.visualize.chart import Card, Chart, Edge, Row, Tab
from praxe.visualize.quotient import Quotient, Way
from praxe.visualize.style import Look, Shape, State, tab_look
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon

ENTER: Final = "enter"  # the key of the way from a call into the procedure it calls


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Trail:
    """The nodes and ways of one graph that a case came by."""

    nodes: Mapping[str, int]  # visited node -> its place on the path
    answers: frozenset[Way]  # node and key of the branch taken
    followed: frozenset[Way]  # the same, and the ways that were taken without an answer
    stopped_at: str | None = None
    stop: StopKind = StopKind.FINISHED
    until: datetime.date | None = None

    def seen_through(self, quotient: Quotient) -> Trail:
        """Return the same case on a coarser graph; what that one does not show is left out."""
        card_of, way_of = quotient.card_of, quotient.way_of
        nodes: dict[str, int] = {}
        for node, place in sorted(self.nodes.items(), key=lambda each: each[1]):
            if node in card_of:
                nodes.setdefault(card_of[node], place)
        followed = frozenset(way_of[way] for way in self.followed if way in way_of)
        stopped_at = card_of.get(self.stopped_at) if self.stopped_at is not None else None
        return replace(self, nodes=nodes, answers=followed, followed=followed, stopped_at=stopped_at)


@dataclass(frozen=True, slots=True)
class Badge:
    """A small label on the card where a case stands."""

    card: str
    text: str


@dataclass(frozen=True, slots=True)
class Marks:
    """What of one chart lies on a case's path."""

    trail: Trail
    cards: frozenset[str]  # names of those that the case came by
    badge: Badge | None
    words: Lexicon

    def of_row(self, row: Row) -> State:
        """Return whether a row is on the path."""
        return State.ON if row.node in self.trail.nodes else State.OFF

    def of_card(self, card: Card) -> State:
        """Return whether a card is on the path."""
        return State.ON if card.name in self.cards else State.OFF

    def of_tab(self, card: Card, tab: Tab) -> State:
        """Return whether an answer was given."""
        return State.ON if (card.rows[-1].node, tab.key) in self.trail.answers else State.OFF

    def of_edge(self, edge: Edge) -> State:
        """Return whether a line was followed."""
        return State.ON if (edge.node, edge.key) in self.trail.followed else State.OFF

    def order(self, card: Card) -> int:
        """Return the place of a card among those painted: those of the path last, in its order.

        Graphviz paints lines by the card they leave, in the order of the cards. A line that shares a stretch with one
        of the path leads to the same card, so it leaves a card that is off the path or earlier on it.
        """
        return max(self.trail.nodes.get(row.node, -1) for row in card.rows)

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


def trail_of(graph: DecisionGraph, path: CasePath) -> Trail:
    """Return what `path` came by in the graph of a whole policy."""
    nodes: dict[str, int] = {}
    for place, (node, _) in enumerate(path.visited):
        nodes.setdefault(node, place)
    answers: frozenset[Way] = frozenset((node, key) for node, key in path.visited if key is not None)
    entered = ((node, ENTER) for node in nodes if isinstance(graph.nodes.get(NodeId(node)), Call))
    followed = answers | frozenset(_unnamed(graph, path)) | frozenset(entered)
    return Trail(
        nodes=nodes, answers=answers, followed=followed, stopped_at=path.stopped_at, stop=path.stop, until=path.until
    )


def mark(chart: Chart, trail: Trail, voice: Voice) -> Marks:
    """Return what of `chart` lies on `trail`."""
    return Marks(trail, reached(chart, trail), _badge(chart, trail, voice), voice.lexicon)


def reached(chart: Chart, trail: Trail) -> frozenset[str]:
    """Return the names of the cards that a case came by; of the copies of a return, those it came in at."""
    entered = {edge.target for edge in chart.edges if (edge.node, edge.key) in trail.followed}
    copies = Counter(row.node for card in chart.cards for row in card.rows)
    return frozenset(
        card.name
        for card in chart.cards
        if any(row.node in trail.nodes and (copies[row.node] == 1 or card.name in entered) for row in card.rows)
    )


def _unnamed(graph: DecisionGraph, path: CasePath) -> Iterator[Way]:
    """The ways taken that the trace does not name: the only way on, or one of several answers that change nothing."""
    for place, (node, key) in enumerate(path.visited):
        if key is None:
            ways = {branch.target: branch.key for branch in reversed(graph.branches.get(node, ()))}
            after = next((each for each, _ in path.visited[place + 1 :] if each in ways), None)
            if after is not None:
                yield node, ways[after]


def _badge(chart: Chart, trail: Trail, voice: Voice) -> Badge | None:
    """The label at the place where the case stands, or at the call it is inside of."""
    if trail.stop is StopKind.FINISHED or trail.stopped_at is None:
        return None
    homes: dict[str, str] = {row.node: card.name for card in chart.cards for row in card.rows}
    if trail.stopped_at in homes:
        return Badge(homes[trail.stopped_at], _stop_text(trail, voice))
    inside = sorted((place, node) for node, place in trail.nodes.items() if node in homes)
    return Badge(homes[inside[-1][1]], voice.say("stop.inside")) if inside else None


def _stop_text(trail: Trail, voice: Voice) -> str:
    if trail.stop is StopKind.WAITS and trail.until is not None:
        return voice.say("stop.waits_until", date=voice.date(trail.until))
    return voice.say(f"stop.{trail.stop.value}")
