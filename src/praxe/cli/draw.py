"""`praxe draw`: the flowchart of a procedure, or of all, with the path of a case on it.

In: a policy, perhaps facts. Out: SVG, PNG, PDF or DOT files. A drawing in a folder links to the others beside it.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.deciding import CaseOptions, case_options, decided
from praxe.cli.files import STDIN, write_whole
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import known_procedure, open_policy
from praxe.cli.terminal import Terminal, raw_bytes
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.policy import Policy
from praxe.visualize import FORMATS, CasePath, Format, StopKind, flowchart, render


@command("draw")
@click.argument("policy", type=PATH)
@click.argument("procedure", required=False)
@click.option("-o", "--output", required=True)
@click.option("--format", "form", type=OneOf(*FORMATS))
@case_options
@click.option("--json", "as_json", is_flag=True)
def draw(
    terminal: Terminal,
    policy: Path,
    procedure: str | None,
    output: str,
    form: Format | None,
    case: CaseOptions,
    as_json: bool,
) -> int:
    """Draw what was asked for."""
    is_folder = output.endswith(("/", "\\")) or Path(output).is_dir()
    chosen = form or ("svg" if is_folder else _format_of(output))
    opened = open_policy(policy, terminal)
    named = known_procedure(procedure or case.start, opened) or opened.manifest.entry
    path = path_of(decided(opened, case, terminal)) if case.file or case.facts else None
    if is_folder:
        names = [named] if procedure else list(opened.checked.procedures)
        files = {Path(output) / f"{name}.{chosen}": name for name in names}
    else:
        files = {Path(output): named}
    for file, name in files.items():
        content = _drawn(opened, name, chosen, path, language=terminal.language, has_siblings=is_folder)
        if output == STDIN:
            raw_bytes(content)
        else:
            write_whole(file, content)
    if output != STDIN:
        _tell([file.as_posix() for file in files], terminal, as_json=as_json)
    return 0


def path_of(decision: Decision) -> CasePath:
    """Return the way of a case as the drawing takes it."""
    standing = decision.asks or decision.waits or decision.gap
    until = decision.waits.until if decision.waits else None
    return CasePath(
        visited=tuple((visit.node, visit.branch) for visit in decision.trace),
        stopped_at=standing.node if standing else None,
        stop=StopKind(decision.status.value),
        until=datetime.datetime.fromisoformat(until).date() if until else None,
    )


def _drawn(
    policy: Policy,
    procedure: ProcedureName,
    form: Format,
    path: CasePath | None,
    *,
    language: str,
    has_siblings: bool,
) -> bytes:
    def link(name: ProcedureName) -> str | None:
        return f"{name}.{form}" if has_siblings else None

    drawing = flowchart(policy.checked, policy.graph, procedure, language=language, path=path, links=link)
    return render(drawing, form)


def _format_of(output: str) -> Format:
    suffix = Path(output).suffix.lower().removeprefix(".")
    for known in FORMATS:
        if suffix == known:
            return known
    raise Misuse("misuse.format", hint="misuse.format.hint", path=output)


def _tell(files: list[str], terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.raw(json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n")
        return
    for each in files:
        terminal.out(terminal.say("draw.written", path=each))


COMMAND = draw
