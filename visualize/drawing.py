"""A drawing: what is shown, before it is laid out and before any format is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from praxe.visualize.changes import ChangeMarks
from praxe.visualize.chart import Chart
from praxe.visualize.coverage import CountMarks
from praxe.visualize.path import Marks


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, and what is shown on it: a case's path, how many scenarios come by, or what changed.

    Marks never change the layout.
    """

    chart: Chart
    marks: Marks | CountMarks | ChangeMarks | None = None
