"""What `praxe check` found in a policy, kept until a text of it changes.

In: the texts of a policy and its scenarios. Out: what was found in those very texts, or None if it is not kept; then
they are checked as if there were no cache. It is plain JSON in the user's own cache folder, and only for these very
modules of Praxe and of the libraries it asks.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from praxe.cli.grammar_cache import cache_folder, write_kept
from praxe.cli.makers import makers_mark

MOST_KEPT: Final = 48
_CHECK, _CALENDAR = ".check.json", ".calendar.json"


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
    written = json.dumps([makers_mark(), *told])
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
    try:
        written = json.dumps(record, separators=(",", ":")).encode("ascii")
        write_kept(str(place), _digest(written) + b"\n" + written)
        for old in _oldest(place):
            old.unlink(missing_ok=True)
    except OSError:
        pass


def _digest(written: bytes) -> bytes:
    return hashlib.sha256(written).hexdigest().encode("ascii")


def _oldest(place: Path) -> list[Path]:
    """Return what of the same kind is kept beyond the latest written."""
    files = sorted(
        place.parent.glob(f"*{''.join(place.suffixes)}"), key=lambda file: (-file.stat().st_mtime_ns, file.name)
    )
    return files[MOST_KEPT:]
