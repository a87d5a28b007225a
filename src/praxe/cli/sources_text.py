"""Source coverage for people: the counts, what is left over, and the findings; in full, clause by clause.

In: a report. Out: lines of the terminal.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from praxe.cli.layout import wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.file_names import CLAUSES
from praxe.dsl.report_line import safe
from praxe.dsl.vocabulary import FindingKind
from praxe.engine.source_digests import Comparison
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

_CLAUSE_STYLES: Final = {
    ClauseState.IMPLEMENTED: Style.GREEN,
    ClauseState.GUIDANCE: Style.BLUE,
    ClauseState.GAP: Style.AMBER,
    ClauseState.MISSING: Style.RED,
}
_FINDING_STYLES: Final = {
    FindingState.MET: Style.GREEN,
    FindingState.READING: Style.BLUE,
    FindingState.EXPLAINED: Style.BLUE,
    FindingState.UNMET: Style.RED,
}


def tell_report(policy: CheckedPolicy, report: SourceReport, terminal: Terminal, *, in_full: bool) -> None:
    """Write the account of a policy."""
    manifest, say = policy.manifest, terminal.say
    title = say("check.policy", title=safe(manifest.title.in_language(terminal.language)), version=manifest.version)
    terminal.out(terminal.paint(title, Style.BOLD))
    if not report.clauses:
        terminal.out(say("sources.none"))
        return
    for line in _counts(report, terminal):
        terminal.out(line)
    if in_full:
        _section("sources.all_clauses", _by_section(report.clauses, terminal), terminal)
    elif report.missing:
        _section("sources.missing", (line for each in report.missing for line in _clause(each, terminal)), terminal)
    if report.bare:
        _section("sources.bare", (line for each in report.bare for line in _line(each, terminal)), terminal)
    if report.findings:
        _section("sources.all_findings", _findings(report, terminal, in_full=in_full), terminal)
    is_whole = report.is_complete and not report.bare
    sign = "✓ " if terminal.is_unicode and is_whole else ""
    style = Style.GREEN if is_whole else Style.AMBER if report.is_complete else Style.RED
    terminal.out()
    terminal.out(terminal.paint(sign + say("sources.whole" if is_whole else "sources.not_whole"), Style.BOLD, style))


def tell_comparison(compared: Comparison, terminal: Terminal, *, recorded: tuple[str, ...] | None) -> None:
    """Write how the source texts compare; `recorded` are the clauses whose digests were written, None if none was."""
    count = terminal.words.count
    total = len(compared.digests) + sum(each.code == "PX183" for each in compared.diagnostics)
    terminal.out()
    terminal.out(terminal.say("sources.texts", same=len(compared.same), total=total))
    if recorded is None:
        if compared.changed:
            terminal.out(terminal.paint(f"  {count('sources.changed', len(compared.changed))}", Style.RED))
        if compared.unrecorded:
            terminal.out(f"  {count('sources.unrecorded', len(compared.unrecorded))}")
    elif recorded:
        key = f"sources.recorded.{'one' if len(recorded) == 1 else 'many'}"
        terminal.out(f"  {terminal.say(key, n=len(recorded), path=CLAUSES)}")
        if compared.changed:
            terminal.out(f"  {terminal.say('sources.reread', names=', '.join(compared.changed))}")
    else:
        terminal.out(f"  {terminal.say('sources.nothing_new', path=CLAUSES)}")
    if compared.without_lines:
        terminal.out(f"  {count('sources.no_lines', len(compared.without_lines))}")
    for document, number in compared.without_text.items():
        key = f"sources.no_text.{'one' if number == 1 else 'many'}"
        terminal.out(f"  {terminal.say(key, n=number, document=safe(document))}")


def _section(key: str, lines: Iterable[str], terminal: Terminal) -> None:
    terminal.out()
    terminal.out(terminal.paint(terminal.say(key), Style.BOLD))
    for line in lines:
        terminal.out(line)


def _counts(report: SourceReport, terminal: Terminal) -> Iterator[str]:
    clauses = [(f"clause.{state.value}", len(report.clauses_in(state))) for state in ClauseState]
    lines = [
        (f"line.{state.value}", len(report.lines_in(state))) for state in LineState if state is not LineState.UNNEEDED
    ]
    findings = [(f"finding.{state.value}", len(report.findings_in(state))) for state in FindingState]
    yield from _count("clauses", len(report.clauses), len(report.missing), clauses, terminal)
    yield from _count("lines", report.needing, len(report.bare), lines, terminal)
    if report.findings:
        yield from _count("findings", len(report.findings), len(report.unmet), findings, terminal)


def _count(key: str, total: int, left: int, parts: list[tuple[str, int]], terminal: Terminal) -> Iterator[str]:
    part = total - left
    head = terminal.say(f"sources.{key}", part=part, total=total, percent=percent(part, total))
    yield terminal.paint(head, Style.RED if left else Style.GREEN)
    yield f"  {', '.join(terminal.words.count(f'sources.{name}', number) for name, number in parts if number)}"


def _by_section(clauses: Iterable[ClauseReport], terminal: Terminal) -> Iterator[str]:
    for section, group in groupby(clauses, key=lambda each: each.clause.section):
        yield f"  {terminal.paint(safe(section), Style.BOLD)}"
        for each in group:
            yield from _clause(each, terminal)


def _clause(each: ClauseReport, terminal: Terminal) -> Iterator[str]:
    clause, say = each.clause, terminal.say
    state = terminal.paint(say(f"sources.state.{each.state.value}"), _CLAUSE_STYLES[each.state])
    yield f"  {clause.name}  {state}"
    yield from _text(clause.paraphrase.in_language(terminal.language), terminal)
    if each.state is ClauseState.MISSING:
        yield _place(clause.span.path, clause.span.line, terminal)
    if each.state is ClauseState.GUIDANCE and clause.guidance:
        yield from _text(say("sources.shown", text=clause.guidance.in_language(terminal.language)), terminal)
    if each.state is ClauseState.GAP and not each.lines:
        yield from _text(say("sources.by_finding", names=", ".join(each.cited_findings)), terminal)
    for line in each.lines:
        yield from _line(line, terminal)
    for word in each.words:
        yield _word(word, terminal)


def _findings(report: SourceReport, terminal: Terminal, *, in_full: bool) -> Iterator[str]:
    width = max(len(each.finding.name) for each in report.findings)
    for kind in FindingKind:
        found = [each for each in report.findings if each.finding.kind is kind]
        if found:
            yield f"  {terminal.say(f'sources.type.{kind.value}')} ({len(found)})"
        for each in found:
            yield from _finding(each, terminal, width, in_full=in_full)


def _finding(each: FindingReport, terminal: Terminal, width: int, *, in_full: bool) -> Iterator[str]:
    finding, say, language = each.finding, terminal.say, terminal.language
    state = terminal.paint(say(f"sources.state.{each.state.value}"), _FINDING_STYLES[each.state])
    head = f"    {finding.name:<{width}}  {state}  "
    indent = " " * (width + 6)
    first, *more = wrapped(safe(finding.title.in_language(language)), terminal.width - width - 18)
    yield head + first
    yield from (indent + line for line in more)
    if each.state is FindingState.UNMET:
        yield _place(finding.span.path, finding.span.line, terminal)
    if not in_full:
        return
    for line in each.lines:
        yield from _line(line, terminal)
    if each.reading:
        yield from _text(say("sources.reading", text=each.reading.in_language(language)), terminal)
    if finding.explained:
        yield from _text(say("sources.explained", text=finding.explained.in_language(language)), terminal)


def _line(line: Line, terminal: Terminal) -> Iterator[str]:
    yield _place(line.span.path, line.span.line, terminal)
    yield from (f"        {each}" for each in wrapped(safe(line.text), terminal.width - 8))


def _word(word: Word, terminal: Terminal) -> str:
    name = terminal.say(f"sources.word.{word.kind.value}", name=word.name)
    return f"{_place(word.span.path, word.span.line, terminal)}\n        {name}"


def _place(path: str, line: int, terminal: Terminal) -> str:
    return "      " + terminal.paint(f"{safe(path)}:{line}", Style.DIM)


def _text(text: str, terminal: Terminal) -> Iterator[str]:
    yield from (f"      {line}" for line in wrapped(safe(text), terminal.width - 6))
