"""Draws one example text of the catalogue, with the shared example policy, and measures the drawings."""

from __future__ import annotations

from types import MappingProxyType

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.passes import check_policy_texts
from praxe.engine.policy import Policy
from praxe.visualize import flowchart
from praxe.visualize.check import chart_findings, check_drawing
from tests.dsl.example import example_files


def check_charts(text: str) -> tuple[Diagnostic, ...]:
    """Return what is found in an example and in the flowcharts of its procedures."""
    files = {name: known for name, known in example_files().items() if not name.endswith(".praxe")}
    checked, found = check_policy_texts("example", MappingProxyType(files | {"exemplo.praxe": text}))
    assert checked is not None, found
    policy = Policy(checked)
    drawings = (flowchart(checked, policy.graph, name, language="pt") for name in checked.procedures)
    reports = [check_drawing(each) for each in drawings]
    return (*found, *(diagnostic for each in reports for _, diagnostic in chart_findings(each, policy.graph)))
