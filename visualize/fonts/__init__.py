"""The drawing font: its name, the widths of its characters, and how Graphviz is told of it.

In: the files of this folder (README.md says how they are made). Out: what layout and drawing need of them.
"""

from __future__ import annotations

import html
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Literal

__all__ = ["FAMILY", "Face", "widths", "woff2", "write_config"]

FAMILY = "Praxe Inter"
Face = Literal["regular", "bold"]

_HERE = Path(__file__).resolve().parent


@cache
def widths(face: Face) -> Mapping[str, float]:
    """Return the advance width of each character of `face`, in ems; a character outside the subset has none."""
    faces: dict[str, dict[str, float]] = json.loads((_HERE / "widths.json").read_text(encoding="utf-8"))
    return MappingProxyType(faces[face])


def woff2(face: Face) -> bytes:
    """Return the WOFF2 file of `face`, for an SVG file that stands alone."""
    return (_HERE / f"PraxeInter-{face.capitalize()}.woff2").read_bytes()


def write_config(folder: Path) -> Path:
    """Write the fontconfig file into `folder` and return its path, for FONTCONFIG_FILE before the first drawing.

    It cannot be a file of the package: the fontconfig inside pygraphviz 2.0 does not know `<dir prefix="relative">`,
    takes `.` for the current directory, and would scan (and leave a `.uuid` file in) every folder below it.
    """
    template = (_HERE / "fonts.conf.xml").read_text(encoding="utf-8")
    path = folder / "praxe-fonts.conf"
    path.write_text(template.replace("{folder}", html.escape(_HERE.as_posix())), encoding="utf-8")
    return path
