"""The page of source coverage: whole, closed to the outside, escaped, in both languages, well-formed."""

from __future__ import annotations

import base64
import hashlib
import re
from html.parser import HTMLParser

import pytest

from praxe.dsl.tree import ClauseId
from praxe.engine.sources import SourceReport
from praxe.visualize.markup import bar, element
from praxe.visualize.sources_page import sources_page
from praxe.visualize.words import LANGUAGES, lexicon
from tests.engine.example_sources import FILES, check_texts, report_of

TABLE = "sources_page.yaml"
VOID = {"meta", "input"}
HOSTILE = "<script>alert(1)</script> & \" ' {n} \\u202e"


def page(language: str = "pt", changed: frozenset[ClauseId] = frozenset(), **changes: str) -> str:
    """Return the page of the example, with some of its files changed (`troca_praxe` for `troca.praxe`)."""
    checked = check_texts({name.replace("_", "."): text for name, text in changes.items()})
    assert checked.policy
    return sources_page(checked.policy, report_of(checked), language=language, changed=changed)


class Outline(HTMLParser):
    """Reads a page and notes its elements; every one that opens must close, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_each_clause_has_a_card_in_the_colour_of_its_state() -> None:
    cards = [
        (attributes["id"], (attributes["class"] or "").split()[-1])
        for tag, attributes in Outline(page()).found
        if tag == "article" and "clause" in (attributes["class"] or "")
    ]
    assert cards == [
        ("d.bloco", "implemented"),
        ("d.ligar", "implemented"),
        ("d.dias", "implemented"),
        ("d.limite", "implemented"),
        ("d.nota", "guidance"),
        ("d.dica", "guidance"),
        ("d.lacuna", "gap"),
        ("d.achado", "gap"),
        ("d.falta", "missing"),
    ]


def test_ids_are_unique_and_every_link_leads_somewhere() -> None:
    found = Outline(page()).found
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    targets = {attributes["href"] for tag, attributes in found if tag == "a"}
    assert targets <= {f"#{each}" for each in ids}


def test_the_page_says_what_answers_to_a_clause() -> None:
    text = page()
    for words in (
        "8 de 9 (88%)",
        "troca.praxe:3",
        "tente até 2 vezes ligar até vip:",
        "No rodapé.",
        "Leitura escolhida",
        "Porque sim.",
    ):
        assert words in text
    assert "loja/troca.praxe" not in text
    assert "releia" not in text
    assert "releia" in page(changed=frozenset({ClauseId("d.ligar")}))


def test_the_other_language_has_no_leftover() -> None:
    text = re.sub(r'<(\w+)[^>]* lang="pt".*?</\1>', "", page("en"))
    text = text.partition("</style>")[2]
    assert "What became of each clause" in text
    assert not re.search(r"cumprida|orientação|(?<!d.)lacuna|linha|(?<!d.)achado|cláusula", text)


def test_nothing_comes_from_outside_and_nothing_runs() -> None:
    text = page()
    found = Outline(text).found
    assert not {tag for tag, _ in found} & {"script", "link", "iframe", "img", "object", "form"}
    assert not [attributes for _, attributes in found if any(name.startswith("on") for name in attributes)]
    assert not [attributes for _, attributes in found if "style" in attributes or "src" in attributes]
    assert "http:" not in text
    assert "https:" not in text
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    assert style
    assert "url(" not in style[1]
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"default-src 'none'; style-src 'sha256-{digest}'" in text


def test_every_text_is_escaped() -> None:
    quoted = HOSTILE.replace("'", "''")
    clauses = FILES["clauses.yaml"].replace("paraphrase: P", f"paraphrase: '{quoted}', literals: ['{quoted}']")
    findings = FILES["findings.yaml"].replace("title: T, why: W", f"title: '{quoted}', why: '{quoted}'")
    praxe = FILES["troca.praxe"].replace('"Com calma."', '"<script>alert(2)</script>"')
    text = page(clauses_yaml=clauses, findings_yaml=findings, troca_praxe=praxe)
    assert "<script" not in text
    assert "&lt;script&gt;alert(1)" in text
    assert "&lt;script&gt;alert(2)" in text
    Outline(text)


def test_a_policy_without_a_register_says_so() -> None:
    manifest = FILES["policy.yaml"].replace(", clauses: [d.limite]", "")
    checked = check_texts({"policy.yaml": manifest})
    assert checked.policy is not None
    empty = SourceReport(clauses=(), findings=(), lines=())
    text = sources_page(checked.policy, empty, language="pt")
    assert "não tem cláusulas" in text
    Outline(text)


def test_two_runs_write_the_same_page() -> None:
    assert page() == page()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_are_complete_and_used(language: str) -> None:
    phrases, other = lexicon(language, TABLE).phrases, lexicon("en", TABLE).phrases
    places = re.compile(r"\{(\w+)\}")
    assert phrases.keys() == other.keys()
    for key, phrase in phrases.items():
        assert phrase.strip()
        assert set(places.findall(phrase)) == set(places.findall(other[key])), key


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language 'fr'"):
        page("fr")


def test_a_bar_is_as_long_as_its_numbers() -> None:
    drawn = bar([("a", 1), ("b", 0), ("c", 3)], "x")
    assert re.findall(r'class="(\w)" x="([\d.]+)" width="([\d.]+)"', drawn) == [
        ("a", "0.00", "250.00"),
        ("c", "250.00", "750.00"),
    ]
    assert element("p", "x", class_="a", lang=None) == '<p class="a">x</p>'
