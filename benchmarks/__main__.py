"""`make bench`: run every benchmark and print one table; `--write` keeps the figures in RESULTS.md."""

from __future__ import annotations

import argparse
import importlib
import pkgutil

import benchmarks
from benchmarks.results import keep, machine


def main() -> None:
    """Print the figures of all modules here, or of those named on the command line."""
    arguments = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    arguments.add_argument("modules", nargs="*", help="only these, for example: compiled large")
    arguments.add_argument("--write", action="store_true", help="keep the figures in benchmarks/RESULTS.md")
    wanted = arguments.parse_args()
    for found in pkgutil.iter_modules(benchmarks.__path__):
        if found.name.startswith("__") or (wanted.modules and found.name not in wanted.modules):
            continue
        module = importlib.import_module(f"benchmarks.{found.name}")
        rows: list[tuple[str, float, str]] = []
        for name, figure, unit in module.run() if hasattr(module, "run") else ():
            print(f"{found.name:10} {name:62} {figure:14,.3f} {unit}", flush=True)
            rows.append((name, figure, unit))
        if rows and wanted.write:
            about = f"## {found.name.capitalize()}\n\n`python -m benchmarks {found.name} --write`, on {machine()}:\n\n"
            lines = [f"| {name} | {figure:,.3f} | {unit} |\n" for name, figure, unit in rows]
            keep(found.name, f"{about}| what | figure | unit |\n|---|---:|---|\n{''.join(lines)}")


main()
