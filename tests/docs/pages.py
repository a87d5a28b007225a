"""The examples of a page: its fenced blocks, and what the comments above them say about each.

In: a Markdown file. Out: `Block`s. The comments, which no reader sees, are:

- `<!-- file: exemplo/etapa1/pausa/pausa.praxe -->`: the block is that file, whole (paths start at the page's folder);
- `<!-- excerpt: … -->`: the block is part of that file;
- `<!-- in: exemplo/etapa1 -->`: the commands of the `console` blocks from here on run in a copy of that folder;
- `<!-- in: .. (policy/promad, docs/exemplo) -->`: the same, in a copy that has only those parts of it;
- `<!-- change: pausa/pausa.praxe` and then, between lines `---`, a text and what takes its place: for one block;
- `<!-- type: não | sim -->`: what is typed while the next block runs.

A line `…` in a block stands for any lines that are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

ROOT = Path(__file__).parents[2]
LEFT_OUT = "…"

_PART = re.compile(r"^<!-- (?P<word>\w+): (?P<said>.*?)-->\n|^```(?P<kind>\w+)\n(?P<body>.*?)^```\n", re.M | re.S)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A text of a file, and what takes its place."""

    file: str
    old: str
    new: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Block:
    """One fenced block of a page."""

    page: Path
    number: int  # its place among the blocks of the page
    kind: str  # praxe, yaml, console, python …
    body: str
    line: int
    start: int  # where `body` begins and ends in the text of the page
    end: int
    file: str | None = None
    excerpt: str | None = None
    folder: str | None = None
    parts: tuple[str, ...] = ()  # of the folder, that are copied; all of it if there are none
    changes: tuple[Change, ...] = ()
    typed: tuple[str, ...] = ()

    def __str__(self) -> str:
        return f"{self.page.name}:{self.line}"

    def beside(self, path: str) -> Path:
        """Return a path that the page names."""
        return self.page.parent / path

    def with_body(self, body: str) -> str:
        """Return the page's text with another body of this block."""
        text = self.page.read_text(encoding="utf-8")
        now = blocks(self.page)[self.number]  # those above may have grown since
        return text[: now.start] + body + text[now.end :]


def blocks(page: Path) -> list[Block]:
    """Return the fenced blocks of a page, in order."""
    return list(_blocks(page, page.read_text(encoding="utf-8")))


def _blocks(page: Path, text: str) -> Iterator[Block]:
    folder: str | None = None
    parts: tuple[str, ...] = ()
    bare = Block(page=page, number=0, kind="", body="", line=0, start=0, end=0)
    following = bare
    for part in _PART.finditer(text):
        said = (part["said"] or "").strip()
        match part["word"]:
            case None:
                line = text.count("\n", 0, part.start()) + 1
                yield replace(
                    following,
                    kind=part["kind"],
                    body=part["body"],
                    line=line,
                    start=part.start("body"),
                    end=part.end("body"),
                    folder=folder,
                    parts=parts,
                )
                bare = replace(bare, number=bare.number + 1)
                following = bare
            case "in":
                folder, parts = _folder(said)
            case "file":
                following = replace(following, file=said)
            case "excerpt":
                following = replace(following, excerpt=said)
            case "change":
                following = replace(following, changes=(*following.changes, _change(said)))
            case "type":
                following = replace(following, typed=tuple(each.strip() for each in said.split("|")))
            case word:
                raise ValueError(f"{page.name}: unknown comment {word!r}")


def _folder(said: str) -> tuple[str, tuple[str, ...]]:
    folder, _, parts = said.partition(" (")
    return folder, tuple(each.strip() for each in parts.rstrip(")").split(",") if each)


def _change(said: str) -> Change:
    file, old, new = re.split(r"^---$", f"{said}\n", maxsplit=2, flags=re.M)
    return Change(file=file.strip(), old=old.strip("\n"), new=new.strip("\n"))


def agrees(shown: str, actual: str, *, whole: bool = True) -> bool:
    """Return whether a block shows a text; `…` stands for lines left out, and so do the ends unless it is `whole`."""
    parts = re.split(rf"^ *{LEFT_OUT}\n", shown, flags=re.M)
    middle = r"(?:.*\n)*?".join(map(re.escape, parts))
    pattern = middle if whole else rf"(?:.*\n)*?{middle}(?:.*\n)*"
    return re.fullmatch(pattern, actual if actual.endswith("\n") or not actual else f"{actual}\n") is not None


def renewed(shown: str, actual: str) -> str | None:
    """Return a block that shows parts of a text with the numbers and spaces it has now; None if more has changed."""
    parts = re.split(rf"^( *{LEFT_OUT}\n)", shown, flags=re.M)
    kept, cuts = parts[::2], parts[1::2]
    pattern = r"(?:.*\n)*?".join(f"({_but_for_numbers(part)})" for part in kept)
    found = re.fullmatch(pattern, actual)
    return "".join(part + cut for part, cut in zip(found.groups(), [*cuts, ""], strict=True)) if found else None


def _but_for_numbers(text: str) -> str:
    return re.sub(r" {2,}", " +", re.sub(r"\d[\d.]*", r"\\d[\\d.]*", re.sub(r"\\([ ])", r"\1", re.escape(text))))
