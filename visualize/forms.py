"""How large cards come out, so that the next layout of the same cards need not measure their texts again.

In: a chart, and where Graphviz put its cards and lines. Out: `Forms`: for each card its size, and where its answers
are on it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from praxe.visualize import html
from praxe.visualize.chart import Card, Chart
from praxe.visualize.layout.geometry import Sketch

_UNIT = 1 / html.SCALE  # point: what Graphviz's lengths are whole numbers of


@dataclass(frozen=True, slots=True)
class Form:
    """The size of a card, and how far along its side the middle of each answer is."""

    width: float
    height: float
    ports: tuple[float, ...]

    def attributes(self, *, is_across: bool) -> Mapping[str, str]:
        """Return what makes an empty node of this form, its answers beside one another or, `is_across`, below."""
        if self.ports:
            return {"shape": "plain", "label": html.label(html.table(self._rows(is_across=is_across)))}
        inches = {"width": f"{self.width * html.SCALE / 72:.6f}", "height": f"{self.height * html.SCALE / 72:.6f}"}
        return {"shape": "box", "label": "", "fixedsize": "true", **inches}

    def _rows(self, *, is_across: bool) -> list[str]:
        side = self.height if is_across else self.width
        marks = [0.0, *(_whole(port) + sign * _UNIT for port in self.ports for sign in (-1, 1)), _whole(side)]
        lengths = [(end - start, number) for number, (start, end) in enumerate(pairwise(marks))]
        if is_across:
            return [html.row(_cell(number, width=self.width, height=length)) for length, number in lengths]
        return [html.row(*(_cell(number, width=length, height=self.height) for length, number in lengths))]


Forms = Mapping[Card, Form]


def measured(chart: Chart, sketch: Sketch, known: Forms) -> dict[Card, Form]:
    """Return the forms of the cards that are not `known`, where each answer has a line to tell its place."""
    tabs = {edge.id: edge.tab for edge in chart.edges}
    ports: dict[str, dict[int, float]] = defaultdict(dict)
    for hint in sketch.hints:
        tab = tabs[hint.id]
        if tab is not None:
            box = sketch.boxes[hint.tail]
            ports[hint.tail][tab] = hint.start.y - box.top if chart.is_across else hint.start.x - box.left
    found = {}
    for card in chart.cards:
        places, box = ports[card.name], sketch.boxes[card.name]
        if card not in known and len(places) == len(card.tabs):
            form = Form(box.right - box.left, box.height, tuple(places[each] for each in sorted(places)))
            found[card] = form
    return found


def _cell(number: int, *, width: float, height: float) -> str:
    """One of the cells of a form, of which every second is an answer."""
    port = {"port": f"o{number // 2}"} if number % 2 else {}
    return html.cell(width=width, height=height, **port)


def _whole(length: float) -> float:
    return round(length / _UNIT) * _UNIT
