"""`praxe fmt`: .praxe files in the common format.

In: files, folders or standard input. Out: the files rewritten, or with `--check` the differences. A file with a
syntax error is left alone: what is broken is not in its tree.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.files import STDIN, read_stdin, write_whole
from praxe.cli.findings import has_errors, in_words, tell_findings
from praxe.cli.grammar_cache import grammar_cache
from praxe.cli.options import PATH, Misuse
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.format import format_file
from praxe.dsl.load import read_text
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText

_SUFFIX = ".praxe"
_OTHER_FILES = frozenset({".yaml", ".yml", ".json"})  # which a policy has too


@dataclass(frozen=True)
class Formatted:
    """One text before and after; `after` is None if it cannot be formatted."""

    source: SourceText
    path: Path | None  # None: standard input
    after: str | None

    @property
    def differs(self) -> bool:
        """Whether the file is not in the common format."""
        return self.after is not None and self.after != self.source.text


@command("fmt")
@click.argument("paths", nargs=-1, required=True, type=PATH)
@click.option("--check", is_flag=True)
@click.option("--json", "as_json", is_flag=True)
def fmt(terminal: Terminal, paths: tuple[Path, ...], check: bool, as_json: bool) -> int:
    """Format the files; return 1 if some are broken or, with `--check`, out of format."""
    results = [_formatted(source, path, found, terminal) for source, path, found in _sources(paths)]
    for each in results:
        if each.differs and each.path and not check:
            write_whole(each.path, _as_before(each))
    if as_json:
        terminal.raw(json.dumps(_record(results, terminal), ensure_ascii=False, indent=2) + "\n")
    else:
        _tell(results, terminal, check=check)
    return int(any(each.after is None or (check and each.differs) for each in results))


def _sources(paths: Iterable[Path]) -> Iterator[tuple[SourceText | None, Path | None, tuple[Diagnostic, ...]]]:
    for path in paths:
        if str(path) == STDIN:
            yield SourceText.of("<stdin>", read_stdin()), None, ()
            continue
        files = _files_below(path) if path.is_dir() else [path]
        if path.suffix in _OTHER_FILES and path.is_file():
            raise Misuse("misuse.not_praxe", path=path.as_posix())
        if not files:
            raise Misuse("misuse.no_files", path=path)
        for file in files:
            source, found = read_text(file)
            yield source, file, found


def _files_below(folder: Path) -> list[Path]:
    return sorted(path for path in folder.rglob(f"*{_SUFFIX}") if path.is_file())


def _formatted(
    source: SourceText | None, path: Path | None, found: tuple[Diagnostic, ...], terminal: Terminal
) -> Formatted:
    if source is None:
        tell_findings(found, {}, terminal)
        return Formatted(SourceText.of(str(path), ""), path, None)
    file, diagnostics = parse(source, cache=grammar_cache())
    if has_errors(in_words(diagnostics, terminal)):
        tell_findings(diagnostics, {source.path: source}, terminal)
        return Formatted(source, path, None)
    return Formatted(source, path, format_file(file))


def _as_before(each: Formatted) -> bytes:
    """Return the new text as bytes, with the line ends that the file has."""
    assert each.after is not None
    return (each.after.replace("\n", "\r\n") if each.source.crlf else each.after).encode("utf-8")


def _tell(results: list[Formatted], terminal: Terminal, *, check: bool) -> None:
    for each in results:
        if each.after is None:
            terminal.trouble(terminal.say("fmt.broken", path=_name(each, terminal)))
        elif check and each.differs:
            terminal.note(terminal.say("fmt.would_change", path=_name(each, terminal)))
            _tell_difference(each, terminal)
        elif each.path is None and not check:
            terminal.raw(each.after)
        elif each.differs:
            terminal.out(terminal.say("fmt.changed", path=_name(each, terminal)))
    files = [each for each in results if each.path]
    if files and all(each.after is not None for each in files):
        changed = sum(each.differs for each in files)
        total = terminal.words.count("fmt.total", len(files))
        if not changed:
            terminal.note(terminal.say("fmt.all_fine", total=total))
        elif not check:
            terminal.note(terminal.words.count("fmt.done", changed, total=total))


def _tell_difference(each: Formatted, terminal: Terminal) -> None:
    from difflib import unified_diff

    assert each.after is not None
    name = _name(each, terminal)
    before, after = each.source.text.splitlines(), each.after.splitlines()
    for line in unified_diff(before, after, name, name, lineterm=""):
        style = {"+": Style.GREEN, "-": Style.RED, "@": Style.CYAN}.get(line[:1])
        terminal.out(terminal.paint(line, style) if style else line)


def _name(each: Formatted, terminal: Terminal) -> str:
    return each.path.as_posix() if each.path else terminal.say("fmt.stdin")


def _record(results: list[Formatted], terminal: Terminal) -> list[dict[str, object]]:
    return [
        {"path": _name(each, terminal), "state": _state(each)} | ({} if each.path else {"text": each.after})
        for each in results
    ]


def _state(each: Formatted) -> str:
    return "broken" if each.after is None else "differs" if each.differs else "formatted"


COMMAND = fmt
