"""`python -m benchmarks.peers`: check that all agree, time them side by side, print the table; `--write` keeps it."""

from __future__ import annotations

import argparse
import platform
import re
from pathlib import Path

from benchmarks.peers.measure import CASES, compare, table

RESULTS = Path(__file__).parents[1] / "RESULTS.md"
TEXT = """\
## Beside other engines

One cancellation policy (12 facts, 12 outcomes, 40 actions), written for each engine as its documentation recommends
(`benchmarks/peers`), all checked to agree on {cases:,} random cases. One case is one whole decision: outcome and
ordered steps. Processor time, best of rounds that take turns.

`python -m benchmarks.peers --write`, on {machine}:

{table}
"""


def machine() -> str:
    """Return what the figures were measured on."""
    about = Path("/proc/cpuinfo")
    names = re.findall(r"model name\s*: (.*)", about.read_text(encoding="utf-8")) if about.exists() else []
    kind = f"{len(names)} × {names[0]}" if names else platform.machine()
    return f"{kind}, {platform.system()}, {platform.python_implementation()} {platform.python_version()}"


def write(text: str) -> None:
    """Put the table into RESULTS.md, in the place of the one before."""
    start, end = "<!-- peers -->\n", "<!-- /peers -->\n"
    kept = RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else "# Results\n"
    before, _, rest = kept.partition(start)
    after = rest.partition(end)[2]
    RESULTS.write_text(f"{before.rstrip()}\n\n{start}{text}{end}{after}".rstrip() + "\n", encoding="utf-8")


def main() -> None:
    """Check, measure, print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    arguments.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    wanted = arguments.parse_args()
    result = table(*compare())
    print(result)
    if wanted.write:
        write(TEXT.format(cases=CASES, machine=machine(), table=result))


main()
