"""A drawing measured: what is wrong with it, and its figures.

In: a drawing, or a picture read back. Out: a `ChartReport`. What is measured is the finished SVG, not the layout.
"""

from __future__ import annotations

from dataclasses import dataclass

from praxe.dsl.tree import ProcedureName
from praxe.visualize.check.areas import cut_texts, overlapping_boxes, overlapping_texts
from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.lines import as_one, crossings, through_boxes
from praxe.visualize.check.paper import line_counts, long_labels, on_paper, small_text
from praxe.visualize.check.picture import Part, Picture
from praxe.visualize.check.read_svg import read_svg
from praxe.visualize.drawing import Drawing
from praxe.visualize.render import render

CHECKS = (overlapping_boxes, overlapping_texts, cut_texts, through_boxes, as_one, crossings, long_labels, small_text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """The figures of one drawing; sizes in points."""

    width: float
    height: float
    cards: int
    lines: int
    texts: int
    crossings: int
    most_lines_of_a_label: int
    smallest_text: float
    smallest_text_on_a4: float
    is_landscape_on_a4: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartReport:
    """What a drawing is like."""

    procedure: ProcedureName
    measures: Measures
    defects: tuple[Defect, ...]

    @property
    def hard(self) -> tuple[Defect, ...]:
        """The defects that spoil the drawing."""
        return tuple(each for each in self.defects if each.kind.is_hard)


def check_drawing(drawing: Drawing) -> ChartReport:
    """Draw `drawing` and measure what came out.

    Raises:
        DrawingError: Graphviz is missing or failed.
    """
    svg = render(drawing, "svg", embed_font=False)
    return inspect(read_svg(svg, drawing.chart), procedure=drawing.chart.procedure)


def inspect(picture: Picture, *, procedure: ProcedureName) -> ChartReport:
    """Return what is wrong with a picture, and its figures."""
    defects = tuple(defect for check in CHECKS for defect in check(picture))
    return ChartReport(procedure=procedure, measures=_measures(picture, defects), defects=defects)


def _measures(picture: Picture, defects: tuple[Defect, ...]) -> Measures:
    printed = on_paper(picture)
    return Measures(
        width=picture.width,
        height=picture.height,
        cards=sum(area.part is Part.CARD for area in picture.areas),
        lines=len(picture.lines),
        texts=len(picture.texts),
        crossings=sum(each.kind is Kind.LINES_CROSS for each in defects),
        most_lines_of_a_label=max(line_counts(picture).values(), default=0),
        smallest_text=min((text.size for text in picture.texts), default=0.0),
        smallest_text_on_a4=round(printed.smallest_text, 1),
        is_landscape_on_a4=printed.is_landscape,
    )
