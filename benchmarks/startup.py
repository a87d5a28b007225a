"""The command line: how much processor time a whole command takes, from start to end of the process.

As it is for who has installed it: the modules are compiled, and the policy is kept from an earlier call.
"""

from __future__ import annotations

import resource
import subprocess
import sys
from collections.abc import Mapping

from benchmarks.installed import environment
from benchmarks.text import Row

RUNS = 15


def _command(installed: Mapping[str, str], *words: str) -> float:
    """Return the least time of some runs, in seconds."""
    best = float("inf")
    for _ in range(1 + RUNS):  # what is kept between two calls is there from the second on
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run([sys.executable, *words], check=True, capture_output=True, env=installed)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        best = min(best, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return best


def run() -> list[Row]:
    """Measure an empty interpreter, `praxe --help` and `praxe decide` on the policy `rc`."""
    with environment() as installed:
        return [
            ("an empty interpreter", _command(installed, "-c", "pass"), "s"),
            ("praxe --help", _command(installed, "-m", "praxe", "--help"), "s"),
            ("praxe decide policy/rc, full case", _command(installed, *_DECIDE), "s"),
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
