"""`python -m praxe`: the same as the command `praxe`."""

from __future__ import annotations

from praxe.cli import main

if __name__ == "__main__":
    main()
