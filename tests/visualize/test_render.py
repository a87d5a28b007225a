"""Formats, the same bytes every time, and what happens without Graphviz or when it complains."""

from __future__ import annotations

import hashlib
import io
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from praxe.visualize import FORMATS, Drawing, DrawingError, Format, Theme, backend, flowchart, render, to_dot
from tests.visualize import checking, gallery, sample


def _drawing(*, with_case: bool = False) -> Drawing:
    checked, graph = gallery.gallery()
    path = gallery.waiting_case() if with_case else None
    return flowchart(checked, graph, gallery.GALLERY, language="pt", path=path)


@pytest.mark.parametrize(
    ("form", "beginning"), [("svg", b"<svg "), ("png", b"\x89PNG"), ("pdf", b"%PDF-"), ("dot", b"digraph ")]
)
def test_every_format_is_what_it_says(form: Format, beginning: bytes) -> None:
    assert render(_drawing(), form).startswith(beginning)
    assert form in FORMATS


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("with_case", [False, True])
def test_the_same_drawing_is_the_same_bytes(form: Format, with_case: bool) -> None:
    assert render(_drawing(with_case=with_case), form) == render(_drawing(with_case=with_case), form)


_SCRIPT = """
import hashlib
from praxe.visualize import FORMATS, flowchart, render
from tests.visualize import gallery, sample
shown = [flowchart(*gallery.gallery(), gallery.GALLERY, language="pt", path=gallery.waiting_case())]
shown.append(flowchart(*sample.email(), sample.EMAIL, language="en", path=sample.email_case()))
print(hashlib.sha256(b"".join(render(each, form) for each in shown for form in FORMATS)).hexdigest())
"""


def test_the_same_drawing_is_the_same_bytes_in_another_process() -> None:
    root = Path(__file__).parents[2]
    digests = set()
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root)}
        done = subprocess.run(
            [sys.executable, "-c", _SCRIPT], capture_output=True, text=True, env=environment, cwd=root, check=True
        )
        digests.add(done.stdout)
    shown = [flowchart(*gallery.gallery(), gallery.GALLERY, language="pt", path=gallery.waiting_case())]
    shown.append(flowchart(*sample.email(), sample.EMAIL, language="en", path=sample.email_case()))
    here = hashlib.sha256(b"".join(render(each, form) for each in shown for form in FORMATS)).hexdigest()
    assert digests == {f"{here}\n"}


def test_dark_and_light_pictures_differ() -> None:
    assert render(_drawing(), "png", theme=Theme.DARK) != render(_drawing(), "png", theme=Theme.LIGHT)
    assert render(_drawing(), "png", theme=Theme.AUTO) == render(_drawing(), "png", theme=Theme.LIGHT)


def test_a_pdf_has_our_font_in_it_and_text_that_can_be_found() -> None:
    pypdf = pytest.importorskip("pypdf")
    pdf = render(_drawing(), "pdf")
    page = pypdf.PdfReader(io.BytesIO(pdf)).pages[0]
    assert "Cobrança de boletos em aberto" in page.extract_text()
    assert all("PraxeInter" in str(font["/BaseFont"]) for font in page["/Resources"]["/Font"].values())


def test_dot_text_can_be_drawn_by_anybodys_graphviz() -> None:
    text = to_dot(_drawing())
    assert "Cobrança de boletos em aberto" in text and 'URL="dominios.svg"' in text
    root = checking.read_svg(backend.run(text, program="dot", form="svg"))
    assert {"Domínios", "preço", "Cliente retido"} <= set(checking.texts(root))


# --- without Graphviz ---------------------------------------------------------------------------------------------


def _hide(monkeypatch: pytest.MonkeyPatch, *, dot: bool) -> None:
    """Let pygraphviz, and perhaps the program `dot`, seem not to be installed."""
    monkeypatch.setitem(sys.modules, "pygraphviz", None)
    if dot:
        monkeypatch.setattr(shutil, "which", lambda name: None)


def test_without_graphviz_the_message_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    _hide(monkeypatch, dot=True)
    with pytest.raises(DrawingError) as caught:
        render(_drawing(), "svg")
    assert "praxe[draw]" in caught.value.in_language("pt") and "é preciso o Graphviz" in caught.value.in_language("pt")
    assert "needs Graphviz" in caught.value.in_language("en")
    assert render(_drawing(), "dot").startswith(b"digraph ")


@pytest.mark.skipif(shutil.which("dot") is None, reason="no program `dot` on this machine")
def test_without_pygraphviz_the_program_dot_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    _hide(monkeypatch, dot=False)
    root = checking.read_svg(render(_drawing(with_case=True), "svg"))
    assert {"Domínios", "preço", "Cliente retido"} <= set(checking.texts(root))
    assert render(_drawing(), "png").startswith(b"\x89PNG")


def test_a_program_that_fails_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    program = tmp_path / "dot"
    program.write_text("#!/bin/sh\necho 'Error: no memory' >&2\nexit 1\n")
    program.chmod(0o755)
    _hide(monkeypatch, dot=True)
    monkeypatch.setattr(shutil, "which", lambda name: str(program))
    with pytest.raises(DrawingError, match="no memory"):
        render(_drawing(), "svg")


# --- what Graphviz only complains of ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("digraph { a[label=<<TABLE><TR>wrong</TABLE>>] }", "mismatched tag"),
        ("digraph { a[shape=plain,label=<<TABLE><TR><TD PORT='o1'>x</TD></TR></TABLE>>] b; a:o9 -> b }", "port"),
        ("digraph { a[fillcolor=nosuchcolour,style=filled] }", "nosuchcolour"),
        ("digraph { a -> ", "rror"),
        ("no graph at all", "rror"),
    ],
)
def test_a_complaint_is_an_error(source: str, said: str) -> None:
    with pytest.raises(DrawingError, match=said):
        backend.run(source, program="dot", form="svg")


def test_a_picture_that_would_be_shrunk_in_silence_is_an_error() -> None:
    with pytest.raises(DrawingError, match="too large"):
        backend.run('digraph { graph [dpi=300]; a [pos="0,0"]; b [pos="20000,0"] }', program="nop2", form="png")


def test_stderr_is_given_back(capfd: pytest.CaptureFixture[str]) -> None:
    render(_drawing(), "svg")
    os.write(2, b"still here\n")
    assert capfd.readouterr().err.splitlines()[-1] == "still here"


def test_drawings_of_several_threads_do_not_disturb_each_other() -> None:
    expected = render(_drawing(), "svg")
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(render(_drawing(), "svg"))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert drawn == [expected] * 4


def test_importing_costs_no_heavy_library() -> None:
    code = "import sys, praxe.visualize; print(sorted({'pygraphviz', 'graphviz', 'networkx'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
