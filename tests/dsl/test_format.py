"""Formatting: the tree survives, comments survive, a second time changes nothing, and so in either language."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from praxe.dsl.format import format_file
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText
from praxe.dsl.tree import File
from tests.strategies import files

ROOT = Path(__file__).parents[2]
POLICY_FILES = sorted(ROOT.glob("policy/*/*.praxe"))

COMMENTED = """\
# antes de tudo
procedimento atendimento:   # ao lado


  # dentro, antes
  se canal é telefone:
    registrar_nada
    # no fim do bloco
  # depois do bloco
  fim cancelado # fim
  # último

# entre os itens

nunca cancelado
# no fim do arquivo
"""

CANONICAL = """\
# antes de tudo
procedimento atendimento:  # ao lado
  # dentro, antes
  se canal é telefone:
    nada
    # no fim do bloco
  # depois do bloco
  fim cancelado  # fim
  # último

# entre os itens

nunca cancelado
# no fim do arquivo
"""


def parsed(text: str) -> File:
    """Return the tree of a text that must be right."""
    file, found = parse(SourceText.of("test.praxe", text))
    assert not found, found
    return file


@given(files)
def test_formatting_then_parsing_gives_the_same_tree(file: File) -> None:
    for language in ("pt", "en"):
        text = format_file(file, language=language)
        assert parsed(text) == file
        assert format_file(parsed(text)) == text


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.stem)
def test_the_policies_are_formatted(path: Path) -> None:
    text = path.read_text("utf-8")
    assert format_file(parsed(text)) == text


@pytest.mark.parametrize("path", POLICY_FILES, ids=lambda path: path.stem)
def test_there_and_back_again_byte_for_byte(path: Path) -> None:
    text = path.read_text("utf-8")
    english = format_file(parsed(text), language="en")
    assert english != text
    assert parsed(english).language == "en"
    assert format_file(parsed(english), language="pt") == text


def test_comments_stay_where_they_belong() -> None:
    text = COMMENTED.replace("registrar_nada", "nada")
    assert format_file(parsed(text)) == CANONICAL
    assert format_file(parsed(CANONICAL)) == CANONICAL


def test_unaccented_and_capital_words_are_written_right() -> None:
    text = "Procedimento x:\n  SE canal = chat:\n    faca registrar\n  senao:\n    nada\n"
    expected = "procedimento x:\n  se canal = chat:\n    faça registrar\n  senão:\n    nada\n"
    assert format_file(parsed(text)) == expected


def test_long_citations_go_below_the_line() -> None:
    cites = ", ".join(f"fonte.longa.de_verdade.{number}" for number in range(8))
    text = f"procedimento x:\n  faça registrar [{cites}]\n"
    written = format_file(parsed(text))
    assert max(map(len, written.splitlines())) <= 100
    assert parsed(written) == parsed(text)
