"""Where a command speaks: results to stdout, the rest to stderr; colours only where a person reads.

In: the command line's own options and the environment. Out: a `Terminal`, made once a call. A reader that goes away
(`| head`) and a terminal that cannot show every letter never stop a command.
"""

from __future__ import annotations

import errno
import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, TextIO

from praxe.cli.words import LANGUAGES, Lexicon, lexicon

COLOR_CHOICES: Final = ("auto", "always", "never")
_NARROWEST, _WIDEST = 40, 100


class Style(Enum):
    """How a stretch of text is shown; the value is its ANSI code."""

    BOLD = "1"
    DIM = "2"
    RED = "31"
    GREEN = "32"
    AMBER = "33"
    BLUE = "34"
    PURPLE = "35"
    CYAN = "36"
    GRAY = "90"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terminal:
    """One call's ways of speaking."""

    words: Lexicon
    colors_out: bool
    colors_err: bool
    width: int
    is_unicode: bool  # whether stdout can show what lies beyond Latin letters
    debug: bool = False
    unknown_language: str = ""  # asked for by the environment, and not spoken

    @classmethod
    def of(cls, arguments: Sequence[str], environment: Mapping[str, str]) -> Terminal:
        """Read the options that count for every command, wherever they stand; a wrong one is told by `click` later."""
        asked = environment.get("PRAXE_LANGUAGE", "")
        wanted = _option(arguments, "--language"), asked[:2].lower()
        color = _option(arguments, "--color") or "auto"
        _open_closed_streams()
        for stream in (sys.stdout, sys.stderr):
            if isinstance(stream, io.TextIOWrapper):
                stream.reconfigure(errors="replace")
        return cls(
            words=lexicon(next((each for each in wanted if each in LANGUAGES), "pt")),
            colors_out=_has_colors(color, environment, sys.stdout),
            colors_err=_has_colors(color, environment, sys.stderr),
            width=_width(environment),
            is_unicode=_shows(sys.stdout, "✓→…─"),
            unknown_language=asked if asked and wanted[1] not in LANGUAGES and wanted[0] is None else "",
            debug="--debug" in arguments or environment.get("PRAXE_DEBUG", "0") not in {"", "0"},
        )

    @property
    def language(self) -> str:
        """The language spoken."""
        return self.words.language

    def say(self, key: str, **places: object) -> str:
        """Return a phrase of the command line."""
        return self.words.say(key, **places)

    def paint(self, text: str, *styles: Style) -> str:
        """Return `text` as stdout shows it in these styles."""
        return painted(text, *styles) if self.colors_out else text

    def out(self, text: str = "") -> None:
        """Write a line of the result."""
        _write(sys.stdout, text + "\n")

    def raw(self, text: str) -> None:
        """Write a result that programs read: UTF-8, its own line ends, whatever the terminal speaks."""
        raw_bytes(text.encode("utf-8"))

    def note(self, text: str = "") -> None:
        """Write a line that is not part of the result."""
        _write(sys.stderr, text + "\n")

    def trouble(self, message: str, hint: str | None = None) -> None:
        """Write what went wrong, and what to do about it; a name in it, of a file say, cannot steer the terminal."""
        from praxe.dsl.report_line import safe  # only where something is wrong: it takes a while to import

        message = "\n".join(map(safe, message.splitlines()))
        label = f"{self.say('error')}:"
        self.note(f"{painted(label, Style.BOLD, Style.RED) if self.colors_err else label} {message}")
        if hint:
            label = f"{self.say('help')}:"
            self.note(f"  = {painted(label, Style.BOLD, Style.CYAN) if self.colors_err else label} {safe(hint)}")


def painted(text: str, *styles: Style) -> str:
    """Return `text` with the ANSI codes of `styles`."""
    return f"\x1b[{';'.join(each.value for each in styles)}m{text}\x1b[0m" if styles and text else text


def raw_bytes(content: bytes) -> None:
    """Write bytes to stdout."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except OSError as error:
        _let_go(sys.stdout, error)


def _write(stream: TextIO, text: str) -> None:
    import click

    try:
        click.echo(text, file=stream, nl=False, color=True)  # colours are decided already; on Windows click shows them
    except OSError as error:
        _let_go(stream, error)


def _let_go(stream: TextIO, error: OSError) -> None:
    """Send what is still to come nowhere; if only nobody reads it any more, the exit code stays what it is."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)
    if error.errno not in {errno.EPIPE, errno.EINVAL}:  # Windows calls a closed pipe an invalid argument
        raise error


def _open_closed_streams() -> None:
    """Put something in the place of a stream that the caller has closed (`>&-`)."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: PTH123, SIM115 - open to the end


def _option(arguments: Sequence[str], name: str) -> str | None:
    """Return the last value given for an option, before click reads them: help and errors need it too."""
    found = None
    for place, each in enumerate(arguments):
        if each == "--":
            break
        if each.startswith(f"{name}="):
            found = each.partition("=")[2]
        elif each == name and place + 1 < len(arguments):
            found = arguments[place + 1]
    return found


def _has_colors(choice: str, environment: Mapping[str, str], stream: TextIO) -> bool:
    match choice:
        case "always":
            return True
        case "never":
            return False
        case _:
            return not environment.get("NO_COLOR") and environment.get("TERM") != "dumb" and stream.isatty()


def _width(environment: Mapping[str, str]) -> int:
    columns = environment.get("COLUMNS", "")
    try:
        width = int(columns) if columns.isascii() and columns.isdigit() else os.get_terminal_size().columns
    except (OSError, ValueError):
        width = 0
    return max(_NARROWEST, min(width or _WIDEST, _WIDEST))  # some terminals say that they have no columns


def _shows(stream: TextIO, sample: str) -> bool:
    try:
        sample.encode(stream.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return False
    return True
