"""A checked policy as plain JSON, and back: for whoever needs the policy again without reading its text again.

In: a `CheckedPolicy`. Out: dicts, lists, texts and numbers that `json` writes; and the same policy from them, without
the trees of its files (`files` is empty: they are for the formatter and the author's own tools).

A record is `{"is": "Fact", …}` with the fields that differ from their defaults, a place `{"at": [file, line, column,
end line, end column]}`, the file being a number in the list that comes first. Only the classes named here are made, so
nothing that stands in such a document is ever run.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from dataclasses import MISSING, fields, is_dataclass
from decimal import Decimal
from enum import Enum
from functools import cache
from types import MappingProxyType, ModuleType
from typing import Any, Final

from praxe.dsl import checked, expression_tree, tree, vocabulary
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

FORMAT: Final = 1  # counted up when a document of before can no longer be read


def encode(policy: CheckedPolicy) -> dict[str, Json]:
    """Return the policy as JSON."""
    paths: dict[str, int] = {}
    whole = _record(policy, paths, leave_out={"files"})
    return {"format": FORMAT, "paths": list(paths), "policy": whole}


def decode(document: Mapping[str, Any]) -> CheckedPolicy:
    """Return the policy that `encode` made the document of.

    Raises:
        ValueError: it is no such document, or one of another format.
    """
    try:
        if document["format"] != FORMAT:
            raise ValueError(f"a stored policy of format {document['format']!r}; this version reads {FORMAT}")
        policy = _Reading(document["paths"]).read({**document["policy"], "files": []})
    except (KeyError, TypeError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise ValueError(f"not a stored policy: {error!r}") from None
    if not isinstance(policy, CheckedPolicy):
        raise ValueError(f"not a stored policy: a {type(policy).__name__}")
    return policy


def _written(value: object, paths: dict[str, int]) -> Json:
    match value:
        case Enum():
            return {"is": type(value).__name__, "of": str(value.value)}
        case None | bool() | int() | str():
            return value
        case tuple():
            return [_written(each, paths) for each in value]
        case Mapping():
            return {"is": "map", "of": {str(key): _written(each, paths) for key, each in value.items()}}
        case Span():
            number = paths.setdefault(value.path, len(paths))
            return {"at": [number, value.line, value.column, value.end_line, value.end_column]}
        case Decimal():
            return {"is": "decimal", "of": str(value)}
        case datetime.date():
            return {"is": "date", "of": value.isoformat()}
        case _:
            return _record(value, paths)


def _record(value: object, paths: dict[str, int], leave_out: frozenset[str] | set[str] = frozenset()) -> Json:
    kind = type(value)
    if kind.__name__ not in _makers():
        raise TypeError(f"a stored policy has no {kind.__name__}")
    written: dict[str, Json] = {"is": kind.__name__}
    for each in fields(kind):  # type: ignore[arg-type]  # every maker that is no Enum is a dataclass
        own = getattr(value, each.name)
        if each.name not in leave_out and (each.default is MISSING or own != each.default):
            written[each.name] = _written(own, paths)
    return written


class _Reading:
    """One document being read; `spans` are its places, each made once."""

    def __init__(self, paths: list[str]) -> None:
        self._paths = paths
        self._makers = _makers()

    def read(self, written: Any) -> Any:
        if isinstance(written, dict):
            kind = written.get("is")
            if kind is None:
                file, *place = written["at"]
                return Span(self._paths[file], *place)
            make = self._makers[kind]
            if "of" in written:
                return make(self._below(written["of"]))
            read = self.read
            return make(**{name: read(each) for name, each in written.items() if name != "is"})
        if isinstance(written, list):
            return tuple([self.read(each) for each in written])
        return written

    def _below(self, written: Any) -> Any:
        if isinstance(written, dict):
            return {name: self.read(each) for name, each in written.items()}
        return written


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
