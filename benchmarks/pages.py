"""Documentation: all pages and charts of both policies, from nothing and with nothing changed, in CPU seconds."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.text import Row

ROOT = Path(__file__).parents[1]
POLICIES = ("rc", "promad")


def run() -> list[Row]:
    """Make the pages of both policies as Markdown and as a site, in processes of their own, as a person does."""
    rows: list[Row] = []
    for name, options in (("Markdown", ()), ("site", ("--html",))):
        with tempfile.TemporaryDirectory() as folder:
            rows.append((f"both policies as {name}, from nothing", _made(Path(folder), options), "s of CPU"))
            again = min(_made(Path(folder), options) for _ in range(3))
            rows.append((f"both policies as {name}, nothing changed", again, "s of CPU"))
    return rows


def _made(folder: Path, options: tuple[str, ...]) -> float:
    before = _spent()
    environment = {**os.environ, "XDG_CACHE_HOME": str(folder / "cache")}
    (folder / "cache").mkdir(exist_ok=True)
    for policy in POLICIES:
        words = ["docs", f"policy/{policy}", "-o", str(folder / policy), *options]
        command = [sys.executable, "-m", "praxe", *words]
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT, env=environment)
    return _spent() - before


def _spent() -> float:
    """Return the CPU time that all processes started so far have taken."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
