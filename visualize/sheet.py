"""A sheet of paper: how large a drawing is printed on it, and which way it is turned.

In: the size of a drawing in points. Out: a `Placing`. Nothing is printed larger than it is drawn.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Final

_MILLIMETRE: Final = 72 / 25.4
MARGIN: Final = 12 * _MILLIMETRE
FOOTER: Final = 20.0  # the room of the line at the bottom
SMALLEST: Final = 6.0  # points of a text that can still be read


class PaperSize(Enum):
    """The sizes of ISO 216 that offices have; the value is the word for it."""

    A4 = "a4"
    A3 = "a3"

    @property
    def sides(self) -> tuple[float, float]:
        """The short and the long side, in points."""
        short, long = (210, 297) if self is PaperSize.A4 else (297, 420)
        return short * _MILLIMETRE, long * _MILLIMETRE


@dataclass(frozen=True, slots=True)
class Placing:
    """How a drawing lies on a sheet."""

    width: float  # of the sheet as it lies
    height: float
    scale: float

    @property
    def is_landscape(self) -> bool:
        """Whether the sheet lies on its long side."""
        return self.width > self.height


def place(size: PaperSize, width: float, height: float) -> Placing:
    """Return how a drawing of `width` by `height` points is printed largest; upright if both ways are alike."""
    short, long = size.sides
    placings = [Placing(w, h, _scale(w, h, width, height)) for w, h in ((short, long), (long, short))]
    return max(placings, key=lambda each: each.scale)


def _scale(sheet_width: float, sheet_height: float, width: float, height: float) -> float:
    across, down = sheet_width - 2 * MARGIN, sheet_height - 2 * MARGIN - FOOTER
    return min(1.0, across / width, down / height)
