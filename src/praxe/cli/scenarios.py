"""`praxe test`: the owner's cases, run.

In: a policy with its `scenarios/`. Out: what failed, what was expected and what came, and the ways no case takes; exit
code 1 when a case fails or cannot be read.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.files import write_whole
from praxe.cli.findings import has_errors, in_words
from praxe.cli.junit import junit
from praxe.cli.layout import wrapped
from praxe.cli.options import PATH
from praxe.cli.policies import open_policy
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.load import read_text
from praxe.dsl.messages import Finding
from praxe.dsl.report import as_json as findings_as_json
from praxe.dsl.report import as_text
from praxe.dsl.report_line import safe
from praxe.engine.graph import Branch, BranchKind
from praxe.engine.policy import Policy
from praxe.engine.scenario_runs import ScenarioReport, ScenarioResult, run_scenarios
from praxe.engine.scenarios import Scenarios, load_scenarios


@command("test")
@click.argument("policy", type=PATH)
@click.option("--junit", "junit_file", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def test(terminal: Terminal, policy: Path, junit_file: Path | None, as_json: bool) -> int:
    """Run the scenarios; return 1 if not all of them pass."""
    opened = open_policy(policy, terminal)
    loaded = load_scenarios(policy, opened)
    findings = in_words(loaded.diagnostics, terminal)
    report = run_scenarios(opened, loaded.scenarios)
    if junit_file:
        write_whole(junit_file, junit(report, opened.manifest.name, terminal.language))
    if as_json:
        terminal.raw(json.dumps(_record(report, findings, terminal), ensure_ascii=False, indent=2) + "\n")
    else:
        for line in _lines(report, loaded, findings, terminal, opened):
            terminal.out(line)
    return int(has_errors(findings) or not report.passed)


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
        yield from _coverage(report, terminal, policy)
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


def _coverage(report: ScenarioReport, terminal: Terminal, policy: Policy) -> Iterator[str]:
    taken, untaken = len(report.coverage.taken), report.coverage.untaken
    total = taken + len(untaken)
    if not total:
        return
    key = "test.covered_but" if untaken else "test.covered"
    yield terminal.say(key, taken=taken, total=total, percent=taken * 100 // total)
    for branch in untaken:
        place, line = _place(branch, policy)
        answer = _answer(branch, terminal)
        yield f"  - {safe(line)} {terminal.paint(f'→ {answer}' if terminal.is_unicode else answer, Style.AMBER)}"
        yield f"    {terminal.paint(safe(place), Style.DIM)}"


def _place(branch: Branch, policy: Policy) -> tuple[str, str]:
    """Return where the question stands whose answer no scenario gives, and that line of the text."""
    span = policy.graph.nodes[branch.source].span
    source, _ = read_text(Path(span.path))
    line = source.line(span.line).strip().partition("  [")[0] if source else ""
    return f"{span.path}:{span.line}", line.removesuffix(":")


def _answer(branch: Branch, terminal: Terminal) -> str:
    return branch.key if branch.kind is BranchKind.VALUE else terminal.say(f"test.branch.{branch.kind.value}")


def _record(report: ScenarioReport, findings: tuple[Finding, ...], terminal: Terminal) -> dict[str, object]:
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
        "coverage": {
            "taken": len(report.coverage.taken),
            "total": len(report.coverage.taken) + len(report.coverage.untaken),
            "untaken": [{"node": each.source, "branch": each.key} for each in report.coverage.untaken],
        },
    }


COMMAND = test
