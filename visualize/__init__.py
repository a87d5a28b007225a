"""Pictures of a policy: `flowchart` composes one, `render` makes a file of it.

In: a checked policy and its decision graph. Out: SVG, PNG, PDF or DOT. How a decision is taken is the engine's
business; a case's walk comes in as a `CasePath`, counts as `CoverageMarks`, both in plain values.
"""

from __future__ import annotations

from dataclasses import replace

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.engine.graph import DecisionGraph
from praxe.visualize.bpmn import Dialect, bpmn
from praxe.visualize.chart import Way
from praxe.visualize.compose import compose
from praxe.visualize.content import Links
from praxe.visualize.coverage import CoverageMarks, counted
from praxe.visualize.coverage_words import CoverageWords
from praxe.visualize.drawing import Drawing
from praxe.visualize.errors import DrawingError
from praxe.visualize.expand import LIMIT, expand, has_calls
from praxe.visualize.graph_json import graph_json, graph_schema
from praxe.visualize.levels import Level, level_file, level_ways
from praxe.visualize.mermaid import MermaidPart, mermaid, to_mermaid
from praxe.visualize.outline import outline
from praxe.visualize.palette import Theme
from praxe.visualize.paper import Printed, PrintedPage, paper, procedure_pages, summary_page
from praxe.visualize.path import CasePath, StopKind, mark, trail_of
from praxe.visualize.render import FORMATS, Format, render, to_dot
from praxe.visualize.sections import answer_sections
from praxe.visualize.sheet import SMALLEST as SMALLEST_PRINT
from praxe.visualize.sheet import PaperSize
from praxe.visualize.summary import summary_chart
from praxe.visualize.voice import Voice
from praxe.visualize.worker import RenderWorker

__all__ = [
    "flowchart",
    "summary",
    "expanded",
    "paper",
    "procedure_pages",
    "summary_page",
    "PaperSize",
    "SMALLEST_PRINT",
    "Printed",
    "PrintedPage",
    "render",
    "to_dot",
    "RenderWorker",
    "mermaid",
    "to_mermaid",
    "MermaidPart",
    "bpmn",
    "Dialect",
    "graph_json",
    "graph_schema",
    "Drawing",
    "CasePath",
    "CoverageMarks",
    "CoverageWords",
    "StopKind",
    "Theme",
    "Format",
    "FORMATS",
    "Links",
    "Way",
    "Level",
    "level_file",
    "level_ways",
    "DrawingError",
    "sibling_file",
    "has_calls",
]


def sibling_file(procedure: ProcedureName) -> str:
    """Return where the chart of another procedure is: beside this one."""
    return f"{procedure}.svg"


def summary(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    *,
    language: str,
    path: CasePath | None = None,
    links: Links = sibling_file,
    ways: tuple[Way, ...] = (),
) -> Drawing:
    """Return the summary of a whole policy: one card a procedure, the answers that lead from one to another.

    Args:
        language: `pt` or `en`, for every word of the picture.
        path: a case to show on it.
        links: where the card of a procedure leads (None: nowhere).
        ways: links under the title.

    Raises:
        ValueError: there is no such language.
    """
    manifest = checked.manifest
    drawn = outline(graph, entries=(manifest.entry, *manifest.doors))
    chart = summary_chart(checked, drawn, language=language, links=links, ways=ways)
    if path is None:
        return Drawing(chart)
    return Drawing(chart, mark(chart, drawn.seen(trail_of(graph, path)), Voice.of(checked, language)))


def flowchart(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    path: CasePath | None = None,
    coverage: CoverageMarks | None = None,
    links: Links = sibling_file,
    ways: tuple[Way, ...] = (),
) -> Drawing:
    """Return the flowchart of one procedure.

    Args:
        language: `pt` or `en`, for every word of the picture.
        path: a case to show on it: the way taken in colour, the rest dimmed.
        coverage: how many scenarios come by, to show on it instead: a number on each answer, red where there is none.
        links: where a call of another procedure leads (None: nowhere).
        ways: links under the title.

    Raises:
        ValueError: there is no such language or no such procedure, or both a path and a coverage are to be shown.
    """
    if path is not None and coverage is not None:
        raise ValueError("a drawing shows a path or a coverage, not both")
    chart = compose(checked, graph, procedure, language=language, links=links, ways=ways)
    voice = Voice.of(checked, language)
    chart = replace(chart, sections=answer_sections(chart, graph, voice))
    if coverage is not None:
        return Drawing(*counted(chart, coverage, voice))
    return Drawing(chart, mark(chart, trail_of(graph, path), voice) if path is not None else None)


def expanded(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    path: CasePath | None = None,
    links: Links = sibling_file,
    limit: int = LIMIT,
    ways: tuple[Way, ...] = (),
) -> Drawing:
    """Return the flowchart of one procedure with its calls opened: what a callee does stands where it is called.

    Args:
        language: `pt` or `en`, for every word of the picture.
        path: a case to show on it.
        links: where the card of a call leads (None: nowhere).
        limit: how many nodes there may be; calls that no longer fit, the inner ones first, stay closed.
        ways: links under the title.

    Raises:
        ValueError: there is no such language or no such procedure.
    """
    opened = expand(graph, procedure, limit=limit)
    chart = compose(checked, opened.graph, procedure, language=language, links=links, ways=ways, callers=graph)
    voice = Voice.of(checked, language)
    remarks = [voice.say("levels.opened")] if opened.opened else []
    remarks += [voice.lexicon.count("levels.closed", opened.closed)] if opened.closed else []
    chart = replace(chart, id=f"{chart.id}--expanded", subtitle=(*chart.subtitle, *remarks))
    if path is None:
        return Drawing(chart)
    return Drawing(chart, mark(chart, trail_of(opened.graph, opened.lifted(path)), voice))
