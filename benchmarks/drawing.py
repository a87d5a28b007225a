"""Drawing: one procedure of about fifty nodes, warm (the second time in a process), as SVG."""

from __future__ import annotations

from benchmarks.text import Row, best_of
from praxe.visualize import flowchart, render
from tests.visualize import sample


def run() -> list[Row]:
    """Draw the sample procedure."""
    checked, graph = sample.email()
    nodes = sum(node.procedure == sample.EMAIL for node in graph.nodes.values())

    def draw() -> None:
        render(flowchart(checked, graph, sample.EMAIL, language="pt"), "svg")

    draw()
    return [(f"a procedure of {nodes} nodes to SVG, warm", best_of(5, draw), "s")]
