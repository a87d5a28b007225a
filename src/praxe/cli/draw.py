"""`praxe draw`: the flowchart of a procedure, or of all, nearer or farther off, with the path of a case on it.

In: a policy, perhaps facts. Out: SVG, PNG, PDF or DOT files, or pages for the printer. A drawing in a folder links to
the others beside it.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import click

from praxe.cli.chart_check import check_charts
from praxe.cli.command import command
from praxe.cli.deciding import CaseOptions, case_options, decided
from praxe.cli.draw_paper import print_on_paper
from praxe.cli.drawing_options import Wanted, drawing_options, levels_of
from praxe.cli.drawn import Artist, Drawn
from praxe.cli.files import STDIN, write_whole
from praxe.cli.options import PATH, Misuse
from praxe.cli.policies import known_procedure, open_policy
from praxe.cli.terminal import Terminal, raw_bytes
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.visualize import CasePath, Level, StopKind, render


@command("draw")
@click.argument("policy", type=PATH)
@click.argument("procedure", required=False)
@drawing_options
@case_options
@click.option("--check", "is_check", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def draw(
    terminal: Terminal,
    policy: Path,
    procedure: str | None,
    wanted: Wanted,
    case: CaseOptions,
    is_check: bool,
    as_json: bool,
) -> int:
    """Draw what was asked for, or measure it."""
    if is_check:
        wanted = replace(wanted, output="./", form="svg", is_folder=True, paper=None)  # what a folder would get
    if wanted.output is None:
        raise Misuse("misuse.missing_option", option="--output")
    opened = open_policy(policy, terminal)
    named = known_procedure(procedure or case.start, opened)
    path = path_of(decided(opened, case, terminal)) if case.file or case.facts else None
    if wanted.paper is not None:
        print_on_paper(opened, wanted, named if procedure else None, terminal, path=path, as_json=as_json)
        return 0
    artist = Artist(policy=opened, language=terminal.language, form=wanted.form, path=path)
    files = _files(artist, wanted, named, alone=bool(procedure))
    if is_check:
        return check_charts(files, artist, policy, terminal, as_json_too=as_json)
    for file, drawn in files.items():
        content = render(drawn.drawing, wanted.form)
        if wanted.output == STDIN:
            raw_bytes(content)
        else:
            write_whole(file, content)
    if wanted.output != STDIN:
        _tell([file.as_posix() for file in files], terminal, as_json=as_json)
    return 0


def _files(artist: Artist, wanted: Wanted, named: ProcedureName | None, *, alone: bool) -> dict[Path, Drawn]:
    """The drawings wanted, by their files."""
    output, entry = Path(wanted.output or ""), artist.policy.manifest.entry
    if wanted.is_folder:
        names = [named or entry] if alone else list(artist.policy.checked.procedures)
        return {output / name: drawn for name, drawn in artist.folder(levels_of(wanted, alone=alone), names)}
    level = Level(wanted.level) if wanted.level else Level.PROCEDURE
    return {output: Drawn(level, artist.one(level, named or entry))}


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


def _tell(files: list[str], terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.raw(json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n")
        return
    for each in files:
        terminal.out(terminal.say("draw.written", path=each))


COMMAND = draw
