"""What was found in a text, as the commands show it.

In: diagnostics and the texts they point into. Out: the words, in the terminal's language and colours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from praxe.cli.terminal import Terminal
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.messages import Finding, Severity, explain
from praxe.dsl.report_text import as_text
from praxe.dsl.source import SourceText


def in_words(diagnostics: Iterable[Diagnostic], terminal: Terminal) -> tuple[Finding, ...]:
    """Return the findings in the terminal's language."""
    return tuple(explain(each, terminal.language) for each in diagnostics)


def has_errors(findings: Iterable[Finding]) -> bool:
    """Return whether one of the findings is an error."""
    return any(each.severity is Severity.ERROR for each in findings)


def tell_findings(diagnostics: Iterable[Diagnostic], sources: Mapping[str, SourceText], terminal: Terminal) -> None:
    """Write findings that are not the result asked for, to stderr."""
    text = as_text(in_words(diagnostics, terminal), sources, terminal.language, color=terminal.colors_err)
    if text:
        terminal.note(text.rstrip("\n"))
