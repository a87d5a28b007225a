"""Drawings put on sheets of paper: one PDF with links, bookmarks, page numbers.

In: pages, each with its drawing. Out: the PDF, and how large each drawing is printed. Graphviz draws; pypdf, which
knows no fonts, only puts things together, so what stands at the foot of a page is drawn by Graphviz too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from io import BytesIO
from typing import TYPE_CHECKING, Final

from praxe.visualize import backend, dot
from praxe.visualize.arrange import arrange
from praxe.visualize.cards import CardPainter
from praxe.visualize.drawing import Drawing
from praxe.visualize.errors import DrawingError
from praxe.visualize.heading import heading
from praxe.visualize.html import SCALE
from praxe.visualize.layout.geometry import Layout
from praxe.visualize.palette import Theme
from praxe.visualize.path import Marks, Trail
from praxe.visualize.pdf import dated
from praxe.visualize.section_frames import extent
from praxe.visualize.sheet import MARGIN, PaperSize, Placing, place
from praxe.visualize.voice import Voice

if TYPE_CHECKING:
    import pypdf

_POINT_SIZE: Final = re.compile(r'POINT-SIZE="(\d+)"')
_NOTHING: Final = Trail(nodes={}, answers=frozenset(), followed=frozenset())
_LANGUAGES: Final = {"pt": "pt-BR", "en": "en"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page before it is printed."""

    drawing: Drawing
    title: str  # in the bookmarks
    place: str  # what links to it say: `#…`
    depth: int  # of its bookmark
    is_summary: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """How a drawing comes out on its sheet."""

    drawing: Drawing  # with connectors where lines would have crossed
    layout: Layout
    placing: Placing
    text_points: float  # of its smallest text, as printed
    width: float  # of the drawing with its heading, in its own points
    height: float


def measured(drawing: Drawing, size: PaperSize, voice: Voice) -> Printing:
    """Return how large `drawing` is printed; a case shown on it changes nothing."""
    arranged = arrange(drawing)
    drawing, layout = arranged.drawing, arranged.layout
    bounds = extent(drawing.chart, layout)
    lit = replace(drawing, marks=Marks(_NOTHING, frozenset(), None, voice.lexicon))  # its legend has one sign more
    top = heading(lit, paint=Theme.LIGHT.shade, width=bounds.right - bounds.left)
    height = bounds.height + dot.HEADING_ROOM + top.height
    width = max(bounds.right - bounds.left, top.width)
    placing = place(size, width, height)
    painter = CardPainter(Theme.LIGHT.shade)
    texts = (top.html, *(painter.label(card).html for card in drawing.chart.cards))
    smallest = min(int(each) for text in texts for each in _POINT_SIZE.findall(text)) / SCALE
    points = smallest * placing.scale
    return Printing(drawing=drawing, layout=layout, placing=placing, text_points=points, width=width, height=height)


def print_pages(
    pages: Sequence[Page], size: PaperSize, *, title: str, voice: Voice
) -> tuple[bytes, tuple[Printing, ...]]:
    """Return the pages as one PDF, and how each came out.

    Raises:
        DrawingError: pypdf or Graphviz is missing, or Graphviz failed.
    """
    try:
        import pypdf
    except ImportError:
        raise DrawingError.of("missing_pypdf") from None
    printings = tuple(measured(page.drawing, size, voice) for page in pages)
    writer = pypdf.PdfWriter()
    for number, (page, printing) in enumerate(zip(pages, printings, strict=True), start=1):
        foot = voice.say("paper.page", number=str(number), of=str(len(pages)))
        _print(writer, page, printing, left=_footer(page, voice), right=foot)
    places = {page.place: number for number, page in reversed(list(enumerate(pages)))}
    for number, printing in enumerate(printings):
        _link(writer, number, printing, places)
    parents: list[pypdf.generic.IndirectObject] = []
    for number, page in enumerate(pages):
        del parents[page.depth :]
        parents.append(
            writer.add_outline_item(title=page.title, page_number=number, parent=parents[-1] if parents else None)
        )
    _describe(writer, title, pages[0].drawing, voice)
    file = BytesIO()
    writer.write(file)
    return file.getvalue(), printings


def _footer(page: Page, voice: Voice) -> str:
    manifest = voice.checked.manifest
    parts = [manifest.title.in_language(voice.language), voice.say("heading.version", version=manifest.version)]
    return " · ".join([*parts, *([] if page.is_summary else [page.drawing.chart.title])])


def _print(writer: pypdf.PdfWriter, page: Page, printing: Printing, *, left: str, right: str) -> None:
    """Add a sheet: the drawing and the line at its foot, each as an object of its own that is put in its place."""
    from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

    placing, date = printing.placing, page.drawing.chart.effective
    sheet = writer.add_blank_page(placing.width, placing.height)
    drawn = backend.run(
        dot.placed(printing.drawing, printing.layout, paint=Theme.LIGHT.shade), program="nop2", form="pdf"
    )
    line = backend.run(dot.line(left, right, width=placing.width - 2 * MARGIN), program="dot", form="pdf")
    x, y = _origin(printing)
    forms = {"/Drawing": _form(writer, dated(drawn, date)), "/Foot": _form(writer, dated(line, date))}
    content = DecodedStreamObject()
    content.set_data(
        f"q {placing.scale:.5f} 0 0 {placing.scale:.5f} {x:.3f} {y:.3f} cm /Drawing Do Q\n"
        f"q 1 0 0 1 {MARGIN:.3f} {MARGIN:.3f} cm /Foot Do Q\n".encode()
    )
    sheet[NameObject("/Contents")] = writer._add_object(content)
    named = DictionaryObject({NameObject(name): form for name, form in forms.items()})
    sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})


def _form(writer: pypdf.PdfWriter, pdf: bytes) -> pypdf.generic.IndirectObject:
    """Return the one page of a PDF as an object that other pages can show, its content as it is."""
    from pypdf import PdfReader
    from pypdf.generic import ArrayObject, DecodedStreamObject, FloatObject, NameObject, StreamObject

    page = PdfReader(BytesIO(pdf)).pages[0]
    content = page["/Contents"].get_object()
    assert isinstance(content, StreamObject)  # INVARIANT: cairo writes one stream a page
    form = DecodedStreamObject()
    form.set_data(content.get_data())
    form[NameObject("/Type")], form[NameObject("/Subtype")] = NameObject("/XObject"), NameObject("/Form")
    form[NameObject("/BBox")] = ArrayObject(FloatObject(each) for each in page.mediabox)
    form[NameObject("/Resources")] = page["/Resources"].clone(writer)
    return writer._add_object(form.flate_encode())


def _origin(printing: Printing) -> tuple[float, float]:
    """Where the lower left corner of Graphviz's page goes, which has a margin of its own."""
    placing = printing.placing
    across = (placing.width - printing.width * placing.scale) / 2
    bottom = placing.height - MARGIN - printing.height * placing.scale
    return across - dot.PAD * placing.scale, bottom - dot.PAD * placing.scale


def _link(writer: pypdf.PdfWriter, number: int, printing: Printing, places: dict[str, int]) -> None:
    from pypdf.annotations import Link
    from pypdf.generic import Fit

    for target, box in _boxes(printing):
        if target in places:
            link = Link(rect=box, target_page_index=places[target], fit=Fit.fit(), border=[0, 0, 0])
            writer.add_annotation(number, link)


def _boxes(printing: Printing) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    """The cards that lead somewhere, each with its rectangle on the sheet."""
    scale, bounds = printing.placing.scale, extent(printing.drawing.chart, printing.layout)
    x, y = _origin(printing)
    for card in printing.drawing.chart.cards:
        if card.href is not None:
            box = printing.layout.boxes[card.name]
            left, low = dot.PAD + box.left - bounds.left, dot.PAD + bounds.bottom - box.bottom
            right, high = left + box.right - box.left, low + box.height
            yield card.href, (x + left * scale, y + low * scale, x + right * scale, y + high * scale)


def _describe(writer: pypdf.PdfWriter, title: str, drawing: Drawing, voice: Voice) -> None:
    from pypdf.generic import BooleanObject, DictionaryObject, NameObject, TextStringObject

    writer.add_metadata({"/Title": title, "/Subject": drawing.chart.description, "/Creator": "Praxe"})
    root = writer.root_object
    root[NameObject("/Lang")] = TextStringObject(_LANGUAGES[voice.language])
    root[NameObject("/ViewerPreferences")] = DictionaryObject({NameObject("/DisplayDocTitle"): BooleanObject(True)})
    root[NameObject("/PageMode")] = NameObject("/UseOutlines")
