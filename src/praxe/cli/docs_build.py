"""Making the documentation that was ordered, and no more of it than has changed.

In: an order. Out: the files in its folder. If nothing that goes into them has changed since the last time, not even the
policy is read.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from praxe.cli.docs_cache import Cache, inputs_key, program_key
from praxe.cli.docs_folder import Folder, Standing
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal

if TYPE_CHECKING:
    from praxe.visualize.drawing import Drawing
    from praxe.visualize.pages.plan import Form, PlannedFile

_FEW: Final = 4  # files that are made before anybody wonders


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What documentation is wanted, and where."""

    policy: Path
    folder: Folder
    form: Form
    language: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was done."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A planned file as it is remembered: name and key."""

    name: str
    key: str


def look(order: Order, terminal: Terminal) -> Standing:
    """Say how the folder stands, without writing into it."""
    cache = Cache.of_user()
    remembered = _remembered(order, cache)
    if remembered is not None:
        return order.folder.standing(remembered)
    return order.folder.standing(_plan(order, cache, terminal))


def build(order: Order, terminal: Terminal) -> Outcome:
    """Make what is not current, and remove what is not wanted any more."""
    cache = Cache.of_user()
    remembered = _remembered(order, cache)
    if remembered is not None:
        found = order.folder.standing(remembered)
        if found.is_current:
            return Outcome(written=(), removed=(), unchanged=found.fresh)
    plan = _plan(order, cache, terminal)
    found = order.folder.standing(plan)
    _refuse(found, order)
    wanted = {*found.stale, *found.missing}
    order.folder.claim(wanted)
    with _shown([each for each in plan if each.name in wanted], terminal) as files:
        for each in files:
            order.folder.write(each.name, each.make())
    order.folder.remove(found.superfluous)
    order.folder.record(plan)
    cache.tidy()
    return Outcome(
        written=tuple(each.name for each in plan if each.name in wanted),
        removed=found.superfluous,
        unchanged=found.fresh,
    )


def _plan(order: Order, cache: Cache, terminal: Terminal) -> tuple[PlannedFile, ...]:
    """Read the policy, and plan its files."""
    from praxe.cli.findings import tell_findings
    from praxe.cli.policies import open_policy
    from praxe.engine.scenarios import load_scenarios
    from praxe.visualize.pages.plan import planned

    key = _inputs(order)
    policy = open_policy(order.policy, terminal)
    loaded = load_scenarios(order.policy, policy)
    tell_findings(loaded.diagnostics, loaded.sources, terminal)
    files = planned(policy, loaded.scenarios, language=order.language, form=order.form, draw=_drawer(cache))
    cache.keep(key, json.dumps([[each.name, each.key] for each in files]).encode())
    return files


def _remembered(order: Order, cache: Cache) -> tuple[Entry, ...] | None:
    """Return the plan that was made from the very same files, if it is kept."""
    kept = cache.kept(_inputs(order))
    return tuple(Entry(name, key) for name, key in json.loads(kept)) if kept is not None else None


def _inputs(order: Order) -> str:
    return inputs_key(order.policy, order.form, order.language)


def _drawer(cache: Cache) -> Callable[[Drawing, bool], bytes]:
    """Return what draws, unless the same has been drawn before by the same program."""
    from praxe.visualize import render
    from praxe.visualize.pages.plan import key_of

    program = program_key()

    def draw(drawing: Drawing, has_font: bool) -> bytes:
        key = key_of(program, repr(has_font), repr(drawing))
        return cache.get(key, lambda: render(drawing, "svg", embed_font=has_font))

    return draw


def _refuse(found: Standing, order: Order) -> None:
    """Leave files alone that we did not make."""
    if found.foreign:
        first = (order.folder.path / found.foreign[0]).as_posix()
        raise Misuse("docs.not_ours", hint="docs.not_ours.hint", path=first, n=len(found.foreign))


@contextmanager
def _shown(files: Sequence[PlannedFile], terminal: Terminal) -> Iterator[Iterator[PlannedFile]]:
    """Yield the files, with a bar on the terminal as they are made."""
    if len(files) < _FEW or not sys.stderr.isatty():
        yield iter(files)
        return
    label = terminal.say("docs.progress")
    with click.progressbar(files, label=label, file=sys.stderr, show_eta=False, show_pos=True) as bar:
        yield iter(bar)
