"""`praxe diff`: two versions of a policy compared by what they do to customers.

In: two policies, each a folder or, as git writes it, `revision:folder`. Out: who gets something else, with a smallest
example each, as text, Markdown for a review, or JSON; exit code 1 when somebody does.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.files import write_whole
from praxe.cli.git_folder import is_revision, texts_at
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import open_policy, open_texts
from praxe.cli.terminal import Terminal
from praxe.dsl.report_line import safe
from praxe.engine.policy import Policy


@command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--format", "form", type=OneOf("text", "markdown", "json"), default="text")
@click.option("--json", "as_json", is_flag=True)
@click.option("-o", "--chart", type=PATH)
def diff(terminal: Terminal, old: str, new: str, form: str, as_json: bool, chart: Path | None) -> int:
    """Compare; return 1 if some customer is treated differently."""
    before, after = _opened(old, terminal), _opened(new, terminal)
    from praxe.engine.diff.comparison import compare
    from praxe.engine.diff.fact_types import FactTypesError
    from praxe.engine.diff.tell import tell
    from praxe.engine.scenarios import load_scenarios

    folder = next((Path(each) for each in (new, old) if Path(each).is_dir()), None)
    scenarios = load_scenarios(folder, after).scenarios if folder else ()
    try:
        found = compare(before, after, scenarios)
    except FactTypesError as error:
        raise Misuse("misuse.diff", reason=error.in_language(terminal.language)) from None
    told = tell(found, before, after, terminal.language)
    files = _charts(chart, before, after, terminal) if chart else []
    match "json" if as_json else form:
        case "json":
            record = told.to_json() | ({"files": list(files)} if chart else {})
            terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
        case "markdown":
            terminal.raw(told.markdown())
        case _:
            terminal.out("\n".join(safe(line) for line in told.text(terminal.width).splitlines()))
    if not as_json and form == "text":
        for each in files:
            terminal.out(terminal.say("draw.written", path=each))
    return int(not found.is_same)


def _charts(folder: Path, old: Policy, new: Policy, terminal: Terminal) -> list[str]:
    """Draw every procedure that was touched; return the files."""
    from praxe.visualize import render
    from praxe.visualize.versions import Version, changed_charts

    versions = (Version(checked=each.checked, graph=each.graph) for each in (old, new))
    files: list[str] = []
    for name, drawing in changed_charts(*versions, language=terminal.language):
        write_whole(folder / name, render(drawing, "svg"))
        files.append((folder / name).as_posix())
    return files


def _opened(where: str, terminal: Terminal) -> Policy:
    if not Path(where).exists() and is_revision(where):
        return open_texts(where, texts_at(where), terminal)
    return open_policy(Path(where), terminal)


COMMAND = diff
