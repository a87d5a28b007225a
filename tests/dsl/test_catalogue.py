"""The catalogue: complete, in both languages, free of our own words, and true: each example has what it shows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import pytest
import yaml

from praxe.dsl import messages
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.lexer import MAX_DEPTH, MAX_LINE_LENGTH, MAX_LINES
from praxe.dsl.messages import Entry, all_codes, entry, places, terms
from praxe.dsl.vocabulary import Words
from tests.dsl.example import check_example, check_in_policy
from tests.engine.example_proofs import check_proofs
from tests.engine.example_sources import check_register
from tests.visualize.example_charts import check_charts

ROOT: Final = Path(__file__).parents[2]
LANGUAGES: Final = {"pt", "en"}
REQUIRED: Final = {"severity", "title", "message", "explanation", "right"}
OPTIONAL: Final = {"hint", "related", "wrong", "example_file"}
JARGON: Final = re.compile(
    r"\b(tokens?|nodes?|nós?|parsers?|parse|booleans?|booleano|strings?|null|nulo|lexer|lark|sintaxe|syntax|sintático"
    r"|identifiers?|identificador(es)?|arguments?|argumentos?|parameters?|parâmetros?|expression|expressão|variáve(l|is)"
    r"|variables?|enum|integers?|statements?|indentation|indentação|invalid|inválid[oa]s?|illegal|ilegal)\b"
    r"|\bNone\b|\bAST\b|(?-i:\bYAML Error\b)"
)
START: Final = "procedimento atendimento:\n"
END: Final = "  fim encerrado\n"
TOO_LONG_TO_SHOW: Final = {
    "PX113": START + "".join(f"{'  ' * depth}se cliente_confirmou:\n" for depth in range(1, MAX_DEPTH + 2)) + END,
    "PX114": START + "  # …\n" * MAX_LINES + END,
    "PX170": "outcomes:\n  encerrado:\n    label: " + "a" * 2001 + "\n",
    "PX115": START + f'  diga "{"a" * MAX_LINE_LENGTH}"\n' + END,
    "PX513": START + "  se cliente_confirmou:\n    faça cancelar_boleto\n" * 20 + END,
}
NEVER_OF_A_TEXT: Final = {
    "PX501",
    "PX502",
    "PX503",
    "PX504",
    "PX505",
    "PX511",
    "PX405",
    "PX410",
    "PX311",
}  # shown by tests/visualize/test_chart_check.py, tests/engine/prove, tests/dsl/test_table_coverage.py
NEEDS_A_SOURCE_TEXT: Final = {"PX182", "PX183"}
SHOWN: Final = [code for code in all_codes() if code not in TOO_LONG_TO_SHOW and code not in NEVER_OF_A_TEXT]
UNUSED_WORDS: Final = re.compile(r"PX21[1-8]")  # an example need not use every word of the shared vocabulary


def words_of(known: Entry) -> Iterator[tuple[str, Words]]:
    yield "title", known.title
    yield "message", known.message
    yield "explanation", known.explanation
    yield from ((f"hint {number}", hint) for number, hint in enumerate(known.hints, start=1))
    yield from ((f"related {label}", words) for label, words in known.related.items())


def raw(code: str) -> dict[str, Any]:
    text = (ROOT / "dsl" / "catalogue" / f"{code}.yaml").read_text("utf-8")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


def codes_in_sources() -> set[str]:
    sources = [
        path.read_text("utf-8") for room in ("dsl", "engine", "visualize") for path in (ROOT / room).rglob("*.py")
    ]
    return set(re.findall(r'"(PX\d{3})"', "\n".join(sources)))


# --- the files ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", all_codes())
def test_an_entry_has_the_known_keys(code: str) -> None:
    keys = set(raw(code))
    assert keys >= REQUIRED
    assert keys <= REQUIRED | OPTIONAL
    assert ("wrong" in keys) is (code not in TOO_LONG_TO_SHOW and code not in NEVER_OF_A_TEXT)


@pytest.mark.parametrize("code", all_codes())
def test_every_text_is_there_in_both_languages(code: str) -> None:
    for what, words in words_of(entry(code)):
        assert set(words.by_language) == LANGUAGES, what
        assert all(str(text or "").strip() == text != "" for text in words.by_language.values()), what


@pytest.mark.parametrize("code", all_codes())
def test_both_languages_have_the_same_places(code: str) -> None:
    for what, words in words_of(entry(code)):
        if what != "explanation":
            assert places(words.in_language("pt")) == places(words.in_language("en")), what


@pytest.mark.parametrize("code", all_codes())
def test_texts_use_no_word_of_ours(code: str) -> None:
    for what, words in words_of(entry(code)):
        for text in words.by_language.values():
            assert not JARGON.search(re.sub(r"\{\w+\}", "", text)), f"{what}: {text}"


@pytest.mark.parametrize("code", all_codes())
def test_titles_and_messages_are_not_sentences_with_a_period(code: str) -> None:
    known = entry(code)
    for words in (known.title, known.message, *known.hints):
        for text in words.by_language.values():
            assert not text.endswith(".")
            assert not text[0].isupper()
    for text in known.explanation.by_language.values():
        assert text.endswith((".", "?", "`"))


def test_terms_are_there_in_both_languages() -> None:
    assert all(set(words.by_language) == LANGUAGES for words in terms().values())


def test_a_code_of_the_sources_has_a_file_and_the_other_way_round() -> None:
    assert codes_in_sources() == set(all_codes())


def test_nothing_else_lies_in_the_folder() -> None:
    names = {path.name for path in (ROOT / "dsl" / "catalogue").iterdir()}
    assert names == {f"{code}.yaml" for code in all_codes()} | {"terms.yaml"}


# --- the examples ------------------------------------------------------------------------------------------------


def check(known: Entry, text: str) -> tuple[Diagnostic, ...]:
    if known.code in NEEDS_A_SOURCE_TEXT:
        return check_register(text)
    if known.code[2] == "5":
        return check_charts(text)
    if known.code > "PX402":  # and below PX500
        return check_proofs(known.example_file, text)
    # findings on whole policies have examples in files that need the rest of the policy beside them
    is_about_a_policy = known.example_file.endswith(".yaml") and known.code[2] != "1"
    return (check_in_policy if is_about_a_policy else check_example)(known.example_file, text)


def codes(found: tuple[Diagnostic, ...], but_for: str) -> Counter[str]:
    return Counter(each.code for each in found if each.code == but_for or not UNUSED_WORDS.fullmatch(each.code))


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_has_the_finding_and_no_other(code: str) -> None:
    known = entry(code)
    assert known.wrong is not None
    assert set(codes(check(known, known.wrong), code)) == {code}


@pytest.mark.parametrize("code", TOO_LONG_TO_SHOW)
def test_what_is_too_long_to_show_has_its_finding(code: str) -> None:
    assert code in codes(check(entry(code), TOO_LONG_TO_SHOW[code]), code)


@pytest.mark.parametrize("code", all_codes())
def test_the_right_example_has_no_finding(code: str) -> None:
    known = entry(code)
    left = codes(check(known, known.right), code)
    if UNUSED_WORDS.fullmatch(code) and known.wrong is not None:
        assert left[code] < codes(check(known, known.wrong), code)[code]
        left.pop(code, None)
    assert not left


@pytest.mark.parametrize("code", SHOWN)
def test_the_wrong_example_fills_every_place(code: str) -> None:
    known = entry(code)
    assert known.wrong is not None
    for diagnostic in check(known, known.wrong):
        if diagnostic.code != code:
            continue
        for language in sorted(LANGUAGES):
            finding = messages.explain(diagnostic, language)
            texts = [finding.message, finding.hint or "", *(text for _, text in finding.related)]
            assert not any(places(text) for text in texts), texts
        assert all(each.label in known.related for each in diagnostic.related)
