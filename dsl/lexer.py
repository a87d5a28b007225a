"""Text to lines of tokens.

In: one file's text. Out: its logical lines with their indentation depth, comments and blank lines (for the
formatter), and the diagnostics of what is no word of the language. A line with such a mistake becomes one
BROKEN token, so that a mistake is told once.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import Face, faces, language_of
from praxe.dsl.lexical_mistakes import mistake_in
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import Comment, Layout

MAX_DEPTH: Final = 100
MAX_LINES: Final = 100_000
MAX_LINE_LENGTH: Final = 2_000
INDENT: Final = 2

_TOKEN: Final = re.compile(
    r"""[ ]*(?:
        (?P<COMMENT>\#.*)
      | (?P<STRING>"(?:[^"\\]|\\["\\])*")
      | (?P<DATE>[0-9]{4}-[0-9]{2}-[0-9]{2}(?!\w))
      | (?P<NUMBER>[0-9]+(?:\.[0-9]+)?(?!\w))
      | (?P<WORD>[^\W\d]\w*(?:\.\w+)*)
      | (?P<SIGN>>=|<=|[=><:,(){}\[\]|+-](?!=))
      | (?P<OTHER>[^ ])
    )""",
    re.VERBOSE,
)
_SIGNS: Final = {
    "=": "EQ", ">": "GT", ">=": "GE", "<": "LT", "<=": "LE", "+": "PLUS", "-": "MINUS", ":": "_COLON", ",": "_COMMA",
    "(": "_LPAR", ")": "RPAR", "{": "_LBRACE", "}": "RBRACE", "[": "_LSQB", "]": "_RSQB", "|": "_PIPE",
}  # fmt: skip
_OPERAND_STARTS: Final = frozenset(
    "NAME NUMBER STRING DATE YES NO NOT TODAY DAY BUSINESS_DAY OUTCOME MINUS _LPAR".split()
)


class Word(str):
    """A token: the author's letters, their terminal in the grammar, and their place. Lark asks only for `type`."""

    __slots__ = ("span", "type")
    type: str
    span: Span


@record(kw_only=False)
class Line(RecordBase):
    """One line that is neither blank nor only a comment; `depth` counts the enclosing blocks."""

    tokens: tuple[Word, ...]
    depth: int
    span: Span


@record(kw_only=False)
class Lexed(RecordBase):
    """A file cut into lines."""

    language: str
    lines: tuple[Line, ...]
    layout: Layout
    diagnostics: tuple[Diagnostic, ...]


def word(terminal: str, text: str, span: Span) -> Word:
    """Return a token of the grammar."""
    token = Word(text)
    token.type = terminal
    token.span = span
    return token


def lex(source: SourceText, default_language: str) -> Lexed:
    """Cut `source` into lines of tokens, in the language of its first keyword."""
    language = language_of(re.findall(r"^\s*([^\W\d]\w*)", source.text, re.MULTILINE), default_language)
    reader = _Reader(source, faces()[language])
    reader.read()
    layout = Layout(tuple(reader.comments), frozenset(reader.blank_lines))
    return Lexed(language, tuple(reader.lines), layout, tuple(reader.diagnostics))


class _Reader:
    def __init__(self, source: SourceText, face: Face) -> None:
        self.source = source
        self.face = face
        self.lines: list[Line] = []
        self.comments: list[Comment] = []
        self.blank_lines: list[int] = []
        self.diagnostics: list[Diagnostic] = []
        self.columns = [0]  # of the open blocks
        self.openers = [Span(source.path, 1, 1, 1, 2)]  # the line that set each of these columns

    def read(self) -> None:
        for number, text in enumerate(self.source.lines, start=1):
            if number > MAX_LINES:
                self._report("PX114", self._span(number, 0, 1), limit=str(MAX_LINES))
                return
            bare = text.strip()
            if not bare:
                self.blank_lines.append(number)
            elif bare.startswith("#"):
                self.comments.append(_comment(bare, number, len(text) - len(text.lstrip()) + 1, own_line=True))
            else:
                self._read_line(number, text)

    def _read_line(self, number: int, text: str) -> None:
        body = text.lstrip(" \t")
        column = len(text) - len(body)
        if body.startswith("[") and self.lines:
            self._continue_line(number, text, column)
            return
        depth = self._depth(number, text[:column])
        span = self._span(number, column, len(text.rstrip()))
        if len(text) > MAX_LINE_LENGTH:
            self._report("PX115", span, limit=str(MAX_LINE_LENGTH))
            tokens: tuple[Word, ...] = ()
        elif depth > MAX_DEPTH:
            self._report("PX113", span, limit=str(MAX_DEPTH))
            tokens = ()
        else:
            tokens = self._tokens(number, text, column)
        if not tokens:
            tokens = (word("BROKEN", body, span),)
        depth = min(depth, MAX_DEPTH + 1)  # what stands too deep stands side by side: no pass goes down there
        self.lines.append(Line(tokens, depth, tokens[0].span.to(tokens[-1].span)))

    def _continue_line(self, number: int, text: str, column: int) -> None:
        # more citations for the line before: they may stand below it, however deep
        before = self.lines[-1]
        tokens = self._tokens(number, text, column) if len(text) <= MAX_LINE_LENGTH else ()
        if tokens and before.tokens[0].type != "BROKEN":
            self.lines[-1] = Line((*before.tokens, *tokens), before.depth, before.span.to(tokens[-1].span))

    def _depth(self, number: int, margin: str) -> int:
        if "\t" in margin:
            at = margin.index("\t")
            self._report("PX101", self._span(number, at, at + 1))
            margin = margin.replace("\t", " " * INDENT)
        width = len(margin)
        if width and not self.lines:
            self._report("PX105", self._span(number, 0, width))
            return 0
        if width > self.columns[-1]:
            self.columns.append(width)
            self.openers.append(self._span(number, 0, width))
            return len(self.columns) - 1
        popped, opener = width, self.openers[-1]
        while width < self.columns[-1]:
            popped, opener = self.columns.pop(), self.openers.pop()
        expected = self.columns[-1]
        if width != expected:
            if popped - width <= width - expected:  # the nearer of the two blocks is meant
                expected = popped
                self.columns.append(width)  # the lines after this one may well stand like it
                self.openers.append(opener)
            args = {"found": str(width), "expected": str(expected)}
            related = (Related(opener, "block"),)
            self.diagnostics.append(Diagnostic("PX104", self._span(number, 0, width), args, related))
        return len(self.columns) - 1

    def _tokens(self, number: int, text: str, start: int) -> tuple[Word, ...]:
        raw: list[tuple[str, str, int]] = []
        for match in _TOKEN.finditer(text, start):
            kind = match.lastgroup or ""
            if kind == "COMMENT":
                self.comments.append(_comment(match[kind], number, match.start(kind) + 1, own_line=False))
            else:
                raw.append((kind, match[kind], match.start(kind)))
        mistake = mistake_in(text, raw, self.face, lambda first, last: self._span(number, first, last))
        if mistake:
            self.diagnostics.append(mistake)
            return ()
        words = self._words(number, raw)
        return tuple(_settle_not(words) if any(each.type == "NOT" for each in words) else words)

    def _words(self, number: int, raw: list[tuple[str, str, int]]) -> list[Word]:
        words: list[Word] = []
        path, cites, index = self.source.path, False, 0
        while index < len(raw):
            kind, text, start = raw[index]
            taken = 1
            if kind == "SIGN":
                cites = text == "[" or (cites and text != "]")
                kind = _SIGNS[text]
            elif kind == "WORD" and cites:
                kind = "CLAUSE"
            elif kind == "WORD":
                kind, taken = self._keyword(raw, index)
                cites = kind == "SOURCE"
            end = start + len(text)
            if taken > 1:
                _, last_text, last_start = raw[index + taken - 1]
                end = last_start + len(last_text)
                text = " ".join(part[1] for part in raw[index : index + taken])
            words.append(word(kind, text, Span(path, number, start + 1, number, end + 1)))
            index += taken
        return words

    def _keyword(self, raw: list[tuple[str, str, int]], index: int) -> tuple[str, int]:
        first = raw[index][1]
        if first.casefold() not in self.face.phrases:  # most words
            return "CLAUSE" if "." in first else "NAME", 1
        words = []
        for kind, text, _ in raw[index : index + self.face.longest]:
            if kind != "WORD":
                break
            words.append(text)
        found = self.face.match(words)
        return found or ("CLAUSE" if "." in first else "NAME", 1)

    def _span(self, number: int, first: int, last: int) -> Span:
        return Span(self.source.path, number, first + 1, number, max(last, first + 1) + 1)

    def _report(self, code: str, span: Span, **args: str) -> None:
        self.diagnostics.append(Diagnostic(code, span, args))


def _settle_not(tokens: list[Word]) -> Iterator[Word]:
    # in Portuguese `não` is both the operator and the answer; before an operand it is the operator
    for token, following in zip(tokens, [*tokens[1:], None], strict=True):
        if token.type == "NOT" and (following is None or following.type not in _OPERAND_STARTS):
            yield word("NO", token, token.span)
        else:
            yield token


def _comment(text: str, line: int, column: int, *, own_line: bool) -> Comment:
    return Comment(text.removeprefix("#").strip(), line, column, own_line)
