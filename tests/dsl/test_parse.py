"""Reading text: whatever it is, a tree and diagnostics come out; every mistake is told, each once."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.lexer import MAX_DEPTH, MAX_LINE_LENGTH
from praxe.dsl.messages import entry
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText
from tests.dsl.example import check_in_policy
from tests.dsl.typos import policy

PIECES = (
    "procedimento defina tabela se senão caso siga faça diga aguarde tente até em enquanto isso fim lacuna nota nada "
    'fonte quando regra salvo nunca sempre não é e ou entre 3 2026-11-22 2026-99-99 1.5 " " texto x canal = : , ( ) [ '
    "] { } | + - > >= # if end \\ \t é ç “ \u200b \x00 \U0001f600"
).split(" ")
real_texts = st.sampled_from([source.text for source in policy("rc")[0]])


def codes(text: str) -> list[str]:
    """Return the codes found in a text by itself."""
    return [each.code for each in parse(SourceText.of("x.praxe", text))[1]]


def check(text: str) -> None:
    """Parse anything: every finding has words and a place inside the text."""
    source = SourceText.of("x.praxe", text)
    _, found = parse(source)
    for each in found:
        assert entry(each.code).title.by_language
        assert 1 <= each.span.line <= len(source.lines)
        assert 1 <= each.span.column <= len(source.line(each.span.line)) + 2


@given(st.text(max_size=300))
def test_any_text(text: str) -> None:
    check(text)


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=9).map(" ".join), max_size=12).map("\n".join))
def test_any_words_of_the_language(text: str) -> None:
    check(text)
    check_in_policy("x.praxe", text)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """Return a real text with a few characters replaced, lost or added."""
    text = draw(real_texts)
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text) - 1))
        text = text[:at] + draw(st.sampled_from(["", " ", "\n", '"', ":", "x", "  ", "[", "\\"])) + text[at + 1 :]
    return text


@given(damaged())
def test_any_damage_to_a_real_text(text: str) -> None:
    check(text)


def test_the_place_of_everything() -> None:
    text = "procedimento x:\n  se canal é email e não cliente_confirmou:  [a.b]\n    faça registrar(3)\n"
    file, found = parse(SourceText.of("x.praxe", text))
    assert not found
    lines = text.split("\n")
    shown = {
        type(node).__name__: lines[node.span.line - 1][node.span.column - 1 : node.span.end_column - 1]
        for node in file.descendants()
        if node.span.line == node.span.end_line
    }
    assert shown["Not"] == "não cliente_confirmou"
    assert shown["Compare"] == "canal é email"
    assert shown["ClauseRef"] == "a.b"
    assert shown["ActionCall"] == "registrar(3)"


def test_bounds_are_told_not_hit() -> None:
    deep = "procedimento x:\n" + "".join(f"{'  ' * depth}se y:\n" for depth in range(1, 150)) + "  " * 150 + "nada\n"
    assert "PX113" in codes(deep)
    assert codes(f'procedimento x:\n  faça "{"a" * MAX_LINE_LENGTH}"\n') == ["PX115"]
    assert codes("procedimento x:\n  se " + "(" * 3000 + "y:\n    nada\n") == ["PX115"]
    assert MAX_DEPTH >= 50


def test_many_mistakes_are_all_told_in_order() -> None:
    text = "procedimento x:\n  fça a\n  se b\n    nada\n  faça c(\n  diga oi\n"
    _, found = parse(SourceText.of("x.praxe", text))
    assert [each.span.line for each in found] == [2, 3, 5, 6]


@pytest.mark.parametrize("text", ["", "\n\n", "# só um comentário\n"])
def test_an_empty_file(text: str) -> None:
    assert codes(text) == ["PX112"]


def test_line_ends_and_a_byte_order_mark_do_not_matter() -> None:
    text = "procedimento x:\n  nada\n"
    plain, _ = parse(SourceText.of("x.praxe", text))
    assert parse(SourceText.of("x.praxe", "\ufeff" + text.replace("\n", "\r\n")))[0] == plain


def test_composed_and_decomposed_letters_are_the_same() -> None:
    plain, _ = parse(SourceText.of("x.praxe", "procedimento ação:\n  faça registrar\n"))
    decomposed, found = parse(SourceText.of("x.praxe", "procedimento ac\u0327a\u0303o:\n  fac\u0327a registrar\n"))
    assert not found
    assert decomposed == plain


def test_no_message_lists_what_the_grammar_expects() -> None:
    words = re.compile(r"token|expected|unexpected|_NL|_INDENT|LALR", re.IGNORECASE)
    for each in parse(SourceText.of("x.praxe", "procedimento x:\n  se = :\n    nada\n"))[1]:
        assert not any(words.search(value) for value in each.args.values())


def test_a_text_of_four_hundred_levels_is_told_line_by_line() -> None:
    lines = [f"{'  ' * level}se urgente:" for level in range(1, 401)]
    _, found = parse(SourceText.of("x.praxe", "\n".join(["procedimento x:", *lines, f"{'  ' * 401}nada", ""])))
    assert {each.code for each in found} == {"PX113"}
    assert len(found) > 100
