"""Values of the language as plain JSON that is read back fast: what is kept of one file between two calls.

In: a tree, words, findings, or tuples and mappings of them. Out: a document of lists, texts and numbers; and the same
value from it. Only the classes named here are made, so nothing that stands in such a document is ever run.

All objects of one class stand together, a column for each field, and are filled a column at a time:
`["FactRef", 2, [["v", ["canal", "vip"]], ["o", [7, 8]]]]`. A column holds plain values (`v`), numbers in the table of
all objects (`o`), tuples of such numbers (`t`: how many each, and all of them) or one plain value throughout (`s`).
After the objects of these classes the table goes on with what is no record: a number, a date, a choice, a tuple, a
mapping, a set, each after those it holds. The last is the value itself.
"""

from __future__ import annotations

import datetime
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from itertools import islice, repeat
from operator import attrgetter
from types import MappingProxyType, ModuleType
from typing import Any, Final

from praxe.dsl import diagnostics, expression_tree, source, tree, vocabulary, yaml_nodes

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

_PLAIN: Final = frozenset({type(None), bool, int, str})
_TEXTS: Final = frozenset({str})
_TOLD_BY_THEIR_TEXT: Final = (*_PLAIN, Decimal, datetime.date, Enum)
_WRONG: Final = (KeyError, TypeError, IndexError, ValueError, AttributeError, ArithmeticError, RecursionError)


def pack(value: object) -> Json:
    """Return a value as JSON.

    Raises:
        TypeError: it holds something of no class of the language.
    """
    return _Packing(value).document()


def unpack(document: Any) -> Any:
    """Return the value that `pack` made the document of.

    Raises:
        ValueError: it is no such document.
    """
    try:
        return _unpacked(document)
    except _WRONG as error:
        raise ValueError(f"no packed value: {error!r}") from None


# --- writing -----------------------------------------------------------------------------------------------------


class _Packing:
    """One document being written."""

    def __init__(self, value: object) -> None:
        self._value = value
        self._numbers: dict[int, int] = {}  # of each record by identity: the whole value holds them all meanwhile
        self._known: dict[object, int] = {}  # of what is no record, where it can be told by what it is
        self._others: list[Json] = []

    def document(self) -> Json:
        found = _records_in(self._value)
        for each in (one for rows in found.values() for one in rows):
            self._numbers[each] = len(self._numbers)
        classes: list[Json] = []
        for kind, rows in found.items():
            columns = [self._column(column) for column in zip(*rows.values(), strict=True)]
            classes.append([kind.__name__, len(rows), columns])
        return {"classes": classes, "others": self._others, "whole": self._number(self._value)}

    def _column(self, values: tuple[Any, ...]) -> Json:
        kinds = set(map(type, values))
        if kinds <= _PLAIN:
            if len(kinds) == 1 and len(set(values)) == 1:
                return ["s", values[0]]
            return ["v", list(values)]
        if kinds == {tuple}:
            parts = [part for each in values for part in each]
            return ["t", list(map(len, values)), self._numbered(parts)]
        return ["o", self._numbered(values)]

    def _numbered(self, values: Iterable[object]) -> list[Json]:
        numbers = self._numbers
        return [numbers[id(each)] if id(each) in numbers else self._number(each) for each in values]

    def _number(self, value: object) -> int:
        known = self._numbers.get(id(value))
        if known is not None:
            return known
        by_what_it_is = (type(value), repr(value)) if isinstance(value, _TOLD_BY_THEIR_TEXT) else None  # 1.0 is not 1
        known = self._known.get(by_what_it_is) if by_what_it_is else None
        if known is not None:
            return known
        written = self._other(value)  # those it holds come first
        number = len(self._numbers) + len(self._others)
        self._others.append(written)
        if by_what_it_is:
            self._known[by_what_it_is] = number
        return number

    def _other(self, value: object) -> Json:
        match value:
            case tuple():
                return ["tuple", *(self._number(each) for each in value)]
            case dict() | Mapping() if {*map(type, value), *map(type, value.values())} <= _TEXTS:
                return ["words", dict(value)]
            case dict() | Mapping():
                return ["map", list(value), [self._number(each) for each in value.values()]]
            case frozenset():
                return ["set", *sorted(value)]
            case Enum():
                return [type(value).__name__, value.name]
            case None | bool() | int() | str():
                return ["plain", value]
            case Decimal():
                return ["decimal", str(value)]
            case datetime.date():
                return ["date", value.isoformat()]
            case _:
                raise TypeError(f"nothing of the language: {type(value).__name__}")


def _records_in(value: object) -> dict[type[Any], dict[int, tuple[Any, ...]]]:
    """Return the fields of each record that a value holds, at any depth, by class and identity."""
    found: dict[type[Any], dict[int, tuple[Any, ...]]] = {}
    getters = _getters()
    stack = [value]
    while stack:
        part = stack.pop()
        kind = type(part)
        if kind in _PLAIN:
            continue
        if kind in getters:
            rows = found.setdefault(kind, {})
            if id(part) not in rows:
                row = rows[id(part)] = getters[kind](part)
                stack += row
        elif isinstance(part, tuple):
            stack += part
        elif isinstance(part, Mapping):
            stack += part.values()
    return found


# --- reading -----------------------------------------------------------------------------------------------------


def _unpacked(document: Mapping[str, Any]) -> Any:
    makers = _makers()
    table: list[Any] = []
    filled: list[tuple[type[Any], int, Sequence[Any]]] = []
    for name, count, columns in document["classes"]:
        kind = makers[name]
        filled.append((kind, len(table), columns))
        table += map(object.__new__, repeat(kind, count))
    for kind_of, *written in document["others"]:
        table.append(_made(kind_of, written, table))
    for (kind, start, columns), (_, count, _) in zip(filled, document["classes"], strict=True):
        objects = table[start : start + count]
        for put, column in zip(_setters()[kind], columns, strict=True):
            deque(map(put, objects, _values(column, table, count)), maxlen=0)
    return table[document["whole"]]


def _values(column: Sequence[Any], table: Sequence[Any], count: int) -> Iterable[Any]:
    match column:
        case ["s", value]:
            return repeat(value, count)
        case ["v", values] if len(values) == count:
            return list(values)
        case ["o", numbers] if len(numbers) == count:
            return map(table.__getitem__, numbers)
        case ["t", lengths, numbers] if len(lengths) == count:
            parts = map(table.__getitem__, numbers)
            return [tuple(islice(parts, length)) for length in lengths]
        case _:
            raise ValueError("no column")


def _made(kind: str, written: list[Any], table: Sequence[Any]) -> object:
    match kind:
        case "plain":
            return written[0]
        case "words":
            return dict(written[0])
        case "decimal":
            return Decimal(written[0])
        case "date":
            return datetime.date.fromisoformat(written[0])
        case "tuple":
            return tuple(map(table.__getitem__, written))
        case "set":
            return frozenset(written)
        case "map":
            return dict(zip(written[0], map(table.__getitem__, written[1]), strict=True))
        case _:
            return _choices()[kind][written[0]]


# --- the classes -------------------------------------------------------------------------------------------------


@cache
def _makers() -> Mapping[str, type[Any]]:
    """Return every class of records that may stand in a document, by its name."""
    return MappingProxyType({each.__name__: each for each in _classes() if is_dataclass(each)})


@cache
def _choices() -> Mapping[str, Mapping[str, Enum]]:
    """Return the members of every enumeration that may stand in a document, by its name."""
    return MappingProxyType({each.__name__: each.__members__ for each in _classes() if issubclass(each, Enum)})


def _classes() -> Iterator[type[Any]]:
    modules: tuple[ModuleType, ...] = (source, diagnostics, expression_tree, tree, vocabulary, yaml_nodes)
    for module in modules:
        for each in vars(module).values():
            if isinstance(each, type) and each.__module__ == module.__name__ and each is not source.SourceText:
                yield each


@cache
def _getters() -> Mapping[type[Any], Callable[[Any], tuple[Any, ...]]]:
    """Return what gives the fields of a record of each class, in their order."""
    return MappingProxyType({each: _getter(tuple(part.name for part in fields(each))) for each in _makers().values()})


def _getter(names: tuple[str, ...]) -> Callable[[Any], tuple[Any, ...]]:
    if len(names) > 1:
        return attrgetter(*names)
    return lambda each: tuple(getattr(each, name) for name in names)


@cache
def _setters() -> Mapping[type[Any], tuple[Callable[[Any, Any], None], ...]]:
    """Return what fills each field of a new record, past what keeps a made one as it is."""
    return MappingProxyType(
        {each: tuple(getattr(each, part.name).__set__ for part in fields(each)) for each in _makers().values()}
    )
