"""What the scenarios cover, for people: a line for each procedure, the paths, and what no scenario comes by.

In: a coverage. Out: lines; in a terminal with a bar for each procedure, elsewhere plain.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from praxe.cli.layout import cells, wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.report_line import safe
from praxe.dsl.source import Span
from praxe.engine.coverage import Coverage, ProcedureCoverage
from praxe.engine.graph import Branch
from praxe.engine.policy import Policy
from praxe.visualize import CoverageWords

_BAR: Final = 20  # cells
_WIDEST_TITLE: Final = 48
_MARGIN: Final = 4


@dataclass(frozen=True, slots=True)
class CoverageText:
    """Tells the coverage of one policy."""

    policy: Policy
    terminal: Terminal

    def lines(self, coverage: Coverage) -> Iterator[str]:
        """Yield everything."""
        taken, total = len(coverage.taken), len(coverage.branches)
        if total:
            yield self.terminal.say("test.covered", taken=taken, total=total, percent=taken * 100 // total)
            yield from self._table([each for each in coverage.procedures if each.branches])
        yield self._paths(coverage)
        yield from self._untouched(coverage)

    def _table(self, procedures: list[ProcedureCoverage]) -> Iterator[str]:
        if not procedures:
            return
        titles = [self._short(self._words.title(each.procedure)) for each in procedures]
        wide, digits = max(map(cells, titles)), max(len(str(len(each.branches))) for each in procedures)
        for title, each in zip(titles, procedures, strict=True):
            taken, total = each.taken, len(each.branches)
            style = Style.GREEN if taken == total else Style.AMBER if taken else Style.RED
            figures = self.terminal.say("test.figures", taken=f"{taken:>{digits}}", total=f"{total:>{digits}}")
            bar = f"  {self.terminal.paint(_bar(taken, total), style)}" if self._has_bars else ""
            yield f"  {title}{' ' * (wide - cells(title))}  {self.terminal.paint(figures, style)}{bar}"

    def _paths(self, coverage: Coverage) -> str:
        paths = coverage.paths
        number = self._number
        taken, finished, possible = number(paths.taken), number(paths.finished), number(paths.possible)
        return self.terminal.say("test.paths", taken=taken, finished=finished, possible=possible)

    def _untouched(self, coverage: Coverage) -> Iterator[str]:
        terminal, words = self.terminal, self._words
        if coverage.untaken:
            yield from ("", terminal.say("test.no_answer"))
            for title, branches in self._by_procedure(coverage):
                yield f"  {terminal.paint(safe(title), Style.BOLD)}"
                for branch in branches:
                    span = self.policy.graph.nodes[branch.source].span
                    yield from self._item(words.question(branch), words.answer(branch), span)
        if coverage.untouched_steps:
            yield from ("", terminal.say("test.no_step"))
            for step in coverage.untouched_steps:
                yield from self._item(words.step(step), "", step.span)
        if coverage.untouched_gaps:
            yield from ("", terminal.say("test.no_gap"))
            for gap in coverage.untouched_gaps:
                yield from self._item(words.gap(gap), "", gap.span)

    def _by_procedure(self, coverage: Coverage) -> Iterator[tuple[str, list[Branch]]]:
        for each in coverage.procedures:
            branches = [counted.branch for counted in each.branches if not counted.count]
            if branches:
                yield self._words.title(each.procedure), branches

    def _item(self, text: str, answer: str, span: Span) -> Iterator[str]:
        """Yield a text with the answer behind it, or below where there is no room, and its place."""
        terminal, room = self.terminal, self.terminal.width - _MARGIN
        lines = wrapped(safe(text), room) or [""]
        if answer:
            shown = f"{'→' if terminal.is_unicode else '->'} {safe(answer)}"
            if cells(lines[-1]) + cells(shown) < room:
                lines[-1] += f" {terminal.paint(shown, Style.AMBER)}"
            else:
                lines += (terminal.paint(each, Style.AMBER) for each in wrapped(shown, room, indent="  "))
        lines.append(terminal.paint(safe(f"{span.path}:{span.line}"), Style.DIM))
        for place, line in enumerate(lines):
            yield f"  {' ' if place else '-'} {line}"

    def _short(self, title: str) -> str:
        title = safe(title)
        return title if len(title) <= _WIDEST_TITLE else title[: _WIDEST_TITLE - 1] + "…"

    def _number(self, number: int) -> str:
        return f"{number:,}".replace(",", self.terminal.say("test.thousands"))

    @property
    def _words(self) -> CoverageWords:
        return CoverageWords.of(self.policy.checked, self.policy.graph, self.terminal.language)

    @property
    def _has_bars(self) -> bool:
        return self.terminal.colors_out and self.terminal.is_unicode


def _bar(taken: int, total: int) -> str:
    """Return a bar that is full only if nothing is left out, and empty only if everything is."""
    full = taken * _BAR // total
    full = max(full, 1) if taken else 0
    return "█" * full + "░" * (_BAR - full)
