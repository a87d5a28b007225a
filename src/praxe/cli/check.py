"""`praxe check`: every finding about a policy, and what the policy holds.

In: the folders of policies. Out: findings and summary as text or JSON, findings as SARIF; exit code 1 if there are
errors. Scenarios are read too, but not run: that is `praxe test`. What costs little to prove is proved: is every case
decided, is every branch taken; the rest is `praxe prove`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from praxe import __version__
from praxe.cli.command import command
from praxe.cli.findings import has_errors, in_words
from praxe.cli.grammar_cache import grammar_cache
from praxe.cli.options import PATH, OneOf
from praxe.cli.summary import Summary, summary_lines, summary_of
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.diagnostics import in_file_order
from praxe.dsl.messages import Finding, Severity
from praxe.dsl.passes import check_policy
from praxe.dsl.report import as_json, as_sarif, as_text
from praxe.dsl.report import summary as counted
from praxe.dsl.source import SourceText
from praxe.engine.policy import Policy
from praxe.engine.prove.run import CHEAP, prove
from praxe.engine.scenarios import load_scenarios


@dataclass(frozen=True)
class Result:
    """What was found in one folder; a policy with errors has no summary."""

    folder: Path
    findings: tuple[Finding, ...]
    sources: Mapping[str, SourceText]
    summary: Summary | None


@command("check")
@click.argument("policies", nargs=-1, type=PATH)
@click.option("--format", "form", type=OneOf("text", "json", "sarif"))
@click.option("--json", "as_json_too", is_flag=True)
@click.option("--strict", is_flag=True)
def check(terminal: Terminal, policies: tuple[Path, ...], form: str | None, as_json_too: bool, strict: bool) -> int:
    """Check the policies; return 1 if there is something to fix."""
    results = [_result(each, terminal) for each in policies or (Path(),)]
    every = [finding for each in results for finding in each.findings]
    match form or ("json" if as_json_too else "text"):
        case "sarif":
            sources = {path: text for each in results for path, text in each.sources.items()}
            terminal.raw(as_sarif(every, sources, terminal.language, version=__version__))
        case "json":
            terminal.raw(json.dumps(_record(results, every), ensure_ascii=False, indent=2) + "\n")
        case _:
            for number, result in enumerate(results):
                if number:
                    terminal.out()
                _tell(result, terminal)
    return int(has_errors(every) or (strict and bool(every)))


def _result(folder: Path, terminal: Terminal) -> Result:
    checked = check_policy(folder, cache=grammar_cache())
    if checked.policy is None:
        return Result(folder, in_words(checked.diagnostics, terminal), checked.sources, None)
    policy = Policy(checked.policy)
    scenarios = load_scenarios(folder, policy)
    proofs = (each.diagnostic for done in prove(policy, CHEAP) for each in done.findings)
    found = in_file_order((*checked.diagnostics, *scenarios.diagnostics, *proofs))
    return Result(
        folder,
        in_words(found, terminal),
        {**checked.sources, **scenarios.sources},
        summary_of(checked.policy, scenarios=len(scenarios.scenarios), language=terminal.language),
    )


def _record(results: Sequence[Result], every: Sequence[Finding]) -> dict[str, object]:
    policies = [
        {"path": each.folder.as_posix(), "summary": each.summary.record() if each.summary else None} for each in results
    ]
    return {"findings": json.loads(as_json(every)), "policies": policies}


def _tell(result: Result, terminal: Terminal) -> None:
    findings = result.findings
    if findings:
        text = as_text(findings, result.sources, terminal.language, color=terminal.colors_out)
        terminal.out(text.rstrip("\n").rpartition("\n\n")[0])  # its last line, the count, comes at the very end
        terminal.out()
    if result.summary:
        for line in summary_lines(result.summary, terminal):
            terminal.out(line)
    errors = any(each.severity is Severity.ERROR for each in findings)
    style = Style.RED if errors else Style.AMBER if findings else Style.GREEN
    sign = "✓ " if terminal.is_unicode and not findings else ""
    terminal.out(terminal.paint(f"{sign}{counted(findings, terminal.language)}", Style.BOLD, style))


COMMAND = check
