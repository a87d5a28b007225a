"""Pictures of a policy: `flowchart` composes one, `render` makes a file of it.

In: a checked policy and its decision graph. Out: SVG, PNG, PDF or DOT. How a decision is taken is the engine's
business; a case's walk comes in as a `CasePath`, in plain values.
"""

from __future__ import annotations

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph
from praxe.visualize.compose import compose
from praxe.visualize.content import Links
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
    links: Links = sibling_file,
) -> Drawing:
    """Return the flowchart of one procedure.

    Args:
        language: `pt` or `en`, for every word of the picture.
        path: a case to show on it: the way taken in colour, the rest dimmed.
        links: where a call of another procedure leads (None: nowhere).

    Raises:
        ValueError: there is no such language or no such procedure.
    """
    chart = compose(checked, graph, procedure, language=language, links=links)
    marks = mark(chart, graph, path, Voice.of(checked, language)) if path is not None else None
    return Drawing(chart, marks)
