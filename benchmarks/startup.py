"""The command line: how much processor time a whole command takes, from start to end of the process.

As it is for who has installed it: the modules are compiled, and the policy is kept from an earlier call; but for an
edit, which changes one text between two calls, and a new machine, where nothing is kept.
"""

from __future__ import annotations

import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from itertools import count
from pathlib import Path

from benchmarks.installed import environment
from benchmarks.text import Row

RUNS = 15


def _command(installed: Mapping[str, str], *words: str, before: Callable[[], object] = lambda: None) -> float:
    """Return the least time of some runs, in seconds; `before` is done before each."""
    best = float("inf")
    for _ in range(1 + RUNS):  # what is kept between two calls is there from the second on
        before()
        start = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], check=True, capture_output=True, env=installed)
        end = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, end.ru_utime + end.ru_stime - start.ru_utime - start.ru_stime)
    return best


def _checked(installed: Mapping[str, str]) -> list[Row]:
    """Measure `praxe check` on a copy of the policy `promad`, with a cache folder of its own."""
    with tempfile.TemporaryDirectory() as place:
        policy, home = Path(place) / "promad", Path(place) / "cache"
        shutil.copytree("policy/promad", policy)
        own = {**installed, "XDG_CACHE_HOME": str(home)}
        file = policy / "terceiro.praxe"
        text, number = file.read_text("utf-8"), count(time.time_ns())

        def edit() -> None:
            head, _, rest = text.partition("\n  ")
            file.write_text(f'{head}\n  nota "{next(number)}"\n  {rest}', "utf-8")

        def forget() -> None:
            shutil.rmtree(home, ignore_errors=True)

        words = ("-m", "praxe", "check", str(policy))
        return [
            ("praxe check promad, nothing changed", _command(own, *words), "s"),
            ("praxe check promad, after an edit", _command(own, *words, before=edit), "s"),
            ("praxe check promad, nothing kept", _command(own, *words, before=forget), "s"),
        ]


def run() -> list[Row]:
    """Measure an empty interpreter, `praxe --help`, `praxe decide` on the policy `rc`, `praxe check` on `promad`."""
    with environment() as installed:
        return [
            ("an empty interpreter", _command(installed, "-c", "pass"), "s"),
            ("praxe --help", _command(installed, "-m", "praxe", "--help"), "s"),
            ("praxe decide policy/rc, full case", _command(installed, *_DECIDE), "s"),
            *_checked(installed),
        ]


_DECIDE = ["-m", "praxe", "decide", "policy/rc"] + [
    word
    for fact in (
        "primeira_vez_ou_duvida=não",
        "caso_aberto=sim",
        "motivo_rc=nao_tecnico",
        "motivo_nao_tecnico=encerramento_empresa",
    )
    for word in ("--fact", fact)
]
