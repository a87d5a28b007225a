"""Where everything of a chart goes, with every line drawn.

In: a chart. Out: a `Try`: its layout in one of several manners, or the best of them.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from types import MappingProxyType

from praxe.visualize import backend, dot
from praxe.visualize.chart import Chart
from praxe.visualize.drawing import Drawing
from praxe.visualize.forms import Forms, measured
from praxe.visualize.html import SCALE
from praxe.visualize.joins import joins
from praxe.visualize.layout.clash import crossings
from praxe.visualize.layout.geometry import Layout
from praxe.visualize.layout.read import read
from praxe.visualize.layout.route import route
from praxe.visualize.layout.squeeze import squeeze
from praxe.visualize.layout.turn import turned_layout, turned_sketch
from praxe.visualize.section_frames import framed

_NO_FORMS: Forms = MappingProxyType({})
MOST_CARDS = 300  # worth a second try: with more of them, nobody follows each line


@dataclass(frozen=True, slots=True)
class Try:
    """A chart as it was laid out once."""

    chart: Chart
    layout: Layout
    crossed: int  # places where lines cross; of a chart with too many cards they are not counted
    is_guided: bool
    is_in_order: bool
    forms: Forms  # of the cards measured so far

    def again(self, chart: Chart, *, turned: bool = False, is_in_order: bool = False) -> Try:
        """Return another chart laid out in the same manner or, `turned`, with guides if this one had none."""
        is_guided, is_in_order = self.is_guided is not turned, self.is_in_order or is_in_order
        return tried(chart, is_guided=is_guided, is_in_order=is_in_order, forms=self.forms)


def lay_out(drawing: Drawing) -> Layout:
    """Return where everything goes with every line drawn.

    Raises:
        DrawingError: Graphviz is missing or failed.
    """
    return with_all_lines(drawing.chart).layout


def with_all_lines(chart: Chart) -> Try:
    """The chart, without its sections where they could not be kept apart or would do harm."""
    plain = replace(chart, sections=())
    if len(chart.cards) > MOST_CARDS and chart.sections:
        return _fewest_crossings(tried(plain))
    first = tried(chart)
    if chart.sections and not framed(chart, first.layout):
        return _fewest_crossings(first.again(plain))
    best = _fewest_crossings(first)
    is_framed = bool(framed(chart, best.layout))
    if not chart.sections or (is_framed and not best.crossed):
        return best
    free = _fewest_crossings(tried(plain, forms=first.forms))
    return free if not is_framed or free.crossed < best.crossed else best


def _fewest_crossings(first: Try) -> Try:
    chart = first.chart
    if not first.crossed or chart.is_across or len(chart.cards) > MOST_CARDS:  # across, room counts for more
        return first
    second = first.again(chart, turned=True)
    return second if second.crossed < first.crossed else first


def tried(chart: Chart, *, is_guided: bool = False, is_in_order: bool = False, forms: Forms = _NO_FORMS) -> Try:
    """The chart as Graphviz places it.

    Args:
        is_guided: an end goes above the card in which the branches beside it join.
        is_in_order: what a card leads to stands in the order of its answers.
        forms: those of the cards that were measured before.
    """
    guides = tuple(joins(chart)) if is_guided else ()
    skeleton = dot.skeleton(Drawing(chart), guides=guides, in_order=is_in_order, forms=forms)
    sketch = read(backend.run(skeleton, program="dot", form="json0"), scale=SCALE)
    tabbed = frozenset(card.name for card in chart.cards if card.tabs)
    if chart.is_across:
        layout = turned_layout(route(squeeze(turned_sketch(sketch)), tabbed=tabbed))
    else:
        layout = route(sketch, tabbed=tabbed)
    if len(chart.cards) > MOST_CARDS:  # there will be no second try
        return Try(chart, layout, 0, is_guided, is_in_order, forms)
    known = {**forms, **measured(chart, sketch, forms)}
    return Try(chart, layout, crossings(layout.wires), is_guided, is_in_order, known)
