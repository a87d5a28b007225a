"""What `praxe check` found in a policy, kept until a text of it changes.

In: the texts of a policy and its scenarios. Out: what was found in those very texts, or None if it is not kept; then
they are checked as if there were no cache. It is plain JSON in the user's own cache folder, and only for these very
modules of Praxe and of the libraries it asks.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Final

from praxe import __version__
from praxe.cli.grammar_cache import cache_folder

MOST_KEPT: Final = 48
_CHECK, _CALENDAR = ".check.json", ".calendar.json"
_ROOMS: Final = ("praxe.dsl", "praxe.engine", "praxe.cli")
_LIBRARIES: Final = ("holidays", "lark", "networkx", "yaml")


def place_of(folder: str, digest: str, scenarios: Mapping[str, str], language: str) -> Path | None:
    """Return where the findings about these texts are kept; None where nothing can be.

    Args:
        folder: as it was given, as the findings name it.
        digest: of the policy's texts.
        scenarios: their texts by path.
        language: of the findings.
    """
    home = cache_folder()
    if home is None:
        return None
    return home / _name(_CHECK, [folder, digest, sorted(scenarios.items()), language])


def place_of_calendar(manifest: str) -> Path | None:
    """Return where it is kept that a manifest's calendar is right: to ask takes a tenth of a second."""
    home = cache_folder()
    return home / _name(_CALENDAR, [manifest]) if home else None


def _name(suffix: str, told: list[object]) -> str:
    written = json.dumps([__version__, list(_makers()), *told])
    return hashlib.sha256(written.encode("ascii")).hexdigest()[:32] + suffix


def kept(place: Path) -> Mapping[str, Any] | None:
    """Return what is kept in a place; None if nothing is, or if it is not as it was written."""
    try:
        digest, _, written = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    if digest != _digest(written):
        return None
    record: Mapping[str, Any] = json.loads(written)
    return record


def keep(place: Path, record: Mapping[str, Any]) -> None:
    """Keep what was found; where that is not possible, it is simply not kept."""
    from praxe.cli.files import write_whole

    try:
        written = json.dumps(record, separators=(",", ":")).encode("ascii")
        write_whole(place, _digest(written) + b"\n" + written)
        for old in _oldest(place):
            old.unlink(missing_ok=True)
    except OSError:
        pass


def _digest(written: bytes) -> bytes:
    return hashlib.sha256(written).hexdigest().encode("ascii")


def _makers() -> Iterator[tuple[str, int, int]]:
    """Yield what tells one state of the modules that take part from another."""
    for name in _ROOMS:
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            yield from sorted(_files_below(place))
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec and spec.origin:
            status = os.stat(spec.origin)  # noqa: PTH116 - a string, of which a path is made for nothing
            yield name, status.st_mtime_ns, status.st_size


def _files_below(folder: str) -> Iterable[tuple[str, int, int]]:
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for each in entries:
                if each.is_dir():
                    if each.name != "__pycache__":
                        waiting.append(each.path)
                elif not each.name.startswith("."):
                    status = each.stat()
                    yield each.path, status.st_mtime_ns, status.st_size


def _oldest(place: Path) -> list[Path]:
    """Return what of the same kind is kept beyond the latest written."""
    files = sorted(
        place.parent.glob(f"*{''.join(place.suffixes)}"), key=lambda file: (-file.stat().st_mtime_ns, file.name)
    )
    return files[MOST_KEPT:]
