"""The name an author probably meant.

In: a name that is not known, and those that are. Out: the one known name so close to it that it must be a slip of
the keyboard (Damerau and Levenshtein's edit distance, optimal string alignment), or None where two would do as well.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from typing import Final

_LONGEST: Final = 80  # code points; a longer name is not looked up
_MOST_WORK: Final = 250_000  # cells of distance tables: about a tenth of a second, and then no answer
_NEVER: Final = 99
_NUMBER: Final = re.compile(r"[0-9]+")
_ITEM_LETTER: Final = re.compile(r"(?<=\.)[^\W\d_](?![^\W_])|(?<=_)[^\W\d_]$")  # `.a.` and a last `_a`
_PLURALS: Final = (("oes", "ao"), ("aes", "ao"), ("ais", "al"), ("eis", "el"), ("ns", "m"), ("es", ""), ("s", ""))


def nearest(name: str, candidates: Iterable[str]) -> str | None:
    """Return the candidate that `name` is a slip of, or None unless there is just one.

    Accents, capitals and `_` weigh nothing or little; so does a plural, or the same words in another order. Another
    number is no slip, nor is another letter that numbers: `p1.a` does not mean `p2.a`, `p11.a` or `p1.b`.
    """
    wanted = _folded(name)
    limit = _allowed(len(wanted))
    if not wanted or len(wanted) > _LONGEST:
        return None
    best: set[str] = set()
    words = _words(wanted)
    letters = Counter(wanted).items()
    work = 0
    for candidate in candidates:
        # a plural changes length and letters by little more than the limit
        if candidate == name or abs(len(candidate) - len(name)) > limit + 2:
            continue
        other = _folded(candidate)
        if sum(max(0, count - other.count(letter)) for letter, count in letters) > limit + 1:
            continue
        work += len(wanted) * len(other)
        if work > _MOST_WORK:
            return None
        cost = _cost(wanted, words, other, limit)
        if cost < limit or (cost == limit and not best):
            limit, best = cost, {candidate}
        elif cost == limit:
            best.add(candidate)
    return _only(name, best)


def _only(name: str, best: set[str]) -> str | None:
    if len(best) > 1:  # `nao` and `não` are both known: accents and capitals decide
        costs = {each: _distance(name, each, _LONGEST) for each in best}
        least = min(costs.values())
        best = {each for each, cost in costs.items() if cost == least}
    return best.pop() if len(best) == 1 else None


def _allowed(length: int) -> int:
    # the share of a name that may be wrong: more is a guess
    return 0 if length < 3 else 1 if length < 7 else 2 if length < 13 else 3


def _folded(name: str) -> str:
    if name.isascii():
        return name.lower()
    plain = unicodedata.normalize("NFD", name.casefold())
    return "".join(each for each in plain if not unicodedata.combining(each))


def _words(name: str) -> list[str]:
    return sorted(_singular(word) for word in re.split(r"[_\s.-]+", name) if word)


def _singular(word: str) -> str:
    for ending, singular in _PLURALS:
        if word.endswith(ending) and len(word) > len(ending) + 2:
            return word.removesuffix(ending) + singular
    return word


def _cost(wanted: str, words: list[str], other: str, limit: int) -> int:
    if wanted == other:
        return 0
    if limit == 0:
        return _NEVER
    cost = _distance(wanted, other, limit)
    if cost > 1 and len(wanted) > 4 and _words(other) == words:
        return 1
    return cost if cost == _NEVER or _are_same_items(wanted, other) else _NEVER


def _are_same_items(left: str, right: str) -> bool:
    # what counts rather than names is never a slip: numbers, and letters that number
    letters = _ITEM_LETTER.findall(left), _ITEM_LETTER.findall(right)
    same_letters = letters[0] == letters[1] or len(letters[0]) != len(letters[1])
    return same_letters and _NUMBER.findall(left) == _NUMBER.findall(right)


def _distance(left: str, right: str, limit: int) -> int:
    """Return the number of slips between two names, or `_NEVER` above `limit`."""
    if abs(len(left) - len(right)) > limit:
        return _NEVER
    start = 0
    while start < len(left) and start < len(right) and left[start] == right[start]:
        start += 1
    end = 0
    while end < min(len(left), len(right)) - start and left[-1 - end] == right[-1 - end]:
        end += 1
    return _aligned(left[start : len(left) - end], right[start : len(right) - end], limit)


def _aligned(left: str, right: str, limit: int) -> int:
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, letter in enumerate(left, start=1):
        older, before, row = before, row, [i]
        for j, (earlier, other) in enumerate(pairwise(" " + right), start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != other))
            if i > 1 and letter == earlier and left[i - 2] == other:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > limit:
            return _NEVER
    return row[-1] if row[-1] <= limit else _NEVER
