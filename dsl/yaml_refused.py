"""What no YAML text may hold, whatever it says.

In: the text of one file. Out: the finding about a text that is too long, or holds characters that nobody sees.
"""

from __future__ import annotations

import re
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import MAX_BYTES, too_long
from praxe.dsl.source import SourceText, Span

# Control characters, line ends of other alphabets, marks that turn the writing direction, halves of characters.
_UNPRINTABLE: Final = (
    "[^\t\n\x20-\x7e\xa0-\u2027\u202f-\u2065\u206a-\ud7ff\ue000-\ufefe\uff00-\ufffd\U00010000-\U0010ffff]"
)
_MARGIN_OF_HARD_SPACES: Final = re.compile(r"^ *(\xa0)", re.MULTILINE)
_DIRECTIVE: Final = re.compile(r"(?: *(?:#.*)?\n)*+(%)")


def refused_text(source: SourceText) -> Diagnostic | None:
    """Return the finding about a text that is too long, or holds characters that nobody sees."""
    text = source.text
    if len(text) > MAX_BYTES or (len(text) * 4 > MAX_BYTES and len(text.encode("utf-8", "replace")) > MAX_BYTES):
        return too_long(source.path)
    unseen = unprintable(text)
    if unseen:
        return hidden(unseen.group(), _place(source, unseen.start()))
    hard_space = _MARGIN_OF_HARD_SPACES.search(text)
    if hard_space:
        return hidden("\xa0", _place(source, hard_space.start(1)))
    tab = text.find("\t")
    if tab >= 0:
        return Diagnostic("PX153", _place(source, tab))
    directive = _DIRECTIVE.match(text)
    if directive:
        return Diagnostic("PX157", _place(source, directive.start(1)), {"name": "%", "directive": "%"})
    return None


def unprintable(text: str) -> re.Match[str] | None:
    """Return the first character of a text that nobody sees."""
    if text.replace("\n", "").isprintable():
        return None  # a stricter question, which most texts stand: the pattern alone takes long to prepare
    return re.search(_UNPRINTABLE, text)


def hidden(character: str, span: Span) -> Diagnostic:
    """Return the finding about a character that nobody sees."""
    return Diagnostic("PX159", span, {"name": f"U+{ord(character):04X}"})


def _place(source: SourceText, index: int) -> Span:
    line = source.text.count("\n", 0, index) + 1
    column = index - source.text.rfind("\n", 0, index)
    return Span(source.path, line, column, line, column + 1)
