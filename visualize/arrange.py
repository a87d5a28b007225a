"""A drawing without lines that cross: answers in another order, and connectors in place of lines.

In: a drawing. Out: an `Arranged`: the drawing as it is drawn, and its layout. First two answers of one question change
places where their lines would cross; then lines are cut in two by connectors, as few as a greedy search finds. A case
shown on the drawing changes nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace

from praxe.visualize.chart import Card, Chart, Edge, Tab
from praxe.visualize.connectors import connected
from praxe.visualize.drawing import Drawing
from praxe.visualize.layout.clash import crossing_pairs
from praxe.visualize.layout.cover import cover
from praxe.visualize.layout.geometry import Layout
from praxe.visualize.placing import MOST_CARDS, Try, with_all_lines

_MOST_CUT = 0.2  # of the lines of a flowchart: with more of them cut, nobody would follow it either
_ROUNDS = 5  # a layout without some lines is another one, whose lines may cross elsewhere
_FEW = 4  # pairs of lines that cross: so few that each line is worth a try of its own
_WORTH_JOINING = 150  # cards times lines cut in a flowchart: each takes a layout to see if it can be drawn after all


@dataclass(frozen=True, slots=True)
class Arranged:
    """A drawing as it is drawn, and its places."""

    drawing: Drawing
    layout: Layout


def arrange(drawing: Drawing) -> Arranged:
    """Return `drawing` with its places so that, where that can be helped, no line crosses another.

    Raises:
        DrawingError: Graphviz is missing or failed.
    """
    best = with_all_lines(drawing.chart)
    if not best.crossed or len(drawing.chart.cards) > MOST_CARDS:
        return Arranged(drawing, best.layout)
    best = best.again(best.chart, is_in_order=True) if best.chart.is_across else _swapped(best)
    cut, without = _cut(best)
    chart = replace(drawing.chart, cards=best.chart.cards, edges=best.chart.edges)
    return Arranged(connected(replace(drawing, chart=chart), cut), without.layout)


# --- answers that change places -------------------------------------------------------------------------------------


def _swapped(best: Try) -> Try:
    """The chart with answers of one card the other way round, as often as that leaves fewer crossings."""
    for _ in range(_ROUNDS):
        swaps = (_with_swap(best.chart, *pair) for pair in _neighbours(best))
        tries = (best.again(chart, turned=turned) for chart in swaps for turned in (False, True))
        better = next((each for each in tries if each.crossed < best.crossed), None)
        if better is None:
            break
        best = better
    return best


def _neighbours(best: Try) -> Iterator[tuple[Edge, Edge]]:
    """The pairs of lines from answers of one card that cross, if there are few."""
    edges = {edge.id: edge for edge in best.chart.edges}
    pairs = dict.fromkeys((edges[one.id], edges[other.id]) for one, other, _ in crossing_pairs(best.layout.wires))
    if len(pairs) <= _FEW:
        yield from (pair for pair in pairs if pair[0].source == pair[1].source)


def _with_swap(chart: Chart, one: Edge, other: Edge) -> Chart:
    """The chart in which the answers that two lines leave from have changed places."""
    places = {one.tab: other.tab, other.tab: one.tab}

    def tabs(card: Card) -> Iterator[Tab]:
        yield from (card.tabs[places.get(place, place) or 0] for place in range(len(card.tabs)))

    cards = (replace(card, tabs=tuple(tabs(card))) if card.name == one.source else card for card in chart.cards)
    edges = (
        replace(edge, tab=places.get(edge.tab, edge.tab)) if edge.source == one.source else edge for edge in chart.edges
    )
    return replace(chart, cards=tuple(cards), edges=tuple(edges))


# --- lines that are cut ---------------------------------------------------------------------------------------------


def _cut(whole: Try) -> tuple[frozenset[str], Try]:
    """Which lines to cut so that fewer cross, best none, and the chart without them."""
    cut, best = frozenset[str](), whole
    for _ in range(_ROUNDS):
        found = _cut_more(whole.chart, cut, best)
        if found is None:
            break
        cut, best = found
    if whole.chart.is_across or len(cut) * len(whole.chart.cards) <= _WORTH_JOINING:
        return _joined(whole.chart, cut, best)
    return cut, best


def _cut_more(chart: Chart, cut: frozenset[str], best: Try) -> tuple[frozenset[str], Try] | None:
    """The next lines to cut: of a few each in turn, of many all that a cover needs; None if nothing is won."""
    edges = [edge for edge in chart.edges if edge.id not in cut]
    pairs = {(one.id, other.id) for one, other, _ in crossing_pairs(best.layout.wires)}
    covered = cover(pairs, [(edge.id, edge.target) for edge in edges])
    choices = [covered] if covered else []
    if len(pairs) <= _FEW and not chart.is_across:
        alone = [frozenset([edge.id]) for edge in edges if any(edge.id in pair for pair in pairs)]
        choices = sorted([*choices, *alone], key=len)  # of one line, that of the cover first
    if not chart.is_across:
        choices = [each for each in choices if len(cut | each) <= _MOST_CUT * len(chart.edges)]
    least: tuple[frozenset[str], Try] | None = None
    for more in choices:
        for turned in (False,) if chart.is_across else (False, True):
            made = best.again(connected(Drawing(chart), cut | more).chart, turned=turned)
            if not made.crossed:
                return cut | more, made
            if made.crossed < (least[1] if least else best).crossed:
                least = cut | more, made
    return least


def _joined(chart: Chart, cut: frozenset[str], best: Try) -> tuple[frozenset[str], Try]:
    """The same with the lines that can be drawn after all; first those to cards that no other line leads to."""
    entries = Counter(edge.target for edge in chart.edges)
    for edge in sorted(chart.edges, key=lambda each: entries[each.target] > 1):
        if edge.id in cut:
            with_it = best.again(connected(Drawing(chart), cut - {edge.id}).chart)
            if with_it.crossed <= best.crossed:
                cut, best = cut - {edge.id}, with_it
    return cut, best
