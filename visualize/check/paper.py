"""Whether a drawing can be read: how long its labels are, and how small its text gets on a sheet of paper.

In: a `Picture`. Out: the defects, and the type size reached on A4. Only what is printed on one sheet has to be large
enough there: of a flowchart that `--paper a4` splits, its pages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from math import floor

from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.picture import Part, Picture, Written
from praxe.visualize.dot import PAD
from praxe.visualize.layout.geometry import Point
from praxe.visualize.measure import shorten
from praxe.visualize.sheet import SMALLEST, PaperSize, place

MOST_LINES = 12  # of one row, answer or card


@dataclass(frozen=True, slots=True, kw_only=True)
class OnPaper:
    """How a drawing comes out on one sheet of A4, turned the better way."""

    is_landscape: bool
    scale: float  # never above 1: a small drawing is not blown up
    smallest_text: float  # points


def on_paper(picture: Picture) -> OnPaper:
    """Return how `picture` comes out on one sheet of A4, as `--paper` places it."""
    smallest = min((text.size for text in picture.texts if text.text.strip()), default=0.0)
    placing = place(PaperSize.A4, picture.width - 2 * PAD, picture.height - 2 * PAD)
    return OnPaper(
        is_landscape=placing.is_landscape, scale=placing.scale, smallest_text=round(smallest * placing.scale, 2)
    )


def line_counts(picture: Picture) -> Counter[str]:
    """Return how many lines of text each row, answer or card has; the heading is no label."""
    headings = {area.id for area in picture.areas if area.part is Part.HEADING}
    return Counter(label for label, _ in {_line(text): None for text in picture.texts if text.card not in headings})


def _line(text: Written) -> tuple[str, int]:
    """The line that a text stands on: texts side by side are one."""
    return text.label, round(text.box.bottom)


def long_labels(picture: Picture) -> Iterator[Defect]:
    """Yield the labels that have too many lines."""
    counts = line_counts(picture)
    first: dict[str, Written] = {}
    for text in picture.texts:
        first.setdefault(text.label, text)
    for label, count in counts.items():
        if count > MOST_LINES:
            text = first[label]
            yield Defect(
                kind=Kind.LABEL_LONG,
                element=label,
                node=text.node,
                place=Point(text.box.left, text.box.top),
                figure=float(count),
                args={"text": shorten(text.text, length=60), "lines": str(count), "most": str(MOST_LINES)},
            )


def small_text(picture: Picture) -> Iterator[Defect]:
    """Yield the drawing itself, if its smallest text is too small on one sheet."""
    printed = on_paper(picture)
    if picture.texts and printed.smallest_text < SMALLEST:
        smallest = min((text for text in picture.texts if text.text.strip()), key=lambda text: text.size)
        titles = [area.text for area in picture.areas if area.part is Part.HEADING]
        yield Defect(
            kind=Kind.TEXT_SMALL,
            element=smallest.label,
            place=Point(smallest.box.left, smallest.box.top),
            figure=printed.smallest_text,
            args={
                "page": " ".join(titles) or smallest.text,
                "percent": str(floor(100 * printed.scale)),
                "least": f"{SMALLEST:g}",
            },
        )
