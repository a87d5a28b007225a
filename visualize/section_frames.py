"""Sections in DOT: clusters that Graphviz keeps apart, and the frames drawn where it has put them.

In: a chart's sections. Out: subgraphs, added to a `graphviz` graph; the room that a drawing takes with its frames.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from praxe.visualize.card_text import Paint
from praxe.visualize.chart import Chart
from praxe.visualize.html import SCALE
from praxe.visualize.layout.frames import MARGIN, frames
from praxe.visualize.layout.geometry import Box, Layout
from praxe.visualize.palette import Role

if TYPE_CHECKING:
    import graphviz

_BETWEEN = 5.0  # two frames, at least, half of it


def add_clusters(graph: graphviz.Digraph, chart: Chart) -> None:
    """Have Graphviz keep the cards of each section together."""
    for section in chart.sections:
        with graph.subgraph(name=f"cluster_{section.id}") as cluster:
            cluster.attr("graph", margin=f"{(MARGIN + _BETWEEN) * SCALE:g}")
            for name in sorted(section.cards):
                cluster.node(name)


def framed(chart: Chart, layout: Layout) -> tuple[Box, ...]:
    """Return the frames of the sections, if there is room for all."""
    return frames(layout, {each.id: each.cards for each in chart.sections})


def extent(chart: Chart, layout: Layout) -> Box:
    """Return the room that the cards, the lines and the frames take."""
    boxes = (layout.bounds, *framed(chart, layout))
    return Box(
        "",
        min(each.left for each in boxes),
        min(each.top for each in boxes),
        max(each.right for each in boxes),
        max(each.bottom for each in boxes),
    )


def add_frames(
    graph: graphviz.Digraph, chart: Chart, layout: Layout, *, paint: Paint, place: Callable[[float, float], str]
) -> None:
    """Draw the frames below everything else."""
    for box in framed(chart, layout):
        with graph.subgraph(name=f"cluster_{box.name}") as cluster:
            cluster.attr(
                "graph",
                id=box.name,
                bb=f"{place(box.left, box.bottom)},{place(box.right, box.top)}",
                style="rounded,filled",
                fillcolor=paint(Role.SECTION),
                color=paint(Role.SECTION_LINE),
                penwidth=f"{SCALE}",
            )
