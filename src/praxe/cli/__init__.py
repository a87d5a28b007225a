"""The command `praxe`: one file a command, imported when it is called."""

from __future__ import annotations


def main() -> None:
    """Run the command line and exit with its code."""
    from praxe.cli.root import ROOT

    ROOT.main()
