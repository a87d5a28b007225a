"""A policy, or some of its procedures, on paper: which pages there are, and what is drawn on each.

In: a checked policy and its decision graph. Out: `Printed`: one PDF, the summary of the policy first, then each
procedure: on one page if its smallest text is large enough there, else an overview and one page for each part.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph
from praxe.visualize.chart import Chart
from praxe.visualize.compose import compose
from praxe.visualize.content import procedure_title
from praxe.visualize.drawing import Drawing
from praxe.visualize.identify import slug
from praxe.visualize.layout.clash import crossings
from praxe.visualize.outline import Outline, outline
from praxe.visualize.part_chart import Album
from praxe.visualize.parts import Divider, Part
from praxe.visualize.path import CasePath, Marks, Trail, mark, trail_of
from praxe.visualize.printing import Page, measured, print_pages
from praxe.visualize.sections import title_of
from praxe.visualize.sheet import SMALLEST, PaperSize
from praxe.visualize.summary import summary_chart
from praxe.visualize.voice import Voice

_WIDTHS = (112.0, 124.0, 132.0, 136.0, 150.0)  # of a line on the cards of a summary, in points


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedPage:
    """What one page shows, and how large its smallest text is printed."""

    title: str
    procedure: ProcedureName | None  # None: the summary
    text_points: float
    is_landscape: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A document ready for the printer."""

    pdf: bytes
    pages: tuple[PrintedPage, ...]


def paper(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    *,
    language: str,
    procedures: Iterable[ProcedureName] | None = None,
    size: PaperSize = PaperSize.A4,
    path: CasePath | None = None,
) -> Printed:
    """Return the flowcharts of a policy as pages.

    Args:
        language: `pt` or `en`, for every word.
        procedures: only these, without the summary (None: the whole policy).
        path: a case to show on every page.

    Raises:
        ValueError: there is no such language or no such procedure.
        DrawingError: Graphviz or pypdf is missing, or Graphviz failed.
    """
    printer = _Printer(checked, graph, language, size, trail_of(graph, path) if path is not None else None)
    if procedures is None:
        pages = [printer.summary(), *(page for name in printer.outline.procedures for page in printer.procedure(name))]
        title = checked.manifest.title.in_language(language)
    else:
        names = tuple(procedures)
        pages = [page for name in names for page in printer.procedure(name)]
        title = ", ".join(procedure_title(printer.voice, name) for name in names)
    pdf, printings = print_pages(pages, size, title=title, voice=printer.voice)
    shown = tuple(
        PrintedPage(
            title=page.title,
            procedure=None if page.is_summary else page.drawing.chart.procedure,
            text_points=each.text_points,
            is_landscape=each.placing.is_landscape,
        )
        for page, each in zip(pages, printings, strict=True)
    )
    return Printed(pdf=pdf, pages=shown)


def procedure_pages(
    checked: CheckedPolicy, graph: DecisionGraph, procedure: ProcedureName, *, language: str, size: PaperSize
) -> tuple[Page, ...]:
    """Return the pages of one procedure before they are printed, to be measured."""
    return tuple(_Printer(checked, graph, language, size, None).procedure(procedure))


def summary_page(checked: CheckedPolicy, graph: DecisionGraph, *, language: str, size: PaperSize) -> Page:
    """Return the page of the summary before it is printed, to be measured."""
    return _Printer(checked, graph, language, size, None).summary()


@dataclass(frozen=True)
class _Printer:
    checked: CheckedPolicy
    graph: DecisionGraph
    language: str
    size: PaperSize
    trail: Trail | None

    @property
    def voice(self) -> Voice:
        return Voice.of(self.checked, self.language)

    @cached_property
    def outline(self) -> Outline:
        manifest = self.checked.manifest
        return outline(self.graph, entries=(manifest.entry, *manifest.doors))

    def summary(self) -> Page:
        drawn = self.outline
        chart = self._fitting(summary_chart(self.checked, drawn, language=self.language, links=_place))
        marks = mark(chart, drawn.seen(self.trail), self.voice) if self.trail is not None else None
        return Page(drawing=Drawing(chart, marks), title=chart.title, place="#summary", depth=0, is_summary=True)

    def _fitting(self, chart: Chart) -> Chart:
        """The summary as it is or, if its text would be too small, in the width that makes it largest."""
        if measured(Drawing(chart), self.size, self.voice).text_points >= SMALLEST:
            return chart
        tries = [replace(chart, cards=tuple(replace(card, width=w) for card in chart.cards)) for w in _WIDTHS]
        return max(tries, key=self._worth)

    def _worth(self, chart: Chart) -> tuple[bool, float]:
        """How good a picture is on its sheet: no lines that cross, then the largest text."""
        printing = measured(Drawing(chart), self.size, self.voice)
        return not crossings(printing.layout.wires), printing.text_points

    def procedure(self, name: ProcedureName) -> Iterator[Page]:
        """The pages of one procedure."""
        chart = compose(self.checked, self.graph, name, language=self.language, links=_place)
        album = self._album(chart)
        for number, part in enumerate(album.parts):
            picture = album.picture(part)
            marks = self._marks(album, part, picture)
            bookmark = chart.title if number == 0 else f"{album.tag(part)}: {album.name(part)}"
            yield Page(
                drawing=Drawing(picture, marks),
                title=bookmark,
                place=album.target(part),
                depth=0 if number == 0 else 1,
            )

    def _marks(self, album: Album, part: Part, picture: Chart) -> Marks | None:
        if self.trail is None:
            return None
        return mark(picture, album.trail(part, self.trail), self.voice)

    def _album(self, chart: Chart) -> Album:
        def title(part: Part) -> str:
            return title_of(chart, self.graph, self.voice, part.head)

        @cache
        def fits(part: Part) -> bool:
            album = Album(chart, _alone(chart, part), title, self.voice)
            return measured(Drawing(album.picture(part)), self.size, self.voice).text_points >= SMALLEST

        return Album(chart, Divider(chart, fits).divide(), title, self.voice)


def _alone(chart: Chart, part: Part) -> Part:
    """The whole chart in which `part` is the only one, or the part itself if it is the whole."""
    first = chart.cards[0].name
    if part.head == first:
        return part
    return Part(first, frozenset(card.name for card in chart.cards) - part.everything, (part,))


def _place(procedure: ProcedureName) -> str:
    return f"#{slug(procedure)}"
