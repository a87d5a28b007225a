"""Which lines to leave out so that fewer of those left cross, best none.

In: the pairs of lines that cross, and where each line leads. Out: as few lines as a greedy choice finds: always the
one that crosses most of the others. A line that alone leads somewhere is left out only if nothing else can be.
Source: the greedy cover of edges by vertices (Chvátal, 1979).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence


def cover(pairs: Iterable[tuple[str, str]], lines: Sequence[tuple[str, str]]) -> frozenset[str]:
    """Return lines one of which is in each pair that can be parted without leaving a box alone, if there is any such.

    Args:
        lines: those that may be left out, each with the box it leads to; of two alike the later is chosen.
    """
    heads = dict(lines)
    order = {line: place for place, line in enumerate(heads)}
    entries = Counter(heads.values())
    left = {pair for pair in pairs if heads.keys() & pair}
    found: set[str] = set()
    while left:
        crossed = Counter(line for pair in left for line in pair if line in heads)
        spared = [line for line in crossed if entries[heads[line]] > 1]
        if found and not spared:
            break  # another layout may have room for those
        best = max(spared or crossed, key=lambda line: (crossed[line], order[line]))
        found.add(best)
        entries[heads[best]] -= 1
        left = {pair for pair in left if best not in pair}
    return frozenset(found)
