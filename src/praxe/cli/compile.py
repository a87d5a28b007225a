"""`praxe compile`: a policy as one file that decides without being read and checked again.

In: a policy's folder. Out: a JSON file, for `praxe decide` and for `CompiledPolicy.load`.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.files import STDIN, write_whole
from praxe.cli.options import PATH
from praxe.cli.policies import open_policy
from praxe.cli.terminal import Terminal


@command("compile")
@click.argument("policy", type=PATH)
@click.option("-o", "--output", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def compile_policy(terminal: Terminal, policy: Path, output: Path | None, as_json: bool) -> int:
    """Write the compiled policy; with `--json` tell what was written."""
    opened = open_policy(policy, terminal)
    document = opened.compile().to_json()
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n"
    if output is None or str(output) == STDIN:
        terminal.raw(text)
        return 0
    content = text.encode("utf-8")
    write_whole(output, content)
    if as_json:
        record = {**opened.identity, "file": output.as_posix(), "format": document["format"], "bytes": len(content)}
        terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.note(terminal.say("compile.written", path=output.as_posix()))
    return 0


COMMAND = compile_policy
