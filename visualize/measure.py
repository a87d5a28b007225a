"""How wide a text is drawn, and where its lines break.

In: a text and a size in points. Out: points, or lines that fit. Graphviz never breaks a line, so this happens
before layout, with the font's own widths: the fewest lines, and of those the most even ones.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from praxe.visualize.fonts import widths

_NARROW = 0.65  # of a character outside the font, in ems: another font of the machine draws it
_WIDE = 1.15  # CJK, emoji
_HIDDEN = frozenset({"Cc", "Cs"})  # control characters, halves of a pair
_TURNS = frozenset({"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"})
_BREAK_AFTER = frozenset("/-_.@:,;=&?)")  # where a word too long for a line may be cut


def clean(text: str) -> str:
    """Return `text` in one line, without what a picture cannot hold: controls, half characters, turned directions."""
    if text.isprintable():  # nearly always
        return " ".join(text.split())
    spaced = (" " if character.isspace() else character for character in text)
    return " ".join("".join(character for character in spaced if _is_shown(character)).split())


def _is_shown(character: str) -> bool:
    if unicodedata.category(character) in _HIDDEN or unicodedata.bidirectional(character) in _TURNS:
        return False
    return ord(character) & 0xFFFE != 0xFFFE  # the last two of each plane are no characters, and XML refuses them


def shorten(text: str, *, length: int) -> str:
    """Return `text`, or its first `length` characters with an ellipsis as the last."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def text_width(text: str, *, size: float, bold: bool = False) -> float:
    """Return the width of one line in points; kerning, which only narrows, is left out."""
    known = widths("bold" if bold else "regular")
    try:
        return size * sum(map(known.__getitem__, text))
    except KeyError:  # some letter is not in our font
        return size * sum(known.get(character) or _guess(character) for character in text)


def is_known(text: str, *, bold: bool = False) -> bool:
    """Return whether our font has every letter of `text`; another font of the reader's machine draws the others."""
    return widths("bold" if bold else "regular").keys() >= set(text)


def _guess(character: str) -> float:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0.0
    return _WIDE if unicodedata.east_asian_width(character) in {"W", "F"} or ord(character) > 0xFFFF else _NARROW


@lru_cache(maxsize=8192)  # a drawing asks twice: to lay out, and to draw
def wrap(text: str, *, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
    """Cut `text` into the fewest lines of at most `width` points, as even as can be; never empty."""
    words = [piece for word in clean(text).split() for piece in _pieces(word, width=width, size=size, bold=bold)]
    if not words:
        return ("",)
    lengths = [text_width(word, size=size, bold=bold) for word in words]
    ends = _best_ends(lengths, space=text_width(" ", size=size, bold=bold), width=width)
    lines, start = [], 0
    while start < len(words):
        lines.append(" ".join(words[start : ends[start]]))
        start = ends[start]
    return tuple(lines)


def _best_ends(lengths: list[float], *, space: float, width: float) -> list[int]:
    """For each word, where its line ends if it begins one: fewest lines first, then least squared slack."""
    count = len(lengths)
    costs: list[tuple[int, float]] = [(0, 0.0)] * (count + 1)
    ends = [count] * (count + 1)
    for start in range(count - 1, -1, -1):
        best: tuple[int, float] | None = None
        used = -space
        for end in range(start, count):
            used += lengths[end] + space
            if used > width and end > start:
                break
            lines, slack = costs[end + 1]
            cost = (lines + 1, slack + (width - used) ** 2)
            if best is None or cost < best:
                best, ends[start] = cost, end + 1
        costs[start] = best or (0, 0.0)
    return ends


def _pieces(word: str, *, width: float, size: float, bold: bool) -> Iterator[str]:
    """Cut a word that is wider than a line, if it can be after a sign, else anywhere."""
    while text_width(word, size=size, bold=bold) > width and len(word) > 1:
        fits = _longest_fit(word, width=width, size=size, bold=bold)
        sign = max((place for place in range(fits // 3, fits) if word[place] in _BREAK_AFTER), default=fits - 1)
        yield word[: sign + 1]
        word = word[sign + 1 :]
    if word:
        yield word


def _longest_fit(word: str, *, width: float, size: float, bold: bool) -> int:
    used = 0.0
    for place, character in enumerate(word):
        used += text_width(character, size=size, bold=bold)
        if used > width:
            return max(1, place)
    return len(word)
