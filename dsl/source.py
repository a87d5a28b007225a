"""Source text and places in it.

In: the characters of one file. Out: NFC text cut into lines, and `Span`, the place of anything in it.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass, field
from functools import cached_property


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A stretch of one file: lines and columns from 1, counted in code points; the end is exclusive."""

    path: str
    line: int
    column: int
    end_line: int
    end_column: int

    def to(self, other: Span) -> Span:
        """Return the span from the start of this one to the end of `other`, in the same file."""
        return Span(self.path, self.line, self.column, other.end_line, other.end_column)

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True)
class SourceText:
    """The text of one file, normalised to NFC with `\\n` line ends, as every later pass sees it."""

    path: str
    text: str
    crlf: bool = field(default=False, compare=False)

    @classmethod
    def of(cls, path: str, text: str) -> SourceText:
        """Normalise `text` (NFC, no byte order mark, `\\n` line ends) and name it `path`."""
        crlf = "\r\n" in text
        plain = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        return cls(path, unicodedata.normalize("NFC", plain), crlf)

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends; line `n` of a span is `lines[n - 1]`."""
        return tuple(self.text.split("\n"))

    def line(self, number: int) -> str:
        """Return line `number` (from 1), or the empty string beyond the end."""
        return self.lines[number - 1] if 0 < number <= len(self.lines) else ""
