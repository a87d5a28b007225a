"""Values of facts while a policy is walked, and how they are written in JSON.

In: values checked by `facts`. Out: plain Python values, each of one type for each type of fact.
"""

from __future__ import annotations

import datetime
import unicodedata
from decimal import Context, Decimal
from typing import Any, assert_never

from praxe.dsl.tree import Duration, FactName
from praxe.dsl.vocabulary import Fact
from praxe.engine import today

Attempts = tuple[bool, ...]  # what came of each attempt of a retry so far
Value = bool | int | Decimal | datetime.date | str | frozenset[str] | Attempts | Duration
Known = dict[FactName, Value | None]  # what is known: facts, derived facts once computed (None: not yet), TODAY
Json = Any  # what `json` reads and writes; it goes no further than `to_json`

TODAY = FactName(today.TODAY)


def normal_text(text: str) -> str:
    """Return `text` as it is compared: NFC, without spaces around it."""
    return unicodedata.normalize("NFC", text).strip()


def add_exactly(left: int | Decimal, right: int | Decimal, *, subtract: bool) -> int | Decimal:
    """Return the sum or difference, with as many digits as it takes."""
    if isinstance(left, int) and isinstance(right, int):
        return left - right if subtract else left + right
    a, b = Decimal(left), Decimal(right)
    highest = max(a.adjusted(), b.adjusted())
    lowest = min(_exponent(a), _exponent(b))
    context = Context(prec=highest - lowest + 3)
    return context.subtract(a, b) if subtract else context.add(a, b)


def _exponent(number: Decimal) -> int:
    exponent = number.as_tuple().exponent
    assert isinstance(exponent, int)  # INVARIANT: no infinity and no NaN is ever a fact's value
    return min(exponent, 0)


def plain_decimal(number: Decimal) -> str:
    """Return a decimal as people write it: no exponent, no zeros at the end (`12.50` is `12.5`)."""
    text = format(number, "f")
    plain = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if plain in {"-0", ""} else plain


def json_value(value: Value, fact: Fact | None = None) -> Json:
    """Return `value` as JSON writes it; a set in the order in which `fact` declares its values."""
    match value:
        case bool() | int() | str():
            return value
        case Decimal():
            return plain_decimal(value)
        case datetime.date():
            return value.isoformat()
        case frozenset():
            return in_declared_order(value, fact)
        case tuple():
            return list(value)
        case Duration():
            return f"{value.amount} {value.unit.value}"
        case _:
            assert_never(value)


def in_declared_order(members: frozenset[str], fact: Fact | None) -> list[str]:
    """Return the members of a set in the order in which the vocabulary lists them."""
    declared = {each.name: place for place, each in enumerate(fact.values)} if fact else {}
    return sorted(members, key=lambda name: (declared.get(name, len(declared)), name))
