"""`python -m benchmarks.peers`: check that all agree, time them side by side, print the table; `--write` keeps it."""

from __future__ import annotations

import argparse

from benchmarks.peers.measure import CASES, compare, table
from benchmarks.results import keep, machine

TEXT = """\
## Beside other engines

One cancellation policy (12 facts, 12 outcomes, 40 actions), written for each engine as its documentation recommends
(`benchmarks/peers`), all checked to agree on {cases:,} random cases. One case is one whole decision: outcome and
ordered steps. Processor time, best of rounds that take turns.

`python -m benchmarks.peers --write`, on {machine}:

{table}
"""


def main() -> None:
    """Check, measure, print."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks.peers", description=__doc__)
    arguments.add_argument("--write", action="store_true", help="keep the table in benchmarks/RESULTS.md")
    wanted = arguments.parse_args()
    result = table(*compare())
    print(result)
    if wanted.write:
        keep("peers", TEXT.format(cases=CASES, machine=machine(), table=result))


main()
