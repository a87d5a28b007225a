"""`clauses.yaml` and `texts.en.yaml`."""

from __future__ import annotations

from typing import Final

import pytest
from hypothesis import given

from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.load_texts import load_texts
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Clause, Words
from tests.dsl.yaml_texts import Found, assert_can_be_told, codes, files, shown

RIGHT: Final = "ex.1:\n  document: ex\n  kind: deadline\n  paraphrase: Em 15 dias.\n"
KEYS: Final = "ex.1 ex.2.a document section locator lines kind paraphrase literals guidance pt en".split()


def load(text: str) -> Found:
    clauses, problems = load_clauses(SourceText.of("clauses.yaml", text), language="pt", documents=["ex"])
    assert clauses is not None
    return shown(problems)


def test_a_clause_with_all_its_parts() -> None:
    text = RIGHT + "  section: Prazos\n  locator: p. 2\n  lines: [3, 4]\n  literals: [15 dias]\n  guidance: Aqui\n"
    clauses, problems = load_clauses(SourceText.of("clauses.yaml", text), language="pt", documents=["ex"])
    assert problems == ()
    assert clauses == {
        ClauseId("ex.1"): Clause(
            name=ClauseId("ex.1"),
            document="ex",
            section="Prazos",
            locator="p. 2",
            kind="deadline",
            paraphrase=Words({"pt": "Em 15 dias."}),
            literals=("15 dias",),
            lines=(3, 4),
            guidance=Words({"pt": "Aqui"}),
            span=Span("", 1, 1, 1, 1),
        )
    }
    assert clauses[ClauseId("ex.1")].span == Span("clauses.yaml", 1, 1, 1, 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (RIGHT.replace("ex\n", "exx\n"), ("PX179", "2:13", {"name": "exx"})),
        (RIGHT.replace("deadline", "prazo"), ("PX168", "3:9", {"name": "prazo"})),
        (RIGHT.replace("deadline", "dedline"), ("PX168", "3:9", {"near": "deadline"})),
        (RIGHT + "  lines: [a]\n", ("PX165", "5:11", {"key": "lines", "expected": "@integer"})),
        (RIGHT + "  lines: 3\n", ("PX166", "5:10", {"key": "lines", "item": "3"})),
        (RIGHT + "  literais: [x]\n", ("PX163", "5:3", {"near": "literals"})),
        (RIGHT.replace("ex.1", "ex 1"), ("PX174", "1:1", {"fixed": "ex_1"})),
        (RIGHT.replace("ex.1", "ex..1"), ("PX174", "1:1", {"name": "ex..1"})),
        ("ex.1: {document: ex}\n", ("PX164", "1:1", {"keys": "`kind`, `paraphrase`"})),
        ("ex.1: um texto\n", ("PX167", "1:7", {"key": "ex.1"})),
        ("ex.1:\n", ("PX169", "1:1", {"key": "ex.1"})),
        (RIGHT + RIGHT, ("PX158", "5:1", {"name": "ex.1"})),
    ],
)
def test_a_mistake_in_a_clause(text: str, expected: tuple[str, str, dict[str, str]]) -> None:
    ((code, place, args),) = load(text)
    assert (code, place) == expected[:2]
    assert args.items() >= expected[2].items()


@pytest.mark.parametrize("text", ["ex.1:\n", "ex.1: x\n", "ex.1: {kind: x}\n"])
def test_a_clause_with_a_mistake_can_still_be_cited(text: str) -> None:
    clauses, problems = load_clauses(SourceText.of("clauses.yaml", text), language="pt")
    assert problems
    assert list(clauses or ()) == ["ex.1"]


def test_documents_are_not_checked_where_they_are_not_known() -> None:
    assert load_clauses(SourceText.of("clauses.yaml", RIGHT), language="pt")[1] == ()


def test_translations_keep_their_places() -> None:
    source = SourceText.of("p/texts.en.yaml", '"Bom dia": Good morning\nTchau: "Bye"\n')
    table, problems = load_texts(source, language="en")
    assert problems == ()
    assert table == {
        "Bom dia": ("Good morning", Span("p/texts.en.yaml", 1, 1, 1, 10)),
        "Tchau": ("Bye", Span("p/texts.en.yaml", 2, 1, 2, 6)),
    }


@pytest.mark.parametrize(
    ("text", "language", "code"),
    [
        ("a: [b]\n", "en", "PX165"),
        ("a:\n", "en", "PX169"),
        ("- a\n", "en", "PX167"),
        ("a: b\na: c\n", "en", "PX158"),
        ("a: b\n", "fr", "PX168"),
    ],
)
def test_a_mistake_in_translations(text: str, language: str, code: str) -> None:
    assert codes(load_texts(SourceText.of("texts.yaml", text), language=language)[1]) == [code]


def test_no_translations_yet_is_no_mistake() -> None:
    assert load_texts(SourceText.of("texts.en.yaml", "# none yet\n"), language="en") == ({}, ())


@given(files(KEYS))
def test_any_file_gives_findings_that_can_be_told(text: str) -> None:
    for _, problems in (
        load_clauses(SourceText.of("clauses.yaml", text), language="en", documents=["ex"]),
        load_texts(SourceText.of("texts.en.yaml", text), language="en"),
    ):
        assert_can_be_told(problems)
