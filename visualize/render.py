"""From a drawing to a file's bytes.

In: a drawing and a format. Out: SVG (light and dark in one), PNG, PDF or DOT. The layout is that of the drawing
without a case's path, so that showing a path moves nothing.
"""

from __future__ import annotations

from typing import Literal, assert_never

from praxe.visualize import backend, dot
from praxe.visualize.arrange import Arranged, arrange
from praxe.visualize.drawing import Drawing
from praxe.visualize.layout.geometry import Layout
from praxe.visualize.palette import Theme
from praxe.visualize.pdf import dated
from praxe.visualize.svg import marked_paint, treat

Format = Literal["svg", "png", "pdf", "dot"]
FORMATS: tuple[Format, ...] = ("svg", "png", "pdf", "dot")

_DPI = 144.0
_MOST_PIXELS = 30_000.0  # on one side of a PNG: above it the image library shrinks the picture in silence


def to_dot(drawing: Drawing, *, theme: Theme = Theme.LIGHT) -> str:
    """Return the drawing as DOT text, for which no Graphviz is needed."""
    return dot.plain(drawing, theme=theme)


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
            return svg_of(arrange(drawing), theme=theme, embed_font=embed_font)
        case "pdf":
            arranged = arrange(drawing)
            source = dot.placed(arranged.drawing, arranged.layout, paint=theme.shade)
            return dated(backend.run(source, program="nop2", form="pdf"), drawing.chart.effective)
        case "png":
            arranged = arrange(drawing)
            source = dot.placed(arranged.drawing, arranged.layout, paint=theme.shade, dpi=_dpi(arranged.layout))
            return backend.run(source, program="nop2", form="png")
        case _:
            assert_never(form)


def svg_of(arranged: Arranged, *, theme: Theme = Theme.AUTO, embed_font: bool = True) -> bytes:
    """Return the SVG of a drawing that has its places already."""
    drawing = arranged.drawing
    source = dot.placed(drawing, arranged.layout, paint=marked_paint)
    return treat(backend.run(source, program="nop2", form="svg"), drawing, theme=theme, embed_font=embed_font)


def _dpi(layout: Layout) -> float:
    bounds = layout.bounds
    longest = max(bounds.right - bounds.left, bounds.height) + 400  # the heading and the margins
    return min(_DPI, _MOST_PIXELS / longest * 72)
