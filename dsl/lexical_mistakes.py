"""What is no word of the language: the first such place of a line, as a diagnostic.

In: a line and its raw pieces (kind, text, start). Out: one diagnostic with a hint, or None.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keywords import Face
from praxe.dsl.source import Span

MAX_DIGITS: Final = 15
_OPEN_QUOTES: Final = "“”„«»‘’'`"
_ALIEN_SIGNS: Final = {
    "==": "=",
    "≥": ">=",
    "≤": "<=",
    "!=": "IS_NOT",
    "<>": "IS_NOT",
    "≠": "IS_NOT",
    "&&": "AND",
    "||": "OR",
    "!": "NOT",
    "&": "AND",
}  # fmt: skip - what others write -> what we write: a sign, or the terminal of a keyword
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_DECIMAL_COMMA: Final = re.compile(r"\d+,\d+")
_UNKNOWN_ESCAPE: Final = re.compile(r'"(?:[^"\\]|\\["\\])*(\\[^"\\])')

Raw = tuple[str, str, int]
SpanOf = Callable[[int, int], Span]


def mistake_in(text: str, raw: list[Raw], face: Face, span_of: SpanOf) -> Diagnostic | None:
    """Return the first lexical mistake of a line, or None."""
    for index, (kind, piece, start) in enumerate(raw):
        found = None
        if kind == "OTHER":
            found = _alien(text, start, face, span_of)
        elif kind == "DATE":
            found = _impossible_date(piece, start, span_of)
        elif kind == "NUMBER":
            found = _odd_number(text, raw, index, span_of)
        elif piece == "|" and text.startswith("||", start):
            found = _alien(text, start, face, span_of)
        if found:
            return found
    return None


def _alien(text: str, start: int, face: Face, span_of: SpanOf) -> Diagnostic:
    rest = text[start:]
    for sign, meant in _ALIEN_SIGNS.items():
        if rest.startswith(sign):
            near = face.word(meant) if meant in face.words else meant
            return Diagnostic("PX117", span_of(start, start + len(sign)), {"text": sign, "near": near})
    if rest[0] == '"':
        escape = _UNKNOWN_ESCAPE.match(rest)
        if escape:
            at = start + escape.start(1)
            return Diagnostic("PX108", span_of(at, at + 2), {"text": escape.group(1)})
        return Diagnostic("PX102", span_of(start, len(text.rstrip())))
    if rest[0] in _OPEN_QUOTES:
        return Diagnostic("PX111", span_of(start, start + 1), {"text": rest[0], "near": '"'})
    if rest[0] == "\t":
        return Diagnostic("PX101", span_of(start, start + 1))
    if rest[0].isdigit():
        glued = re.match(r"[\w.]+", rest)
        assert glued
        return Diagnostic("PX123", span_of(start, start + glued.end()), {"text": glued.group()})
    return Diagnostic("PX103", span_of(start, start + 1), {"char": _shown(rest[0])})


def _shown(char: str) -> str:
    return char if char.isprintable() else f"U+{ord(char):04X}"


def _impossible_date(piece: str, start: int, span_of: SpanOf) -> Diagnostic | None:
    try:
        datetime.date.fromisoformat(piece)
    except ValueError:
        return Diagnostic("PX107", span_of(start, start + len(piece)), {"text": piece})
    return None


def _odd_number(text: str, raw: list[Raw], index: int, span_of: SpanOf) -> Diagnostic | None:
    _, piece, start = raw[index]
    day_first = _DAY_FIRST.match(text, start)
    if day_first:
        day, month, year = day_first.groups()
        args = {"text": day_first.group(), "near": f"{year}-{month:0>2}-{day:0>2}"}
        return Diagnostic("PX116", span_of(start, day_first.end()), args)
    comma = _DECIMAL_COMMA.match(text, start)
    if comma:
        near = comma.group().replace(",", ".")
        return Diagnostic("PX106", span_of(start, comma.end()), {"number": comma.group(), "near": near})
    if len(piece) > MAX_DIGITS:
        return Diagnostic("PX109", span_of(start, start + len(piece)), {"text": piece, "limit": str(MAX_DIGITS)})
    return None
