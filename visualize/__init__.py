"""Pictures of a policy: `flowchart` composes one, `render` makes a file of it.

In: a checked policy and its decision graph. Out: SVG, PNG, PDF or DOT. How a decision is taken is the engine's
business; a case's walk comes in as a `CasePath`, counts as `CoverageMarks`, both in plain values.
"""

from __future__ import annotations

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph
from praxe.visualize.compose import compose
from praxe.visualize.content import Links
from praxe.visualize.coverage import CoverageMarks, counted
from praxe.visualize.coverage_words import CoverageWords
from praxe.visualize.drawing import Drawing
from praxe.visualize.errors import DrawingError
from praxe.visualize.palette import Theme
from praxe.visualize.path import CasePath, StopKind, mark
from praxe.visualize.render import FORMATS, Format, render, to_dot
from praxe.visualize.voice import Voice

__all__ = [
    "flowchart",
    "render",
    "to_dot",
    "Drawing",
    "CasePath",
    "CoverageMarks",
    "CoverageWords",
    "StopKind",
    "Theme",
    "Format",
    "FORMATS",
    "Links",
    "DrawingError",
    "sibling_file",
]


def sibling_file(procedure: ProcedureName) -> str:
    """Return where the chart of another procedure is: beside this one."""
    return f"{procedure}.svg"


def flowchart(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    path: CasePath | None = None,
    coverage: CoverageMarks | None = None,
    links: Links = sibling_file,
) -> Drawing:
    """Return the flowchart of one procedure.

    Args:
        language: `pt` or `en`, for every word of the picture.
        path: a case to show on it: the way taken in colour, the rest dimmed.
        coverage: how many scenarios come by, to show on it instead: a number on each answer, red where there is none.
        links: where a call of another procedure leads (None: nowhere).

    Raises:
        ValueError: there is no such language or no such procedure, or both a path and a coverage are to be shown.
    """
    if path is not None and coverage is not None:
        raise ValueError("a drawing shows a path or a coverage, not both")
    chart = compose(checked, graph, procedure, language=language, links=links)
    voice = Voice.of(checked, language)
    if coverage is not None:
        return Drawing(*counted(chart, coverage, voice))
    return Drawing(chart, mark(chart, graph, path, voice) if path is not None else None)
