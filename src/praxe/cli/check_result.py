"""Everything found about one policy: its texts, its scenarios, and what costs little to prove.

In: the folder of a policy. Out: a `Result`, worked out, or as it is kept for texts that have not changed since.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from praxe.cli import check_cache
from praxe.cli.summary import FoundFinding, FoundGap, Summary
from praxe.cli.terminal import Terminal
from praxe.dsl.errors import PraxeError
from praxe.dsl.load import PolicyFiles, read_folder, read_text, scenario_files
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span

if TYPE_CHECKING:
    from praxe.dsl.diagnostics import Diagnostic
    from praxe.dsl.keeping import Keeper
    from praxe.dsl.messages import Finding

_CALENDAR: Final = frozenset({"PX181", "PX184"})  # what a thorough check finds, beyond what a policy needs to decide


@record(kw_only=False)
class Result(RecordBase):
    """What was found in one folder; a policy with errors has no summary."""

    folder: Path
    findings: tuple[Finding, ...]
    sources: Mapping[str, SourceText]
    summary: Summary | None
    counted: str  # how many findings there are, in words


@record(kw_only=False)
class _Scenarios(RecordBase):
    """The texts of a policy's scenarios, and what is wrong with those that cannot be read as text."""

    sources: Sequence[SourceText]
    unreadable: Sequence[Diagnostic]


def result_of(folder: Path, terminal: Terminal) -> Result:
    """Return what is found in a folder.

    Raises:
        PraxeError: the folder is not there or cannot be read.
    """
    files = read_folder(folder)
    scenarios = _scenarios_if_open(folder)
    place = _place(files, scenarios, terminal.language)
    sources = {source.path: source for source in (*files.sources, *(scenarios.sources if scenarios else ()))}
    known = check_cache.kept(place) if place else None
    if known is not None:
        return _known(folder, known, sources)
    result = _found(folder, files, scenarios, terminal)
    if place:
        check_cache.keep(place, _record(result))
    return result


def _scenarios_if_open(folder: Path) -> _Scenarios | None:
    """Read the scenarios; None if one cannot be opened, which is told once the policy is known to have no errors."""
    try:
        return _scenarios(folder)
    except PraxeError:
        return None


def _scenarios(folder: Path) -> _Scenarios:
    read = [read_text(path) for path in scenario_files(folder)]
    return _Scenarios([source for source, _ in read if source], [each for _, found in read for each in found])


def _place(files: PolicyFiles, scenarios: _Scenarios | None, language: str) -> Path | None:
    if scenarios is None or scenarios.unreadable or files.unreadable:
        return None  # of bytes that are no text there is no digest
    texts = {source.path: source.text for source in scenarios.sources}
    return check_cache.place_of(files.folder, files.digest, texts, language)


def _found(folder: Path, files: PolicyFiles, scenarios: _Scenarios | None, terminal: Terminal) -> Result:
    from praxe.cli.grammar_cache import grammar_cache
    from praxe.cli.summary import summary_of
    from praxe.cli.text_cache import TextCache
    from praxe.dsl.diagnostics import in_file_order
    from praxe.dsl.passes import check_files
    from praxe.dsl.report_text import summary as counted
    from praxe.engine.policy import Policy
    from praxe.engine.prove.run import CHEAP, prove
    from praxe.engine.scenario_check import check_scenarios

    calendar = check_cache.place_of_calendar(files.manifest.text) if files.manifest else None
    is_known = calendar is not None and check_cache.kept(calendar) is not None
    keeper = TextCache()
    checked = check_files(files, cache=grammar_cache(), keeper=keeper, thorough=not is_known)
    if calendar and not is_known and checked.policy and not _CALENDAR & {each.code for each in checked.diagnostics}:
        check_cache.keep(calendar, {})
    if checked.policy is None:
        findings = _in_words(checked.diagnostics, terminal, keeper)
        keeper.tidy()
        return Result(folder, findings, checked.sources, None, counted(findings, terminal.language))
    policy = Policy(checked.policy)
    scenarios = scenarios or _scenarios(folder)
    read = check_scenarios(scenarios.sources, policy, files, keeper)
    proofs = [each.diagnostic for done in prove(policy, CHEAP) for each in done.findings]
    found = (*checked.diagnostics, *scenarios.unreadable, *read.diagnostics, *_beside(checked.diagnostics, proofs))
    findings = _in_words(in_file_order(found), terminal, keeper)
    keeper.tidy()
    return Result(
        folder,
        findings,
        {**checked.sources, **{source.path: source for source in scenarios.sources}},
        summary_of(checked.policy, scenarios=read.count, language=terminal.language),
        counted(findings, terminal.language),
    )


def _in_words(found: Sequence[Diagnostic], terminal: Terminal, keeper: Keeper) -> tuple[Finding, ...]:
    from praxe.cli.findings import in_words
    from praxe.dsl.messages import read_ahead

    read_ahead({each.code for each in found}, keeper)
    return in_words(found, terminal)


def _beside(checked: Sequence[Diagnostic], proofs: Sequence[Diagnostic]) -> list[Diagnostic]:
    """Leave out a row without a case that the table alone has shown: one finding per mistake."""
    masked = {each.span for each in checked if each.code == "PX308"}
    return [each for each in proofs if each.code != "PX415" or each.span not in masked]


# --- kept --------------------------------------------------------------------------------------------------------


def _record(result: Result) -> Mapping[str, Any]:
    return {
        "findings": [
            [
                each.code,
                each.severity.value,
                _written(each.span),
                each.title,
                each.message,
                each.hint,
                [[_written(span), text] for span, text in each.related],
            ]
            for each in result.findings
        ],
        "summary": result.summary.record() if result.summary else None,
        "counted": result.counted,
    }


def _known(folder: Path, record: Mapping[str, Any], sources: Mapping[str, SourceText]) -> Result:
    """Return a result that was kept."""
    findings = _findings(record["findings"]) if record["findings"] else ()
    summary = _summary(record["summary"]) if record["summary"] else None
    return Result(folder, findings, sources, summary, record["counted"])


def _findings(records: Sequence[Sequence[Any]]) -> tuple[Finding, ...]:
    from praxe.dsl.messages import Finding, Severity

    return tuple(
        Finding(
            code=code,
            severity=Severity(severity),
            span=Span(*place),
            title=title,
            message=message,
            hint=hint,
            related=tuple((Span(*span), text) for span, text in related),
        )
        for code, severity, place, title, message, hint, related in records
    )


def _summary(record: Mapping[str, Any]) -> Summary:
    gaps = tuple(FoundGap(**each) for each in record["gaps"])
    contradictions = tuple(FoundFinding(**each) for each in record["contradictions"])
    return Summary(**{**record, "gaps": gaps, "contradictions": contradictions})


def _written(span: Span) -> list[object]:
    return [span.path, span.line, span.column, span.end_line, span.end_column]
