"""Explanations laid out: paragraphs, numbered turns, steps and clauses, as plain text or as Markdown.

In: blocks. Out: one text. What comes from a policy is text and nothing else: in Markdown it is escaped.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, assert_never

_SPECIAL: Final = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST_MARK: Final = re.compile(r"^(\d+)([.)])|^([-+=])")


@dataclass(frozen=True, slots=True)
class Title:
    """What the explanation is about."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """The name of a part."""

    text: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Sentences."""

    text: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One numbered turn of the story: its lead, remarks, the steps that follow, and the clauses behind it."""

    number: int
    lead: str
    remarks: tuple[str, ...] = ()
    steps: tuple[str, ...] = ()
    clauses: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Points:
    """A list without numbers."""

    items: tuple[str, ...]


Block = Title | Heading | Paragraph | Turn | Points


def as_text(blocks: Iterable[Block], width: int) -> str:
    """Return blocks as plain text."""
    return "\n\n".join("\n".join(_text_of(each, max(width, 20))) for each in blocks) + "\n"


def as_markdown(blocks: Iterable[Block]) -> str:
    """Return blocks as Markdown (CommonMark)."""
    return "\n\n".join("\n".join(_markdown_of(each)) for each in blocks) + "\n"


def _text_of(block: Block, width: int) -> Iterator[str]:
    match block:
        case Title(text=text) | Heading(text=text):
            yield from _lines(text, width, "", "")
        case Paragraph(text=text):
            yield from _lines(text, width, "", "")
        case Points(items=items):
            for each in items:
                yield from _lines(each, width, "  • ", "    ")
        case Turn():
            mark = f"{block.number}. "
            margin = " " * len(mark)
            yield from _lines(block.lead, width, mark, margin)
            for each in block.remarks:
                yield from _lines(each, width, margin, margin)
            for each in block.steps:
                yield from _lines(each, width, f"{margin}→ ", f"{margin}  ")
            for each in block.clauses:
                yield from _lines(each, width, f"{margin}§ ", f"{margin}  ")
        case _:
            assert_never(block)


def _lines(text: str, width: int, first: str, other: str) -> Iterator[str]:
    plain = " ".join(text.split())
    yield from textwrap.wrap(
        plain, width, initial_indent=first, subsequent_indent=other, break_long_words=False, break_on_hyphens=False
    ) or [first.rstrip()]


def _markdown_of(block: Block) -> Iterator[str]:
    match block:
        case Title(text=text):
            yield f"## {escaped(text)}"
        case Heading(text=text):
            yield f"### {escaped(text)}"
        case Paragraph(text=text):
            yield escaped(text)
        case Points(items=items):
            yield from (f"- {escaped(each)}" for each in items)
        case Turn():
            mark = f"{block.number}. "
            margin = " " * len(mark)
            yield f"{mark}**{escaped(block.lead)}**"
            for each in block.remarks:
                yield f"{margin}- {escaped(each)}"
            for each in block.steps:
                yield f"{margin}- → {escaped(each)}"
            for each in block.clauses:
                yield f"{margin}- § {escaped(each)}"
        case _:
            assert_never(block)


def escaped(text: str) -> str:
    """Return a text of the policy so that Markdown shows it as it is."""
    plain = _SPECIAL.sub(r"\\\1", " ".join(text.split())).replace("&", "&amp;")
    return _LIST_MARK.sub(lambda mark: f"{mark[1]}\\{mark[2]}" if mark[1] else f"\\{mark[3]}", plain)
