"""From a drawing to a file's bytes.

In: a drawing and a format. Out: SVG (light and dark in one), PNG, PDF or DOT. The layout is that of the drawing
without a case's path, so that showing a path moves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Literal, assert_never

from praxe.visualize import backend, dot
from praxe.visualize.drawing import Drawing
from praxe.visualize.html import SCALE
from praxe.visualize.joins import joins
from praxe.visualize.layout.clash import crossings
from praxe.visualize.layout.geometry import Layout
from praxe.visualize.layout.read import read
from praxe.visualize.layout.route import route
from praxe.visualize.layout.squeeze import squeeze
from praxe.visualize.layout.turn import turned_layout, turned_sketch
from praxe.visualize.palette import Theme
from praxe.visualize.pdf import dated
from praxe.visualize.section_frames import framed
from praxe.visualize.svg import marked_paint, treat

Format = Literal["svg", "png", "pdf", "dot"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf", "dot")

_DPI = 144.0
_WORTH_A_SECOND_TRY = 300  # cards: with more of them, nobody follows each line
_MOST_PIXELS = 30_000.0  # on one side of a PNG: above it the image library shrinks the picture in silence


def to_dot(drawing: Drawing, *, theme: Theme = Theme.LIGHT) -> str:
    """Return the drawing as DOT text, for which no Graphviz is needed."""
    return dot.plain(drawing, theme=theme)


def lay_out(drawing: Drawing) -> Layout:
    """Return where everything goes.

    Raises:
        DrawingError: Graphviz is missing or failed.
    """
    chart = drawing.chart
    if len(chart.cards) > _WORTH_A_SECOND_TRY and chart.sections:
        return _fewest_crossings(Drawing(replace(chart, sections=())))
    first = _laid_out(drawing)
    if chart.sections and not framed(chart, first):  # they cannot be kept apart
        return _fewest_crossings(Drawing(replace(chart, sections=())))
    laid_out = _fewest_crossings(drawing, first)
    if not chart.sections or (framed(chart, laid_out) and not crossings(laid_out.wires)):
        return laid_out
    free = _fewest_crossings(Drawing(replace(chart, sections=())))  # sections are kept apart where that harms nothing
    is_worse = not framed(chart, laid_out) or crossings(free.wires) < crossings(laid_out.wires)
    return free if is_worse else laid_out


def _fewest_crossings(drawing: Drawing, first: Layout | None = None) -> Layout:
    first = first or _laid_out(drawing)
    if drawing.chart.is_across or len(drawing.chart.cards) > _WORTH_A_SECOND_TRY:  # across, room counts for more
        return first
    if not (crossed := crossings(first.wires)):
        return first
    guides = tuple(joins(drawing.chart))
    second = _laid_out(drawing, guides) if guides else first
    return second if crossings(second.wires) < crossed else first


def _laid_out(drawing: Drawing, guides: Iterable[tuple[str, str]] = ()) -> Layout:
    skeleton = dot.skeleton(drawing, guides=guides)
    sketch = read(backend.run(skeleton, program="dot", form="json0"), scale=SCALE)
    tabbed = frozenset(card.name for card in drawing.chart.cards if card.tabs)
    if drawing.chart.is_across:
        return turned_layout(route(squeeze(turned_sketch(sketch)), tabbed=tabbed))
    return route(sketch, tabbed=tabbed)


def render(drawing: Drawing, form: Format, *, theme: Theme = Theme.AUTO, embed_font: bool = True) -> bytes:
    """Return the bytes of `drawing` as `form`.

    Args:
        theme: AUTO makes an SVG that follows the reader's screen, and anything else light.
        embed_font: put the font into an SVG, for files that stand alone; pages bring their own.

    Raises:
        DrawingError: Graphviz is missing or failed (never for `dot`).
    """
    match form:
        case "dot":
            return to_dot(drawing, theme=theme).encode()
        case "svg":
            source = dot.placed(drawing, lay_out(drawing), paint=marked_paint)
            return treat(backend.run(source, program="nop2", form="svg"), drawing, theme=theme, embed_font=embed_font)
        case "pdf":
            source = dot.placed(drawing, lay_out(drawing), paint=theme.shade)
            return dated(backend.run(source, program="nop2", form="pdf"), drawing.chart.effective)
        case "png":
            layout = lay_out(drawing)
            source = dot.placed(drawing, layout, paint=theme.shade, dpi=_dpi(layout))
            return backend.run(source, program="nop2", form="png")
        case _:
            assert_never(form)


def _dpi(layout: Layout) -> float:
    bounds = layout.bounds
    longest = max(bounds.right - bounds.left, bounds.height) + 400  # the heading and the margins
    return min(_DPI, _MOST_PIXELS / longest * 72)
