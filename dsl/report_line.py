"""One source line as a terminal shows it, with the stretch to be marked measured in screen cells.

In: a line and a stretch of its code points. Out: what to print, and where its marks begin and how wide they are.
Source: Unicode Standard Annex 11 (East Asian Width).
"""

from __future__ import annotations

import unicodedata
from itertools import accumulate
from typing import Final

from praxe.dsl.record import RecordBase, record

LINE_CELLS: Final = 100  # a longer line is cut around the marks
_CONTEXT_CELLS: Final = 24  # kept before the marks when a line is cut
_TAB: Final = "    "
_STAND_IN: Final = "\ufffd"  # for what must not reach a terminal
_ELLIPSIS: Final = "…"


@record(kw_only=False)
class ShownLine(RecordBase):
    """A line ready to print: `mark_start` cells of space, then `mark_cells` (one or more) marks under it."""

    text: str
    mark_start: int
    mark_cells: int


def show_line(line: str, first: int, last: int) -> ShownLine:
    """Return `line` with its code points from `first` up to `last` (from 0, exclusive) marked."""
    shown = [_shown(char) for char in line.rstrip()]
    edges = [0, *accumulate(_cells(text) for text in shown)]
    mark_start = edges[min(first, len(shown))]
    mark_end = max(edges[min(last, len(shown))], mark_start + 1)
    if edges[-1] <= LINE_CELLS:
        return ShownLine("".join(shown), mark_start, mark_end - mark_start)
    low = max(0, min(mark_start - _CONTEXT_CELLS, edges[-1] - LINE_CELLS))
    kept = [index for index in range(len(shown)) if edges[index] >= low and edges[index + 1] <= low + LINE_CELLS]
    left = _ELLIPSIS if kept[0] > 0 else ""
    right = _ELLIPSIS if kept[-1] < len(shown) - 1 else ""
    start = mark_start - edges[kept[0]] + len(left)
    end = min(mark_end, max(edges[kept[-1] + 1], mark_start + 1)) - edges[kept[0]] + len(left)
    return ShownLine(left + "".join(shown[kept[0] : kept[-1] + 1]) + right, start, end - start)


def safe(text: str) -> str:
    """Return `text` with nothing left in it that could steer a terminal."""
    return text if text.isprintable() else "".join(map(_shown, text))


def _shown(char: str) -> str:
    if char == "\t":
        return _TAB
    is_steering = unicodedata.category(char) in {"Cc", "Zl", "Zp", "Cs"} or unicodedata.bidirectional(char) in {
        "LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI",
    }  # fmt: skip
    return _STAND_IN if is_steering else char


def _cells(text: str) -> int:
    if text == _TAB:
        return len(_TAB)
    if unicodedata.combining(text) or unicodedata.category(text) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(text) in {"W", "F"} else 1
