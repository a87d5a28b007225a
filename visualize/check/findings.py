"""Defects of drawings as findings about the policy's text.

In: the report of a drawing, and the graph it shows. Out: diagnostics, each at the line of the text that the element
stands for, so that one way of telling serves them all.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.diagnostics import Diagnostic
from praxe.engine.graph import DecisionGraph
from praxe.visualize.check.defect import Defect
from praxe.visualize.check.report import ChartReport


def chart_findings(report: ChartReport, graph: DecisionGraph) -> Iterator[tuple[Defect, Diagnostic]]:
    """Yield each defect with its diagnostic; what is nobody's line stands at the procedure's first."""
    start = graph.nodes[graph.starts[report.procedure]].span
    for defect in report.defects:
        node = graph.nodes.get(defect.node) if defect.node is not None else None
        yield defect, Diagnostic(defect.kind.value, node.span if node else start, defect.args)
