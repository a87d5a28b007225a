"""`praxe test`: the owner's cases, run.

In: a policy with its `scenarios/`. Out: what failed, what was expected and what came, and what the cases cover, in the
terminal and on flowcharts; exit code 1 when a case fails or cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.coverage_record import coverage_record
from praxe.cli.coverage_text import CoverageText
from praxe.cli.files import write_whole
from praxe.cli.findings import has_errors, in_words
from praxe.cli.junit import junit
from praxe.cli.layout import wrapped
from praxe.cli.options import PATH, Misuse, Percent
from praxe.cli.policies import is_compiled, open_policy
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.messages import Finding
from praxe.dsl.report import as_json as findings_as_json
from praxe.dsl.report import as_text
from praxe.dsl.report_line import safe
from praxe.engine.coverage import Coverage
from praxe.engine.policy import Policy
from praxe.engine.scenario_runs import ScenarioReport, ScenarioResult, run_scenarios
from praxe.engine.scenarios import Scenarios, load_scenarios
from praxe.visualize import CoverageMarks, flowchart, render, sibling_file


@command("test")
@click.argument("policy", type=PATH)
@click.option("-o", "--chart", type=PATH)
@click.option("--junit", "junit_file", type=PATH)
@click.option("--mutants", is_flag=True)
@click.option("--least", type=Percent())
@click.option("--json", "as_json", is_flag=True)
def test(
    terminal: Terminal,
    policy: Path,
    chart: Path | None,
    junit_file: Path | None,
    mutants: bool,
    least: float | None,
    as_json: bool,
) -> int:
    """Run the scenarios; return 1 if not all of them pass."""
    _check_options(mutants=mutants, least=least, chart=chart, junit_file=junit_file)
    if is_compiled(policy):
        raise Misuse("misuse.compiled_test", hint="misuse.compiled_test.hint", path=policy.as_posix())
    opened = open_policy(policy, terminal)
    loaded = load_scenarios(policy, opened)
    findings = in_words(loaded.diagnostics, terminal)
    report = run_scenarios(opened, loaded.scenarios)
    if mutants and report.passed and not has_errors(findings):
        from praxe.cli.mutants import tell_mutants

        return tell_mutants(opened, loaded.scenarios, terminal, least=least or 0.0, as_json=as_json)
    files = _charts(chart, opened, report.coverage, terminal.language) if chart else []
    if junit_file:
        write_whole(junit_file, junit(report, opened.manifest.name, terminal.language))
    if as_json:
        record = {**_record(report, findings, terminal, opened), "charts": files}
        terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    else:
        for line in _lines(report, loaded, findings, terminal, opened):
            terminal.out(line)
        for each in files:
            terminal.out(terminal.say("draw.written", path=each))
    return int(has_errors(findings) or not report.passed)


def _check_options(*, mutants: bool, least: float | None, chart: Path | None, junit_file: Path | None) -> None:
    """Refuse what would be left aside in silence."""
    if least is not None and not mutants:
        raise Misuse("misuse.least")
    for option, given in (("--chart", chart), ("--junit", junit_file)):
        if mutants and given:
            raise Misuse("misuse.mutants", option=option)


def _lines(
    report: ScenarioReport, loaded: Scenarios, findings: tuple[Finding, ...], terminal: Terminal, policy: Policy
) -> Iterator[str]:
    if findings:
        yield as_text(findings, loaded.sources, terminal.language, color=terminal.colors_out)
    for each in report.results:
        if not each.passed:
            yield from _failure(each, terminal)
    if report.results:
        yield _total(report, terminal)
        yield from CoverageText(policy, terminal).lines(report.coverage)
    elif not findings:
        yield terminal.paint(terminal.say("test.none"), Style.AMBER)


def _failure(result: ScenarioResult, terminal: Terminal) -> Iterator[str]:
    sign = "✗" if terminal.is_unicode else "x"
    place = terminal.paint(f"({safe(str(result.scenario.span))})", Style.DIM)
    yield f"{terminal.paint(f'{sign} {safe(result.scenario.name)}', Style.BOLD, Style.RED)} {place}"
    for difference in result.differences:
        for each in difference.in_language(terminal.language).splitlines():
            yield from (f"    {line}" for line in wrapped(safe(each), terminal.width - 4, indent="  "))
    yield ""


def _total(report: ScenarioReport, terminal: Terminal) -> str:
    failed = sum(not each.passed for each in report.results)
    if failed:
        words = terminal.say("test.some", passed=len(report.results) - failed, total=len(report.results))
        return terminal.paint(words, Style.BOLD, Style.RED)
    sign = "✓ " if terminal.is_unicode else ""
    return terminal.paint(sign + terminal.words.count("test.all", len(report.results)), Style.BOLD, Style.GREEN)


def _charts(folder: Path, policy: Policy, coverage: Coverage, language: str) -> list[str]:
    """Draw every procedure with its counts; return the files."""
    marks = CoverageMarks(visits=coverage.visits, branches=coverage.counts)
    files: list[str] = []
    for name in policy.checked.procedures:
        drawing = flowchart(policy.checked, policy.graph, name, language=language, coverage=marks)
        file = folder / sibling_file(name)
        write_whole(file, render(drawing, "svg"))
        files.append(file.as_posix())
    return files


def _record(
    report: ScenarioReport, findings: tuple[Finding, ...], terminal: Terminal, policy: Policy
) -> dict[str, object]:
    return {
        "passed": report.passed and not has_errors(findings),
        "findings": json.loads(findings_as_json(findings)),
        "scenarios": [
            {
                "name": each.scenario.name,
                "path": each.scenario.span.path,
                "line": each.scenario.span.line,
                "passed": each.passed,
                "status": each.decision.status.value if each.decision else None,
                "outcome": each.decision.outcome if each.decision else None,
                "differences": [difference.in_language(terminal.language) for difference in each.differences],
            }
            for each in report.results
        ],
        "coverage": coverage_record(report.coverage, policy, terminal.language),
    }


COMMAND = test
