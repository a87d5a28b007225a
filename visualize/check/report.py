"""A drawing measured: what is wrong with it, and its figures.

In: a drawing with its pages on paper, or pictures read back. Out: a `ChartReport`. What is measured is the finished
SVG, not the layout.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from praxe.dsl.tree import ProcedureName
from praxe.visualize.arrange import arrange
from praxe.visualize.check.areas import cut_texts, overlapping_boxes, overlapping_texts
from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.lines import as_one, crossings, through_boxes
from praxe.visualize.check.paper import line_counts, long_labels, on_paper, small_text
from praxe.visualize.check.picture import Part, Picture
from praxe.visualize.check.read_svg import read_svg
from praxe.visualize.drawing import Drawing
from praxe.visualize.render import svg_of

CHECKS = (overlapping_boxes, overlapping_texts, cut_texts, through_boxes, as_one, crossings, long_labels)


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
    smallest_text_on_a4: float | None  # where it is smallest, of several sheets; None: it is never printed
    is_landscape_on_a4: bool
    sheets: int  # of A4 that it is printed on


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartReport:
    """What a drawing is like."""

    procedure: ProcedureName
    measures: Measures
    defects: tuple[Defect, ...]  # its own, and those of the pages it is printed on

    @property
    def hard(self) -> tuple[Defect, ...]:
        """The defects that spoil the drawing."""
        return tuple(each for each in self.defects if each.kind.is_hard)


def check_drawing(drawing: Drawing, *, pages: Sequence[Drawing] | None = None) -> ChartReport:
    """Draw `drawing` and measure what came out.

    Args:
        pages: what is printed on paper instead, each on one sheet of A4 (None: the drawing itself).

    Raises:
        DrawingError: Graphviz is missing or failed.
    """
    procedure = drawing.chart.procedure
    if pages is None:
        return inspect(_seen(drawing), procedure=procedure)
    sheets = tuple(map(_seen, pages))
    return inspect(_seen(drawing), procedure=procedure, sheets=sheets)


def inspect(picture: Picture, *, procedure: ProcedureName, sheets: tuple[Picture, ...] | None = None) -> ChartReport:
    """Return what is wrong with a picture and with the sheets it is printed on, and its figures."""
    own = tuple(defect for check in CHECKS for defect in check(picture))
    others: tuple[Defect, ...] = ()
    if sheets is None:
        sheets = (picture,)
    else:
        others = tuple(defect for sheet in sheets for check in CHECKS for defect in check(sheet))
        known = {(each.kind, each.element, each.other) for each in own}
        others = tuple(each for each in others if (each.kind, each.element, each.other) not in known)
    small = tuple(defect for sheet in sheets for defect in small_text(sheet))
    return ChartReport(procedure=procedure, measures=_measures(picture, own, sheets), defects=(*own, *others, *small))


def _seen(drawing: Drawing) -> Picture:
    arranged = arrange(drawing)
    return read_svg(svg_of(arranged, embed_font=False), arranged.drawing.chart)


def _measures(picture: Picture, defects: tuple[Defect, ...], sheets: tuple[Picture, ...]) -> Measures:
    printed = min((on_paper(sheet) for sheet in sheets), key=lambda each: each.smallest_text, default=None)
    return Measures(
        width=picture.width,
        height=picture.height,
        cards=sum(area.part is Part.CARD for area in picture.areas),
        lines=len(picture.lines),
        texts=len(picture.texts),
        crossings=sum(each.kind is Kind.LINES_CROSS for each in defects),
        most_lines_of_a_label=max(line_counts(picture).values(), default=0),
        smallest_text=min((text.size for text in picture.texts), default=0.0),
        smallest_text_on_a4=printed.smallest_text if printed else None,
        is_landscape_on_a4=printed is not None and printed.is_landscape,
        sheets=len(sheets),
    )
