"""Facts as they come from outside, checked and typed before anything is decided.

In: a mapping from names to values (Python or JSON). Out: `Known`; or a `FactError` that lists every fact that does not
fit the vocabulary, with what to write instead. A name without a value (None) is a fact not yet known.
"""

from __future__ import annotations

import datetime
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import field
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final, assert_never

from praxe.dsl.near import nearest
from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.shown import shown
from praxe.engine.values import Attempts, Known, Value, normal_text, plain_decimal
from praxe.engine.words import lexicon

Accept = Callable[[object], Value | None]

_COLLECTIONS: Final = (list, tuple, set, frozenset)
_MOST_DIGITS: Final = 40
_ISO_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_YES_NO: Final[Mapping[str, bool]] = MappingProxyType(
    {"sim": True, "yes": True, "não": False, "nao": False, "no": False}
)
_TRUTHS: Final[Mapping[object, Value]] = MappingProxyType(dict([(True, True), (False, False), *_YES_NO.items()]))


@record(kw_only=False)
class FactProblem(RecordBase):
    """Why one fact was refused."""

    fact: str
    value: str  # as shown
    kind: str  # a key of words.json, under `fact`
    places: Mapping[str, str] = field(default_factory=dict, hash=False)
    choices: tuple[str, ...] = ()

    def in_language(self, language: str) -> str:
        """Return the reason in words: the fact, the value, and what to write."""
        words = lexicon(language)
        choices = words.listed([f"`{each}`" for each in self.choices], "or")
        return words.say(f"fact.{self.kind}", fact=self.fact, value=self.value, choices=choices, **self.places)


class FactError(ValueError):
    """Facts that do not fit the vocabulary. Nothing was decided."""

    def __init__(self, problems: Sequence[FactProblem], language: str) -> None:
        super().__init__(problems, language)
        self.problems = tuple(problems)
        self.language = language

    def in_language(self, language: str) -> str:
        """Return all the reasons, a line each."""
        return "\n".join(each.in_language(language) for each in self.problems)

    def __str__(self) -> str:
        return self.in_language(self.language)


class _Refused(Exception):  # noqa: N818 - a way out of one value's test, never seen outside this file
    def __init__(self, kind: str, *, choices: tuple[str, ...] = (), **places: str) -> None:
        super().__init__(kind)
        self.kind = kind
        self.choices = choices
        self.places = places


class Intake:
    """Checks facts against one policy's vocabulary; prepared once."""

    def __init__(
        self,
        facts: Mapping[FactName, Fact],
        *,
        derived: Mapping[FactName, tuple[FactName, ...]],
        attempts: Mapping[FactName, int],
    ) -> None:
        """Prepare the tests.

        Args:
            derived: the facts that the policy works out, with those they are worked out from.
            attempts: the facts of retries, with the largest bound of the retries of each.
        """
        self._names = {str(name): name for name in facts}
        self._derived = derived
        self._accept: dict[object, tuple[FactName, Accept]] = {
            name: (name, _retry_answers(attempts[name]) if name in attempts else _accepts(fact))
            for name, fact in facts.items()
        }
        # for the common case, without a call for each fact: the texts and truths that stand for one value
        self._direct: dict[object, Mapping[object, Value]] = {
            name: _TRUTHS for name, fact in facts.items() if fact.type is FactType.YES_NO and name not in attempts
        }
        self._direct |= {
            name: {each.name: each.name for each in fact.values}
            for name, fact in facts.items()
            if fact.type is FactType.ONE_OF
        }

    def check(self, facts: Mapping[Any, object], language: str) -> Known:
        """Return the facts that have a value, typed.

        Raises:
            FactError: some do not fit; it speaks `language`.
        """
        known: Known = {}
        direct, accept = self._direct.get, self._accept
        try:
            for given, value in facts.items():
                values = direct(given)
                kind = type(value)
                if values is not None and (kind is bool or kind is str):  # no other: 1 would pass for True
                    known[given] = values[value]
                elif value is not None:
                    name, read = accept[given]
                    if (answer := read(value)) is not None:
                        known[name] = answer
                elif given not in accept:
                    raise KeyError(given)
        except (_Refused, KeyError, TypeError, AttributeError):
            return self._check_each(facts, language)
        return known

    def _check_each(self, facts: object, language: str) -> Known:
        """Check again, one at a time, to report everything that does not fit."""
        if not isinstance(facts, Mapping):
            raise FactError([FactProblem("", shown(facts), "not_a_mapping")], language)
        known: Known = {}
        problems: list[FactProblem] = []
        for given, value in facts.items():
            text = normal_text(given) if isinstance(given, str) else shown(given)
            try:
                name = self._name(given, text)
                if name in known:
                    raise _Refused("twice")
                if value is not None and (answer := self._accept[name][1](value)) is not None:
                    known[name] = answer
            except _Refused as refused:
                problems.append(FactProblem(text, shown(value), refused.kind, refused.places, refused.choices))
        if problems:
            raise FactError(problems, language)
        return known

    def _name(self, given: object, text: str) -> FactName:
        if isinstance(given, str):
            if text in self._names:
                return self._names[text]
            if text in self._derived:
                sources = ", ".join(f"`{each}`" for each in self._derived[FactName(text)])
                raise _Refused("derived", sources=sources)
            near = nearest(text, self._names)
            if near:
                raise _Refused("unknown_name_near", near=near)
        raise _Refused("unknown_name")


# --- one test for each type of fact ----------------------------------------------------------------------------


def _accepts(fact: Fact) -> Accept:
    match fact.type:
        case FactType.YES_NO:
            return _yes_no
        case FactType.ONE_OF:
            return _one_of(fact)
        case FactType.SET_OF:
            return _set_of(fact)
        case FactType.INTEGER:
            return _integer(fact)
        case FactType.DECIMAL:
            return _decimal(fact)
        case FactType.DATE:
            return _date
        case FactType.TEXT:
            return _text
        case _:
            assert_never(fact.type)


def _yes_no(value: object) -> bool:
    if value is True or value is False:
        return value
    answer = _YES_NO.get(normal_text(value).casefold()) if isinstance(value, str) else None
    if answer is None:
        raise _Refused("yes_no")
    return answer


def _retry_answers(bound: int) -> Accept:
    """Accept one answer for each attempt so far, or the final one."""

    def accept(value: object) -> Attempts | None:
        if not isinstance(value, list | tuple):
            return (True,) if _yes_no(value) else (False,) * bound
        try:
            attempts = tuple(map(_yes_no, value))
        except _Refused:
            raise _Refused("attempts") from None
        if True in attempts[:-1]:
            raise _Refused("attempts_after_success")
        if len(attempts) > bound:
            raise _Refused("too_many_attempts", most=str(bound))
        return attempts or None

    return accept


def _one_of(fact: Fact) -> Accept:
    names = {each.name: each.name for each in fact.values}

    def accept(value: object) -> str:
        name = names.get(value) or names.get(normal_text(value)) if isinstance(value, str) else None
        if name is None:
            near = nearest(value, names) if isinstance(value, str) else None
            if near:
                raise _Refused("one_of_near", choices=tuple(names), near=near)
            raise _Refused("one_of", choices=tuple(names))
        return name

    return accept


def _set_of(fact: Fact) -> Accept:
    member = _one_of(fact)
    declared = frozenset(each.name for each in fact.values)

    def accept(value: object) -> frozenset[str]:
        if not isinstance(value, _COLLECTIONS):
            raise _Refused("set_of", choices=tuple(each.name for each in fact.values))
        try:
            members = frozenset(value)
        except TypeError:  # something in it cannot even be a member of a set
            members = frozenset()
        if members and members <= declared:
            return members
        return frozenset(str(member(each)) for each in value)

    return accept


def _integer(fact: Fact) -> Accept:
    within = _bounds(fact)

    def accept(value: object) -> int:
        if not isinstance(value, int) or isinstance(value, bool):
            raise _Refused("integer")
        if abs(value) >= 10**_MOST_DIGITS:
            raise _Refused("too_long", most=str(_MOST_DIGITS))
        within(value)
        return int(value)

    return accept


def _decimal(fact: Fact) -> Accept:
    within = _bounds(fact)

    def accept(value: object) -> Decimal:
        number = _as_decimal(value)
        if not number.is_finite():
            raise _Refused("decimal")
        _, digits, exponent = number.as_tuple()
        assert isinstance(exponent, int)  # a finite number
        if max(len(digits), len(digits) + exponent, -exponent) > _MOST_DIGITS:
            raise _Refused("too_long", most=str(_MOST_DIGITS))
        within(number)
        return number

    return accept


def _as_decimal(value: object) -> Decimal:
    match value:
        case bool():
            raise _Refused("decimal")
        case Decimal():
            return value
        case int():
            if abs(value) >= 10**_MOST_DIGITS:
                raise _Refused("too_long", most=str(_MOST_DIGITS))
            return Decimal(value)
        case float():  # what JSON readers make of 12.5: its shortest decimal form is what was written
            return Decimal(repr(value)) if math.isfinite(value) else Decimal("NaN")
        case str():
            try:
                return Decimal(value.strip()) if value.isascii() and "_" not in value else Decimal("NaN")
            except InvalidOperation:
                raise _Refused("decimal") from None
        case _:
            raise _Refused("decimal")


def _bounds(fact: Fact) -> Callable[[int | Decimal], None]:
    least, most = fact.minimum, fact.maximum

    def check(number: int | Decimal) -> None:
        if least is not None and number < least:
            raise _Refused("below", least=plain_decimal(least))
        if most is not None and number > most:
            raise _Refused("above", most=plain_decimal(most))

    return check


def _date(value: object) -> datetime.date:
    if isinstance(value, datetime.date) and not isinstance(value, datetime.datetime):
        return value
    if isinstance(value, str) and _ISO_DATE.fullmatch(value.strip()):
        try:
            return datetime.date.fromisoformat(value.strip())
        except ValueError:
            pass
    raise _Refused("date")


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise _Refused("text")
    try:
        value.encode("utf-8")  # halves of characters cannot be written down again
    except UnicodeEncodeError:
        raise _Refused("text") from None
    return normal_text(value)
