"""The renderings of findings: text for people, JSON for programs, SARIF for code-review tools.

In: findings in words, and the texts they speak of. Out: one string; the doors decide where it goes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from praxe.dsl.messages import Finding
from praxe.dsl.report_sarif import as_sarif
from praxe.dsl.report_text import as_text, summary
from praxe.dsl.source import Span

__all__ = ["as_json", "as_sarif", "as_text", "summary"]


def as_json(findings: Iterable[Finding]) -> str:
    """Return the findings as a JSON list, one record each; lines and columns from 1, the end exclusive."""
    return json.dumps([_record(each) for each in findings], ensure_ascii=False, indent=2) + "\n"


def _record(finding: Finding) -> dict[str, Any]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        **_place(finding.span),
        "title": finding.title,
        "message": finding.message,
        "hint": finding.hint,
        "related": [{**_place(span), "message": text} for span, text in finding.related],
    }


def _place(span: Span) -> dict[str, Any]:
    return {
        "path": span.path,
        "span": {
            "start": {"line": span.line, "column": span.column},
            "end": {"line": span.end_line, "column": span.end_column},
        },
    }
