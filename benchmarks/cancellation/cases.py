"""Random cases of the cancellation policy: always the same for the same seed."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any

from praxe.engine import Policy

FOLDER = Path(__file__).parent
CHANNELS = ("telefone", "chat", "email", "portal")
ASKERS = ("titular", "titular", "titular", "socio", "socio", "procurador", "procurador", "terceiro", "terceiro")
REASONS = ("preco", "tecnico", "mudanca", "encerramento", "outro")
PLANS = ("basico", "pro", "empresa")
SERVICES = ("email", "site", "dominio")


def policy() -> Policy:
    """Read the policy."""
    return Policy.load(FOLDER)


def draw(count: int, seed: int = 7, *, share: float = 1.0) -> list[dict[str, Any]]:
    """Return typed facts of so many cases; `share` is the probability of each fact to be known."""
    chance = random.Random(seed)
    cases = [_case(chance) for _ in range(count)]
    if share < 1:
        cases = [{name: value for name, value in case.items() if chance.random() < share} for case in cases]
    return cases


def _case(chance: random.Random) -> dict[str, Any]:
    return {
        "canal": chance.choice(CHANNELS),
        "solicitante": chance.choice(ASKERS),
        "motivo": chance.choice(REASONS),
        "plano": chance.choice(PLANS),
        "meses_de_casa": chance.randint(0, 60),
        "dias_atraso": chance.choice((0, 0, chance.randint(1, 15), chance.randint(16, 90), chance.randint(91, 200))),
        "valor_devido": chance.choice((0, chance.randint(1, 500), chance.randint(501, 4_000))),
        "confirmou": chance.random() < 0.6,
        "aceita_oferta": chance.random() < 0.45,
        "tem_fidelidade": chance.random() < 0.5,
        "servicos": frozenset(each for each in SERVICES if chance.random() < 0.5),
        "chamados_abertos": chance.randint(0, 6),
    }
