"""Numbers, terms and named values, each one off.

In: a value as it stands in a policy. Out: the values that somebody might have written instead.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from praxe.dsl.tree import Duration, Literal

LiteralValue = bool | int | Decimal | datetime.date | str


def others_of(value: LiteralValue) -> Iterator[LiteralValue]:
    """Yield what stands nearest on both sides of a number or date; the other one of yes and no; of a text nothing."""
    match value:
        case bool():
            yield not value
        case int():
            yield value + 1
            yield value - 1
        case Decimal():
            step = Decimal(1).scaleb(min(int(value.as_tuple().exponent), 0))
            yield value + step
            yield value - step
        case datetime.date():
            yield value + datetime.timedelta(days=1)
            yield value - datetime.timedelta(days=1)
        case str():
            return


def literals_beside(literal: Literal) -> Iterator[Literal]:
    """Yield the literal with the values beside its own."""
    for value in others_of(literal.value):
        yield replace(literal, value=value)


def durations_beside(duration: Duration) -> Iterator[Duration]:
    """Yield one unit more, and one less where that is still a term."""
    yield replace(duration, amount=duration.amount + 1)
    if duration.amount > 1:
        yield replace(duration, amount=duration.amount - 1)


def next_of(name: str, names: Sequence[str]) -> str | None:
    """Return the name after `name`, the first one after the last; None if there is no other."""
    if name not in names or len(names) < 2:
        return None
    return names[(names.index(name) + 1) % len(names)]
