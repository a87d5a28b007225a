"""The options that say what `praxe prove` writes of the cases it shows.

In: the options. Out: `CaseFiles`.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from praxe.cli.options import PATH

Result = TypeVar("Result")

_OPTIONS: Final = (click.option("--chart", type=PATH), click.option("--save", type=PATH))


@dataclass(frozen=True, kw_only=True)
class CaseFiles:
    """Where the cases go."""

    chart: Path | None  # a folder: their ways on the flowcharts
    save: Path | None  # a file: scenarios


def case_files(function: Callable[..., Result]) -> Callable[..., Result]:
    """Add `--chart` and `--save`; the function takes them together, as `files`."""

    @functools.wraps(function)
    def with_files(*args: Any, chart: Path | None, save: Path | None, **others: Any) -> Result:
        return function(*args, files=CaseFiles(chart=chart, save=save), **others)

    made: Callable[..., Result] = with_files
    for option in reversed(_OPTIONS):
        made = option(made)
    return made
