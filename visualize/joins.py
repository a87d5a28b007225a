"""Where branches that go on come together again around one that ends.

In: the cards and edges of a chart. Out: pairs of an end and the card that the branches beside it join in. If the end is
laid out above that card, the lines into the card need not cross the line into the end.

INVARIANT: edges from the first of each pair to the second make no circle.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping

from praxe.visualize.chart import Chart
from praxe.visualize.dominators import chain, dominators

_ROOT = ""  # before all the cards that nothing leads to


def joins(chart: Chart) -> Iterator[tuple[str, str]]:
    """Yield pairs of a card that nothing leaves and the nearest join around it; first the one that goes above."""
    following: dict[str, list[str]] = defaultdict(list)
    entries = Counter(edge.target for edge in chart.edges)
    following[_ROOT] = [card.name for card in chart.cards if not entries[card.name]]
    for edge in chart.edges:
        following[edge.source].append(edge.target)
    found = dominators(_ROOT, following)
    places = {node: place for place, node in enumerate(found)}
    reach = _merges_ahead(places, following, frozenset(name for name, count in entries.items() if count > 1))
    for end in [each for each in places if each not in following]:
        join = _join(end, found, reach, places)
        if join is not None:
            upper, lower = (join, end) if _leads(join, end, following) else (end, join)
            following[upper].append(lower)
            yield upper, lower


def _leads(start: str, end: str, following: Mapping[str, list[str]]) -> bool:
    """Whether some way, by edges or by pairs found already, leads from one card to another."""
    seen, waiting = {start}, [start]
    while waiting:
        for after in following.get(waiting.pop(), ()):
            if after not in seen:
                seen.add(after)
                waiting.append(after)
    return end in seen


def _merges_ahead(
    places: dict[str, int], following: Mapping[str, list[str]], merges: frozenset[str]
) -> Mapping[str, frozenset[str]]:
    """For each card, the joins that some way from it comes by."""
    ahead: dict[str, frozenset[str]] = {}
    for node in reversed(places):
        after = following.get(node, [])
        ahead[node] = merges.intersection(after).union(*(ahead[each] for each in after))
    return ahead


def _join(
    end: str, found: Mapping[str, str | None], ahead: Mapping[str, frozenset[str]], places: Mapping[str, int]
) -> str | None:
    """The first join that ways from before `end` lead to, and that is not inside one of the branches beside it."""
    before = list(chain(end, found))[1:]
    for number, node in enumerate(before):
        outer = set(before[number:])
        wide = [join for join in ahead[node] if found[join] in outer and join != end]
        if wide:
            return min(wide, key=places.__getitem__)
    return None
