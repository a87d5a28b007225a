"""The options that say what `praxe draw` is to make.

In: the options. Out: `Wanted`, and the format that the name of a file tells.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from praxe.cli.files import STDIN
from praxe.cli.options import Misuse, OneOf
from praxe.visualize import FORMATS, Format, Level, PaperSize

Result = TypeVar("Result")

ALL: Final = "all"
_LEVEL: Final = OneOf(
    *(each.value for each in Level), ALL, resumo="summary", procedimento="procedure", expandido="expanded", tudo=ALL
)
_OPTIONS: Final = (
    click.option("-o", "--output"),
    click.option("--format", "form", type=OneOf(*FORMATS)),
    click.option("--level", type=_LEVEL),
    click.option("--paper", type=OneOf(*(each.value for each in PaperSize))),
)


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is to be drawn, and where."""

    output: str | None
    form: Format
    is_folder: bool
    level: str | None  # the value of a `Level`, or ALL
    paper: PaperSize | None


def drawing_options(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add `--output`, `--format`, `--level` and `--paper`; the function takes them together, as `wanted`."""

    @functools.wraps(function)
    def with_wanted(
        *args: Any, output: str | None, form: Format | None, level: str | None, paper: str | None, **others: Any
    ) -> Result:
        return function(*args, wanted=_wanted(output, form, level, paper), **others)

    made: Callable[..., Result] = with_wanted
    for option in reversed(_OPTIONS):
        made = option(made)
    return made


def levels_of(wanted: Wanted, *, alone: bool) -> tuple[Level, ...]:
    """Return the levels that a folder gets: by default the summary and all procedures, or just the one asked for."""
    if wanted.level == ALL:
        return tuple(Level)
    if wanted.level is not None:
        return (Level(wanted.level),)
    return (Level.PROCEDURE,) if alone else (Level.SUMMARY, Level.PROCEDURE)


def _wanted(output: str | None, form: Format | None, level: str | None, paper: str | None) -> Wanted:
    is_folder = paper is None and output is not None and (output.endswith(("/", "\\")) or Path(output).is_dir())
    if level == ALL and output is not None and not is_folder:
        raise Misuse("misuse.level_all", option="--level")
    if paper is not None and (level is not None or form not in {None, "pdf"}):
        raise Misuse("misuse.paper", option="--paper")
    if paper is not None and output is not None and Path(output).suffix.lower() != ".pdf" and output != STDIN:
        raise Misuse("misuse.paper_name", path=output)
    if form is not None and not is_folder and output is not None and _named(output) not in {None, form}:
        raise Misuse("misuse.format_name", hint="misuse.format_name.hint", path=output, form=form)
    chosen: Format = "pdf" if paper else form or ("svg" if is_folder or output is None else _format_of(output))
    size = PaperSize(paper) if paper else None
    return Wanted(output=output, form=chosen, is_folder=is_folder, level=level, paper=size)


def _format_of(output: str) -> Format:
    named = _named(output)
    if named is None:
        raise Misuse("misuse.format", hint="misuse.format.hint", path=output)
    return named


def _named(output: str) -> Format | None:
    """Return the format that the name of a file tells, if any."""
    suffix = Path(output).suffix.lower().removeprefix(".")
    return next((known for known in FORMATS if suffix == known), None)
