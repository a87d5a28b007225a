"""Texts that Mermaid takes literally: what a reader wrote goes into quotes, with its signs as numeric entities.

In: any text. Out: the inside of a quoted Mermaid label, or a one-line title. Tried against mermaid 11's own parser
(tests/visualize/test_mermaid.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from praxe.visualize.measure import clean

BREAK: Final = "<br/>"
_NOTHING: Final = "#160;"  # a label of nothing at all is a mistake to Mermaid
_SIGNS: Final = str.maketrans(
    {
        "#": "#35;",
        "&": "#amp;",
        '"': "#quot;",
        "<": "#lt;",
        ">": "#gt;",
        "`": "#96;",  # a label between two of them is Markdown
        "\\": "#92;",
        "*": "#42;",
        "_": "#95;",
        "~": "#126;",
        "[": "#91;",
        "|": "#124;",
        "@": "#64;",
        "$": "#36;",  # two of them begin mathematics
        "%": "#37;",  # `%%{` begins a directive wherever it stands
        "{": "#123;",
        "}": "#125;",
        "ﬂ": "#64258;",  # with these four Mermaid marks the entities it puts aside
        "°": "#176;",
        "¶": "#182;",
        "ß": "#223;",
    }
)
_ITEM: Final = re.compile(r"(\d+[.)]|[-+])(?=\s|$)|(=+|-+)$")  # a line that begins a list, or underlines a heading
_ICON: Final = re.compile(r"(?<=\bfa)([a-z]?):(?=fa-)", re.IGNORECASE)
_LINK: Final = re.compile(r"(?<=:)/(?=/)|(?<=www)\.", re.IGNORECASE)
_STATEMENT: Final = re.compile(r"(styl)(e)|(classDe)(f)")  # Mermaid cuts a line with one of these and an entity


def quoted(lines: Iterable[str]) -> str:
    """Return a label of several lines, in its quotes; never empty."""
    return f'"{BREAK.join(filter(None, map(escaped, lines))) or _NOTHING}"'


def unquoted(text: str) -> str:
    """Return a text for `accTitle` and `accDescr`, which know no quotes; an empty one would swallow the next line."""
    return escaped(text) or _NOTHING


def escaped(text: str) -> str:
    """Return one line of a label."""
    marked = clean(text).translate(_SIGNS)
    item = _ITEM.match(marked)
    if item:
        marked = f"{marked[: item.end() - 1]}{_entity(marked[item.end() - 1])}{marked[item.end() :]}"
    marked = _ICON.sub(lambda found: f"{found[1]}{_entity(':')}", marked)
    marked = _LINK.sub(lambda found: _entity(found[0]), marked)
    return _STATEMENT.sub(lambda found: found[0][:-1] + _entity(found[0][-1]), marked)


def _entity(sign: str) -> str:
    return f"#{ord(sign)};"
