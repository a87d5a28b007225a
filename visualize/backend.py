"""Graphviz itself: inside pygraphviz, or the program `dot` of the machine.

In: DOT text, a layout program and a format. Out: the bytes it makes. Graphviz reports what it cannot do on stderr
and goes on with an empty box, so whatever it says there becomes a `DrawingError`.
"""

from __future__ import annotations

import atexit
import functools
import html
import os
import re
import shutil
import subprocess
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from pathlib import Path
from typing import Protocol

from praxe.visualize.errors import DrawingError
from praxe.visualize.fonts import write_config

_COMPLAINT = re.compile(r"\s*(Error|Warning|in label|syntax error|Assertion|\(process:|.*graph is too large)")
_FONTCONFIG = """<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>
  <include>{fonts}</include>
  <match target="font">
    <edit name="hinting" mode="assign"><bool>false</bool></edit>
    <edit name="hintstyle" mode="assign"><const>hintnone</const></edit>
  </match>
</fontconfig>
"""  # without hinting a text is as wide as the font says: as wide as a browser draws it
_PATIENCE = "layout may take a long time"  # pygraphviz's remark on large graphs
_SECONDS = 120
_LOCK = threading.Lock()  # Graphviz keeps its state in globals: two drawings at once abort the process


class Graphviz(Protocol):
    """Whatever makes a picture of DOT text."""

    def __call__(self, source: str, *, program: str, form: str) -> bytes: ...


_CHOSEN: ContextVar[Graphviz] = ContextVar("praxe_graphviz")  # of this thread or task; unset: this process itself


@contextmanager
def drawn_by(graphviz: Graphviz) -> Iterator[None]:
    """Let `graphviz` make every picture that this thread or task asks for in the block."""
    before = _CHOSEN.set(graphviz)
    try:
        yield
    finally:
        _CHOSEN.reset(before)


def run(source: str, *, program: str, form: str) -> bytes:
    """Return what Graphviz makes of `source`: here, or wherever `drawn_by` says.

    Raises:
        DrawingError: neither pygraphviz nor `dot` is there, or Graphviz failed or complained.
    """
    return _CHOSEN.get(run_here)(source, program=program, form=form)


def run_here(source: str, *, program: str, form: str) -> bytes:
    """Return what Graphviz makes of `source` in this process, or what the program `dot` does.

    Raises:
        DrawingError: as `run` says.
    """
    try:
        import pygraphviz
    except ImportError:  # not installed, or there is none for this machine
        return _run_outside(source, program, form)
    with _LOCK, _our_fonts(), _heard() as said:
        drawn = b""
        try:
            graph = pygraphviz.AGraph(string=source)
            drawn = graph.draw(format=form, prog=program)
            graph.close()
        except (ValueError, TypeError) as error:
            said.append(f"Error: {error}")
    _refuse(said)
    return drawn


def _run_outside(source: str, program: str, form: str) -> bytes:
    dot = shutil.which("dot")
    if dot is None:
        raise DrawingError.of("missing_graphviz", format=form)
    environment = {**os.environ, "FONTCONFIG_FILE": str(_font_config())}
    try:
        done = subprocess.run(  # noqa: S603 - the program found on PATH, with arguments of our own
            [dot, f"-K{program}", f"-T{form}"],
            input=source.encode(),
            capture_output=True,
            env=environment,
            timeout=_SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise DrawingError.of("graphviz_failed", message=str(error)) from error
    said = done.stderr.decode(errors="replace").splitlines()
    if done.returncode:
        said.append(f"Error: exit code {done.returncode}")
    _refuse(said)
    return done.stdout


def _refuse(said: list[str]) -> None:
    """Raise what Graphviz complained of; anything else (another thread's words, say) goes on to stderr."""
    kept = [line for number, line in enumerate(said) if not _is_tight(said, number) and _PATIENCE not in line]
    complaints = [line for line in kept if _COMPLAINT.match(line)]
    if complaints:
        raise DrawingError.of("graphviz_failed", message="; ".join(complaints)[:2000])
    for line in kept:
        if line.strip() and "reset-dirs" not in line:  # the bundled fontconfig's remark on files of some systems
            os.write(2, f"{line}\n".encode())


def _is_tight(said: list[str], number: int) -> bool:
    """Whether a line says that a block is a little small for its text, as when another font had to draw it."""
    belongs_to = number - 1 if said[number].startswith("in label") and number else number
    return "size too small for content" in said[belongs_to]


@functools.cache
def _font_config() -> Path:
    """The fontconfig file that names our fonts, written once a process."""
    folder = Path(tempfile.mkdtemp(prefix="praxe-fonts-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    ours = folder / "drawing.conf"
    ours.write_text(_FONTCONFIG.format(fonts=html.escape(write_config(folder).as_posix())), encoding="utf-8")
    return ours


@contextmanager
def _our_fonts() -> Iterator[None]:
    """Let fontconfig find our fonts; it reads the variable at the first drawing of a process and never again."""
    before = os.environ.get("FONTCONFIG_FILE")
    os.environ["FONTCONFIG_FILE"] = str(_font_config())
    try:
        yield
    finally:
        if before is None:
            del os.environ["FONTCONFIG_FILE"]
        else:
            os.environ["FONTCONFIG_FILE"] = before


@contextmanager
def _heard() -> Iterator[list[str]]:
    """Collect what C code writes to stderr; the list is full when the block ends."""
    said: list[str] = []
    with tempfile.TemporaryFile() as file:
        kept = os.dup(2)
        os.dup2(file.fileno(), 2)
        try:
            yield said
        finally:
            os.dup2(kept, 2)
            os.close(kept)
            file.seek(0)
            said += file.read().decode(errors="replace").splitlines()
