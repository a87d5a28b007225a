"""A fact's value as a reader of the policy would say it: `Motivo técnico`, `15 dias`, `não, não`.

In: a fact and its value as JSON has it. Out: words in one language.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import assert_never

from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.words import Lexicon, lexicon

Json = object


def value_text(fact: Fact, value: Json, language: str) -> str:
    """Return the value in words."""
    words = lexicon(language)
    if isinstance(value, list) and fact.type is not FactType.SET_OF:  # one answer for each attempt
        return words.listed([_single(fact, each, words) for each in value], "and")
    return _single(fact, value, words)


def _single(fact: Fact, value: Json, words: Lexicon) -> str:
    match fact.type:
        case FactType.YES_NO:
            return words.yes_no(bool(value))
        case FactType.ONE_OF:
            return fact.value_label(str(value), words.language)
        case FactType.SET_OF:
            names = value if isinstance(value, list) else []
            return words.listed([fact.value_label(str(each), words.language) for each in names], "and")
        case FactType.INTEGER | FactType.DECIMAL:
            number = words.number(Decimal(str(value)))
            return f"{number} {fact.unit.in_language(words.language)}" if fact.unit else number
        case FactType.DATE:
            return words.date(datetime.date.fromisoformat(str(value)))
        case FactType.TEXT:
            return f"“{value}”"
        case _:
            assert_never(fact.type)
