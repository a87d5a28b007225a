"""Runs the commands of a `console` block, and writes the block as it would look.

In: a block, and an empty folder to work in. Out: each `$ praxe …` with what it printed.
"""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner

from praxe.cli.root import ROOT as PRAXE
from tests.docs.pages import Block, agrees, renewed

WIDTH = "96"
_COMMAND = re.compile(r"^\$ (?P<command>.*)\n(?P<output>(?:(?!\$ ).*\n)*)", re.M)


def commands(block: Block) -> Iterator[tuple[str, str]]:
    """Yield each command of a block and the output shown."""
    for found in _COMMAND.finditer(block.body):
        yield found["command"], found["output"]


def prepare(block: Block, workspace: Path) -> None:
    """Copy the block's folder into `workspace` and make its changes there."""
    assert block.folder is not None, f"{block}: no `<!-- in: … -->` above"
    for part in block.parts or (".",):
        shutil.copytree(block.beside(block.folder) / part, workspace / part, dirs_exist_ok=True)
    for change in block.changes:
        path = workspace / change.file
        text = path.read_text(encoding="utf-8")
        assert change.old in text, f"{block}: {change.file} has no {change.old!r}"
        path.write_text(text.replace(change.old, change.new), encoding="utf-8")


def run(command: str, *, language: str, typed: tuple[str, ...] = ()) -> tuple[str, int]:
    """Run one command in the current folder; return what it printed and its exit code."""
    program, *arguments = shlex.split(command)
    assert program == "praxe", command
    environment = {"COLUMNS": WIDTH, "PRAXE_LANGUAGE": language, "NO_COLOR": "1", "PRAXE_DEBUG": "1"}
    typing = "".join(f"{each}\n" for each in typed)
    result = CliRunner(env=environment).invoke(PRAXE, arguments, input=typing)
    output = "".join(f"{line.rstrip()}\n" for line in result.output.splitlines())
    return output.strip("\n") + "\n" if output.strip() else "", result.exit_code


def as_it_would_look(block: Block, *, language: str) -> str:
    """Return the block's body with the real outputs; where lines are left out, they stay so, if it can."""
    written = ""
    for command, shown in commands(block):
        output, code = run(command, language=language, typed=block.typed)
        assert code in {0, 1}, f"{block}: `{command}` ended with {code}\n{output}"
        gap = "\n" if shown.endswith("\n\n") else ""
        before = shown.rstrip("\n") + "\n" if shown.strip() else ""
        now = before if agrees(before, output) else renewed(before, output) or output
        written += f"$ {command}\n{now}{gap}"
    return written
