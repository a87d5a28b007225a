"""`praxe export`: a policy's flowcharts and graph in the forms that other programs read.

In: a policy, perhaps a procedure. Out: Mermaid, BPMN, DOT or JSON; one file, a folder with one for each procedure, or
standard output. What a person looks at is drawn by `praxe draw`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Final

import click

from praxe.cli.command import command
from praxe.cli.files import STDIN, write_whole
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import known_procedure, open_policy
from praxe.cli.terminal import Terminal
from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy
from praxe.visualize import Links, flowchart, graph_json, mermaid, to_dot
from praxe.visualize.bpmn import DIALECTS, Dialect, bpmn
from praxe.visualize.mermaid import no_links

SUFFIXES: Final[Mapping[str, str]] = MappingProxyType({"mermaid": "mmd", "bpmn": "bpmn", "dot": "dot", "json": "json"})
_KNOWN: Final[Mapping[str, str]] = MappingProxyType({suffix: form for form, suffix in SUFFIXES.items()})


@command("export")
@click.argument("policy", type=PATH)
@click.argument("procedure", required=False)
@click.option("-o", "--output", required=True)
@click.option("--format", "form", type=OneOf(*SUFFIXES))
@click.option("--dialect", type=OneOf(*DIALECTS))
@click.option("--json", "as_json", is_flag=True)
def export(
    terminal: Terminal,
    policy: Path,
    procedure: str | None,
    output: str,
    form: str | None,
    dialect: Dialect | None,
    as_json: bool,
) -> int:
    """Write what was asked for."""
    chosen = form or _format_of(output)
    if chosen == "json" and procedure:
        raise Misuse("misuse.export_whole", hint="misuse.export_whole.hint", name=procedure)
    if dialect and chosen != "bpmn":
        raise Misuse("misuse.export_dialect", value=dialect)
    opened = open_policy(policy, terminal)
    writer = _Writer(opened, chosen, terminal.language, dialect or DIALECTS[0])
    named = known_procedure(procedure, opened)
    texts = writer.folder(named) if _is_folder(output) else writer.file(named)
    if output == STDIN:
        if len(texts) > 1:
            raise Misuse("misuse.export_parts", hint="misuse.export_parts.hint", count=len(texts))
        terminal.raw("".join(texts.values()))
        return 0
    files = {_place(Path(output), name, is_folder=_is_folder(output)): text for name, text in texts.items()}
    for file, text in files.items():
        write_whole(file, text.encode("utf-8"))
    _tell([file.as_posix() for file in files], terminal, as_json=as_json)
    return 0


@dataclass(frozen=True, slots=True)
class _Writer:
    policy: Policy
    form: str
    language: str
    dialect: Dialect

    def file(self, named: ProcedureName | None) -> Mapping[str, str]:
        """Return the texts of one procedure, by what their files' names add to that of the first."""
        texts = self._texts(named or self.policy.manifest.entry, links=no_links)
        return {_number(number): text for number, text in enumerate(texts)}

    def folder(self, named: ProcedureName | None) -> Mapping[str, str]:
        """Return the texts of all procedures, or of one, by the names of their files."""
        suffix = SUFFIXES[self.form]
        if self.form == "json":
            (text,) = self._texts(self.policy.manifest.entry, links=no_links)
            return {f"{self.policy.manifest.name}.{suffix}": text}
        return {
            f"{procedure}{_number(number)}.{suffix}": text
            for procedure in ([named] if named else self.policy.checked.procedures)
            for number, text in enumerate(self._texts(procedure, links=lambda name: f"{name}.{suffix}"))
        }

    def _texts(self, procedure: ProcedureName, *, links: Links) -> tuple[str, ...]:
        checked, graph, language = self.policy.checked, self.policy.graph, self.language
        match self.form:
            case "mermaid":
                parts = mermaid(checked, graph, procedure, language=language, links=links)
                return tuple(part.text for part in parts)
            case "bpmn":
                return (bpmn(checked, graph, procedure, language=language, dialect=self.dialect),)
            case "dot":
                return (to_dot(flowchart(checked, graph, procedure, language=language, links=links)),)
            case _:
                return (json.dumps(graph_json(checked, graph), ensure_ascii=False, indent=2) + "\n",)


def _number(number: int) -> str:
    return f"-{number + 1}" if number else ""


def _place(output: Path, name: str, *, is_folder: bool) -> Path:
    return output / name if is_folder else output.with_name(f"{output.stem}{name}{output.suffix}")


def _is_folder(output: str) -> bool:
    return output.endswith(("/", "\\")) or Path(output).is_dir()


def _format_of(output: str) -> str:
    suffix = Path(output).suffix.lower().removeprefix(".")
    if _is_folder(output) or suffix not in _KNOWN:
        raise Misuse("misuse.export_format", hint="misuse.export_format.hint", path=output)
    return _KNOWN[suffix]


def _tell(files: list[str], terminal: Terminal, *, as_json: bool) -> None:
    if as_json:
        terminal.raw(json.dumps({"files": files}, ensure_ascii=False, indent=2) + "\n")
        return
    for each in files:
        terminal.out(terminal.say("export.written", path=each))


COMMAND = export
