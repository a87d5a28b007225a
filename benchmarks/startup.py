"""The command line: how long a whole command takes, from start to end of the process."""

from __future__ import annotations

import subprocess
import sys

from benchmarks.text import Row, best_of


def _command(*words: str) -> float:
    def call() -> None:
        subprocess.run([sys.executable, *words], check=True, capture_output=True)

    call()  # the grammar's cache and the compiled modules are there from the second time on
    return best_of(7, call)


def run() -> list[Row]:
    """Measure an empty interpreter, `praxe --help` and `praxe decide` on the policy `rc`."""
    return [
        ("an empty interpreter", _command("-c", "pass"), "s"),
        ("praxe --help", _command("-m", "praxe", "--help"), "s"),
        ("praxe decide policy/rc, full case", _command("-m", "praxe", "decide", "policy/rc", *_CASE), "s"),
    ]


_CASE = [
    word
    for fact in (
        "primeira_vez_ou_duvida=não",
        "caso_aberto=sim",
        "motivo_rc=nao_tecnico",
        "motivo_nao_tecnico=encerramento_empresa",
    )
    for word in ("--fact", fact)
]
