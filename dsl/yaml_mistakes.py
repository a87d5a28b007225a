"""Why a YAML text cannot be read on, in the author's terms.

In: where PyYAML stopped, and what it had read by then. Out: one diagnostic at the place to mend, which is often
earlier: the colon that is missing on the line above, the quote that was never closed. PyYAML's own words are read
here, to tell its kinds of trouble apart, and never shown.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

import yaml

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.quoting import quoted, short
from praxe.dsl.source import SourceText, Span
from praxe.dsl.yaml_events import Place, end_of, place_of, start_of

_KEY: Final = r"""(?:[^\W\d_][\w.-]*|"[^"]*"|'[^']*')"""
_KEY_WITH_VALUE: Final = re.compile(rf"\s*(?:- +)*{_KEY}\s*:\s+(?P<value>\S.*)")
_KEY_WITHOUT_COLON: Final = re.compile(rf"\s*(?:- +)*(?P<key>{_KEY}):?(?P<value>.*)")
_COLON: Final = re.compile(r":(?: |$)")
_BEYOND_UNICODE: Final = re.compile(r"\\U(?!000|0010)[0-9a-fA-F]{8}|\\U0010[0-9a-fA-F]{4}")
_LONGEST_KEY: Final = 1024  # characters; the limit of YAML itself
_LONG_KEY: Final = re.compile(rf"\s*(?P<key>.{{{_LONGEST_KEY - 1},}}?):(?: |$)")


@dataclass(slots=True)
class _Bracket:
    start: Place
    sign: str


class Progress:
    """What had been read when the parser stopped: the last text, and the collections around it."""

    def __init__(self) -> None:
        self.last_text: yaml.ScalarEvent | None = None  # if nothing else has come since
        self.last_bracket: tuple[Place, Place] | None = None  # `[…]` or `{…}` from where to where, likewise
        self.brackets: list[_Bracket] = []
        self.columns: list[int] = []  # where the open blocks stand, and at the end the one last closed
        self.depth = 0

    def scalar(self, event: yaml.ScalarEvent) -> None:
        """Take note of a text."""
        self.last_text, self.last_bracket = event, None

    def opened(self, event: yaml.CollectionStartEvent) -> None:
        """Take note of the start of a list or block of keys."""
        self.last_text = self.last_bracket = None
        if event.flow_style:
            sign = "[" if isinstance(event, yaml.SequenceStartEvent) else "{"
            self.brackets.append(_Bracket(start_of(event), sign))
        else:
            del self.columns[self.depth :]
            self.columns.append(start_of(event)[1] - 1)
            self.depth += 1

    def closed(self, event: yaml.Event, start: yaml.CollectionStartEvent) -> None:
        """Take note of the end of a list or block of keys."""
        self.last_text = None
        if start.flow_style:
            self.brackets.pop()
            self.last_bracket = start_of(start), end_of(event)
        else:
            self.last_bracket = None
            self.depth -= 1


def mistake(source: SourceText, error: Exception, progress: Progress) -> Diagnostic:
    """Return the finding about the place where YAML could not be read on."""
    if not isinstance(error, yaml.MarkedYAMLError) or error.problem_mark is None:
        return _beyond_unicode(source, progress)
    return _Mistake(source, error, progress).diagnostic()


def is_bad_escape(error: Exception) -> bool:
    """Return whether the parser in C stopped at an escape that names no character."""
    return isinstance(error, yaml.MarkedYAMLError) and "invalid Unicode" in (error.problem or "")


def _beyond_unicode(source: SourceText, progress: Progress) -> Diagnostic:
    line, column = end_of(progress.last_text) if progress.last_text else (1, 1)
    for number, text in enumerate(source.lines[line - 1 :], start=line):
        found = _BEYOND_UNICODE.search(text, column - 1 if number == line else 0)
        if found:
            span = Span(source.path, number, found.start() + 1, number, found.end() + 1)
            return Diagnostic("PX159", span, {"name": found.group()})
    return Diagnostic("PX150", Span(source.path, line, column, line, column + 1), {"found": "\\U"})


class _Mistake:
    """One stop of the parser; each method tells one kind of mistake, or None when it is not that."""

    def __init__(self, source: SourceText, error: yaml.MarkedYAMLError, progress: Progress) -> None:
        self.source = source
        self.progress = progress
        self.problem = f"{error.problem} {error.context or ''}"
        self.at = self._inside(place_of(error.problem_mark))
        self.since = place_of(error.context_mark) if error.context_mark else self.at
        self.line = source.line(self.at[0])
        self.rest = self.line[self.at[1] - 1 :].rstrip()

    def diagnostic(self) -> Diagnostic:
        return (
            self._open_quote()
            or self._escape()
            or self._after_quote()
            or self._after_bracket()
            or self._feature()
            or self._open_bracket()
            or self._sign()
            or self._long_key()
            or self._key_without_colon()
            or self._value_with_colon()
            or self._value_above()
            or self._margin()
            or self._unreadable()
        )

    # --- the kinds, in the order they are tried ------------------------------------------------------------

    def _open_quote(self) -> Diagnostic | None:
        """`"text` whose quote closes lines below, where the next quote opens, or never."""
        text = self.progress.last_text
        if "quoted scalar" in self.problem and ("end of stream" in self.problem or "document" in self.problem):
            start = self.since
        elif text and text.style and self._is_right_after(text) and self._swallowed(text):
            start = start_of(text)
        else:
            return None
        line = self.source.line(start[0])
        sign = line[start[1] - 1 : start[1]]
        return self._found("PX154", start, len(line.rstrip()) + 1, name=sign)

    def _swallowed(self, text: yaml.ScalarEvent) -> bool:
        if text.style not in {'"', "'"}:
            return False
        is_key_lost = bool(self.progress.brackets) and text.value.rstrip().endswith((":", ","))
        return end_of(text)[0] > start_of(text)[0] or is_key_lost

    def _escape(self) -> Diagnostic | None:
        r"""`"C:\dados"`: a backslash between double quotes that means nothing."""
        if "quoted scalar" not in self.problem or not re.search("escape|hexdecimal", self.problem):
            return None
        start = self.line.rfind("\\", 0, self.at[1] + 1)
        name = self.line[start : start + 2]
        return self._found("PX155", (self.at[0], start + 1), start + len(name) + 1, name=name, doubled="\\\\")

    def _after_quote(self) -> Diagnostic | None:
        """`'d'água'`: the text goes on after the quote that closes it."""
        text = self.progress.last_text
        if not text or text.style not in {'"', "'"} or not self._is_right_after(text) or self.rest[:1] in {"'", '"'}:
            return None
        if self.rest.startswith(":") or (self.progress.brackets and self.rest[:1] in {"[", "{"}):
            return None
        start = start_of(text)
        return self._needs_quotes(start, text.style, self._until_separator(start[1], end_of(text)[1] - 1))

    def _after_bracket(self) -> Diagnostic | None:
        """`{fila} depois`: a text that begins with a bracket."""
        bracket = self.progress.last_bracket
        if not bracket or bracket[1][0] != self.at[0] or self.progress.brackets:
            return None
        start = bracket[0]
        name = self.source.line(start[0])[start[1] - 1 : start[1]]
        if start[0] != self.at[0]:
            return self._found("PX155", start, start[1] + 1, name=name)
        return self._needs_quotes(start, name, self.line[start[1] - 1 :])

    def _feature(self) -> Diagnostic | None:
        """Tags, and what follows a document's end; a `*` or `&` that names nothing is a text's first character."""
        if "tag" in self.problem:
            return self._found("PX157", self.since, self.since[1] + 1, name="!", tag="!")
        if "alphabetic or numeric" in self.problem:
            line = self.source.line(self.since[0])
            return self._needs_quotes(self.since, line[self.since[1] - 1], line[self.since[1] - 1 :])
        if self.source.line(self.at[0] - 1).startswith("..."):
            return self._found("PX157", (self.at[0] - 1, 1), 4, name="...", document="...")
        return None

    def _open_bracket(self) -> Diagnostic | None:
        """`[a, b` that does not close, or lacks a comma."""
        if not self.progress.brackets:
            return None
        if "unexpected ':'" in self.problem:
            name = self.source.line(self.since[0])[self.since[1] - 1 : self.at[1] - 1] or ":"
            fixed = f"{name}: {self._until_separator(self.at[1] + 1, self.at[1] + 1).strip()}"
            return self._found("PX151", self.since, self.at[1] + 1, name=name, fixed=short(fixed))
        bracket = self.progress.brackets[-1]
        text = self.progress.last_text
        if self.rest.startswith(":") and text and self._is_right_after(text) and bracket.start[0] == self.at[0]:
            start = start_of(text)
            return self._needs_quotes(start, ":", self._until_separator(start[1], self.at[1]))
        if "cannot start" in self.problem and bracket.start[0] == self.at[0]:
            return None
        close = {"[": "]", "{": "}"}[bracket.sign]
        return self._found("PX156", bracket.start, bracket.start[1] + 1, name=bracket.sign, close=close)

    def _sign(self) -> Diagnostic | None:
        """`label: @casa`: a text whose first character has a meaning of its own in YAML."""
        if self.line.startswith("%"):
            return self._needs_quotes((self.at[0], 1), "%", self.line)
        if "block scalar" in self.problem:
            line = self.source.line(self.since[0])
            return self._needs_quotes(self.since, line[self.since[1] - 1 : self.since[1]], line[self.since[1] - 1 :])
        known = ("cannot start", "entries are not allowed", "keys are not allowed", "node content")
        if not any(each in self.problem for each in known) or not self.rest or self._stands_first():
            return None
        return self._needs_quotes(self.at, self.rest[0], self._until_separator(self.at[1], self.at[1]))

    def _key_without_colon(self) -> Diagnostic | None:
        """`label Texto` or `label:Texto` among other keys."""
        if "could not find expected ':'" not in self.problem:
            return None
        line = self.source.line(self.since[0])
        if line[self.since[1] - 1 :].startswith("-"):
            fixed = "- " + line.strip()[1:]
            return self._found("PX150", self.since, len(line.rstrip()) + 1, found=short(line), dash=short(fixed))
        return self._lacks_colon(self.since[0])

    def _long_key(self) -> Diagnostic | None:
        """A key longer than YAML allows, as the text of a translation can be."""
        if "values are not allowed" not in self.problem and "could not find expected ':'" not in self.problem:
            return None
        line = self.source.line(self.since[0])
        key = _LONG_KEY.match(line)
        if not key:
            return None
        args = {"key": short(key["key"]), "limit": str(_LONGEST_KEY), "found": str(len(key["key"]))}
        return self._found("PX170", (self.since[0], key.start("key") + 1), key.end("key") + 1, **args)

    def _value_with_colon(self) -> Diagnostic | None:
        """`label: Aviso: ligar`: a colon inside a text."""
        if "values are not allowed" not in self.problem:
            return None
        match = _KEY_WITH_VALUE.match(self.line)
        if not match or match.start("value") >= self.at[1]:
            return None
        return self._needs_quotes((self.at[0], match.start("value") + 1), ":", match["value"])

    def _value_above(self) -> Diagnostic | None:
        """A key deeper than the line above, which has no colon and so was taken for the start of a long text."""
        if "values are not allowed" not in self.problem:
            return None
        above = self._line_above(self.at[0])
        if not above:
            return None
        if not _COLON.search(self.source.line(above)) and not self._continues(above):
            return self._lacks_colon(above)
        return self._wrong_margin()

    def _margin(self) -> Diagnostic | None:
        """A line that stands under none of the blocks around it."""
        if not self._stands_first() or self.rest[:1] in {":", "]", "}", ",", ""}:
            return None
        return None if self.at[1] - 1 in self.progress.columns[: self.progress.depth] else self._wrong_margin()

    def _unreadable(self) -> Diagnostic:
        end = max(self.at[1], len(self.line.rstrip())) + 1
        return self._found("PX150", self.at, end, found=short(self.line) or "…")

    # --- what the kinds share ------------------------------------------------------------------------------

    def _found(self, code: str, start: Place, end_column: int, **args: str) -> Diagnostic:
        return Diagnostic(code, Span(self.source.path, *start, start[0], max(end_column, start[1] + 1)), args)

    def _needs_quotes(self, start: Place, name: str, text: str) -> Diagnostic:
        text = text.rstrip()
        return self._found("PX155", start, start[1] + len(text), name=name, fixed=quoted(text))

    def _lacks_colon(self, number: int) -> Diagnostic:
        line = self.source.line(number)
        match = _KEY_WITHOUT_COLON.match(line)
        if not match:
            start = (number, len(line) - len(line.lstrip()) + 1)
            return self._found("PX150", start, len(line.rstrip()) + 1, found=short(line))
        fixed = f"{match['key']}: {match['value'].strip()}".strip()
        start = (number, match.start("key") + 1)
        return self._found("PX151", start, match.end("key") + 1, name=match["key"], fixed=short(fixed))

    def _wrong_margin(self) -> Diagnostic:
        width = len(self.line) - len(self.line.lstrip())
        columns = sorted(set(self.progress.columns) - {width})
        expected = {"columns": ", ".join(map(str, columns))} if columns else {}
        return self._found("PX152", (self.at[0], 1), width + 1, found=str(width), **expected)

    def _is_right_after(self, text: yaml.ScalarEvent) -> bool:
        return end_of(text)[0] == self.at[0] and end_of(text)[1] <= self.at[1]

    def _stands_first(self) -> bool:
        return not self.line[: self.at[1] - 1].strip()

    def _until_separator(self, start: int, after: int) -> str:
        """Return the line from column `start` up to the comma or bracket that ends a text inside brackets."""
        text = self.line[start - 1 :]
        if not self.progress.brackets:
            return text
        end = re.search(r"[,\]}]", self.line[after:])
        return self.line[start - 1 : after + end.start()] if end else text

    def _line_above(self, number: int) -> int | None:
        for above in range(number - 1, 0, -1):
            text = self.source.line(above).strip()
            if text and not text.startswith("#"):
                return above
        return None

    def _continues(self, number: int) -> bool:
        """Return whether line `number` goes on with a text that began after a key further up."""
        width = len(self.source.line(number)) - len(self.source.line(number).lstrip())
        for above in range(number - 1, 0, -1):
            line = self.source.line(above)
            if line.strip() and len(line) - len(line.lstrip()) < width:
                return bool(_KEY_WITH_VALUE.match(line))
        return False

    def _inside(self, place: Place) -> Place:
        """Return `place`, or the end of the last line with anything on it when the parser ran off the text."""
        line, column = place
        while line > 1 and not self.source.line(line).strip():
            line, column = line - 1, len(self.source.line(line - 1).rstrip()) + 1
        return line, column
