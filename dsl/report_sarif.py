"""Findings as SARIF 2.1.0, what code-review tools read.

In: findings and the texts (to count columns as editors do). Out: one SARIF log as JSON text.
Source: OASIS Standard, Static Analysis Results Interchange Format (SARIF) Version 2.1.0.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import PurePath
from typing import Any, Final
from urllib.parse import quote

from praxe.dsl.messages import Entry, Finding, entry, terms
from praxe.dsl.source import SourceText, Span

SARIF_VERSION: Final = "2.1.0"
SARIF_SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def as_sarif(findings: Iterable[Finding], sources: Mapping[str, SourceText], language: str, *, version: str) -> str:
    """Return the findings as a SARIF log; `version` is that of Praxe."""
    told = tuple(findings)
    codes = sorted({each.code for each in told})
    run = {
        "tool": {
            "driver": {
                "name": "Praxe",
                "version": version,
                "language": language,
                "rules": [_rule(entry(code), language) for code in codes],
            }
        },
        "language": language,
        "columnKind": "utf16CodeUnits",
        "results": [_result(each, codes, sources, language) for each in told],
    }
    log = {"$schema": SARIF_SCHEMA, "version": SARIF_VERSION, "runs": [run]}
    return json.dumps(log, ensure_ascii=False, indent=2) + "\n"


def _rule(known: Entry, language: str) -> dict[str, Any]:
    explanation = known.explanation.in_language(language)
    return {
        "id": known.code,
        "shortDescription": {"text": known.title.in_language(language)},
        "fullDescription": {"text": explanation},
        "help": {"text": explanation, "markdown": explanation + _examples(known, language)},
        "defaultConfiguration": {"level": known.severity.value},
    }


def _examples(known: Entry, language: str) -> str:
    shown = (("wrong_example", known.wrong), ("right_example", known.right))
    return "".join(
        f"\n\n**{terms()[title].in_language(language)}**\n\n```\n{text}```" for title, text in shown if text is not None
    )


def _result(finding: Finding, codes: Sequence[str], sources: Mapping[str, SourceText], language: str) -> dict[str, Any]:
    message = f"{finding.title}: {finding.message}"
    if finding.hint:
        message += f" ({terms()['help'].in_language(language)}: {finding.hint})"
    result = {
        "ruleId": finding.code,
        "ruleIndex": codes.index(finding.code),
        "level": finding.severity.value,
        "message": _message(message),
        "locations": [_location(finding.span, sources)],
    }
    if finding.related:
        result["relatedLocations"] = [
            {"id": number, **_location(span, sources), "message": _message(text)}
            for number, (span, text) in enumerate(finding.related, start=1)
        ]
    return result


def _message(text: str) -> dict[str, str]:
    return {"text": text.replace("{", "{{").replace("}", "}}")}  # §3.11.5: single braces are places for arguments


def _location(span: Span, sources: Mapping[str, SourceText]) -> dict[str, Any]:
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": _uri(span.path)},
            "region": {
                "startLine": span.line,
                "startColumn": _utf16_column(sources, span.path, span.line, span.column),
                "endLine": span.end_line,
                "endColumn": _utf16_column(sources, span.path, span.end_line, span.end_column),
            },
        }
    }


def _uri(path: str) -> str:
    pure = PurePath(path)
    return pure.as_uri() if pure.is_absolute() else quote(pure.as_posix())


def _utf16_column(sources: Mapping[str, SourceText], path: str, line: int, column: int) -> int:
    text = sources[path].line(line)[: column - 1] if path in sources else ""
    return column + sum(ord(char) > 0xFFFF for char in text)
