"""How fast the reference walk decides: the rc policy, with all facts known and with some.

Bar: 100,000 decisions/s with full facts, checking of the facts and making of the `Decision` included.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from pathlib import Path

from praxe.engine import Policy

RC = Path(__file__).parents[1] / "policy" / "rc"
ROUNDS = 40  # short ones: the best of them is one in which nothing else ran

# Every fact of the policy, as a CRM would hand them over: three ways through it.
COMMON = {
    "primeira_vez_ou_duvida": False,
    "caso_aberto": True,
    "cliente_da_abertura": True,
    "apoio_necessario": ["n2"],
    "resultado_tratativa": "revertido",
    "contratou_outro_sistema": False,
    "pedido_cliente_rc": "cancelar",
    "motivo_nao_tecnico": "mudanca_concorrente",
}
FULL: tuple[Mapping[str, object], ...] = (
    {**COMMON, "motivo_rc": "tecnico"},
    {**COMMON, "motivo_rc": "nao_tecnico"},
    {**COMMON, "motivo_rc": "tecnico", "cliente_da_abertura": False},
)
PARTIAL: tuple[Mapping[str, object], ...] = (
    {},
    {"motivo_rc": "tecnico"},
    {"primeira_vez_ou_duvida": False, "caso_aberto": True, "motivo_rc": "tecnico"},
)


def per_second(
    work: Callable[[Mapping[str, object]], object], cases: tuple[Mapping[str, object], ...], n: int
) -> float:
    """Return how many times a second `work` is done on one of `cases`, in the best of several rounds."""
    best = 0.0
    for _ in range(ROUNDS):
        start = time.perf_counter()
        for number in range(n):
            work(cases[number % len(cases)])
        best = max(best, n / (time.perf_counter() - start))
    return best


def run() -> list[tuple[str, float, str]]:
    """Return name, value and unit of each measurement."""
    start = time.perf_counter()
    policy = Policy.load(RC)
    loaded = time.perf_counter() - start
    start = time.perf_counter()
    Policy(policy.checked)
    prepared = time.perf_counter() - start
    nodes = sum(len(policy.decide(case).trace) for case in FULL) / len(FULL)
    return [
        ("walk, full facts", per_second(policy.decide, FULL, 2_000), "decisions/s"),
        ("nodes on the path, on average", nodes, "nodes"),
        (
            "walk and JSON, full facts",
            per_second(lambda case: policy.decide(case).to_json(), FULL, 60),
            "decisions/s",
        ),
        ("next question, some facts", per_second(policy.decide, PARTIAL, 12), "questions/s"),
        ("load of the policy (read, check, lower, prepare)", loaded * 1000, "ms"),
        ("lower and prepare", prepared * 1000, "ms"),
    ]


if __name__ == "__main__":
    for name, value, unit in run():
        print(f"{name:<52} {value:>12,.1f} {unit}")
