"""A chart cut into parts that Mermaid draws: it refuses more than 50,000 characters or 500 edges.

In: a chart, and the line that Mermaid takes for each card and edge. Out: its parts, in the author's order; nearly
always one. A cut lies where the fewest lines cross it, which is where a block of the text ends; what crosses it leads
to a stub that names the other part.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from praxe.visualize.chart import Card, Chart
from praxe.visualize.errors import DrawingError
from praxe.visualize.measure import shorten

MOST_CHARACTERS, MOST_EDGES = 50_000, 500
_AROUND: Final = 4_000  # characters for what stands around the nodes: title, description, classes
_ROOM: Final = 3  # of a part that is cut: what crosses its ends may need as much again as what is inside
_STUB: Final = 80  # characters of the card that a stub leads to


@dataclass(frozen=True, slots=True)
class Stub:
    """A sign that the way goes on in another part, or comes from one; `key` is that of its words."""

    name: str
    key: str
    part: int
    text: str


@dataclass(slots=True)
class Part:
    """What one Mermaid text holds, each line without its indentation."""

    cards: tuple[Card, ...]
    nodes: list[str]
    ways: list[str] = field(default_factory=list)
    stubs: list[Stub] = field(default_factory=list)


def parts_of(chart: Chart, nodes: Mapping[str, str], ways: Sequence[str]) -> tuple[Part, ...]:
    """Cut a chart.

    Args:
        nodes: the line of each card, by its name.
        ways: the line of each edge.

    Raises:
        DrawingError: one card alone is more than Mermaid draws.
    """
    is_whole = len(ways) <= MOST_EDGES and _length([*nodes.values(), *ways]) <= MOST_CHARACTERS - _AROUND
    groups = [chart.cards] if is_whole else list(_groups(chart, nodes, ways))
    home = {card.name: place for place, group in enumerate(groups) for card in group}
    parts = [Part(group, [nodes[card.name] for card in group]) for group in groups]
    texts = {card.name: shorten(card.rows[0].text, length=_STUB) for card in chart.cards}
    for edge, line in zip(chart.edges, ways, strict=True):
        source, target = home[edge.source], home[edge.target]
        if source == target:
            parts[source].ways.append(line)
            continue
        onward = _stub(parts[source], Stub(f"to_{edge.target}", "mermaid.onward", target + 1, texts[edge.target]))
        parts[source].ways.append(line.removesuffix(edge.target) + onward)
        if not any(stub.name == f"from_{edge.source}" for stub in parts[target].stubs):
            before = _stub(parts[target], Stub(f"from_{edge.source}", "mermaid.before", source + 1, texts[edge.source]))
        else:
            before = f"from_{edge.source}"
        arrival = f"{before} --> {edge.target}"
        if arrival not in parts[target].ways:
            parts[target].ways.append(arrival)
    return tuple(parts)


def _stub(part: Part, stub: Stub) -> str:
    if stub not in part.stubs:
        part.stubs.append(stub)
    return stub.name


def _groups(chart: Chart, nodes: Mapping[str, str], ways: Sequence[str]) -> Iterator[tuple[Card, ...]]:
    """Cut the cards, in their order, into runs that leave room for what crosses their ends."""
    place = {card.name: number for number, card in enumerate(chart.cards)}
    lengths = [_length([nodes[card.name]]) for card in chart.cards]
    edges = [0] * len(chart.cards)
    for edge, line in zip(chart.edges, ways, strict=True):
        lengths[place[edge.source]] += _length([line])
        edges[place[edge.source]] += 1
    crossing = _crossing(chart, place)
    start = 0
    while start < len(chart.cards):
        end = _fill(lengths, edges, start)
        if end < len(chart.cards):
            least = start + 1 + (end - start) // 2
            end = min(range(least, end + 1), key=lambda each: (crossing[each], -each), default=end)
        yield chart.cards[start:end]
        start = end


def _fill(lengths: Sequence[int], edges: Sequence[int], start: int) -> int:
    """Return how far a part that begins at `start` may go."""
    length = count = 0
    end = start
    while end < len(lengths):
        length, count = length + lengths[end], count + edges[end]
        if count > MOST_EDGES // _ROOM or length > (MOST_CHARACTERS - _AROUND) // _ROOM:
            break
        end += 1
    if end == start:
        if edges[start] > MOST_EDGES or lengths[start] > MOST_CHARACTERS - _AROUND:
            raise DrawingError.of("mermaid_too_large", edges=str(MOST_EDGES), characters=str(MOST_CHARACTERS))
        return start + 1
    return end


def _crossing(chart: Chart, place: Mapping[str, int]) -> list[int]:
    """How many edges cross the cut before each card."""
    change = [0] * (len(chart.cards) + 1)
    for edge in chart.edges:
        low, high = sorted((place[edge.source], place[edge.target]))
        change[low + 1] += 1
        change[high + 1] -= 1 if high < len(chart.cards) else 0
    total, crossing = 0, []
    for each in change:
        total += each
        crossing.append(total)
    return crossing


def _length(lines: Sequence[str]) -> int:
    return sum(len(line) + 5 for line in lines)  # its indentation and end
