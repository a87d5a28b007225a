"""Writes digests into the text of `clauses.yaml` and changes nothing else of it, to the byte.

In: the text as it is on the disk, and a digest for each clause. Out: the new text. A digest already there is replaced;
a new one goes on a line of its own below the clause's `lines`, in that line's indentation and line ending.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Clause
from praxe.dsl.yaml_nodes import Entry
from praxe.dsl.yaml_nodes import Mapping as Block
from praxe.dsl.yaml_reader import read_yaml

_LINES: Final = re.compile(r"[^\r\n]*(?:\r\n|\r|\n|\Z)")
_WRITTEN: Final = re.compile(r"""(\bdigest["']?\s*:\s*)("[^"]*"|'[^']*'|[0-9a-f]{16})""")


def with_digests(text: str, digests: Mapping[ClauseId, str]) -> str:
    """Return the text of `clauses.yaml` with these digests in it.

    Raises:
        ValueError: a clause is written in a form that cannot be changed safely; nothing else of the text may change.
    """
    lines = _LINES.findall(text)
    root, _ = read_yaml(SourceText.of("", text))
    if not isinstance(root, Block):
        raise ValueError("no clauses")
    clauses = {entry.key.text: entry.value for entry in root.entries}
    for name, block in reversed(clauses.items()):  # from below, so that the places above stay right
        digest = digests.get(ClauseId(name))
        if digest and isinstance(block, Block):
            entries = {entry.key.text: entry for entry in block.entries}
            _write(lines, entries, digest, is_flow=_is_flow(lines, block))
    changed = "".join(lines)
    if _read(changed) != {name: _with(each, digests.get(name)) for name, each in _read(text).items()}:
        raise ValueError("the digests cannot be written without touching the rest")
    return changed


def _write(lines: list[str], entries: Mapping[str, Entry], digest: str, *, is_flow: bool) -> None:
    """Write one digest; a clause without `lines` has none."""
    if "digest" in entries:
        at = entries["digest"].value.span.line - 1
        lines[at] = _WRITTEN.sub(lambda found: f'{found[1]}"{digest}"', lines[at], count=1)
        return
    key, end = entries["lines"].key.span, _end(entries["lines"].value.span, lines)
    if is_flow:
        line, column = end
        lines[line] = f'{lines[line][:column]}, digest: "{digest}"{lines[line][column:]}'
        return
    indent, ending = " " * (key.column - 1), _ending(lines[end[0]]) or _ending(lines[0]) or "\n"
    if not _ending(lines[end[0]]):
        lines[end[0]] += ending
        ending = ""
    lines.insert(end[0] + 1, f'{indent}digest: "{digest}"{ending}')


def _end(span: Span, lines: list[str]) -> tuple[int, int]:
    """Return line and column, from 0, where a value ends; a list with dashes ends on the line of its last item."""
    line, column = span.end_line - 1, span.end_column - 1
    while line >= span.line and not lines[line][:column].strip():
        line, column = line - 1, len(lines[line - 1])
    while line >= span.line and lines[line].lstrip().startswith("#"):
        line, column = line - 1, len(lines[line - 1])
    return line, column


def _is_flow(lines: list[str], block: Block) -> bool:
    return lines[block.span.line - 1][block.span.column - 1 : block.span.column] == "{"


def _ending(line: str) -> str:
    return line[len(line.rstrip("\r\n")) :]


def _read(text: str) -> dict[ClauseId, Clause]:
    clauses, problems = load_clauses(SourceText.of("", text), language="pt")
    if problems or clauses is None:
        raise ValueError("clauses.yaml has mistakes")
    return dict(clauses)


def _with(clause: Clause, digest: str | None) -> Clause:
    return replace(clause, digest=digest) if digest else clause
