"""The typo corpus: every single-token slip in the real policies.

A slip changes one token of one line: a letter lost, doubled, swapped or wrong; the token left out or written twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from praxe.dsl.diagnostics import Diagnostic, in_file_order
from praxe.dsl.keywords import reserved_words
from praxe.dsl.lexer import Word, lex
from praxe.dsl.load import read_folder
from praxe.dsl.load_words import PolicyWords, load_words
from praxe.dsl.parse import parse
from praxe.dsl.passes import check_whole
from praxe.dsl.source import SourceText
from praxe.dsl.tree import File

ROOT = Path(__file__).parents[2]
POLICIES = ("rc",)


@dataclass(frozen=True)
class Slip:
    """One line of one file with one token changed; `word` is what stood there."""

    path: str
    line: int
    column: int
    kind: str
    word: str
    slipped: str
    terminal: str

    def apply(self, text: str) -> str:
        """Return the text with the slip made."""
        lines = text.split("\n")
        before = lines[self.line - 1]
        start = self.column - 1
        lines[self.line - 1] = before[:start] + self.slipped + before[start + len(self.word) :]
        return "\n".join(lines)


@cache
def policy(name: str) -> tuple[tuple[SourceText, ...], tuple[File, ...], PolicyWords]:
    """Return the texts, trees and words of a real policy."""
    files = read_folder(ROOT / "policy" / name)
    words = load_words(files, reserved_words=reserved_words())
    return files.procedures, tuple(parse(source)[0] for source in files.procedures), words


def slips(name: str) -> Iterator[Slip]:
    """Yield every slip of every token of a policy."""
    for source in policy(name)[0]:
        for line in lex(source, "pt").lines:
            for token in line.tokens:
                yield from _slips_of(source.path, token)


def _slips_of(path: str, token: Word) -> Iterator[Slip]:
    span = token.span
    text = str(token)

    def slip(kind: str, slipped: str) -> Slip:
        return Slip(path, span.line, span.column, kind, text, slipped, token.type)

    if token.type == "STRING":
        yield slip("unclosed", text[:-1])
        return
    yield slip("left out", "")
    yield slip("twice", f"{text} {text}")
    if len(text) >= 4 and token.type != "NUMBER" and text[0].isalpha():
        middle = len(text) // 2
        yield slip("lost letter", text[:middle] + text[middle + 1 :])
        yield slip("doubled letter", text[:middle] + text[middle] + text[middle:])
        if text[middle - 1] != text[middle]:
            yield slip("swapped letters", text[: middle - 1] + text[middle] + text[middle - 1] + text[middle + 1 :])
        yield slip("wrong letter", text[:middle] + ("x" if text[middle] != "x" else "w") + text[middle + 1 :])


def findings(name: str, slip: Slip) -> tuple[Diagnostic, ...]:
    """Return what checking the policy with one slip finds."""
    sources, trees, words = policy(name)
    found: list[Diagnostic] = []
    changed = []
    for source, tree in zip(sources, trees, strict=True):
        if source.path == slip.path:
            slipped, problems = parse(SourceText.of(source.path, slip.apply(source.text)))
            found += problems
            changed.append(slipped)
        else:
            changed.append(tree)
    found += check_whole(tuple(changed), words, is_whole=not found).diagnostics
    return in_file_order(found)
