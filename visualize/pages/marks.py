"""The Markdown that every reader of it takes alike: CommonMark (GitHub, GitLab, MyST) and Python-Markdown (MkDocs).

In: texts, which may hold any character. Out: Markdown in which none of them is taken for markup, an emoji, mathematics,
a template or HTML. Lists are indented by four, line breaks are `<br>`: both dialects agree on these only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from typing import Final
from urllib.parse import quote

from praxe.visualize.measure import clean

_ESCAPED: Final = re.compile(r"[\\`*_\[\]]")  # by a backslash, which both dialects know for these
_CODED: Final = re.compile(r"[&<>|~${}@]|:(?=[\w+-]+:)")  # by number: markup, tables, mathematics, templates, emoji
_SPECIAL: Final = re.compile(rf"{_ESCAPED.pattern}|{_CODED.pattern}|[\"']")
_LINE_START: Final = re.compile(r"[-+=#%(:!^\"]|(?:\d+|[A-Za-z])[.)]")  # its last character is what must be coded
_PLAIN_CODE: Final = re.compile(r"[\w./:+ -]+")
INDENT: Final = "    "


def text(written: str) -> str:
    """Return a text as it must stand inside a line."""
    return _inside(clean(written))


def line(written: str) -> str:
    """Return a text as it must stand at the beginning of a line."""
    plain = clean(written)
    found = _LINE_START.match(plain)
    if not found:
        return _inside(plain)
    return _inside(plain[: found.end() - 1]) + _coded(plain[found.end() - 1]) + _inside(plain[found.end() :])


def code(written: str) -> str:
    """Return a name of the policy."""
    plain = clean(written)
    if _PLAIN_CODE.fullmatch(plain):
        return f"`{plain}`"
    return f"<code>{html(plain)}</code>"


def html(written: str) -> str:
    """Return a text as it must stand in HTML inside Markdown."""
    return _SPECIAL.sub(lambda found: _coded(found[0]), clean(written))


def bold(markup: str) -> str:
    """Return markup in bold; nothing for nothing."""
    return f"**{markup}**" if markup else ""


def link(markup: str, target: str) -> str:
    """Return a link; an odd character in its target is encoded."""
    return f"[{markup}]({quote(target, safe='#/.-_~%')})"


def image(alternative: str, target: str) -> str:
    """Return a picture that leads to its own file, where it can be seen whole."""
    return link(f"![{text(alternative)}]({quote(target, safe='/.-_~%')})", target)


def anchor(name: str) -> str:
    """Return a place that links can lead to."""
    return f'<a id="{escape(name)}"></a>'


def item(markup: str, *, depth: int = 0, more: Iterable[str] = ()) -> str:
    """Return an item of a list; `more` are its further lines."""
    lines = [markup, *more]
    return f"{INDENT * depth}-   " + f"<br>\n{INDENT * (depth + 1)}".join(lines)


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table of markup; nothing if it has no rows."""
    written = [_row(row) for row in rows]
    if not written:
        return ""
    return "\n".join([_row(head), _row(["---"] * len(head)), *written])


def folded(summary: str, markup: str) -> str:
    """Return a part that is closed at first; `markdown="1"` lets Python-Markdown read what is in it."""
    return f'<details markdown="1">\n<summary>{html(summary)}</summary>\n\n{markup}\n\n</details>'


def fence(kind: str, content: str) -> str:
    """Return a block of code; its fence is longer than any inside."""
    longest = max((len(each) for each in re.findall("`+", content)), default=0)
    ticks = "`" * max(3, longest + 1)
    return f"{ticks}{kind}\n{content.rstrip()}\n{ticks}"


def comment(written: str) -> str:
    """Return a comment that no reader sees."""
    return f"<!-- {clean(written).replace('--', '- -')} -->"


def whole(parts: Iterable[str]) -> str:
    """Return a page of its parts, one empty line between them."""
    return "\n\n".join(part.rstrip() for part in parts if part.strip()) + "\n"


def _inside(plain: str) -> str:
    escaped = _ESCAPED.sub(lambda found: f"\\{found[0]}", plain)
    return _CODED.sub(lambda found: _coded(found[0]), escaped)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _coded(char: str) -> str:
    return "".join(f"&#{ord(each)};" for each in char)
