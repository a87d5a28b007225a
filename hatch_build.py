"""Build hook: on an editable install, link the rooms into `src/praxe/`, so that `praxe.dsl` is `dsl/`.

In: the kind of build. Out: git-ignored links `src/praxe/dsl -> ../../dsl` and so on; a wheel needs none of
them, because `pyproject.toml` maps the folders.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOMS = ("dsl", "engine", "policy", "visualize")


class LinkRooms(BuildHookInterface[Any]):
    """Makes the links before an editable install writes its path file."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Link every room; `version` is "editable" for `pip install -e`."""
        if version == "editable":
            root = Path(self.root)
            for room in ROOMS:
                _link(root / "src" / "praxe" / room, root / room)


def _link(link: Path, room: Path) -> None:
    """Make `link` lead to `room`, replacing a link that leads elsewhere."""
    if link.exists() and link.resolve() == room.resolve():
        return
    if link.is_dir() and not link.is_symlink():
        raise RuntimeError(f"{link} must be a link to {room}: delete the folder and install again")
    link.unlink(missing_ok=True)
    try:
        link.symlink_to(Path("..", "..", room.name), target_is_directory=True)
    except OSError:
        if sys.platform != "win32":
            raise
        # Windows allows symbolic links in developer mode only, junctions always.
        subprocess.run(["cmd", "/c", "mklink", "/J", str(link), str(room)], check=True, capture_output=True)
