"""Two versions of a procedure on two charts: what is new on the new one, what is gone on the old one.

In: both versions and which of their nodes are the same. Out: for each chart the same cards with a label on whatever is
not as it was, the words it had before, and `ChangeMarks`, which colour a drawing and never move anything in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum

from praxe.dsl.vocabulary import Color
from praxe.engine.graph import NodeId
from praxe.visualize.chart import Card, Chart, Chip, ChipKind, Edge, Row, Tab
from praxe.visualize.coverage import Count
from praxe.visualize.palette import Role
from praxe.visualize.style import Look, State
from praxe.visualize.words import Lexicon


class Change(Enum):
    """What became of a part; the value is the key of its words."""

    NEW = "new"
    GONE = "gone"
    OTHER = "other"
    MOVED = "moved"


_COLOR = {Change.NEW: Color.GREEN, Change.GONE: Color.RED, Change.OTHER: Color.AMBER, Change.MOVED: Color.AMBER}
_STATE = {Change.NEW: State.NEW, Change.GONE: State.GONE, Change.OTHER: State.OTHER, Change.MOVED: State.OTHER}
_LOOK = {
    Change.NEW: Look(Role.GREEN, Role.GREEN, Role.GREEN_INK, Role.GREEN_INK),
    Change.GONE: Look(Role.RED, Role.RED, Role.RED_INK, Role.RED_INK),
    Change.OTHER: Look(Role.AMBER, Role.AMBER, Role.AMBER_INK, Role.AMBER_INK),
}
Answer = tuple[NodeId, str]  # a node, and the key of a branch


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartChanges:
    """What is not the same on one of two charts; what is missing here is as it was."""

    nodes: Mapping[NodeId, Change]
    answers: Mapping[Answer, Change]  # as they stand on a card
    lines: Mapping[Answer, Change]
    lost: Mapping[Answer, int]  # how many nodes the other version has along a line, and this one not
    before: Mapping[NodeId, str]  # what the other version says at a node instead
    because: Mapping[NodeId, str]  # which definition makes a node mean something else
    is_old: bool = False  # whether this is the chart of the old version

    @property
    def is_nothing(self) -> bool:
        """Whether all is as it was."""
        return not (self.nodes or self.answers or self.lines or self.lost)


@dataclass(frozen=True, slots=True)
class ChangeMarks:
    """What changed on one chart."""

    changes: ChartChanges
    words: Lexicon

    def of_row(self, row: Row) -> State:
        """Return what became of a row."""
        change = self.changes.nodes.get(row.node)
        return _STATE[change] if change else State.PLAIN

    def of_card(self, card: Card) -> State:
        """Return what became of a card: of one with several rows only if it is the same for all; they say it too."""
        states = {self.of_row(row) for row in card.rows}
        return states.pop() if len(states) == 1 else State.PLAIN

    def of_tab(self, card: Card, tab: Tab) -> State:
        """Return what became of an answer; those of a new card are new with it."""
        change = self.changes.answers.get((card.rows[-1].node, tab.key))
        return _STATE[change] if change else State.PLAIN

    def of_edge(self, edge: Edge) -> State:
        """Return what became of a line."""
        change = self.changes.lines.get((edge.node, edge.key))
        return _STATE[change] if change else State.PLAIN

    def order(self, card: Card) -> int:
        """Return the place of a card among those painted: last those that changed."""
        return int(self.of_card(card) is not State.PLAIN)

    def counts(self, chart: Chart) -> Iterator[Count]:
        """Yield the label of each line along which something was taken away, or that leads elsewhere."""
        for edge in chart.edges:
            answer = (edge.node, edge.key)
            if answer in self.changes.lost:
                text = self.words.say("changes.lost", n=str(self.changes.lost[answer]))
                yield Count(edge.id, text, _LOOK[Change.GONE])
            elif edge.tab is None and self.changes.lines.get(answer) is Change.OTHER:
                yield Count(edge.id, self.words.say("changes.elsewhere"), _LOOK[Change.OTHER])

    def said(self, _card: Card, tab: Tab) -> str:
        """Return an answer as it is spoken: its label is part of it."""
        return tab.text

    def remark(self, card: Card) -> str | None:
        """Return what is spoken of a card beside its text; its rows say themselves what became of them."""
        del card
        return None

    @property
    def signs(self) -> tuple[tuple[str, Look, bool], ...]:
        """What the legend explains: text, look, whether its frame is dashed."""
        found = {*self.changes.nodes.values(), *self.changes.answers.values(), *self.changes.lines.values()}
        signs = [(self.words.say("changes.kind.gone"), _LOOK[Change.GONE], True)] if Change.GONE in found else []
        if Change.NEW in found:
            signs.append((self.words.say("changes.kind.new"), _LOOK[Change.NEW], False))
        if found & {Change.OTHER, Change.MOVED}:
            signs.append((self.words.say("changes.kind.other"), _LOOK[Change.OTHER], False))
        if self.changes.lost:
            sign = self.words.say("changes.lost", n="n")
            signs.append((self.words.say("changes.kind.lost", sign=sign), _LOOK[Change.GONE], False))
        return tuple(signs)


def labelled(chart: Chart, changes: ChartChanges, words: Lexicon) -> tuple[Chart, ChangeMarks]:
    """Return `chart` with a label on whatever changed, and its marks."""
    drawn = {(edge.node, edge.key) for edge in chart.edges}
    inside = {node: count for (node, key), count in changes.lost.items() if (node, key) not in drawn}
    labels = _Labels(changes, words, inside)
    return replace(chart, cards=tuple(map(labels.card, chart.cards))), ChangeMarks(changes, words)


@dataclass(frozen=True, slots=True)
class _Labels:
    changes: ChartChanges
    words: Lexicon
    lost_inside: Mapping[NodeId, int]  # after a row that another follows on the same card

    def card(self, card: Card) -> Card:
        """Return a card with its labels; the answers of one that is new need none of their own."""
        rows = tuple(self._row(row, is_pill=card.is_pill) for row in card.rows)
        if self.changes.nodes.get(card.rows[-1].node) in {Change.NEW, Change.GONE}:
            return replace(card, rows=rows)
        return replace(card, rows=rows, tabs=tuple(self._tab(tab, card) for tab in card.tabs))

    def _row(self, row: Row, *, is_pill: bool) -> Row:
        change = self.changes.nodes.get(row.node)
        chips = list(row.chips)
        if row.node in self.lost_inside:
            text = self.words.say("changes.lost_below", n=str(self.lost_inside[row.node]))
            chips.append(Chip(ChipKind.END, text, _COLOR[Change.GONE]))
        if change is None:
            return replace(row, chips=tuple(chips))
        label, notes = self.words.say(f"changes.label.{change.value}"), row.notes
        if row.node in self.changes.before:
            key = "changes.after" if self.changes.is_old else "changes.before"
            notes = (*notes, self.words.say(key, text=self.changes.before[row.node]))
        if row.node in self.changes.because:
            notes = (*notes, self.changes.because[row.node])
        if is_pill:  # it has no chips
            return replace(row, notes=(label.upper(), *notes))
        return replace(row, notes=notes, chips=(Chip(ChipKind.END, label.upper(), _COLOR[change]), *chips))

    def _tab(self, tab: Tab, card: Card) -> Tab:
        change = self.changes.answers.get((card.rows[-1].node, tab.key))
        if change is None:
            return tab
        label = self.words.say(f"changes.label.{change.value}")
        return replace(tab, text=self.words.say("changes.answer", answer=tab.text, label=label.upper()))
