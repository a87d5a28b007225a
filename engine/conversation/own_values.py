"""Values that a vocabulary has for not knowing and for not saying.

In: a fact. Out: the name of its own value for "I do not know" or "I would rather not say", None if it has none. A
policy that declares such a value says itself what follows from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.conversation.turns import TurnKind

NAMES: Final[Mapping[TurnKind, tuple[str, ...]]] = MappingProxyType(
    {
        TurnKind.UNKNOWN: ("nao_sabe", "nao_sei", "does_not_know", "unknown"),
        TurnKind.WITHHELD: ("nao_quer_dizer", "prefere_nao_dizer", "rather_not_say", "withheld"),
    }
)


def own_value(fact: Fact, kind: TurnKind) -> str | None:
    """Return the value that a one-of fact has for being left aside in this way."""
    if fact.type is not FactType.ONE_OF:
        return None
    return next((each.name for each in fact.values if each.name in NAMES.get(kind, ())), None)
