"""The author's own text as a message repeats it."""

from __future__ import annotations

from typing import Final

_LONGEST_QUOTE: Final = 60  # code points


def quoted(text: str) -> str:
    """Return `text` between quotes that suit it, cut where a message would be too long."""
    text = text.strip()
    if '"' in text or "\\" in text:
        return short("'" + text.strip("'").replace("'", "''") + "'")
    return short(f'"{text}"')


def short(text: str) -> str:
    """Return the author's text as a message repeats it."""
    text = text.strip()
    return text if len(text) <= _LONGEST_QUOTE else text[: _LONGEST_QUOTE - 1] + "…"
