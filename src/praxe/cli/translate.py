"""`praxe translate`: a .praxe file with the keywords of another language.

In: one file or standard input. Out: its text, formatted, in the language asked for.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

import click

from praxe.cli.command import command
from praxe.cli.files import STDIN, read_stdin, write_whole
from praxe.cli.findings import has_errors, in_words, tell_findings
from praxe.cli.grammar_cache import grammar_cache
from praxe.cli.options import LANGUAGE, PATH, Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.format import format_file
from praxe.dsl.load import read_text
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText

_OTHER_FILES: Final = frozenset({".yaml", ".yml", ".json"})  # which have no keywords to translate


@command("translate")
@click.argument("path", type=PATH)
@click.option("--to", required=True, type=LANGUAGE)
@click.option("-o", "--output", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def translate(terminal: Terminal, path: Path, to: str, output: Path | None, as_json: bool) -> int:
    """Translate the file; return 1 if it has mistakes."""
    source, found = _source(path)
    if source is None:
        tell_findings(found, {}, terminal)
        return 1
    file, diagnostics = parse(source, cache=grammar_cache())
    if has_errors(in_words(diagnostics, terminal)):
        if path.suffix in _OTHER_FILES:
            raise Misuse("misuse.not_praxe", path=path.as_posix())
        tell_findings(diagnostics, {source.path: source}, terminal)
        return 1
    text = format_file(file, language=to)
    if source.crlf:
        text = text.replace("\n", "\r\n")
    if output and str(output) != STDIN:
        write_whole(output, text.encode("utf-8"))
        terminal.note(terminal.say("translate.written", path=output.as_posix()))
    elif not as_json:
        terminal.raw(text)
    if as_json:
        record = {"from": file.language, "to": to, "text": text}
        terminal.raw(json.dumps(record, ensure_ascii=False, indent=2) + "\n")
    return 0


def _source(path: Path) -> tuple[SourceText | None, tuple[Diagnostic, ...]]:
    return (SourceText.of("<stdin>", read_stdin()), ()) if str(path) == STDIN else read_text(path)


COMMAND = translate
