"""`praxe docs`: pages about a policy for people, as Markdown or as a small site.

In: a policy and a folder. Out: the pages and drawings in it, kept up to date; with `--check` only whether they are.
"""

from __future__ import annotations

import json
from pathlib import Path
from shlex import quote

import click

from praxe.cli.command import command
from praxe.cli.docs_build import Order, Outcome, build, look
from praxe.cli.docs_folder import Folder, Standing
from praxe.cli.options import PATH, Misuse
from praxe.cli.terminal import Style, Terminal


@command("docs")
@click.argument("policy", type=PATH)
@click.option("-o", "--folder", type=PATH, required=True)
@click.option("--html", "is_html", is_flag=True)
@click.option("--check", "is_check", is_flag=True)
@click.option("--watch", "is_watch", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def docs(
    terminal: Terminal,
    policy: Path,
    folder: Path,
    is_html: bool,
    is_check: bool,
    is_watch: bool,
    as_json: bool,
) -> int:
    """Write the documentation, or say whether it is current; return 1 if a check finds it is not."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(20, "", str(folder))
    order = Order(policy=policy, folder=Folder(folder), form="html" if is_html else "md", language=terminal.language)
    if is_check and is_watch:
        raise Misuse("docs.check_or_watch")
    if is_watch:
        from praxe.cli.docs_watch import watch

        return watch(order, terminal)
    if is_check:
        return _tell_check(look(order, terminal), order, terminal, as_json=as_json)
    tell_outcome(build(order, terminal), order, terminal, as_json=as_json)
    return 0


def tell_outcome(done: Outcome, order: Order, terminal: Terminal, *, as_json: bool = False) -> None:
    """Say what was written and removed."""
    if as_json:
        files = {"written": done.written, "removed": done.removed, "unchanged": done.unchanged}
        terminal.raw(json.dumps({"folder": order.folder.path.as_posix(), **files}, ensure_ascii=False, indent=2) + "\n")
        return
    if done.written or done.removed:
        for name in done.written:
            terminal.out(terminal.say("docs.written", path=(order.folder.path / name).as_posix()))
        for name in done.removed:
            terminal.out(terminal.say("docs.removed", path=(order.folder.path / name).as_posix()))
    sign = "✓ " if terminal.is_unicode else ""
    total = len(done.written) + len(done.unchanged)
    words = terminal.words.count("docs.done", total)
    terminal.out(terminal.paint(f"{sign}{words}", Style.BOLD, Style.GREEN))


def _tell_check(found: Standing, order: Order, terminal: Terminal, *, as_json: bool) -> int:
    told = {
        "stale": found.stale,
        "missing": found.missing,
        "superfluous": found.superfluous,
        "foreign": found.foreign,
    }
    if as_json:
        record = {"folder": order.folder.path.as_posix(), "current": found.is_current, **told}
        terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        return int(not found.is_current)
    for kind, names in told.items():
        for name in names:
            terminal.out(terminal.say(f"docs.{kind}", path=(order.folder.path / name).as_posix()))
    if found.is_current:
        sign = "✓ " if terminal.is_unicode else ""
        words = terminal.words.count("docs.current", len(found.fresh))
        terminal.out(terminal.paint(f"{sign}{words}", Style.BOLD, Style.GREEN))
        return 0
    form = " --html" if order.form == "html" else ""
    places = {"policy": quote(order.policy.as_posix()), "path": quote(order.folder.path.as_posix())}
    terminal.note(terminal.say("docs.not_current", form=f"{form} --language {order.language}", **places))
    return 1


COMMAND = docs
