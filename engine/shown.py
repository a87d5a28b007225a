"""Any value at all as a short text, for messages about it.

In: whatever a caller passed as a fact. Out: at most some eighty characters, on one line; never an error.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from itertools import islice
from typing import Final

_LONGEST: Final = 80
_MOST_BITS: Final = 13_000  # a longer number is described: writing it out may be slow, or refused by Python


def shown(value: object) -> str:
    """Return `value` as one would write it in JSON or YAML, cut short."""
    text = " ".join(_text(value, 2).split())
    plain = text.encode("utf-8", "replace").decode("utf-8")
    return plain if len(plain) <= _LONGEST else f"{plain[: _LONGEST - 1]}…"


def _text(value: object, depth: int) -> str:
    match value:
        case None:
            return "null"
        case bool():
            return "true" if value else "false"
        case int():
            return str(int(value)) if value.bit_length() <= _MOST_BITS else f"{type(value).__name__}…"
        case str():
            return str(value[: _LONGEST + 1])
        case float() | Decimal():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case list() | tuple() | set() | frozenset() if depth:
            items = [_text(each, depth - 1) for each in islice(value, 6)]
            items = sorted(items) if isinstance(value, set | frozenset) else items
            return f"[{', '.join(items[:5])}{', …' if len(items) > 5 else ''}]"
        case _:
            return type(value).__name__
