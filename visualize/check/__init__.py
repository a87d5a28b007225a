"""Drawings measured: `check_drawing` tells what is wrong with one, `chart_findings` puts it where the author wrote it.

In: a drawing. Out: a `ChartReport` of defects and figures, taken from the finished picture.
"""

from __future__ import annotations

from praxe.visualize.check.defect import Defect, Kind
from praxe.visualize.check.findings import chart_findings
from praxe.visualize.check.picture import Area, Line, Part, Picture, Written
from praxe.visualize.check.read_svg import read_svg
from praxe.visualize.check.report import ChartReport, Measures, check_drawing, inspect

__all__ = [
    "check_drawing",
    "inspect",
    "read_svg",
    "chart_findings",
    "ChartReport",
    "Measures",
    "Defect",
    "Kind",
    "Picture",
    "Area",
    "Part",
    "Written",
    "Line",
]
