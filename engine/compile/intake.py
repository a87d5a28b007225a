"""Facts as they usually come, typed: the plain forms only.

In: a mapping from names to values. Out: the facts, typed as `facts.Intake` types them; or None, where anything is not
plain. Then `Intake` itself has to look, which knows all forms and says what is wrong.
"""

from __future__ import annotations

import datetime
import unicodedata
from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any, Final

from praxe.engine.compile.plan import PlannedFact

_TOO_LONG: Final = 10**40
_TRUTHS: Final = {True: True, False: False}

Read = Callable[[Any], Any]  # returns the value, or None when it is not plain


class PlainIntake:
    """Types the facts of one plan."""

    def __init__(self, facts: Mapping[str, PlannedFact]) -> None:
        self._direct: dict[str, Mapping[Any, Any]] = {}
        self._read: dict[str, Read] = {}
        for name, fact in facts.items():
            if not fact.attempts and fact.type == "yes_no":
                self._direct[name] = _TRUTHS
            elif fact.type == "one_of":
                self._direct[name] = {each: each for each in fact.values}
            else:
                self._read[name] = _reader(fact)

    def typed(self, facts: Any) -> dict[str, Any] | None:
        """Return the facts that have a value, typed, or None."""
        known: dict[str, Any] = {}
        direct, read = self._direct.get, self._read
        try:
            for name, value in facts.items():
                values = direct(name)
                kind = type(value)
                if values is not None:
                    if kind is bool or kind is str:
                        known[name] = values[value]
                    elif value is not None:
                        return None
                else:
                    reader = read[name]
                    if value is not None:
                        answer = reader(value)
                        if answer is None:
                            return None
                        known[name] = answer
        except (KeyError, TypeError, AttributeError):
            return None
        return known


def _reader(fact: PlannedFact) -> Read:
    if fact.attempts:
        return _attempts(fact.attempts)
    match fact.type:
        case "integer" | "decimal":
            return _number(fact)
        case "set_of":
            return _members(frozenset(fact.values))
        case "date":
            return _date
        case _:
            return _text


def _number(fact: PlannedFact) -> Read:
    least, most, is_decimal = fact.minimum, fact.maximum, fact.type == "decimal"

    def read(value: Any) -> Any:
        if type(value) is not int or not -_TOO_LONG < value < _TOO_LONG:
            return None
        if (least is not None and value < least) or (most is not None and value > most):
            return None
        return Decimal(value) if is_decimal else value

    return read


def _members(declared: frozenset[str]) -> Read:
    def read(value: Any) -> Any:
        if type(value) not in {list, tuple, set, frozenset}:
            return None
        members = frozenset(value)
        return members if members <= declared else None

    return read


def _attempts(bound: int) -> Read:
    def read(value: Any) -> Any:
        if type(value) is bool:
            return (True,) if value else (False,) * bound
        if type(value) not in {list, tuple} or not value or len(value) > bound:
            return None
        attempts = tuple(value)
        is_plain = all(type(each) is bool for each in attempts) and True not in attempts[:-1]
        return attempts if is_plain else None

    return read


def _date(value: Any) -> Any:
    return value if type(value) is datetime.date else None


def _text(value: Any) -> Any:
    if type(value) is not str:
        return None
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        return None
    return unicodedata.normalize("NFC", value).strip()
