"""`praxe check`: every finding about a policy, and what the policy holds.

In: the folders of policies. Out: findings and summary as text or JSON, findings as SARIF; exit code 1 if there are
errors. Scenarios are read too, but not run: that is `praxe test`. What costs little to prove is proved: is every case
decided, is every branch taken; the rest is `praxe prove`.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from praxe.cli.check_result import Result, result_of
from praxe.cli.command import command
from praxe.cli.options import PATH, OneOf
from praxe.cli.summary import summary_lines
from praxe.cli.terminal import Style, Terminal

if TYPE_CHECKING:
    from praxe.dsl.messages import Finding


@command("check")
@click.argument("policies", nargs=-1, type=PATH)
@click.option("--format", "form", type=OneOf("text", "json", "sarif"))
@click.option("--json", "as_json_too", is_flag=True)
@click.option("--strict", is_flag=True)
def check(terminal: Terminal, policies: tuple[Path, ...], form: str | None, as_json_too: bool, strict: bool) -> int:
    """Check the policies; return 1 if there is something to fix."""
    results = [result_of(each, terminal) for each in policies or (Path(),)]
    every = [finding for each in results for finding in each.findings]
    if every:
        from praxe.cli.text_cache import TextCache
        from praxe.dsl.messages import read_ahead

        read_ahead({each.code for each in every}, TextCache())
    match form or ("json" if as_json_too else "text"):
        case "sarif":
            from praxe import __version__
            from praxe.dsl.report import as_sarif

            sources = {path: text for each in results for path, text in each.sources.items()}
            terminal.raw(as_sarif(every, sources, terminal.language, version=__version__))
        case "json":
            terminal.raw(json.dumps(_record(results, every), ensure_ascii=False, indent=2) + "\n")
        case _:
            for number, result in enumerate(results):
                if number:
                    terminal.out()
                _tell(result, terminal)
    return int(any(_is_error(each) for each in every) or (strict and bool(every)))


def _is_error(finding: Finding) -> bool:
    from praxe.dsl.messages import Severity

    return finding.severity is Severity.ERROR


def _record(results: Sequence[Result], every: Sequence[Finding]) -> dict[str, object]:
    from praxe.dsl.report import as_json

    policies = [
        {"path": each.folder.as_posix(), "summary": each.summary.record() if each.summary else None} for each in results
    ]
    return {"findings": json.loads(as_json(every)), "policies": policies}


def _tell(result: Result, terminal: Terminal) -> None:
    findings = result.findings
    if findings:
        from praxe.dsl.report import as_text

        text = as_text(findings, result.sources, terminal.language, color=terminal.colors_out)
        terminal.out(text.rstrip("\n").rpartition("\n\n")[0])  # its last line, the count, comes at the very end
        terminal.out()
    if result.summary:
        for line in summary_lines(result.summary, terminal):
            terminal.out(line)
    errors = any(map(_is_error, findings))
    style = Style.RED if errors else Style.AMBER if findings else Style.GREEN
    sign = "✓ " if terminal.is_unicode and not findings else ""
    terminal.out(terminal.paint(f"{sign}{result.counted}", Style.BOLD, style))


COMMAND = check
