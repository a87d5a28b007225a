"""`findings.yaml`: what is wrong with the source texts themselves.

In: the text of the file. Out: the findings by id, in the declared order, and what is wrong with the file.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import FINDINGS
from praxe.dsl.load_clauses import cited_clauses
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import FindingKind, SourceFinding, Weight, Words
from praxe.dsl.yaml_fields import block, fields
from praxe.dsl.yaml_names import is_clause_id
from praxe.dsl.yaml_nodes import Entry
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report

_REQUIRED: Final = ("type", "severity", "title", "why")
_KEYS: Final = (*_REQUIRED, "clauses", "explained")


def load_findings(
    source: SourceText, *, language: str, clauses: Collection[str] | None = None
) -> tuple[Mapping[ClauseId, SourceFinding], tuple[Diagnostic, ...]]:
    """Read `findings.yaml`.

    Args:
        clauses: the ids of the register; None if there is none, and any may be named.
    """
    node, problems = read_yaml(source)
    report = Report(source.path, language=language)
    if node is None:
        return {}, problems
    read = [_finding(report, entry, clauses) for entry in block(report, FINDINGS, node)]
    return {each.name: each for each in read if each}, (*problems, *report.findings())


def _finding(report: Report, entry: Entry, clauses: Collection[str] | None) -> SourceFinding | None:
    if not is_clause_id(report, entry.key) or not report.is_filled(entry):
        return None
    found = fields(report, entry.key, entry.value, keys=_KEYS, required=_REQUIRED)
    if not found:
        return None
    blank = Words({report.language: entry.key.text})
    return SourceFinding(
        name=ClauseId(entry.key.text),
        kind=found.member("type", FindingKind) or FindingKind.RISK,
        weight=found.member("severity", Weight) or Weight.LOW,
        title=found.words("title") or blank,
        why=found.words("why") or blank,
        clauses=cited_clauses(found, clauses),
        explained=found.words("explained"),
        span=entry.key.span,
    )
