"""Outlines and texts that get in each other's way.

In: a `Picture`. Out: the defects: boxes that overlap, texts that overlap, texts that leave their box.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import ceil

from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.picture import Area, Part, Picture, Written
from praxe.visualize.layout.geometry import Box, Point
from praxe.visualize.layout.grid import Grid
from praxe.visualize.measure import shorten

_TOUCH = 0.5  # points by which outlines may overlap: the width of their lines
_SPILL = 0.75  # points by which a text may leave its box: Graphviz places texts in quarters of a point
_NAME = 60


def overlapping_boxes(picture: Picture) -> Iterator[Defect]:
    """Yield the pairs of outlines that overlap; an answer lies on its own card, and a badge on the one it marks."""
    grid = Grid([area.box for area in picture.areas])
    for one, other in ((picture.areas[a], picture.areas[b]) for a, b in grid.pairs(clearance=-_TOUCH)):
        if _may_overlap(one, other) or _may_overlap(other, one):
            continue
        yield Defect(
            kind=Kind.BOXES_OVERLAP,
            element=other.id,
            other=one.id,
            node=other.node or one.node,
            place=_shared(one.box, other.box).center,
            args={"text": other.text, "other": one.text},
        )


def _may_overlap(one: Area, other: Area) -> bool:
    if one.part is Part.BADGE:  # it is small and lies on the edge of a card; what it hides there is looked at as text
        return other.part in {Part.CARD, Part.TAB}
    return one.part is Part.CARD and other.card == one.card


def overlapping_texts(picture: Picture) -> Iterator[Defect]:
    """Yield the pairs of texts that overlap, and the texts that a badge hides."""
    grid = Grid([text.box for text in picture.texts])
    for one, other in ((picture.texts[a], picture.texts[b]) for a, b in grid.pairs(clearance=-_TOUCH)):
        yield _hidden(one, other.label, other.text, _shared(one.box, other.box))
    for area in picture.areas:
        if area.part is Part.BADGE:
            for text in (picture.texts[each] for each in grid.meeting(area.box, clearance=-_TOUCH)):
                if text.card != area.id:
                    yield _hidden(text, area.id, area.text, _shared(text.box, area.box))


def _hidden(text: Written, other: str, said: str, place: Box) -> Defect:
    return Defect(
        kind=Kind.TEXTS_OVERLAP,
        element=text.label,
        other=other,
        node=text.node,
        place=place.center,
        args={"text": shorten(text.text, length=_NAME), "other": shorten(said, length=_NAME)},
    )


def cut_texts(picture: Picture) -> Iterator[Defect]:
    """Yield the texts that leave the shape they stand on, or stand on none; a title stands on the page."""
    page = Box("", 0.0, 0.0, picture.width, picture.height)
    headings = {area.id for area in picture.areas if area.part is Part.HEADING}
    for text in picture.texts:
        ground = page if text.ground is None and text.card in headings else text.ground
        if not text.text.strip() or (ground is not None and _spill(text.box, ground) <= _SPILL):
            continue
        out = _spill(text.box, ground) if ground is not None else text.box.right - text.box.left
        yield Defect(
            kind=Kind.TEXT_CUT,
            element=text.label,
            node=text.node,
            place=Point(text.box.left, text.box.center.y),
            figure=out,
            args={"text": shorten(text.text, length=_NAME), "points": str(ceil(out))},
        )


def _spill(text: Box, ground: Box) -> float:
    """How far a text reaches out of a shape, at the side where it does most."""
    return max(
        ground.left - text.left, text.right - ground.right, ground.top - text.top, text.bottom - ground.bottom, 0.0
    )


def _shared(one: Box, other: Box) -> Box:
    return Box(
        "",
        max(one.left, other.left),
        max(one.top, other.top),
        min(one.right, other.right),
        min(one.bottom, other.bottom),
    )
