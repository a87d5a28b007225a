"""Source coverage as other programs read it.

In: a `SourceReport`. Out: the JSON of `praxe sources --json`, its words in one language.
"""

from __future__ import annotations

from typing import Any

from praxe.dsl.vocabulary import FindingKind, Words
from praxe.engine.source_lines import Line, LineState
from praxe.engine.sources import (
    ClauseReport,
    ClauseState,
    FindingReport,
    FindingState,
    SourceReport,
    Word,
    percent,
)


def record_of(report: SourceReport, language: str) -> dict[str, Any]:
    """Return the whole report."""
    return {
        "counts": counts_of(report),
        "clauses": [_clause(each, language) for each in report.clauses],
        "findings": [_finding(each, language) for each in report.findings],
        "lines": [_line(each) | _clauses_of(each) for each in report.lines],
    }


def counts_of(report: SourceReport) -> dict[str, Any]:
    """Return how many clauses, findings and lines are in which state; percentages are rounded down."""
    clauses = {state.value: len(report.clauses_in(state)) for state in ClauseState}
    total = len(report.clauses)
    lines = {state.value: len(report.lines_in(state)) for state in LineState}
    return {
        "clauses": {"total": total, "percent": percent(total - len(report.missing), total), **clauses},
        "findings": {
            "total": len(report.findings),
            "percent": percent(len(report.findings) - len(report.unmet), len(report.findings)),
            **{state.value: len(report.findings_in(state)) for state in FindingState},
            "by_type": {
                kind.value: {state.value: len(report.findings_in(state, kind)) for state in FindingState}
                for kind in FindingKind
            },
        },
        "lines": {
            "total": len(report.lines),
            "percent": percent(report.needing - len(report.bare), report.needing),
            **lines,
        },
    }


def _clause(each: ClauseReport, language: str) -> dict[str, Any]:
    clause = each.clause
    return {
        "id": clause.name,
        "state": each.state.value,
        "document": clause.document,
        "section": clause.section,
        "locator": clause.locator,
        "source_lines": list(clause.lines),
        "digest": clause.digest,
        "kind": clause.kind,
        "paraphrase": clause.paraphrase.in_language(language),
        "literals": list(clause.literals),
        "guidance": _said(clause.guidance, language),
        "leaves_open": each.leaves_open,
        "lines": [_line(line) for line in each.lines],
        "words": [_word(word, language) for word in each.words],
        "findings": list(each.findings),
    }


def _finding(each: FindingReport, language: str) -> dict[str, Any]:
    finding = each.finding
    return {
        "id": finding.name,
        "state": each.state.value,
        "type": finding.kind.value,
        "severity": finding.weight.value,
        "title": finding.title.in_language(language),
        "why": finding.why.in_language(language),
        "clauses": list(finding.clauses),
        "lines": [_line(line) for line in each.lines],
        "reading": _said(each.reading, language),
        "explained": _said(finding.explained, language),
    }


def _line(line: Line) -> dict[str, Any]:
    return {"path": line.span.path, "line": line.span.line, "role": line.role.value, "text": line.text}


def _clauses_of(line: Line) -> dict[str, Any]:
    return {
        "state": line.state.value,
        "clauses": list(line.own),
        "enclosing": list(line.enclosing),
        "words": list(line.words),
    }


def _word(word: Word, language: str) -> dict[str, Any]:
    place = {"path": word.span.path, "line": word.span.line}
    return {"kind": word.kind.value, "name": word.name, "label": word.label.in_language(language), **place}


def _said(words: Words | None, language: str) -> str | None:
    return words.in_language(language) if words else None
