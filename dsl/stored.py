"""A checked policy as plain JSON, and back: for whoever needs the policy again without reading its text again.

In: a `CheckedPolicy`. Out: dicts, lists, texts and numbers that `json` writes; and the same policy from them, without
the trees of its files (`files` is empty: they are for the formatter and the author's own tools).

The records stand in one list, each after those it holds: `{"is": "Fact", …}` with the fields that differ from their
defaults, `{"to": 7}` for the record with that number in the list. So a document is as shallow for a policy of five
hundred levels as for one of two. A place is `{"at": [file, line, column, end line, end column]}`, the file being a
number in the list of paths. Only the classes named here are made, so nothing that stands in such a document is ever
run.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator, Mapping
from dataclasses import MISSING, Field, fields, is_dataclass, replace
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any, Final

from praxe.dsl import checked, expression_tree, tree, vocabulary
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

FORMAT: Final = 2  # counted up when a document of before can no longer be read


def encode(policy: CheckedPolicy) -> dict[str, Json]:
    """Return the policy as JSON."""
    writing = _Writing()
    writing.write(replace(policy, files=()))
    return {"format": FORMAT, "paths": list(writing.paths), "records": writing.records}


def decode(document: Mapping[str, Any]) -> CheckedPolicy:
    """Return the policy that `encode` made the document of.

    Raises:
        ValueError: it is no such document, or one of another format.
    """
    try:
        if document["format"] != FORMAT:
            raise ValueError(f"a stored policy of format {document['format']!r}; this version reads {FORMAT}")
        policy = _Reading(document["paths"]).read(document["records"])
    except (KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a stored policy: {error!r}") from None
    if not isinstance(policy, CheckedPolicy):
        raise ValueError(f"not a stored policy: a {type(policy).__name__}")
    return policy


class _Writing:
    """One document being written."""

    def __init__(self) -> None:
        self.paths: dict[str, int] = {}
        self.records: list[Json] = []
        self._numbers: dict[int, int] = {}  # of each record, by identity: the whole policy holds them all meanwhile
        self._makers = _makers()

    def write(self, whole: object) -> None:
        """Write a record, those it holds first."""
        stack = [whole]
        while stack:
            here = stack[-1]
            missing = [] if id(here) in self._numbers else list(self._missing(here))
            if missing:
                stack += reversed(missing)
                continue
            stack.pop()
            if id(here) not in self._numbers:
                written = self._record(here)
                self._numbers[id(here)] = len(self.records)
                self.records.append(written)

    def _missing(self, record: object) -> Iterator[object]:
        """Yield the records that a record holds and that are not written yet."""
        for each in self._fields(record):
            stack = [getattr(record, each.name)]
            while stack:
                part = stack.pop()
                match part:
                    case tuple():
                        stack += reversed(part)
                    case Mapping():
                        stack += reversed(list(part.values()))
                    case Span():
                        pass
                    case _ if is_dataclass(part) and id(part) not in self._numbers:
                        yield part

    def _fields(self, record: object) -> tuple[Field[Any], ...]:
        kind: Any = self._makers[self._name(record)]
        return fields(kind)

    def _name(self, record: object) -> str:
        """Return what a record is called; one of a class made of ours is stored as ours."""
        for kind in type(record).__mro__:
            if self._makers.get(kind.__name__) is kind:
                return kind.__name__
        raise TypeError(f"a stored policy has no {type(record).__name__}")

    def _record(self, record: object) -> Json:
        written: dict[str, Json] = {"is": self._name(record)}
        for each in self._fields(record):
            own = getattr(record, each.name)
            if each.default is MISSING or own != each.default:
                written[each.name] = self._value(own)
        return written

    def _value(self, value: object) -> Json:
        match value:
            case Enum():
                return {"is": type(value).__name__, "of": str(value.value)}
            case None | bool() | int() | str():
                return value
            case tuple():
                return [self._value(each) for each in value]
            case Mapping():
                return {"is": "map", "of": {str(key): self._value(each) for key, each in value.items()}}
            case Span():
                number = self.paths.setdefault(value.path, len(self.paths))
                return {"at": [number, value.line, value.column, value.end_line, value.end_column]}
            case Decimal():
                return {"is": "decimal", "of": str(value)}
            case datetime.date():
                return {"is": "date", "of": value.isoformat()}
            case _:
                return {"to": self._numbers[id(value)]}


class _Reading:
    """One document being read."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self._makers = _makers()
        self._made: list[Any] = []

    def read(self, records: list[Any]) -> Any:
        """Return the last of the records: the one that holds all others."""
        makers, value = self._makers, self._value
        for written in records:
            make = makers[written["is"]]
            self._made.append(make(**{name: value(each) for name, each in written.items() if name != "is"}))
        return self._made[-1]

    def _value(self, written: Any) -> Any:
        kind = type(written)
        if kind is list:
            return tuple([self._value(each) for each in written])
        if kind is not dict:
            return written
        if "to" in written:
            return self._made[written["to"]]
        if "at" in written:
            file, *place = written["at"]
            return Span(self._paths[file], *place)
        below = written["of"]
        if type(below) is dict:
            below = {name: self._value(each) for name, each in below.items()}
        return self._makers[written["is"]](below)


@cache
def _makers() -> Mapping[str, Callable[..., Any]]:
    """Return everything a stored policy may be made of, by the name it has there."""
    made: dict[str, Callable[..., Any]] = {"decimal": Decimal, "date": datetime.date.fromisoformat}
    made["map"] = dict
    for module in (expression_tree, tree, vocabulary, checked):
        made.update(_records(module))
    return MappingProxyType(made)


def _records(module: ModuleType) -> Mapping[str, Callable[..., Any]]:
    return {
        name: each
        for name, each in vars(module).items()
        if isinstance(each, type)
        and each.__module__ == module.__name__
        and (is_dataclass(each) or issubclass(each, Enum))
    }
