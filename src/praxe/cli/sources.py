"""`praxe sources`: what became of every clause of the source texts, and whether the texts have changed.

In: a policy, perhaps its source texts. Out: an account as text or JSON, a page as HTML, digests in `clauses.yaml`.
Exit code 1 if a clause or finding is not accounted for or a text has changed.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from praxe.cli.command import command
from praxe.cli.files import write_whole
from praxe.cli.findings import in_words, tell_findings
from praxe.cli.grammar_cache import grammar_cache
from praxe.cli.options import PATH
from praxe.cli.source_texts import read_texts, record
from praxe.cli.sources_text import tell_comparison, tell_report
from praxe.cli.terminal import Terminal
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.passes import Checked, check_policy
from praxe.dsl.report import as_json as as_json_text
from praxe.dsl.report import as_text
from praxe.engine.source_digests import Comparison, compare
from praxe.engine.sources import SourceReport, source_report
from praxe.engine.sources_record import record_of


@dataclass(frozen=True, kw_only=True)
class Account:
    """All that one call found out."""

    policy: CheckedPolicy
    report: SourceReport
    comparison: Comparison | None  # None where no text was given


@command("sources")
@click.argument("policy", type=PATH)
@click.option("--all", "in_full", is_flag=True)
@click.option("--html", type=PATH)
@click.option("--text", "texts", multiple=True)
@click.option("--record", "is_record", is_flag=True)
@click.option("--strict", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def sources(
    terminal: Terminal,
    policy: Path,
    in_full: bool,
    html: Path | None,
    texts: tuple[str, ...],
    is_record: bool,
    strict: bool,
    as_json: bool,
) -> int:
    """Account for the source texts; return 1 if something is left over."""
    checked = check_policy(policy, cache=grammar_cache())
    if checked.policy is None:
        tell_findings(checked.diagnostics, checked.sources, terminal)
        return 1
    report = source_report(checked.policy, checked.sources)
    given = read_texts(texts, checked.policy.manifest, terminal, needed=is_record)
    account = Account(policy=checked.policy, report=report, comparison=compare(report, given) if given else None)
    recorded = record(policy, account.comparison) if is_record and account.comparison else ()
    if html:
        write_whole(html, _page(account, terminal).encode("utf-8"))
    if as_json:
        terminal.raw(json.dumps(_record(account, recorded, terminal), ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(account, checked, terminal, in_full=in_full, html=html, recorded=recorded if is_record else None)
    return _exit_code(account, strict=strict, is_record=is_record)


def _page(account: Account, terminal: Terminal) -> str:
    from praxe.visualize.sources_page import sources_page

    changed = account.comparison.changed if account.comparison else ()
    return sources_page(account.policy, account.report, language=terminal.language, changed=frozenset(changed))


def _tell(
    account: Account,
    checked: Checked,
    terminal: Terminal,
    *,
    in_full: bool,
    html: Path | None,
    recorded: tuple[str, ...] | None,
) -> None:
    tell_report(account.policy, account.report, terminal, in_full=in_full)
    if account.comparison:
        tell_comparison(account.comparison, terminal, recorded=recorded)
        left = in_words(_left(account.comparison, is_record=recorded is not None), terminal)
        if left:
            terminal.out()
            terminal.out(as_text(left, checked.sources, terminal.language, color=terminal.colors_out).rstrip("\n"))
    if html:
        terminal.out(terminal.say("sources.written", path=html.as_posix()))


def _record(account: Account, recorded: tuple[str, ...], terminal: Terminal) -> Mapping[str, Any]:
    manifest, comparison = account.policy.manifest, account.comparison
    told: dict[str, Any] = {
        "policy": {"name": manifest.name, "version": manifest.version, "digest": account.policy.digest},
        **record_of(account.report, terminal.language),
        "texts": None,
    }
    if comparison:
        told["texts"] = {
            "same": list(comparison.same),
            "changed": list(comparison.changed),
            "unrecorded": list(comparison.unrecorded),
            "recorded": list(recorded),
            "without_text": dict(comparison.without_text),
            "without_lines": list(comparison.without_lines),
            "problems": json.loads(as_json_text(in_words(comparison.diagnostics, terminal))),
        }
    return told


def _exit_code(account: Account, *, strict: bool, is_record: bool) -> int:
    """Return 1 if something is left to do."""
    left = _left(account.comparison, is_record=is_record) if account.comparison else ()
    return int(not account.report.is_complete or bool(left) or (strict and bool(account.report.bare)))


def _left(comparison: Comparison, *, is_record: bool) -> tuple[Diagnostic, ...]:
    """Return what is left to do; what has just been recorded is not."""
    return tuple(each for each in comparison.diagnostics if not (is_record and each.code == "PX182"))


COMMAND = sources
