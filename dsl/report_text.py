"""Findings for people: each with its line of the text and marks under the words it speaks of.

In: findings and the texts. Out: plain text, or with ANSI colours when asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import Enum
from typing import Final

from praxe.dsl.messages import Finding, Severity, terms
from praxe.dsl.report_line import safe, show_line
from praxe.dsl.source import SourceText, Span

_RESET: Final = "\x1b[0m"


class _Paint(Enum):
    PLAIN = ""
    BOLD = "\x1b[1m"
    ERROR = "\x1b[1;31m"
    WARNING = "\x1b[1;33m"
    FRAME = "\x1b[1;34m"
    HELP = "\x1b[1;36m"


def as_text(
    findings: Iterable[Finding], sources: Mapping[str, SourceText], language: str, *, color: bool = False
) -> str:
    """Return the findings one below the other and a line that counts them; empty without findings."""
    told = tuple(findings)
    if not told:
        return ""
    writer = _Writer(sources, language, color=color)
    return "\n\n".join([*map(writer.finding, told), summary(told, language)]) + "\n"


def summary(findings: Iterable[Finding], language: str) -> str:
    """Return how many errors and warnings there are: `2 erros, 1 aviso`."""
    severities = [each.severity for each in findings]
    counts = [(severities.count(each), each.value) for each in Severity]
    told = [f"{count} {_term(name if count == 1 else name + 's', language)}" for count, name in counts if count]
    return ", ".join(told) or _term("nothing_found", language)


def _term(name: str, language: str) -> str:
    return terms()[name].in_language(language)


class _Writer:
    """Writes findings in one language, painted or not."""

    def __init__(self, sources: Mapping[str, SourceText], language: str, *, color: bool) -> None:
        self.sources = sources
        self.language = language
        self.color = color

    def finding(self, finding: Finding) -> str:
        paint = _Paint.ERROR if finding.severity is Severity.ERROR else _Paint.WARNING
        severity = _term(finding.severity.value, self.language)
        head = self._painted(f"{severity}[{finding.code}]", paint) + self._painted(f": {finding.title}", _Paint.BOLD)
        gutter = max(len(str(span.line)) for span in (finding.span, *(span for span, _ in finding.related)))
        lines = [head, *self._snippet(finding.span, finding.message, gutter, arrow="-->", mark="^", paint=paint)]
        for span, text in finding.related:
            lines += self._snippet(span, text, gutter, arrow=":::", mark="-", paint=_Paint.FRAME)
        if finding.hint:
            label = self._painted(f"{_term('help', self.language)}:", _Paint.HELP)
            lines.append(f"{' ' * gutter} {self._painted('=', _Paint.FRAME)} {label} {safe(finding.hint)}")
        return "\n".join(lines)

    def _snippet(self, span: Span, text: str, gutter: int, *, arrow: str, mark: str, paint: _Paint) -> Sequence[str]:
        bar = self._painted("|", _Paint.FRAME)
        place = f"{' ' * gutter}{self._painted(arrow, _Paint.FRAME)} {safe(str(span))}"
        source = self.sources.get(span.path)
        if source is None or span.line > len(source.lines):
            return [place, f"{' ' * gutter} {bar} {self._painted(safe(text), paint)}"]
        line = source.line(span.line)
        end = span.end_column - 1 if span.end_line == span.line else len(line)
        shown = show_line(line, span.column - 1, end)
        number = self._painted(f"{span.line:>{gutter}}", _Paint.FRAME)
        marks = " " * shown.mark_start + self._painted(f"{mark * shown.mark_cells} {safe(text)}", paint)
        return [
            place,
            f"{' ' * gutter} {bar}",
            f"{number} {bar} {shown.text}".rstrip(),
            f"{' ' * gutter} {bar} {marks}".rstrip(),
        ]

    def _painted(self, text: str, paint: _Paint) -> str:
        return f"{paint.value}{text}{_RESET}" if self.color and paint is not _Paint.PLAIN else text
