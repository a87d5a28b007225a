"""The command `praxe`: one file a command, imported when it is called."""

from __future__ import annotations

import gc

_MADE_BEFORE_A_SEARCH = 50_000  # Python's own 700 has it look through a whole policy time and again, and find nothing


def main() -> None:
    """Run the command line and exit with its code."""
    gc.set_threshold(_MADE_BEFORE_A_SEARCH)  # also before the modules are imported

    from praxe.cli.root import ROOT

    try:
        ROOT.main()
    finally:
        gc.freeze()  # nor is there anything to find at the end, when all goes
