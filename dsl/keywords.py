"""The words of the language, one table per natural language, from `keywords.yaml`.

In: a language. Out: its `Face`: which phrase is which terminal of the grammar, and how each is written.
"""

from __future__ import annotations

import functools
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from praxe.dsl.ready import HERE, ready

FILE: Final = "keywords.yaml"
TERMINALS_THAT_OPEN_A_FILE: Final = ("PROCEDURE", "DEFINE", "TABLE", "NEVER", "ALWAYS")


def unaccented(word: str) -> str:
    """Return `word` without its accents."""
    return "".join(each for each in unicodedata.normalize("NFD", word) if not unicodedata.combining(each))


@dataclass(frozen=True)
class Face:
    """The keywords of one natural language."""

    language: str
    words: Mapping[str, tuple[str, str]]  # terminal -> phrase after one, phrase after many
    forms: Mapping[str, str]  # terminal -> how a line that begins with it is written
    phrases: Mapping[str, tuple[tuple[tuple[str, ...], str], ...]]  # first word -> phrases, longest first

    def word(self, terminal: str, *, count: int = 2) -> str:
        """Return the phrase for a terminal; `count` chooses between singular and plural."""
        one, many = self.words[terminal]
        return one if count == 1 else many

    def match(self, words: Sequence[str]) -> tuple[str, int] | None:
        """Return the terminal of the longest phrase that `words` begin with, and how many words it takes."""
        folded = [word.casefold() for word in words[: self.longest]]
        for phrase, terminal in self.phrases.get(folded[0], ()):
            if all(map(_says, folded[: len(phrase)], phrase)) and len(folded) >= len(phrase):
                return terminal, len(phrase)
        return None

    @functools.cached_property
    def longest(self) -> int:
        """The number of words of the longest phrase."""
        return max(len(phrase) for known in self.phrases.values() for phrase, _ in known)

    @functools.cached_property
    def single_words(self) -> frozenset[str]:
        """Every phrase of one word; such a word cannot be a name."""
        return frozenset(word for pair in self.words.values() for word in pair if " " not in word)


def _says(typed: str, keyword: str) -> bool:
    # `é` without its accent would be `e`, "and": the only keyword that keeps its accent
    return typed == keyword or (keyword != "é" and typed == unaccented(keyword))


def _phrases(words: Mapping[str, tuple[str, str]]) -> dict[str, tuple[tuple[tuple[str, ...], str], ...]]:
    known: dict[str, dict[tuple[str, ...], str]] = {}
    for terminal, pair in words.items():
        for written in pair:
            phrase = tuple(written.split())
            for first in {phrase[0], unaccented(phrase[0])} if phrase[0] != "é" else {phrase[0]}:
                known.setdefault(first, {}).setdefault(phrase, terminal)
    exact_first = {
        first: sorted(found.items(), key=lambda item, first=first: (-len(item[0]), item[0][0] != first))  # type: ignore[misc]
        for first, found in known.items()
    }
    return {first: tuple(found) for first, found in exact_first.items()}


@functools.cache
def faces() -> Mapping[str, Face]:
    """Return the face of each language, Portuguese first."""
    result = {}
    for language, table in (ready(FILE) or read_tables()).items():
        words = {
            terminal: (written, written) if isinstance(written, str) else (written[0], written[1])
            for terminal, written in table["words"].items()
        }
        result[language] = Face(language, words, table["forms"], _phrases(words))
    return result


def read_tables() -> Mapping[str, Any]:
    """Return what `keywords.yaml` says."""
    import yaml  # seldom needed, and slow to import

    text = (HERE / FILE).read_text("utf-8")
    tables: Mapping[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - is safe
    return tables


@functools.cache
def reserved_words() -> frozenset[str]:
    """Return every keyword of one word, of all languages, also unaccented: no name may be one."""
    every = frozenset[str]().union(*(face.single_words for face in faces().values()))
    return every | {unaccented(word) for word in every}


def language_of(words: Sequence[str], default: str) -> str:
    """Return the language of a file from its words: that of the first word that opens an item in just one."""
    openers = {
        word: language
        for language, face in faces().items()
        for terminal in TERMINALS_THAT_OPEN_A_FILE
        for word in (face.words[terminal][0], unaccented(face.words[terminal][0]))
    }
    return next((openers[word.casefold()] for word in words if word.casefold() in openers), default)
