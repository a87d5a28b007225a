"""What the pages are called and where a link leads.

In: a book. Out: file names and anchors, the same for Markdown and HTML but for the ending. Anchors of a procedure's
points are the ids of its drawing; all others hold a dot, which no id of a drawing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from typing import Final, TypeVar

from praxe.dsl.tree import ProcedureName
from praxe.visualize.identify import slug
from praxe.visualize.pages.book import Book
from praxe.visualize.pages.entries import Place
from praxe.visualize.words import lexicon

WORDS: Final = "pages/words.yaml"
UNSTAMPED: Final = "sha256:" + "0" * 64  # where the digest of a page or drawing goes when it is made
PAGES: Final = ("glossary", "rules", "examples", "findings")
_DEVICES: Final = ("con", "prn", "aux", "nul", *(f"{port}{number}" for port in ("com", "lpt") for number in range(10)))


class Names:
    """The names of one book's files; `ending` is `md` or `html`."""

    def __init__(self, book: Book, ending: str) -> None:
        self.book = book
        self.ending = ending
        self._words = lexicon(book.language, WORDS)

    @property
    def index(self) -> str:
        """The page that a visitor sees first: browsers look for one name, code hosts for another."""
        return "index.html" if self.ending == "html" else "README.md"

    def page(self, kind: str) -> str:
        """Return the file of one of PAGES, or of the index of terms."""
        return f"{self._words.say(f'file.{kind}')}.{self.ending}"

    def examples(self, group: str) -> str:
        """Return the file of a group of examples."""
        return f"{self._groups[group]}.{self.ending}"

    def procedure(self, name: ProcedureName) -> str:
        """Return the file of a procedure."""
        return f"{self._stems[name]}.{self.ending}"

    def drawing(self, name: ProcedureName) -> str:
        """Return the file of a procedure's chart."""
        return f"{self._stems[name]}.svg"

    def expanded(self, name: ProcedureName) -> str:
        """Return the file, or page, of a procedure's chart with its calls opened."""
        return f"{self._stems[name]}--expanded.{'svg' if self.ending == 'md' else self.ending}"

    @property
    def summary(self) -> str:
        """The file of the summary chart."""
        return f"{policy_stem(self.book.name)}--summary.svg"

    @cached_property
    def _groups(self) -> dict[str, str]:
        return group_stems((each.group for each in self.book.examples), self.book.language)

    @cached_property
    def _stems(self) -> dict[ProcedureName, str]:
        groups = (each.group for each in self.book.examples)
        return procedure_stems((each.name for each in self.book.procedures), groups, self.book.language)

    # --- anchors --------------------------------------------------------------------------------------------------

    def place(self, place: Place, *, here: str) -> str:
        """Return the link to a numbered place from the page `here`."""
        return self.to(self.procedure(place.procedure), place.id, here=here)

    def to(self, page: str, anchor: str, *, here: str) -> str:
        """Return the link to an anchor of a page from the page `here`."""
        return f"#{anchor}" if page == here else f"{page}#{anchor}"


def anchor(kind: str, name: object) -> str:
    """Return the anchor of a fact, action, outcome, value, clause, finding or rule."""
    return f"{kind}.{encoded(str(name))}"


def encoded(name: str) -> str:
    """Return a name as an anchor may hold it; two names never give the same."""
    plain = (char if char.isascii() and (char.isalnum() or char in "_-.") else f"~{ord(char):x}~" for char in name)
    return "".join(plain)


def procedure_stems(names: Iterable[ProcedureName], groups: Iterable[str], language: str) -> dict[ProcedureName, str]:
    """Return the file name of each procedure, without ending; none is that of another page."""
    words = lexicon(language, WORDS)
    fixed = ["readme", "index", *(words.say(f"file.{each}") for each in (*PAGES, "terms"))]
    return _stems(sorted(names), [*fixed, *group_stems(groups, language).values()])


def policy_stem(name: str) -> str:
    """Return how the files of a policy as a whole begin."""
    return slug(name)


def group_stems(groups: Iterable[str], language: str) -> dict[str, str]:
    """Return the file name of each group of examples, without ending."""
    word = lexicon(language, WORDS).say("file.examples")
    return {name: f"{word}-{stem}" for name, stem in _stems(sorted(set(groups)), ()).items()}


_Named = TypeVar("_Named", bound=str)


def _stems(names: Iterable[_Named], fixed: Iterable[str]) -> dict[_Named, str]:
    """Return a file name without ending for each of `names`; none differs from another, or `fixed`, in case only."""
    taken = {each.casefold() for each in (*_DEVICES, *fixed)}
    given: dict[_Named, str] = {}
    for name in names:
        number, stem = 1, slug(name)
        while stem.casefold() in taken:
            number += 1
            stem = f"{slug(name)}-{number}"
        taken.add(stem.casefold())
        given[name] = stem
    return given
