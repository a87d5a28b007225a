"""Everything moved up as far as it can go.

In: boxes and sideways stretches in the order of the bands, whose x is settled. Out: the top of each. What stands
above something else in the same columns stays above it, so a line that passed beside a box still does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from math import floor

from praxe.visualize.layout.tracks import BESIDE

_BOX_TO_BOX = 26.0
_BOX_TO_TRACK = 10.0
_TRACK_TO_TRACK = 8.0
_TRACK_TO_HEAD = 18.0  # room for the corner and the arrow
_TRACK_TO_BOX = 10.0
_COLUMN = 64.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A box (`head` is empty) or a track into the box `head`; pieces of one `order` never stand above each other."""

    name: str
    order: tuple[int, int]
    left: float
    right: float
    height: float
    head: str = ""


def settle(pieces: Sequence[Piece]) -> list[float]:
    """Return the top of each piece, in their order, which must be that of `order`."""
    tops: list[float] = []
    standing: dict[int, list[int]] = defaultdict(list)  # column -> pieces in it that may still bear another
    for piece in pieces:
        columns = range(floor((piece.left - BESIDE) / _COLUMN), floor((piece.right + BESIDE) / _COLUMN) + 1)
        top = 0.0
        for each in {each for column in columns for each in standing[column]}:
            other = pieces[each]
            if other.order < piece.order and _overlap(other, piece):
                top = max(top, tops[each] + other.height + _room(other, piece))
        tops.append(top)
        for column in columns:
            kept = [
                each
                for each in standing[column]
                if tops[each] + pieces[each].height + _BOX_TO_BOX > top or not _hides(piece, pieces[each], column)
            ]
            standing[column] = [*kept, len(tops) - 1]
    return tops


def _hides(lower: Piece, upper: Piece, column: int) -> bool:
    """Whether all of a column that is under `upper` is under `lower` too, so that nothing more can rest on `upper`."""
    start, end = column * _COLUMN, (column + 1) * _COLUMN
    left, right = max(upper.left - BESIDE, start), min(upper.right + BESIDE, end)
    return lower.left - BESIDE <= left and right <= lower.right + BESIDE


def _overlap(one: Piece, other: Piece) -> bool:
    return one.left < other.right + BESIDE and other.left < one.right + BESIDE


def _room(upper: Piece, lower: Piece) -> float:
    if upper.head and lower.head:
        return _TRACK_TO_TRACK
    if upper.head:
        return _TRACK_TO_HEAD if upper.head == lower.name else _TRACK_TO_BOX
    return _BOX_TO_TRACK if lower.head else _BOX_TO_BOX
