"""`praxe docs --watch`: the pages follow the policy as it is written.

In: an order, and a way to pause. Out: the pages made anew whenever a file of the policy has changed. A policy with
mistakes is told of, and the last good pages stay.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import click

from praxe.cli.docs import tell_outcome
from praxe.cli.docs_build import Order, build
from praxe.cli.terminal import Terminal

_PAUSE: Final = 0.4  # seconds between two looks

Seen = Mapping[str, tuple[int, int]]  # path -> time of the last change, size


def watch(order: Order, terminal: Terminal, *, pause: Callable[[float], None] = time.sleep) -> int:
    """Make the pages, and again at every change, until whoever started it stops it."""
    terminal.note(terminal.say("docs.watching", path=order.policy.as_posix()))
    seen: Seen | None = None
    try:
        while True:
            now = stand(order.policy)
            if now != seen:
                seen = now
                _build(order, terminal)
            pause(_PAUSE)
    except KeyboardInterrupt:
        terminal.note()
        return 0


def stand(folder: Path) -> Seen:
    """Return how the files of a policy stand; one that vanishes meanwhile is not there."""
    found: dict[str, tuple[int, int]] = {}
    for path in sorted(folder.rglob("*")):
        if path.suffix in {".praxe", ".yaml"}:
            try:
                status = path.stat()
            except FileNotFoundError:
                continue
            found[path.as_posix()] = (status.st_mtime_ns, status.st_size)
    return found


def _build(order: Order, terminal: Terminal) -> None:
    from praxe.cli.troubles import tell

    try:
        tell_outcome(build(order, terminal), order, terminal)
    except click.exceptions.Exit:  # the policy's mistakes are told already
        terminal.note(terminal.say("docs.kept"))
    except Exception as error:
        tell(error, terminal)
        terminal.note(terminal.say("docs.kept"))
