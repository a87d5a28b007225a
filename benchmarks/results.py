"""Keeping figures in `benchmarks/RESULTS.md`: each part between two marks, in the place of the one before."""

from __future__ import annotations

import platform
import re
from pathlib import Path

RESULTS = Path(__file__).parent / "RESULTS.md"


def machine() -> str:
    """Return what the figures were measured on."""
    about = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", about.read_text(encoding="utf-8")) if about.exists() else []
    kind = f"{len(names)} × {names[0]}" if names else platform.machine()
    return f"{kind}, {platform.system()}, {platform.python_implementation()} {platform.python_version()}"


def keep(part: str, text: str) -> None:
    """Put a part into RESULTS.md."""
    start, end = f"<!-- {part} -->\n", f"<!-- /{part} -->\n"
    kept = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    before, _, rest = kept.partition(start)
    after = rest.partition(end)[2] if rest else ""
    RESULTS.write_text(f"{before.rstrip()}\n\n{start}{text}{end}{after}".rstrip() + "\n", encoding="utf-8")
