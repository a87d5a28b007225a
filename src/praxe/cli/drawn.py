"""Which drawings `praxe draw` makes of a policy: one, or a folder of them, linked to one another.

In: an open policy, the level asked for, perhaps a case. Out: drawings, by the name of their file.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy
from praxe.visualize import (
    CasePath,
    Drawing,
    Format,
    Level,
    PaperSize,
    Way,
    expanded,
    flowchart,
    has_calls,
    level_file,
    level_ways,
    procedure_pages,
    summary,
    summary_page,
)

_Kept = Mapping[tuple[Level, str], str]  # where each drawing of a folder is


@dataclass(frozen=True, slots=True)
class Drawn:
    """A drawing, and how near it looks."""

    level: Level
    drawing: Drawing


@dataclass(frozen=True, slots=True, kw_only=True)
class Artist:
    """Draws the levels of one policy."""

    policy: Policy
    language: str
    form: Format
    path: CasePath | None = None
    _kept: _Kept = field(default_factory=dict)

    def one(self, level: Level, procedure: ProcedureName) -> Drawing:
        """Return a drawing; it has links only to those kept beside it."""
        policy, ways = self.policy, self._ways(level, procedure)
        checked, graph, language, path = policy.checked, policy.graph, self.language, self.path
        match level:
            case Level.SUMMARY:
                return summary(checked, graph, language=language, path=path, links=self._link, ways=ways)
            case Level.PROCEDURE:
                return flowchart(checked, graph, procedure, language=language, path=path, links=self._link, ways=ways)
            case Level.EXPANDED:
                return expanded(checked, graph, procedure, language=language, path=path, links=self._link, ways=ways)

    def folder(self, levels: Iterable[Level], procedures: Iterable[ProcedureName]) -> Iterator[tuple[str, Drawn]]:
        """Yield drawings with the names of their files, linked to one another."""
        plan = list(_plan(self.policy, tuple(levels), tuple(procedures)))
        kept = {(level, name): level_file(level, name, self.form) for level, name in plan}
        artist = Artist(policy=self.policy, language=self.language, form=self.form, path=self.path, _kept=kept)
        for level, name in plan:
            yield kept[level, name], Drawn(level, artist.one(level, ProcedureName(name)))

    def sheets(self, drawn: Drawn) -> tuple[Drawing, ...]:
        """Return what is printed on A4 of a drawing: none of one with its calls opened, which is for the screen."""
        checked, graph, size = self.policy.checked, self.policy.graph, PaperSize.A4
        match drawn.level:
            case Level.SUMMARY:
                return (summary_page(checked, graph, language=self.language, size=size).drawing,)
            case Level.PROCEDURE:
                name = drawn.drawing.chart.procedure
                pages = procedure_pages(checked, graph, name, language=self.language, size=size)
                return tuple(page.drawing for page in pages)
            case Level.EXPANDED:
                return ()

    def _link(self, procedure: ProcedureName) -> str | None:
        return self._kept.get((Level.PROCEDURE, procedure))

    def _ways(self, level: Level, procedure: ProcedureName) -> tuple[Way, ...]:
        """The links to the other levels, in formats that keep links."""
        if level is Level.SUMMARY or self.form != "svg":
            return ()
        return level_ways(
            self.language,
            summary=self._kept.get((Level.SUMMARY, self.policy.manifest.name)),
            procedure=self._link(procedure) if level is Level.EXPANDED else None,
            expanded=self._kept.get((Level.EXPANDED, procedure)) if level is Level.PROCEDURE else None,
        )


def _plan(
    policy: Policy, levels: tuple[Level, ...], procedures: tuple[ProcedureName, ...]
) -> Iterator[tuple[Level, str]]:
    if Level.SUMMARY in levels:
        yield Level.SUMMARY, policy.manifest.name
    for name in procedures:
        if Level.PROCEDURE in levels:
            yield Level.PROCEDURE, name
        if Level.EXPANDED in levels and has_calls(policy.graph, name):
            yield Level.EXPANDED, name
