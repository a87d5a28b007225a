"""The README: its picture is what `praxe draw` makes now, its examples are real and run."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from contextlib import redirect_stdout
from pathlib import Path

import pytest

from praxe.cli.root import COMMANDS
from tests.docs.console import as_it_would_look, run
from tests.docs.drawing import structure
from tests.docs.pages import ROOT, Block, agrees, blocks

README = ROOT / "README.md"
BLOCKS = blocks(README)
Golden = Callable[[Path, str], None]
PICTURES = {  # where each is, and how it is drawn; those of the policies are with their pages (test_generated.py)
    "docs/exemplo/lurdes.svg": "praxe draw docs/exemplo/etapa10/pausa --facts docs/exemplo/etapa10/lurdes.yaml"
    " --now 2027-01-04T10:00",
}


def of_kind(kind: str) -> pytest.MarkDecorator:
    """Return the mark of a test on the blocks of one kind."""
    found = [each for each in BLOCKS if each.kind == kind]
    assert found
    return pytest.mark.parametrize("block", found, ids=str)


@of_kind("praxe")
def test_the_excerpt_is_in_the_policy(block: Block) -> None:
    assert block.excerpt
    assert agrees(block.body, block.beside(block.excerpt).read_text(encoding="utf-8"), whole=False)


@of_kind("console")
def test_a_command_prints_what_is_shown(block: Block, golden: Golden, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    golden(README, block.with_body(as_it_would_look(block, language="pt")))


@of_kind("python")
def test_the_program_prints_what_its_comments_say(block: Block, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    printed = io.StringIO()
    with redirect_stdout(printed):
        exec(compile(block.body, str(block), "exec"), {})
    said = re.findall(r"^print\(.*\)  # (.*)$", block.body, re.M)
    assert len(said) == block.body.count("print(")
    for comment, line in zip(said, printed.getvalue().splitlines(), strict=True):
        start, cut, _ = comment.partition(" …")
        assert line.startswith(start) if cut else line == start


@of_kind("sh")
def test_the_make_commands_exist(block: Block) -> None:
    targets = re.findall(r"^(\w+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    called = re.findall(r"^make (\w+)", block.body, re.M)
    assert called
    assert set(called) <= set(targets)


def test_every_link_leads_somewhere() -> None:
    for page in (README, *sorted((ROOT / "docs").glob("*.md"))):
        links = re.findall(r"(?:\]\(|(?:src|href)=\")([^)#:\"]+)", page.read_text(encoding="utf-8"))
        assert links
        assert [link for link in links if not (page.parent / link).exists()] == []


def test_every_link_within_a_page_leads_to_a_heading() -> None:
    for page in sorted((ROOT / "docs").glob("*.md")):
        text = page.read_text(encoding="utf-8")
        headings = re.findall(r"^#+ (.*)$", text, re.M)
        anchors = {re.sub(r"[^\w\- ]", "", each.lower()).replace(" ", "-") for each in headings}
        assert set(re.findall(r"\]\(#([^)]*)\)", text)) <= anchors


def test_every_command_is_named() -> None:
    text = README.read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`praxe {name}" not in text and f"$ praxe {name}" not in text] == []


@pytest.mark.parametrize(("place", "command"), PICTURES.items(), ids=PICTURES)
def test_the_pictures_are_those_drawn_now(
    place: str, command: str, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    monkeypatch.chdir(ROOT)
    drawn = tmp_path / Path(place).name
    output, code = run(f"{command} -o {drawn}", language="pt")
    assert code == 0, output
    committed, now = ROOT / place, drawn.read_text(encoding="utf-8")
    if structure(committed.read_text(encoding="utf-8")) != structure(now):
        golden(committed, now)
