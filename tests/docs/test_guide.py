"""The guides: every example is a file that is there, every command prints what is shown, every word has its row."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from pathlib import Path
from typing import get_args

import pytest

from praxe import Policy
from praxe.cli.root import COMMANDS
from praxe.dsl.format import format_file
from praxe.dsl.keywords import faces
from praxe.dsl.load_actions import NATURES
from praxe.dsl.load_clauses import KINDS
from praxe.dsl.parse import parse
from praxe.dsl.passes import check_policy
from praxe.dsl.source import SourceText
from praxe.dsl.vocabulary import Color, FactType, FindingKind, Weight
from praxe.engine.records import Record
from praxe.engine.walk import Status
from tests.docs.console import WIDTH, as_it_would_look, commands, prepare
from tests.docs.pages import ROOT, Block, agrees, blocks

DOCS = ROOT / "docs"
GUIDES = {"pt": DOCS / "guia.md", "en": DOCS / "guide.md"}
FULL = {"pt": DOCS / "exemplo" / "etapa10" / "pausa", "en": DOCS / "exemplo" / "english" / "step3" / "pause"}
EXAMPLES = sorted(path.parent for path in (DOCS / "exemplo").rglob("policy.yaml"))
FORMS = sorted({(terminal, face.forms[terminal]) for face in faces().values() for terminal in face.forms})

Golden = Callable[[Path, str], None]


def every_block(condition: Callable[[Block], object]) -> pytest.MarkDecorator:
    """Return the mark of a test on the blocks of both guides that meet a condition."""
    found = [(lang, each) for lang, page in GUIDES.items() for each in blocks(page) if condition(each)]
    return pytest.mark.parametrize(("language", "block"), found, ids=[str(each) for _, each in found])


in_both_guides = pytest.mark.parametrize("page", GUIDES.values(), ids=lambda page: page.name)


@every_block(lambda block: block.file)
def test_a_file_is_shown_as_it_is(language: str, block: Block, golden: Golden) -> None:
    assert block.file
    golden(block.page, block.with_body(block.beside(block.file).read_text(encoding="utf-8")))


@every_block(lambda block: block.excerpt)
def test_an_excerpt_is_in_its_file(language: str, block: Block) -> None:
    assert block.excerpt
    assert agrees(block.body, block.beside(block.excerpt).read_text(encoding="utf-8"), whole=False)


@every_block(lambda block: block.kind == "console")
def test_a_command_prints_what_is_shown(
    language: str, block: Block, golden: Golden, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if "$ praxe draw" in block.body:
        pytest.importorskip("pygraphviz", exc_type=ImportError)
    prepare(block, tmp_path)
    monkeypatch.chdir(tmp_path)
    golden(block.page, block.with_body(as_it_would_look(block, language=language)))


@every_block(lambda block: block.kind in {"praxe", "yaml"})
def test_nothing_is_shown_that_is_no_file(language: str, block: Block) -> None:
    assert block.file or block.excerpt


@pytest.mark.parametrize("folder", EXAMPLES, ids=lambda path: "/".join(path.parts[-2:]))
def test_each_stage_is_a_clean_policy(folder: Path) -> None:
    checked = check_policy(folder)
    assert checked.policy
    assert checked.diagnostics == ()


def test_the_draft_has_the_clauses_of_the_policy() -> None:
    folders = (DOCS / "exemplo" / "promad" / "rascunho", ROOT / "policy" / "promad")
    draft, real = (Policy.load(folder).checked.vocabulary.clauses for folder in folders)
    for name, clause in draft.items():
        assert clause.paraphrase.in_language("pt") == real[name].paraphrase.in_language("pt")
        assert clause.literals == real[name].literals


@pytest.mark.parametrize("path", sorted(DOCS.rglob("*.praxe")), ids=lambda path: "/".join(path.parts[-3:]))
def test_each_file_is_in_the_canonical_form(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    file, _ = parse(SourceText.of(path.as_posix(), text))
    assert format_file(file) == text


@pytest.mark.parametrize("path", sorted((DOCS / "exemplo").rglob("*.yaml")), ids=lambda path: "/".join(path.parts[-3:]))
def test_each_facts_file_is_used(path: Path) -> None:
    if path.parent in EXAMPLES or path.parent.name == "scenarios":
        return
    used = [each.body for page in GUIDES.values() for each in blocks(page) if each.kind == "console"]
    assert any(path.name in body for body in used)


def test_the_command_itself_prints_the_same() -> None:
    page = GUIDES["pt"]
    block = next(each for each in blocks(page) if each.kind == "console")
    (command, shown), *_ = commands(block)
    assert block.folder
    called = [sys.executable, "-m", *command.split()]
    environment = {**os.environ, "PRAXE_LANGUAGE": "pt", "COLUMNS": WIDTH, "PYTHONUTF8": "1"}
    folder = block.beside(block.folder)
    done = subprocess.run(called, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=True)
    assert done.stdout.strip() == shown.strip()


# --- the reference at the end of each guide --------------------------------------------------------------------


def rows(page: Path) -> list[str]:
    """Return the rows of the tables of a page."""
    return [line for line in page.read_text(encoding="utf-8").splitlines() if line.startswith("|")]


@in_both_guides
@pytest.mark.parametrize(("terminal", "form"), FORMS, ids=lambda value: value)
def test_each_form_has_its_row(page: Path, terminal: str, form: str) -> None:
    assert any(f"`{form}`" in row for row in rows(page))


@pytest.mark.parametrize("language", GUIDES)
def test_each_condition_of_the_table_can_be_written(language: str, tmp_path: Path) -> None:
    text = GUIDES[language].read_text(encoding="utf-8")
    table = next(each for each in text.split("\n### ") if each.startswith("Condi"))  # Condições, Conditions
    conditions = [
        each for row in re.findall(r"^\|.*\|.*\|(.*)\|$", table, re.M) for each in re.findall("`([^`]+)`", row)
    ]
    assert len(conditions) > 10
    shutil.copytree(FULL[language], tmp_path, dirs_exist_ok=True)
    word = faces()[language].word("DEFINE")
    lines = [f"{word} example_{number}: {each}\n" for number, each in enumerate(conditions)]
    (tmp_path / "conditions.praxe").write_text("".join(lines), encoding="utf-8")
    assert {each.code for each in check_policy(tmp_path).diagnostics} == {"PX216"}  # nothing but that nobody uses them


@in_both_guides
def test_each_word_of_the_yaml_files_has_its_row(page: Path) -> None:
    written = "\n".join(rows(page))
    kinds = (FactType, Color, Status, FindingKind, Weight)
    words = [each.value for kind in kinds for each in kind] + [*NATURES, *KINDS]
    assert [word for word in words if f"`{word}`" not in written] == []


@in_both_guides
def test_each_word_of_a_decision_has_its_row(page: Path) -> None:
    written = "\n".join(rows(page))
    decision = Policy.load(EXAMPLES[0]).decide({}, now=datetime(2027, 1, 4, 10)).to_json()
    words = [*decision, *decision["policy"], *(each.name for kind in get_args(Record) for each in fields(kind))]
    assert [word for word in words if f"`{word}`" not in written] == []


@in_both_guides
def test_each_command_has_its_row(page: Path) -> None:
    assert [name for name in COMMANDS if not any(row.startswith(f"| `praxe {name}") for row in rows(page))] == []
