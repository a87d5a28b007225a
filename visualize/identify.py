"""Names for the elements of a drawing, made of what they stand for.

In: node ids and branch keys, which may hold any character. Out: ids that XML, CSS and links all take as they are.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_NOT_PLAIN = re.compile(r"[^A-Za-z0-9_]+(?:-[^A-Za-z0-9_]*)*")


def slugs(texts: Iterable[str]) -> dict[str, str]:
    """Return a slug for each text; where two would be the same, the later ones get a number."""
    given: dict[str, str] = {}
    taken: set[str] = set()
    for text in texts:
        if text not in given:
            given[text] = _free(slug(text), taken)
            taken.add(given[text])
    return given


def slug(text: str) -> str:
    """Return `text` in letters without accents, digits, `_` and `-`; never empty, and begun by a letter."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    kept = "--".join(filter(None, (_NOT_PLAIN.sub("-", part).strip("-") for part in plain.split("--"))))
    return kept if kept[:1].isalpha() else f"n-{kept}".rstrip("-")


def _free(name: str, taken: set[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}-{number}"
    return free
