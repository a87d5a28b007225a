"""A finished drawing as a ruler sees it: outlines, lines of text and lines, each where it was really drawn.

What `read_svg` finds in an SVG and what the checks measure. Places are in points from the upper left corner of the
picture; nothing here is what the layout had in mind.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from praxe.engine.graph import NodeId
from praxe.visualize.layout.geometry import Box, Point


class Part(Enum):
    """What an outline is of."""

    CARD = "card"
    TAB = "tab"
    HEADING = "heading"
    BADGE = "badge"  # where a case stands, or how many scenarios come by


@dataclass(frozen=True, slots=True, kw_only=True)
class Area:
    """The outline of a card, of an answer on it, of the heading or of a badge."""

    id: str  # of the element in the drawing
    part: Part
    box: Box
    card: str  # the card it belongs to: itself, or the one that the answer is on
    text: str  # what it says, shortened
    node: NodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """One line of text, as wide as its font draws it."""

    text: str
    box: Box
    size: float
    ground: Box | None  # the shape it begins on; None: it stands on nothing
    label: str  # the element it is part of: a row, an answer, a card
    card: str
    node: NodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line from card to card, with its corners."""

    id: str
    tail: str
    head: str
    points: tuple[Point, ...]
    node: NodeId | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A drawing, measured."""

    width: float
    height: float
    areas: tuple[Area, ...]
    texts: tuple[Written, ...]
    lines: tuple[Line, ...]
