"""Every link and anchor of every page leads somewhere, in both forms and both languages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from praxe.dsl.tree import ProcedureName
from praxe.engine import Policy, load_scenarios
from praxe.visualize.pages.names import UNSTAMPED, anchor, procedure_stems
from praxe.visualize.pages.plan import Form, planned
from praxe.visualize.words import LANGUAGES

FORMS: tuple[Form, ...] = ("md", "html")
CASES: tuple[tuple[str, Form, str], ...] = (
    ("rc", "md", "en"),
    ("rc", "html", "pt"),
    ("promad", "md", "pt"),
    ("promad", "html", "en"),
)
DRAWN = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><style>.praxe{}</style></svg>'
VOID = {"meta", "link", "input", "br", "hr", "img"}


@cache
def pages(name: str, form: Form, language: str) -> Mapping[str, str]:
    """Return the files of a policy's documentation, its drawings left out."""
    policy = Policy.load(f"policy/{name}")
    scenarios = load_scenarios(f"policy/{name}", policy).scenarios
    files = planned(policy, scenarios, language=language, form=form, draw=lambda drawing, has_font: DRAWN)
    return {each.name: each.make().decode() for each in files}


class Page(HTMLParser):
    """Reads a page: its ids, its links, and whether every element that opens closes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.links: list[str] = []
        self.open: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)
        assert self.open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        given = dict(attrs)
        self.elements.append((tag, given))
        self.ids += [each for name in ("id",) if (each := given.get(name))]
        self.links += [each for name in ("href", "src") if (each := given.get(name))]
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


class Source:
    """Reads the ids and links of a Markdown page from its text; rendering all of them would take a minute."""

    def __init__(self, text: str) -> None:
        text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        self.ids = re.findall(r'<a id="([^"]+)"></a>', text)
        self.links = re.findall(r"(?<!\\)\]\(([^()\s]+)\)", text)


def read(name: str, text: str) -> Page | Source:
    """Return what leads where on a page."""
    return Source(text) if name.endswith(".md") else Page(text)


def lost(files: Mapping[str, str]) -> Iterable[str]:
    """Yield every link that leads nowhere, and every id that is there twice."""
    found = {name: read(name, text) for name, text in files.items() if name.endswith((".md", ".html"))}
    ids = {name: Counter(page.ids) for name, page in found.items()}
    for name, page in found.items():
        yield from (f"{name}: two {each}" for each, number in ids[name].items() if number > 1)
        for link in page.links:
            target, _, fragment = unquote(link).partition("#")
            place = target or name
            if place not in files:  # nothing but the files themselves: no other site, no folder of a machine
                yield f"{name}: {link}"
            elif fragment and not fragment.startswith("c.") and fragment not in ids[place]:
                yield f"{name}: {link}"  # `c.` is in the drawing, which is left out here


@pytest.mark.parametrize(("name", "form", "language"), CASES, ids=map("-".join, CASES))
def test_every_link_is_relative_and_leads_somewhere(name: str, form: Form, language: str) -> None:
    files = pages(name, form, language)
    assert len(files) > 10
    assert list(lost(files)) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_links_are_those_that_a_reader_of_markdown_finds(language: str) -> None:
    for name, text in pages("rc", "md", language).items():
        if name.endswith(".md"):
            seen = Page(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))
            source = Source(text)
            assert [unquote(each) for each in seen.links if each] != []
            assert set(seen.ids) == set(source.ids)
            assert {each for each in seen.links if "#" in each} == {each for each in source.links if "#" in each}


@pytest.mark.parametrize("form", FORMS)
def test_the_same_policy_gives_the_same_pages(form: Form) -> None:
    first = dict(pages("rc", form, "pt"))
    pages.cache_clear()
    assert pages("rc", form, "pt") == first


@pytest.mark.parametrize("form", FORMS)
def test_every_page_says_that_it_is_generated_and_bears_its_own_digest(form: Form) -> None:
    said = re.escape("Gerado por praxe docs. Não edite: mude a política e gere de novo.")
    stamps = [
        re.findall(rf"<!-- {said} (sha256:[0-9a-f]{{64}}) -->", text[:300])
        for name, text in pages("rc", form, "pt").items()
        if name.endswith((".md", ".html"))
    ]
    assert all(len(each) == 1 for each in stamps)
    assert len({each[0] for each in stamps}) == len(stamps)
    assert not [each for (each,) in stamps if each == UNSTAMPED]
    digest = Policy.load("policy/rc").checked.digest
    holding = [name for name, text in pages("rc", form, "pt").items() if digest in text]
    assert holding == [{"md": "README.md", "html": "index.html"}[form]]  # else every change would touch every page


def test_no_file_differs_from_another_in_case_only_or_takes_a_fixed_name() -> None:
    names = [ProcedureName(each) for each in ("a", "A", "ação", "acao", "readme", "glossario", "con", "exemplos_x")]
    stems = procedure_stems(names, ["x"], "pt")
    assert len({each.casefold() for each in stems.values()}) == len(names)
    assert not {"readme", "index", "glossario", "con"} & set(stems.values())


def test_an_anchor_is_never_that_of_another_name() -> None:
    names = ("a.b", "a-b", "a b", "ação", "acao", "a~b", "a/b", "")
    assert len({anchor("fact", each) for each in names}) == len(names)
    assert all(re.fullmatch(r"fact\.[\w.~-]*", anchor("fact", each), re.ASCII) for each in names)
