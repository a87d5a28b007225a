"""A drawing before it has any place or size: cards with their texts, and the edges between them.

What `compose` makes of a procedure's graph, and what `cards`, `dot` and `svg` draw. Texts are in the reader's
language already. `Chart` says nothing about a case; `path.Marks` does.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from enum import Enum

from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import NodeId
from praxe.visualize.style import Shape


class ChipKind(Enum):
    """What a small label in a row tells."""

    DUE = "due"
    ACTOR = "actor"
    WAIT = "wait"
    GAP = "gap"
    END = "end"


@dataclass(frozen=True, slots=True)
class Chip:
    """A small label in a row: how soon a step is due, who does it; or what a procedure holds."""

    kind: ChipKind
    text: str
    color: Color | None = None  # of an outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """What one node of the graph says inside a card."""

    node: NodeId
    id: str  # of its element in the SVG: stable, unique in the drawing
    text: str
    tag: str | None = None
    statements: tuple[str, ...] = ()  # what a question joins, one line each
    notes: tuple[str, ...] = ()
    chips: tuple[Chip, ...] = ()
    source: str = ""  # the clauses behind it, in words


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """Stands at one end of lines that are not drawn, and names the card at the other."""

    id: str
    text: str
    href: str  # of that card, in the same drawing
    edges: tuple[Edge, ...]  # the lines it stands for


@dataclass(frozen=True, slots=True, kw_only=True)
class Tab:
    """One answer on a card: the place that its edge leaves from."""

    key: str  # of the branch
    id: str
    text: str
    refs: tuple[Ref, ...] = ()  # where it leads without a line


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """One box. Only a card of steps has more than one row."""

    name: str  # of the Graphviz node: n1, n2, …
    id: str
    shape: Shape
    rows: tuple[Row, ...]
    tag: str | None = None
    tabs: tuple[Tab, ...] = ()
    duties: tuple[Row, ...] = ()  # what goes on during a wait
    duties_tag: str = ""
    color: Color | None = None  # of an outcome
    href: str | None = None
    width: float = 184.0  # of a line of its text, in points
    refs: tuple[Ref, ...] = ()  # where it leads without a line and without an answer
    origins: tuple[Ref, ...] = ()  # what leads here without a line

    @property
    def is_pill(self) -> bool:
        """Whether it is drawn as a small rounded pill rather than as a card."""
        return self.shape in {Shape.START, Shape.RETURN, Shape.END, Shape.JUMP}


class EdgeKind(Enum):
    """How a line is drawn."""

    PLAIN = "plain"
    DEADLINE = "deadline"  # taken when a deadline passes: dashed
    GAP = "gap"  # into a gap: red and dashed


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """One line from a card, or from one of its tabs, to another card."""

    id: str
    source: str
    tab: int | None  # place among the tabs of the source
    target: str
    node: NodeId
    key: str  # of the branch, with `node` unique in the graph
    kind: EdgeKind


@dataclass(frozen=True, slots=True)
class Section:
    """Cards that belong together, drawn in one frame where there is room for it."""

    id: str
    title: str
    cards: frozenset[str]  # their names


@dataclass(frozen=True, slots=True)
class Way:
    """A link under the title: to the level above or below."""

    text: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """Everything that is drawn in one picture, in the author's order."""

    procedure: ProcedureName
    id: str
    language: str
    title: str
    subtitle: tuple[str, ...]  # in parts, which lines do not cut
    description: str
    digest: str
    effective: datetime.date | None
    cards: tuple[Card, ...]
    edges: tuple[Edge, ...]
    legend: tuple[tuple[Shape, str], ...]  # the kinds present
    ways: tuple[Way, ...] = ()
    sections: tuple[Section, ...] = ()  # no card in two of them
    is_across: bool = False  # from left to right instead of down
