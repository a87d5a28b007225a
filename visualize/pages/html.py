"""A book as a small site that needs nothing from elsewhere: no server, no script to read it, no font of the machine.

In: a book. Out: its pages, with a place for the drawing left open, and the files they share. Templates escape every
text. Jinja2 takes 76 ms to import, so nothing but the making of a site imports this module.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

import jinja2
from markupsafe import Markup

from praxe.dsl.tree import ClauseId, ProcedureName
from praxe.visualize.fonts import FAMILY, Face, woff2
from praxe.visualize.measure import clean
from praxe.visualize.pages.book import Book, Example, StepTaken
from praxe.visualize.pages.entries import Place
from praxe.visualize.pages.inline import PREFIX, Inlined
from praxe.visualize.pages.markdown import KINDS, calendar_text, holds, kinds_of
from praxe.visualize.pages.names import UNSTAMPED, WORDS, Names, anchor
from praxe.visualize.pages.search import search_index, terms
from praxe.visualize.palette import SHADES, Role
from praxe.visualize.words import lexicon

# `file:` for those who open a page from their own disk: there some browsers take every file for another's
_RULES_OF_ALL: Final = (
    "default-src 'none'; base-uri 'none'; form-action 'none'; font-src data:; script-src 'self' file:;"
    " style-src 'self' file:"
)
STYLE, SCRIPT, INDEX = "praxe.css", "praxe-search.js", "praxe-index.js"
_HOLES: Final = MappingProxyType(
    {"chart": Markup("\0chart\0"), "rules": Markup("\0rules\0"), "style": Markup("\0style\0")}
)  # no text of a policy holds a control character
_HERE: Final = Path(__file__).resolve().parent
_COLORS: Final = tuple(role for role in Role if not role.name.startswith(("DIM", "RETURN", "PATH", "START")))
_FACES: Final[tuple[tuple[Face, int], ...]] = (("regular", 400), ("bold", 700))


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """A page, perhaps with a place for a drawing."""

    name: str
    text: str  # all but the drawing

    def with_chart(self, chart: Inlined | None) -> str:
        """Return the page with its drawing put in."""
        style = chart.style if chart else ""
        digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
        rules = _RULES_OF_ALL + (f" 'sha256-{digest}'" if style else "")
        element = f"<style>{style}</style>" if style else ""
        written = self.text.replace(_HOLES["rules"], rules).replace(_HOLES["style"], element)
        return written.replace(_HOLES["chart"], chart.markup if chart else "")


def site_pages(book: Book, *, expanded: Collection[ProcedureName] = ()) -> tuple[Page, ...]:
    """Return the pages of a site; `expanded` are the procedures that are drawn with their calls opened too."""
    return tuple(_Site(book, expanded).pages())


def shared_files(book: Book) -> Mapping[str, str]:
    """Return what the pages share: style and font, the search and its index."""
    index = search_index(Names(book, "html"))
    script = (_HERE / "templates" / "search.js").read_text(encoding="utf-8")
    return {STYLE: _style(), SCRIPT: script, INDEX: index}


class _Site:
    def __init__(self, book: Book, expanded: Collection[ProcedureName]) -> None:
        self._book = book
        self._expanded = expanded
        self._names = Names(book, "html")
        self._words = lexicon(book.language, WORDS)
        self._templates = _environment()

    def pages(self) -> Iterator[Page]:
        book, names = self._book, self._names
        yield self._page("index", names.index, book.title, calendar=calendar_text(book, self._words), holds=holds)
        for page in book.procedures:
            has_expanded = page.name in self._expanded
            yield self._page("procedure", names.procedure(page.name), page.title, page=page, has_expanded=has_expanded)
            if has_expanded:
                yield self._page("expanded", names.expanded(page.name), page.title, page=page)
        yield self._page("glossary", names.page("glossary"), self._words.say("nav.glossary"))
        yield self._page("terms", names.page("terms"), self._words.say("terms.title"), terms=terms(names))
        for kind in kinds_of(book):
            title = self._words.say("nav.examples" if kind == "examples" else f"{kind}.title")
            grouped = [(name, list(found)) for name, found in groupby(book.examples, key=lambda each: each.group)]
            yield self._page(kind, names.page(kind), title, kinds=KINDS, groups=grouped)
            if kind == "examples":
                for group, found in grouped:
                    shown = f"{title}: {group.replace('_', ' ')}"
                    yield self._page("example_group", names.examples(group), shown, examples=found)

    def _page(self, template: str, name: str, title: str, **more: Any) -> Page:
        written = self._templates.get_template(f"{template}.html").render(
            book=self._book,
            names=self._names,
            say=self._words.say,
            count=self._words.count,
            title=title,
            here=name,
            link=_Links(self._names, name),
            told=_Told(),
            anchor=anchor,
            kinds_there=kinds_of(self._book),
            chart_prefix=PREFIX,
            unstamped=UNSTAMPED,
            files={"style": STYLE, "script": SCRIPT, "index": INDEX},
            hole=_HOLES,
            **more,
        )
        return Page(name=name, text=written.rstrip() + "\n")


@dataclass(frozen=True, slots=True)
class _Links:
    """Where links of one page lead."""

    names: Names
    here: str

    def place(self, place: Place) -> str:
        return self.names.place(place, here=self.here)

    def procedure(self, name: ProcedureName) -> str:
        return self.names.procedure(name)

    def term(self, kind: str, name: str) -> str:
        return self.names.to(self.names.page("glossary"), anchor(kind, name), here=self.here)

    def rule(self, number: int) -> str:
        return self.names.to(self.names.page("rules"), anchor("rule", number), here=self.here)

    def finding(self, name: ClauseId) -> str:
        return self.names.to(self.names.page("findings"), anchor("finding", name), here=self.here)

    def title_of(self, name: ClauseId) -> str:
        """Return the title of a finding."""
        return next((each.title for each in self.names.book.findings if each.name == name), "")

    def apart(self, names: Sequence[ClauseId]) -> list[ClauseId]:
        """Return clauses and findings, of the clauses of one place only the first."""
        known, first = self.names.book.clauses, dict[str, ClauseId]()
        for each in names:
            first.setdefault((known[each].place if each in known else "") or each, each)
        return list(first.values())

    def only(self, places: Sequence[Place], procedure: ProcedureName) -> list[Place]:
        """Return the places in one procedure."""
        return [each for each in places if each.procedure == procedure]

    def together(self, places: Sequence[Place]) -> Iterator[tuple[ProcedureName, list[Place]]]:
        """Yield places by the procedure they are in."""
        for name, found in groupby(places, key=lambda each: each.procedure):
            yield name, list(found)

    def by_procedure(self, example: Example) -> Iterator[tuple[ProcedureName | None, list[StepTaken]]]:
        """Yield the steps of an example by the procedure they are in."""
        for name, steps in groupby(example.steps, key=lambda step: step.place.procedure if step.place else None):
            yield name, list(steps)

    def counted(self, book: Book) -> Iterator[tuple[str, int]]:
        """Yield each kind of finding with how many there are."""
        for kind in KINDS:
            number = sum(each.kind == kind for each in book.findings)
            if number:
                yield kind, number

    def verbatim(self, text: str) -> Markup:
        """Return a text with its lines kept."""
        return Markup("\n").join(clean(line) if line.strip() else "" for line in text.splitlines())


class _Told:
    """Which clauses a page has told already."""

    def __init__(self) -> None:
        self._names: set[ClauseId] = set()

    def first(self, name: ClauseId) -> bool:
        """Return whether a clause is told for the first time."""
        is_first = name not in self._names
        self._names.add(name)
        return is_first


def _environment() -> jinja2.Environment:
    def finished(value: Any) -> Any:
        return clean(value) if type(value) is str else value

    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(_HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        finalize=finished,
    )


def _style() -> str:
    light, dark = (_variables(place) for place in (0, 1))
    faces = "".join(_face(face, weight) for face, weight in _FACES)
    own = (_HERE / "templates" / "site.css").read_text(encoding="utf-8")
    return (
        f"{faces}\n:root {{ {light} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{own}"
    )


def _variables(place: int) -> str:
    return " ".join(f"--{role.name.lower().replace('_', '-')}: {SHADES[role][place]};" for role in _COLORS)


def _face(face: Face, weight: int) -> str:
    data = base64.b64encode(woff2(face)).decode()
    source = f"url(data:font/woff2;base64,{data}) format('woff2')"
    return f"@font-face {{ font-family: '{FAMILY}'; font-weight: {weight}; src: {source}; font-display: swap; }}\n"
