"""The little language of Graphviz labels: tables, cells, text. Nothing here knows what a card is.

In: texts and colours. Out: markup in which no text can be taken for markup or for one of Graphviz's `\\N` escapes.
Text goes one row a line: `<BR/>` would space plain, bold and small lines differently.

Sizes are in points of the finished picture; Graphviz gets them `SCALE` times as large and draws smaller again. It
measures text in whole pixels, takes whole numbers for sizes only, and rounds corners by a fixed 12 points.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Mapping
from math import ceil

from praxe.visualize.measure import clean, is_known, text_width

SCALE = 2
_LENGTHS = frozenset({"width", "height", "border", "cellpadding", "cellspacing"})
Cell = str
RowOf = str


def escaped(text: str) -> str:
    """Return `text` as it must stand in a label."""
    return html.escape(clean(text), quote=True).replace("\\", "\\\\")


def font(text: str, *, ink: str, size: float, bold: bool = False) -> str:
    """Return one line of text."""
    inner = escaped(text) or "&#160;"
    return f'<FONT COLOR="{ink}" POINT-SIZE="{_scaled(size)}">{f"<B>{inner}</B>" if bold else inner}</FONT>'


def cell(content: str = "", **attributes: str | float) -> Cell:
    """Return a TD."""
    return f"<TD{_attributes(attributes)}>{content}</TD>"


def text_cell(text: str, *, ink: str, size: float, bold: bool = False, **attributes: str | float) -> Cell:
    """Return a TD of one line; letters that are not in our font get the room that the reader's font may need."""
    if not is_known(text, bold=bold):
        attributes["width"] = ceil(text_width(text, size=size, bold=bold))
    return cell(font(text, ink=ink, size=size, bold=bold), **attributes)


def row(*cells: Cell) -> RowOf:
    """Return a TR."""
    return f"<TR>{''.join(cells)}</TR>"


def space(height: float) -> RowOf:
    """Return a row of nothing."""
    return row(cell(height=height))


def table(rows: Iterable[RowOf], **attributes: str | float) -> str:
    """Return a TABLE without border, padding or spacing, unless `attributes` say otherwise."""
    plain: dict[str, str | float] = {"border": 0, "cellborder": 0, "cellspacing": 0, "cellpadding": 0}
    return f"<TABLE{_attributes({**plain, **attributes})}>{''.join(rows)}</TABLE>"


def label(content: str) -> str:
    """Return a whole HTML-like label."""
    return f"<{content}>"


def _attributes(attributes: Mapping[str, str | float]) -> str:
    return "".join(
        f' {name.upper()}="{_scaled(value) if name in _LENGTHS and not isinstance(value, str) else value}"'
        for name, value in attributes.items()
    )


def _scaled(length: float) -> int:
    return round(length * SCALE)
