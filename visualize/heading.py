"""The top of a drawing: title, subtitle, and a legend of just the kinds that occur.

In: a drawing and the width of what is drawn below. Out: a block, which knows how large it is drawn.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from praxe.visualize import html
from praxe.visualize.blocks import Block, below, beside, shelves, still, text_block
from praxe.visualize.card_text import Paint
from praxe.visualize.chart import Chart
from praxe.visualize.drawing import Drawing
from praxe.visualize.links import safe_link
from praxe.visualize.measure import text_width
from praxe.visualize.palette import Role
from praxe.visualize.style import NOTE, SUBTITLE, TITLE, Look, Shape, look_of

_NARROWEST = 340.0  # a title is never broken to less than this
_GAP, _BAR, _PADDING, _BETWEEN_WAYS, _BESIDE = 5, 3, 4, 14, 24


def heading(drawing: Drawing, *, paint: Paint, width: float) -> Block:
    """Return the heading of a drawing that is `width` wide below; the legend ends with what its marks mean."""
    chart = drawing.chart
    limit = max(width, _NARROWEST)
    title = text_block(chart.title, ink=paint(Role.INK), size=TITLE, within=limit, bold=True)
    subtitles = [
        text_block(line, ink=paint(Role.MUTED), size=SUBTITLE, within=limit) for line in _joined(chart.subtitle, limit)
    ]
    signs = [_sign(text, look_of(shape), paint, shape=shape) for shape, text in chart.legend]
    if drawing.marks is not None:
        signs += (_sign(text, look, paint, is_dashed=is_dashed) for text, look, is_dashed in drawing.marks.signs)
    top = below((title, *subtitles, *_ways(chart, paint, limit)), gap=2)
    if not signs:
        return top
    rest = limit - top.width - _BESIDE
    is_beside = chart.is_across and rest > sum(sign.width + _GAP for sign in signs)
    rows = [beside(shelf, gap=_GAP) for shelf in shelves(signs, width=rest if is_beside else limit, gap=_GAP)]
    return beside((top, *rows), gap=_BESIDE) if is_beside else below((top, below(rows, gap=_GAP)), gap=12)


def _ways(chart: Chart, paint: Paint, limit: float) -> Iterator[Block]:
    """The links to the levels above and below."""
    links = [
        text_block(
            way.text,
            ink=paint(Role.CALL_LINE),
            size=SUBTITLE,
            within=limit,
            frame={"href": html.escaped(href), "id": f"way-{number}-{chart.id}"},
        )
        for number, way in enumerate(chart.ways, start=1)
        if (href := safe_link(way.href)) is not None
    ]
    yield from (beside(shelf, gap=_BETWEEN_WAYS) for shelf in shelves(links, width=limit, gap=_BETWEEN_WAYS))


def _joined(parts: Sequence[str], limit: float) -> Iterator[str]:
    """The parts in lines that fit, each whole."""
    line = ""
    for part in parts:
        longer = f"{line} · {part}" if line else part
        if line and text_width(longer, size=SUBTITLE) > limit:
            yield line
            longer = part
        line = longer
    if line:
        yield line


def _sign(text: str, look: Look, paint: Paint, *, shape: Shape = Shape.STEPS, is_dashed: bool = False) -> Block:
    """One entry of the legend, in the look of what it names."""
    frame: dict[str, str | float] = {"border": 1, "bgcolor": paint(look.fill), "color": paint(look.line)}
    ink, rounded = paint(look.ink), {**frame, "style": "ROUNDED,DASHED" if is_dashed else "ROUNDED"}
    if shape not in {Shape.CALL, Shape.PROCEDURE}:
        return text_block(text, ink=ink, size=NOTE, within=_NARROWEST, padding=_PADDING, frame=rounded)
    inner = text_block(text, ink=ink, size=NOTE, within=_NARROWEST, padding=_PADDING)
    bar = html.cell(width=_BAR, bgcolor=paint(look.line))
    row = html.row(bar, html.cell(inner.html), bar)
    return still([row], width=inner.width + 2 * _BAR + 2, height=inner.height + 2, frame=frame)
