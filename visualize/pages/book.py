"""The pages of a policy, before they are Markdown or HTML: one for each procedure, and what all of them share.

Made by `content`; what stands on them are `entries`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from praxe.dsl.tree import ClauseId, FactName, ProcedureName
from praxe.visualize.chart import Chart
from praxe.visualize.pages.entries import (
    ActionEntry,
    ClauseEntry,
    FactEntry,
    FindingEntry,
    GapEntry,
    OutcomeEntry,
    Place,
    RuleEntry,
    TimeEntry,
    ValueEntry,
)
from praxe.visualize.pages.outline import Outline


@dataclass(frozen=True, slots=True, kw_only=True)
class StepTaken:
    """A step of an example."""

    text: str
    place: Place | None
    is_said: bool = False
    times: int = 1  # one after the other


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A scenario: a case, and what happened in it."""

    id: str
    group: str  # the file it is in
    name: str
    story: str | None
    facts: tuple[tuple[FactName, str, str], ...]  # name, label, value
    now: str | None
    end_kind: str  # finished, returned, asks, waits, gap
    end: str
    stopped: Place | None
    steps: tuple[StepTaken, ...]
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcedurePage:
    """All about one procedure."""

    name: ProcedureName
    title: str
    chart: Chart
    outline: Outline
    questions: tuple[FactEntry, ...]  # those asked here, with the places here only
    times: tuple[TimeEntry, ...]
    gaps: tuple[GapEntry, ...]
    findings: tuple[FindingEntry, ...]
    clauses: tuple[ClauseEntry, ...]  # cited here, each once, in the order of the text
    rules: tuple[RuleEntry, ...]
    examples: tuple[Example, ...]
    passing: int  # how many scenarios come by
    calls: tuple[ProcedureName, ...]
    called_by: tuple[ProcedureName, ...]
    is_entry: bool
    is_door: bool
    mermaid: tuple[str, ...]  # one drawing, or several where it is too large


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """All pages of a policy in one language."""

    language: str
    policy_language: str  # of what is quoted from the source and of scenarios
    name: str
    title: str
    version: str
    digest: str
    owner: str | None
    effective: str | None
    calendar: str | None
    documents: tuple[tuple[str, int], ...]  # title, number of its clauses
    procedures: tuple[ProcedurePage, ...]
    facts: tuple[FactEntry, ...]
    actions: tuple[ActionEntry, ...]
    outcomes: tuple[OutcomeEntry, ...]
    values: tuple[ValueEntry, ...]
    findings: tuple[FindingEntry, ...]
    rules: tuple[RuleEntry, ...]
    examples: tuple[Example, ...]
    clauses: Mapping[ClauseId, ClauseEntry] = field(default_factory=dict)

    @property
    def entry(self) -> ProcedureName:
        """The procedure to begin with."""
        return next(each.name for each in self.procedures if each.is_entry)

    @property
    def titles(self) -> Mapping[ProcedureName, str]:
        """What each procedure is called."""
        return {each.name: each.title for each in self.procedures}

    @property
    def gaps(self) -> tuple[GapEntry, ...]:
        """All gaps, in the order of the procedures."""
        return tuple(gap for each in self.procedures for gap in each.gaps)
