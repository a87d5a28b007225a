"""`make bench`: run every benchmark and print one table."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import benchmarks


def main() -> None:
    """Print the figures of all modules here, or of those named on the command line."""
    wanted = sys.argv[1:]
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("__") or (wanted and found.name not in wanted):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        for name, figure, unit in module.run() if hasattr(module, "run") else ():
            print(f"{found.name:10} {name:48} {figure:14,.3f} {unit}")


main()
