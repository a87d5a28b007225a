"""What became of the steps of a case: a log that can be read, stored and gone on with.

In: entries, or their JSON. Out: a `Log`, a value: each entry added makes a new one. INVARIANT: entries are only added;
what the latest entry with a key says of a step is what holds.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from importlib import resources
from types import MappingProxyType
from typing import Final

from praxe.dsl.errors import PraxeError
from praxe.dsl.tree import ActionName
from praxe.engine.graph import NodeId
from praxe.engine.host.actions import ActionRecord
from praxe.engine.shown import shown
from praxe.engine.values import Json
from praxe.engine.words import LANGUAGES, lexicon

FORMAT: Final = "praxe log 1"
_MAY_BE: Final[Mapping[str, type]] = MappingProxyType(  # what an entry may have, or not
    {"action": str, "args": Mapping, "attempt": int, "at": str, "learned": Mapping, "error": str}
)


class LogError(PraxeError, ValueError):
    """A document that is no log; nothing was read."""

    def __init__(self, key: str, found: str) -> None:
        self.key = key
        self.found = found
        super().__init__({each: lexicon(each).say("log.wrong", place=key, found=found) for each in LANGUAGES})

    def __reduce__(self) -> tuple[type[LogError], tuple[str, str]]:
        return LogError, (self.key, self.found)


class EntryStatus(Enum):
    """What became of a step."""

    STARTED = "started"  # its handler was called; without a later entry nobody knows how that ended
    DONE = "done"
    FAILED = "failed"  # its handler raised
    UNBOUND = "unbound"  # no handler is bound to its action
    PLANNED = "planned"  # a dry run: it would have been performed


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One line of the log."""

    key: str
    status: EntryStatus
    action: ActionName | None
    text: str
    args: Mapping[str, Json]
    node: NodeId
    attempt: int | None = None
    at: str | None = None  # ISO 8601
    result: Json = None
    learned: Mapping[str, Json] | None = None  # facts that the handler found out
    error: str | None = None  # what went wrong, also when the step itself was done

    @classmethod
    def of(cls, record: ActionRecord, status: EntryStatus, now: datetime.datetime | None) -> Entry:
        """Return the entry of a step."""
        return cls(
            key=record.key,
            status=status,
            action=record.action,
            text=record.text,
            args=record.args_json(),
            node=record.node,
            attempt=record.attempt,
            at=now.isoformat() if now else None,
        )

    def to_json(self) -> dict[str, Json]:
        """Return the entry as `log.schema.json` describes it."""
        written = {name: getattr(self, name) for name in self.__dataclass_fields__}
        learned = None if self.learned is None else dict(self.learned)
        return {**written, "status": self.status.value, "args": dict(self.args), "learned": learned}


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """The log of one case."""

    case: str
    entries: tuple[Entry, ...] = ()

    def latest(self, key: str) -> Entry | None:
        """Return the latest entry of a step, None: nothing has become of it yet."""
        return next((each for each in reversed(self.entries) if each.key == key), None)

    @property
    def in_doubt(self) -> tuple[Entry, ...]:
        """The steps that were started and of which nobody knows how they ended."""
        latest = {each.key: each for each in self.entries}
        return tuple(each for each in latest.values() if each.status is EntryStatus.STARTED)

    def with_entry(self, entry: Entry) -> Log:
        """Return the log with one entry more."""
        return replace(self, entries=(*self.entries, entry))

    def to_json(self) -> dict[str, Json]:
        """Return the log as `log.schema.json` describes it."""
        return {"format": FORMAT, "case": self.case, "entries": [each.to_json() for each in self.entries]}

    @classmethod
    def from_json(cls, document: object) -> Log:
        """Return the log that a document holds.

        Raises:
            LogError: it holds none. A ValueError and a PraxeError.
        """
        if not isinstance(document, Mapping) or document.get("format") != FORMAT:
            raise LogError("format", shown(document.get("format") if isinstance(document, Mapping) else document))
        case, entries = document.get("case"), document.get("entries")
        if not isinstance(case, str):
            raise LogError("case", shown(case))
        if not isinstance(entries, Sequence) or isinstance(entries, str):
            raise LogError("entries", shown(entries))
        return cls(case=case, entries=tuple(_entry(each, number) for number, each in enumerate(entries)))


def log_schema() -> Json:
    """Return the schema of `Log.to_json()`."""
    return json.loads(resources.files("praxe.engine").joinpath("log.schema.json").read_text("utf-8"))


def _entry(written: object, number: int) -> Entry:
    place = f"entries[{number}]"
    if not isinstance(written, Mapping):
        raise LogError(place, shown(written))
    for name in ("key", "text", "node"):
        if not isinstance(written.get(name), str):
            raise LogError(f"{place}.{name}", shown(written.get(name)))
    if written.get("status") not in [each.value for each in EntryStatus]:
        raise LogError(f"{place}.status", shown(written.get("status")))
    for name, kind in _MAY_BE.items():
        found = written.get(name)
        if found is not None and (not isinstance(found, kind) or isinstance(found, bool)):
            raise LogError(f"{place}.{name}", shown(found))
    action = written.get("action")
    return Entry(
        key=written["key"],
        status=EntryStatus(written["status"]),
        action=None if action is None else ActionName(action),
        text=written["text"],
        args=written.get("args") or {},
        node=NodeId(written["node"]),
        attempt=written.get("attempt"),
        at=written.get("at"),
        result=written.get("result"),
        learned=written.get("learned"),
        error=written.get("error"),
    )
