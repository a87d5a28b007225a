"""What can be found on a site: its index for the search, and the same as a list from A to Z.

In: the names of a book's files. Out: a script that only holds data, and the terms by letter.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from praxe.visualize.measure import clean
from praxe.visualize.pages.names import WORDS, Names, anchor
from praxe.visualize.words import lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """Something that can be looked up."""

    title: str
    kind: str  # in words
    target: str
    text: str = ""  # what else it may be found by
    is_listed: bool = True  # in the list from A to Z


def terms(names: Names) -> list[tuple[str, list[Term]]]:
    """Return the terms from A to Z, by letter."""
    listed = sorted(
        (each for each in _terms(names) if each.is_listed), key=lambda each: (plain(each.title), each.target)
    )
    return [(letter, list(found)) for letter, found in groupby(listed, key=lambda each: _letter(each.title))]


def search_index(names: Names) -> str:
    """Return the index as a script, in characters that no encoding can spoil."""
    entries = [[clean(each.title), each.kind, each.target, clean(each.text)] for each in _terms(names)]
    return f"globalThis.praxeIndex = {json.dumps(entries, ensure_ascii=True, separators=(',', ':'))};\n"


def plain(text: str) -> str:
    """Return a text without accents and capitals."""
    return "".join(char for char in unicodedata.normalize("NFKD", text).casefold() if not unicodedata.combining(char))


def _letter(title: str) -> str:
    first = next((char for char in plain(title) if char.isalnum()), "#")
    return first.upper() if first.isalpha() else "0–9"


def _terms(names: Names) -> Iterator[Term]:
    book, say = names.book, lexicon(names.book.language, WORDS).say
    glossary = names.page("glossary")
    for page in book.procedures:
        file, word = names.procedure(page.name), say("terms.procedure")
        yield Term(title=page.title, kind=word, target=file, text=page.name)
        for point in page.outline.walk():
            text = " ".join((*point.statements, *point.notes, *(way.text for way in point.ways)))
            yield Term(title=point.text, kind=page.title, target=f"{file}#{point.id}", text=text, is_listed=False)
        for clause in page.clauses:
            target = f"{file}#{anchor('clause', clause.name)}"
            text = f"{clause.name} {clause.place}"
            yield Term(title=clause.paraphrase, kind=say("terms.clause"), target=target, text=text, is_listed=False)
    for fact in book.facts:
        said = " ".join((fact.question, fact.help or "", *(each.label for each in fact.answers), fact.name))
        target = f"{glossary}#{anchor('fact', fact.name)}"
        yield Term(title=fact.label, kind=say("terms.fact"), target=target, text=said)
    for action in book.actions:
        target = f"{glossary}#{anchor('action', action.name)}"
        yield Term(
            title=action.label, kind=say("terms.action"), target=target, text=f"{action.text or ''} {action.name}"
        )
    for outcome in book.outcomes:
        target = f"{glossary}#{anchor('outcome', outcome.name)}"
        yield Term(title=outcome.label, kind=say("terms.outcome"), target=target, text=outcome.meaning or "")
    for value in book.values:
        target = f"{glossary}#{anchor('value', value.name)}"
        yield Term(title=value.label, kind=say("terms.value"), target=target, text=f"{value.value} {value.name}")
    for finding in book.findings:
        target = f"{names.page('findings')}#{anchor('finding', finding.name)}"
        yield Term(
            title=f"{finding.title} ({finding.name})", kind=say("terms.finding"), target=target, text=finding.why
        )
    for rule in book.rules:
        target = f"{names.page('rules')}#{anchor('rule', rule.number)}"
        yield Term(title=rule.text, kind=say("terms.rule"), target=target, is_listed=False)
    for example in book.examples:
        target = f"{names.examples(example.group)}#{example.id}"
        yield Term(
            title=example.name, kind=say("terms.example"), target=target, text=example.story or "", is_listed=False
        )
