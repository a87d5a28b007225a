"""Policies on paper: how large the text is printed, what the links lead to."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from functools import cache
from typing import Any

import pytest
from pypdf import PageObject, PdfReader
from pypdf.generic import ContentStream

from praxe.dsl.tree import ProcedureName
from praxe.visualize import DrawingError, PaperSize, Printed, paper, summary
from praxe.visualize.printing import measured
from praxe.visualize.sheet import MARGIN, SMALLEST, place
from praxe.visualize.voice import Voice
from tests.visualize import real

pytest.importorskip("pygraphviz", exc_type=ImportError)

Matrix = tuple[float, float, float, float, float, float]


@cache
def printed(name: str, *, lit: bool = False) -> Printed:
    """Return a whole policy on A4."""
    opened = real.policy(name)
    path = real.paths(name)[0] if lit else None
    return paper(opened.checked, opened.graph, language="pt", path=path)


def reader(pdf: bytes) -> PdfReader:
    """Return a PDF, read strictly."""
    return PdfReader(io.BytesIO(pdf), strict=True)


def placed(page: PageObject) -> bytes:
    """Return where on a page its drawing lies, and how large."""
    content = page.get_contents()
    assert content is not None
    return content.get_data().splitlines()[0]


def root_of(document: PdfReader) -> Any:
    """Return what a document says of itself as a whole."""
    return document.trailer["/Root"]


def times(one: Matrix, other: Matrix) -> Matrix:
    """Return what it is to do `one` and then `other`."""
    a, b, c, d, e, f = one
    g, h, i, j, k, m = other
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def _matrix(operands: Sequence[Any]) -> Matrix:
    a, b, c, d, e, f = map(float, operands)
    return a, b, c, d, e, f


def text_sizes(page: PageObject) -> list[tuple[float, float, float]]:
    """Return size, x and y of each text shown on a page, as a reader of the file's operators works it out."""
    found: list[tuple[float, float, float]] = []
    _run(page, page.get_contents(), (1, 0, 0, 1, 0, 0), found)
    return found


def _run(holder: Any, content: Any, matrix: Matrix, found: list[tuple[float, float, float]]) -> None:
    kept: list[Matrix] = []
    text, size = matrix, 0.0
    forms = holder["/Resources"].get("/XObject", {})
    for operands, operator in ContentStream(content, None).operations:
        match operator:
            case b"q":
                kept.append(matrix)
            case b"Q":
                matrix = kept.pop()
            case b"cm":
                matrix = times(_matrix(operands), matrix)
            case b"Do":
                form = forms[operands[0]].get_object()
                if form["/Subtype"] == "/Form":
                    _run(form, form, matrix, found)
            case b"BT":
                text = matrix
            case b"Tm":
                text = times(_matrix(operands), matrix)
            case b"Td":
                text = times((1, 0, 0, 1, float(operands[0]), float(operands[1])), text)
            case b"Tf":
                size = float(operands[1])
            case b"Tj" | b"TJ":
                found.append((size * abs(text[3]), text[4], text[5]))
            case _:
                pass


@pytest.mark.parametrize("name", real.POLICIES)
def test_every_text_is_printed_at_six_points_or_more_and_inside_the_margins(name: str) -> None:
    made = printed(name)
    pages = reader(made.pdf).pages
    assert len(pages) == len(made.pages)
    assert min(each.text_points for each in made.pages) >= SMALLEST
    few = slice(None) if os.environ.get("PRAXE_DEEP") else slice(None, None, 6)
    for page, told in zip(pages[few], made.pages[few], strict=True):
        sizes = text_sizes(page)
        assert min(size for size, _, _ in sizes) >= SMALLEST - 0.01, told
        feet = sorted(size for size, _, y in sizes if y < MARGIN + 10)
        smallest = min(size for size, _, y in sizes if y >= MARGIN + 10)
        assert feet and smallest == pytest.approx(told.text_points, abs=0.02)
        assert min(x for _, x, _ in sizes) >= MARGIN - 1 and min(y for _, _, y in sizes) >= MARGIN - 1
        assert max(x for _, x, _ in sizes) <= page.mediabox.width - MARGIN
        assert max(y for _, _, y in sizes) <= page.mediabox.height - MARGIN
        sides = sorted((float(page.mediabox.width), float(page.mediabox.height)))
        assert sides == pytest.approx([595.28, 841.89], abs=0.01)
        assert (page.mediabox.width > page.mediabox.height) == told.is_landscape


@pytest.mark.parametrize("name", real.POLICIES)
def test_the_summary_comes_first_on_one_page_then_every_procedure(name: str) -> None:
    made, opened = printed(name), real.policy(name)
    assert made.pages[0].procedure is None
    assert set(opened.checked.procedures) == {page.procedure for page in made.pages[1:]}
    document = reader(made.pdf)
    outline: list[Any] = document.outline
    bookmarks = [each.title for each in outline if not isinstance(each, list)]
    assert bookmarks == [page.title for page in made.pages if not page.title.startswith("Parte ")]
    parts = [each.title for inner in outline if isinstance(inner, list) for each in inner]
    assert parts == [page.title for page in made.pages if page.title.startswith("Parte ")]


@pytest.mark.parametrize("name", real.POLICIES)
def test_links_lie_on_cards_and_lead_to_pages(name: str) -> None:
    made = printed(name)
    document = reader(made.pdf)
    pages: list[Any] = list(document.pages)
    numbers = {page.indirect_reference.idnum: number for number, page in enumerate(pages)}
    reached = {0}
    for number, page in enumerate(pages):
        words = [(x, y) for _, x, y in text_sizes(page)]
        for annotation in page.get("/Annots", ()):
            link = annotation.get_object()
            left, low, right, high = map(float, link["/Rect"])
            assert any(left < x < right and low < y < high for x, y in words)
            target = numbers[link["/Dest"][0].idnum] if "/Dest" in link else numbers[link["/A"]["/D"][0].idnum]
            assert target != number
            reached.add(target)
    assert reached == set(range(len(made.pages)))


def test_the_document_has_its_title_its_language_and_text_to_select() -> None:
    document = reader(printed("rc").pdf)
    assert document.metadata is not None
    assert document.metadata.title == "Retenção de clientes no RC"
    assert root_of(document)["/Lang"] == "pt-BR"
    assert root_of(document)["/ViewerPreferences"]["/DisplayDocTitle"]
    text = document.pages[1].extract_text()
    assert "Triagem do pedido no RC" in text and "página 2 de" in text and "versão 2026-11" in text
    fonts = set()
    pages: list[Any] = list(document.pages)
    for page in pages:
        for form in page["/Resources"]["/XObject"].values():
            for font in form.get_object()["/Resources"]["/Font"].values():
                fonts.add(str(font["/BaseFont"]).partition("+")[2])
                assert "/FontFile2" in font["/FontDescriptor"]
    assert fonts == {"PraxeInter-Regular", "PraxeInter-Bold"}


def test_a_case_is_shown_on_every_page_and_moves_nothing() -> None:
    plain, lit = printed("rc"), printed("rc", lit=True)
    assert plain.pages == lit.pages and plain.pdf != lit.pdf
    for one, other in zip(reader(plain.pdf).pages, reader(lit.pdf).pages, strict=True):
        assert one.mediabox == other.mediabox
        assert placed(one) == placed(other)
        assert [each.get_object()["/Rect"] for each in one.get("/Annots", ())] == [
            each.get_object()["/Rect"] for each in other.get("/Annots", ())
        ]
    assert "caminho deste caso" in reader(lit.pdf).pages[1].extract_text()


def test_one_procedure_and_larger_paper() -> None:
    opened, name = real.policy("promad"), ProcedureName("promad_recusar_terceiro")
    small = paper(opened.checked, opened.graph, language="en", procedures=(name,))
    large = paper(opened.checked, opened.graph, language="en", procedures=(name,), size=PaperSize.A3)
    assert len(large.pages) < len(small.pages)
    assert small.pages[0].title == "Refusing a third party" or small.pages[0].procedure == name
    assert {page.procedure for page in small.pages} == {name}
    assert root_of(reader(small.pdf))["/Lang"] == "en"


def test_the_same_again_is_the_same_file() -> None:
    opened = real.policy("rc")
    assert paper(opened.checked, opened.graph, language="pt").pdf == printed("rc").pdf


def test_without_pypdf_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    opened = real.policy("rc")
    monkeypatch.setitem(sys.modules, "pypdf", None)
    with pytest.raises(DrawingError, match="pypdf"):
        paper(opened.checked, opened.graph, language="pt", procedures=(opened.manifest.entry,))


def test_the_sheet_is_turned_where_that_makes_the_text_larger() -> None:
    assert not place(PaperSize.A4, 100, 100).is_landscape and place(PaperSize.A4, 100, 100).scale == 1
    assert place(PaperSize.A4, 1000, 300).is_landscape
    assert not place(PaperSize.A4, 300, 1000).is_landscape
    assert place(PaperSize.A3, 2000, 800).scale > place(PaperSize.A4, 2000, 800).scale


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", real.POLICIES)
def test_the_summary_of_either_policy_fits_one_sheet_in_either_language(name: str, language: str) -> None:
    opened = real.policy(name)
    voice = Voice.of(opened.checked, language)
    drawing = summary(opened.checked, opened.graph, language=language)
    assert measured(drawing, PaperSize.A4, voice).text_points >= SMALLEST
