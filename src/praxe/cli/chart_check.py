"""`praxe draw --check`: the flowcharts measured, as a ruler would, instead of drawn.

In: drawings of an open policy. Out: the figures of each and what is wrong with it, as text or JSON; exit code 1 if a
drawing is spoiled: things overlap, a text is cut, a line runs through a box.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from praxe.cli.drawn import Artist, Drawn
from praxe.cli.findings import in_words
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.load import read_folder
from praxe.dsl.messages import Finding
from praxe.dsl.report import as_json, as_text
from praxe.dsl.report import summary as counted
from praxe.dsl.report_line import safe
from praxe.engine.words import lexicon
from praxe.visualize.check import ChartReport, Defect, chart_findings, check_drawing


@dataclass(frozen=True)
class _Told:
    """One drawing: the name its file would have, its title, what was measured, and its defects in words."""

    name: str
    title: str
    report: ChartReport
    found: tuple[tuple[Defect, Finding], ...]


def check_charts(
    drawings: Mapping[Path, Drawn], artist: Artist, folder: Path, terminal: Terminal, *, as_json_too: bool
) -> int:
    """Measure the drawings and what is printed of them; tell what they are like; return 1 if one is spoiled."""
    told = [_told(file.stem, each, artist, terminal) for file, each in drawings.items()]
    if as_json_too:
        terminal.raw(json.dumps({"charts": [_record(each) for each in told]}, ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(told, folder, terminal)
    return int(any(each.report.hard for each in told))


def _told(name: str, drawn: Drawn, artist: Artist, terminal: Terminal) -> _Told:
    report = check_drawing(drawn.drawing, pages=artist.sheets(drawn))
    found = tuple(chart_findings(report, artist.policy.graph))
    findings = in_words((diagnostic for _, diagnostic in found), terminal)
    pairs = zip((defect for defect, _ in found), findings, strict=True)
    return _Told(name, drawn.drawing.chart.title, report, tuple(pairs))


def _record(told: _Told) -> dict[str, Any]:
    findings = json.loads(as_json(finding for _, finding in told.found))
    return {
        "name": told.name,
        "procedure": told.report.procedure,
        "title": told.title,
        "measures": dataclasses.asdict(told.report.measures),
        "defects": [
            {
                **finding,
                "node": defect.node,
                "element": defect.element,
                "other": defect.other,
                "place": {"x": round(defect.place.x, 1), "y": round(defect.place.y, 1)},
                "figure": defect.figure,
            }
            for (defect, _), finding in zip(told.found, findings, strict=True)
        ],
    }


def _tell(told: Sequence[_Told], folder: Path, terminal: Terminal) -> None:
    findings = [finding for each in told for _, finding in each.found]
    if findings:
        sources = {each.path: each for each in read_folder(folder).sources}
        text = as_text(findings, sources, terminal.language, color=terminal.colors_out)
        terminal.out(text.rstrip("\n").rpartition("\n\n")[0])
        terminal.out()
    for chart in told:
        title, name = terminal.paint(safe(chart.title), Style.BOLD), terminal.paint(chart.name, Style.DIM)
        terminal.out(f"{_sign(chart.report, terminal)} {title}  {name}")
        terminal.out(f"    {_figures(chart.report, terminal)}")
    spoiled = any(each.report.hard for each in told)
    style = Style.RED if spoiled else Style.AMBER if findings else Style.GREEN
    terminal.out(terminal.paint(counted(findings, terminal.language), Style.BOLD, style))


def _sign(report: ChartReport, terminal: Terminal) -> str:
    fine, bad = ("✓", "✗") if terminal.is_unicode else ("+", "x")
    return terminal.paint(bad, Style.RED) if report.hard else terminal.paint(fine, Style.GREEN)


def _figures(report: ChartReport, terminal: Terminal) -> str:
    measures, words = report.measures, terminal.words
    figures = terminal.say(
        "draw.check.figures",
        cards=words.count("draw.check.cards", measures.cards),
        crossings=words.count("draw.check.crossings", measures.crossings),
        lines=words.count("draw.check.lines", measures.most_lines_of_a_label),
    )
    if measures.smallest_text_on_a4 is None:
        return terminal.say("draw.check.unprinted", figures=figures)
    points = lexicon(terminal.language).number(Decimal(str(measures.smallest_text_on_a4)))
    sheets = words.count("draw.check.sheets", measures.sheets)
    return terminal.say("draw.check.printed", figures=figures, sheets=sheets, points=points)
