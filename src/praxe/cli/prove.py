"""`praxe prove`: what holds for every case at once, and a case for all that does not.

In: a policy. Out: findings and the answer for every rule as text, JSON or SARIF, each refutation as a short story; on
request its way on the flowcharts, and a scenario. Exit code 1 if something is refuted or left open.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from praxe import __version__
from praxe.cli.command import command
from praxe.cli.findings import in_words
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import open_policy
from praxe.cli.prove_options import CaseFiles, case_files
from praxe.cli.prove_text import ProofText
from praxe.cli.terminal import Terminal
from praxe.dsl.load import read_folder
from praxe.dsl.messages import Severity, entry
from praxe.dsl.report import as_sarif
from praxe.engine.policy import Policy
from praxe.engine.prove.findings import Check, ProofFinding
from praxe.engine.prove.run import CHECKS, Proved, prove, ruled_out_by_assumptions


@command("prove")
@click.argument("policy", type=PATH)
@click.option("--only", multiple=True, type=OneOf(*(each.value for each in CHECKS)))
@click.option("--assumed", is_flag=True)
@case_files
@click.option("--strict", is_flag=True)
@click.option("--format", "form", type=OneOf("text", "json", "sarif"))
@click.option("--json", "as_json_too", is_flag=True)
def prove_command(
    terminal: Terminal,
    policy: Path,
    only: tuple[str, ...],
    assumed: bool,
    files: CaseFiles,
    strict: bool,
    form: str | None,
    as_json_too: bool,
) -> int:
    """Prove the policy; return 1 if something is refuted or left open."""
    if files.save and files.save.exists():
        raise Misuse("misuse.file_exists", path=files.save.as_posix())
    opened = open_policy(policy, terminal)
    sources = {source.path: source for source in read_folder(policy).sources}
    checks = [Check(each) for each in only] or list(CHECKS)
    text = ProofText(opened, sources, terminal)
    chosen = form or ("json" if as_json_too else "text")
    if chosen == "text":
        for line in text.heading():
            terminal.out(line)
    done: list[Proved] = []
    for each in _with_progress(prove(opened, checks), len(checks), terminal):
        done.append(each)
        if chosen == "text":
            for line in text.check(each):
                terminal.out(line)
    freed = _freed(opened, checks, done) if assumed else None
    written = _written(policy, opened, done, terminal, files)
    if chosen == "sarif":
        findings = in_words((found.diagnostic for each in done for found in each.findings), terminal)
        terminal.raw(as_sarif(findings, sources, terminal.language, version=__version__))
    elif chosen == "json":
        from praxe.cli.prove_record import proof_record

        record = {**proof_record(opened, done, freed, terminal), "files": written}
        terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    else:
        of_assumptions = () if not assumed else text.not_freed() if freed is None else text.freed(freed)
        for line in (*of_assumptions, *text.total(done), *map(text.written, written)):
            terminal.out(line)
    return int(any(counts(found, strict=strict) for each in done for found in each.findings))


def counts(found: ProofFinding, *, strict: bool = False) -> bool:
    """Return whether a finding makes the exit code 1: something refuted or open; with `strict` any."""
    return strict or found.is_unknown or entry(found.diagnostic.code).severity is Severity.ERROR


def _with_progress(proofs: Iterator[Proved], total: int, terminal: Terminal) -> Iterator[Proved]:
    """Tell on the terminal how far the proofs are, where a person watches."""
    watched = sys.stderr.isatty() and not sys.stdout.isatty()
    for number, each in enumerate(proofs, start=1):
        if watched:
            terminal.note(terminal.say("prove.progress", number=number, total=total, check=_named(each, terminal)))
        yield each


def _named(done: Proved, terminal: Terminal) -> str:
    return terminal.say(f"prove.check.{done.check.value}")


def _freed(policy: Policy, checks: list[Check], done: list[Proved]) -> tuple[ProofFinding, ...] | None:
    """Return what only an assumption rules out; None where the assumptions contradict each other."""
    contradicting = any(each.check is Check.ASSUMPTIONS and each.findings for each in done)
    return None if contradicting else ruled_out_by_assumptions(policy, checks)


def _written(folder: Path, policy: Policy, done: list[Proved], terminal: Terminal, files: CaseFiles) -> list[str]:
    """Write what was asked for of the cases; return the files."""
    shown = [found for each in done for found in each.findings if found.case]
    written: list[str] = []
    if files.chart and shown:
        from praxe.cli.prove_files import draw_cases

        written += draw_cases(policy, shown, files.chart, terminal.language)
    if files.save and shown:
        from praxe.cli.prove_files import save_cases
        from praxe.engine.scenarios import load_scenarios

        taken = {each.name for each in load_scenarios(folder, policy).scenarios}
        written.append(save_cases(policy, shown, files.save, terminal, taken=taken))
    return written


COMMAND = prove_command
