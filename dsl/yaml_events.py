"""Where PyYAML's events stand: its marks count from 0 and may be missing; ours count from 1 and are always there."""

from __future__ import annotations

from typing import Protocol

import yaml

Place = tuple[int, int]  # line and column, from 1, in code points


class _Mark(Protocol):
    @property
    def line(self) -> int: ...

    @property
    def column(self) -> int: ...


def place_of(mark: _Mark | None) -> Place:
    """Return the place of a mark; the parsers leave none out where we ask for one."""
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def start_of(event: yaml.Event) -> Place:
    """Return where an event begins."""
    return place_of(event.start_mark)


def end_of(event: yaml.Event) -> Place:
    """Return where an event ends, exclusive; for a block, that is where the next thing begins."""
    return place_of(event.end_mark)
