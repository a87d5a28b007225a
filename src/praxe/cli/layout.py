"""Text laid out for a terminal: lines no wider than it is, measured in screen cells.

In: words. Out: lines. Source: Unicode Standard Annex 11 (East Asian Width).
"""

from __future__ import annotations

import unicodedata


def wrapped(text: str, width: int, *, indent: str = "") -> list[str]:
    """Return `text` in lines of at most `width` cells, a longer word alone; all but the first begin with `indent`."""
    lines: list[str] = []
    for paragraph in text.splitlines():
        line = ""
        for word in paragraph.split():
            longer = f"{line} {word}" if line.strip() else line + word
            if line.strip() and cells(longer) > width:
                lines.append(line)
                longer = indent + word
            line = longer
        lines.append(line)
    return lines


def cells(text: str) -> int:
    """Return how many cells of a terminal `text` takes."""
    return len(text) + sum(_cells(char) - 1 for char in text if not char.isascii())


def _cells(char: str) -> int:
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in {"W", "F"} else 1
