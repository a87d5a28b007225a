"""Pieces of a label that keep their size: Graphviz stretches every other table to fill its cell.

In: texts and colours. Out: a `Block`, which knows how large it is, in points.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from praxe.visualize import html
from praxe.visualize.measure import text_width, wrap
from praxe.visualize.style import LINE

Frame = Mapping[str, str | float]
_NO_FRAME: Frame = MappingProxyType({})
_SLACK = 2  # Graphviz measures in whole pixels, so its texts may be a little wider than ours


@dataclass(frozen=True, slots=True)
class Block:
    """A table of a fixed size, in the upper left corner of its cell."""

    html: str
    width: int
    height: int


def text_block(
    text: str,
    *,
    ink: str,
    size: float,
    within: float,
    bold: bool = False,
    padding: int = 0,
    frame: Frame = _NO_FRAME,
) -> Block:
    """Return a text in lines of at most `within` points; `frame` are attributes of the table around it."""
    lines = wrap(text, width=within - 2 * padding, size=size, bold=bold)
    edges = 2 * int(frame.get("border", 0))
    width = ceil(max(text_width(line or " ", size=size, bold=bold) for line in lines)) + _SLACK + 2 * padding
    height = ceil(len(lines) * size * LINE) + 2 * padding
    align = "CENTER" if padding else "LEFT"
    rows = [
        html.row(
            html.cell(
                html.font(line, ink=ink, size=size, bold=bold), align=align, width=width, height=height / len(lines)
            )
        )
        for line in lines
    ]
    return still(rows, width=width + edges, height=height + edges, frame=frame)


def beside(blocks: Sequence[Block], *, gap: int = 0) -> Block:
    """Return the blocks in a row."""
    cells: list[str] = []
    for block in blocks:
        if cells and gap:
            cells.append(html.cell(width=gap))
        cells.append(html.cell(block.html, valign="TOP"))
    width = sum(block.width for block in blocks) + gap * (len(blocks) - 1)
    return still([html.row(*cells)], width=width, height=max(block.height for block in blocks))


def below(blocks: Sequence[Block], *, gap: int = 0) -> Block:
    """Return the blocks one under the other."""
    rows: list[str] = []
    for block in blocks:
        if rows and gap:
            rows.append(html.space(gap))
        rows.append(html.row(html.cell(block.html, align="LEFT")))
    height = sum(block.height for block in blocks) + gap * (len(blocks) - 1)
    return still(rows, width=max(block.width for block in blocks), height=height)


def shelves(blocks: Sequence[Block], *, width: float, gap: int) -> Iterator[list[Block]]:
    """Yield the blocks in rows at most `width` wide, or of one block."""
    shelf: list[Block] = []
    for block in blocks:
        if shelf and sum(each.width + gap for each in shelf) + block.width > width:
            yield shelf
            shelf = []
        shelf.append(block)
    if shelf:
        yield shelf


def still(rows: Sequence[str], *, width: int, height: int, frame: Frame = _NO_FRAME) -> Block:
    """Return a table that is not stretched."""
    size: dict[str, str | float] = {"width": width, "height": height}
    return Block(html.table(rows, fixedsize="TRUE", align="LEFT", valign="TOP", **size, **frame), width, height)
