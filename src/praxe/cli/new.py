"""`praxe new`: a small policy that works, to be changed bit by bit.

In: a folder that is not there yet, or is empty. Out: the files of `template/<language>/`, the policy named after it.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from errno import ENOTDIR
from importlib import resources
from importlib.resources.abc import Traversable
from pathlib import Path, PurePosixPath
from shlex import quote
from typing import Final

import click

from praxe.cli.command import command
from praxe.cli.files import write_whole
from praxe.cli.layout import cells
from praxe.cli.options import PATH, Misuse
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.keywords import reserved_words

_NAME: Final = re.compile(r"(?m)^name: .*$")


@command("new")
@click.argument("folder", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def new(terminal: Terminal, folder: Path, as_json: bool) -> int:
    """Create the policy."""
    if folder.exists() and not folder.is_dir():
        raise NotADirectoryError(ENOTDIR, "", str(folder))
    if folder.exists() and any(folder.iterdir()):
        raise Misuse("misuse.not_empty", hint="misuse.not_empty.hint", path=folder.as_posix())
    written = []
    for name, text in sorted(_template(terminal.language)):
        content = _named(text, folder) if str(name) == "policy.yaml" else text
        write_whole(folder / name, content.encode("utf-8"))
        written.append((folder / name).as_posix())
    if as_json:
        terminal.raw(json.dumps({"folder": folder.as_posix(), "files": written}, ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(folder, terminal)
    return 0


def _template(language: str) -> Iterator[tuple[PurePosixPath, str]]:
    """Yield the path of each file of the template, and its text."""
    waiting: list[tuple[PurePosixPath, Traversable]] = [
        (PurePosixPath(), resources.files(__package__) / "template" / language)
    ]
    while waiting:
        name, place = waiting.pop()
        if place.is_dir():
            waiting += [(name / each.name, each) for each in place.iterdir()]
        else:
            yield name, place.read_text("utf-8")


def _named(manifest: str, folder: Path) -> str:
    """Return the manifest with the policy named after its folder, if that makes a name."""
    plain = unicodedata.normalize("NFKD", folder.resolve().name).encode("ascii", "ignore").decode("ascii").lower()
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")
    is_name = name[:1].isalpha() and name not in reserved_words()
    return _NAME.sub(f"name: {name}", manifest, count=1) if is_name else manifest


def _tell(folder: Path, terminal: Terminal) -> None:
    path = quote(folder.as_posix())
    terminal.out(terminal.paint(terminal.say("new.created", path=folder.as_posix()), Style.BOLD, Style.GREEN))
    terminal.out()
    terminal.out(terminal.say("new.next"))
    calls = {each: f"praxe {each} {path}" for each in ("check", "test", "ask", "draw")}
    calls["draw"] += f" -o {quote((folder / terminal.say('new.drawing')).as_posix())}"
    width = max(map(cells, calls.values()))
    for each, call in calls.items():
        description = terminal.paint(terminal.say(f"new.next.{each}"), Style.DIM)
        terminal.out(f"  {terminal.paint(call, Style.CYAN)}{' ' * (width - cells(call))}  {description}")


COMMAND = new
