"""A drawing: what is shown, before it is laid out and before any format is chosen."""

from __future__ import annotations

from dataclasses import dataclass

from praxe.visualize.chart import Chart
from praxe.visualize.path import Marks
from praxe.visualize.words import lexicon


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart, and a case's path on it if one is shown. Marks never change the layout."""

    chart: Chart
    marks: Marks | None = None

    @property
    def path_text(self) -> str | None:
        """What the legend calls the path, if there is one."""
        return lexicon(self.chart.language).say("kind.path") if self.marks else None
