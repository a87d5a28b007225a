"""The steps of a case performed one after the other: what to call, what to log, when to stop.

In: a host, a case, its log. Out: calls to be made, one at a time (whether by waiting or not is the caller's matter),
and at last what became of all steps. A generator: it yields a `Call`, is sent an `Outcome`, and returns a `Performed`.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Generator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import FactName
from praxe.engine.conversation import Conversation
from praxe.engine.decision import Decision
from praxe.engine.facts import FactError
from praxe.engine.graph import Retry
from praxe.engine.host.actions import ActionRecord, action_records
from praxe.engine.host.learned import Learned
from praxe.engine.host.log import Entry, EntryStatus, Log
from praxe.engine.shown import shown
from praxe.engine.values import Json

if TYPE_CHECKING:
    from praxe.engine.host.bindings import Host

Handler = Callable[[ActionRecord], object]
Journal = Callable[[Log], object]

DEEPEST: Final = 100  # lists in lists of what a handler returned
_MOST_BITS: Final = 13_000  # Python refuses to write longer numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How steps are performed; see `Host.perform`."""

    now: datetime.datetime | None = None
    dry_run: bool = False
    go_on: bool = False
    again: bool = False
    journal: Journal | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """A handler to be called."""

    handler: Handler
    record: ActionRecord


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a handler returned, or what it raised."""

    found: object = None
    error: Exception | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Performed:
    """What became of the steps of a case."""

    log: Log
    conversation: Conversation | None  # with what the handlers learned; None when a decision was performed
    entries: tuple[Entry, ...]  # of this time: how each step ended, also those only planned
    in_doubt: tuple[Entry, ...]  # started at an earlier time, and nobody knows how they ended

    @property
    def troubles(self) -> tuple[Entry, ...]:
        """The steps that failed, have no handler, are in doubt, or learned what the policy does not take."""
        wrong = {EntryStatus.FAILED, EntryStatus.UNBOUND}
        return (*(each for each in self.entries if each.status in wrong or each.error), *self.in_doubt)


def performance(
    host: Host, case: Conversation | Decision, log: Log, case_id: str, manner: Manner
) -> Generator[Call, Outcome, Performed]:
    """Perform the steps of a case; see `Host.perform`.

    Raises:
        ValueError: the log is of another case, or the case of another policy.
        TypeError: `now` is no date and time.
    """
    if manner.now is not None and not isinstance(manner.now, datetime.datetime):
        raise TypeError(f"now is a date and time, not {manner.now!r}")
    if log.case != case_id:
        raise ValueError(f"the log is of the case {log.case!r}, not of {case_id!r}")
    if case.policy.identity != host.policy.identity:
        raise ValueError(f"the case is of {case.policy!r}, and the host of {host.policy!r}")
    return (yield from _Stage(host, log, manner).perform(case))


class _Stage:
    """The steps of one case being performed."""

    def __init__(self, host: Host, log: Log, manner: Manner) -> None:
        self._host = host
        self._log = log
        self._manner = manner
        self._entries: list[Entry] = []
        self._met: set[str] = set()  # keys seen to this time

    def perform(self, case: Conversation | Decision) -> Generator[Call, Outcome, Performed]:
        conversation = case if isinstance(case, Conversation) else None
        while True:
            steps = conversation.steps if conversation else case.steps
            following = None
            for record in action_records(self._host.policy, steps, case=self._log.case):
                is_over = yield from self._step(record)
                if is_over:
                    return self._performed(conversation)
                following = self._told(conversation, record)
                if following is not conversation:
                    break  # what was learned may change what comes next
            if following is None or following is conversation:
                return self._performed(conversation)
            conversation = following

    def _step(self, record: ActionRecord) -> Generator[Call, Outcome, bool]:
        """Perform one step unless it has been; return whether to stop here."""
        latest = self._log.latest(record.key)
        if record.key in self._met or (latest and latest.status is EntryStatus.DONE):
            return False
        if latest and latest.status is EntryStatus.STARTED and not self._manner.again:
            return not self._manner.go_on
        self._met.add(record.key)
        handler = self._host.handler_of(record)
        if handler is None:
            self._enter(self._entry(record, EntryStatus.UNBOUND))
            return not self._manner.go_on and not self._manner.dry_run
        if self._manner.dry_run:
            self._enter(self._entry(record, EntryStatus.PLANNED))
            return False
        self._note(self._entry(record, EntryStatus.STARTED))
        outcome = yield Call(handler, record)
        entry = _ended(self._entry(record, EntryStatus.DONE), outcome, record, self._host)
        self._enter(entry)
        return entry.status is EntryStatus.FAILED and not self._manner.go_on

    def _told(self, conversation: Conversation | None, record: ActionRecord) -> Conversation | None:
        """Return the conversation with what a step's handler learned, unless the facts are known by now."""
        entry = self._log.latest(record.key)
        if conversation is None or entry is None or not entry.learned:
            return conversation
        had = conversation.ledger.answers
        news = {name: value for name, value in entry.learned.items() if _is_news(name, value, had, record)}
        try:
            return conversation.tell(news, now=self._manner.now) if news else conversation
        except ValueError as error:
            if entry.error is None:
                self._enter(replace(entry, error=_words(error)))
            return conversation

    def _entry(self, record: ActionRecord, status: EntryStatus) -> Entry:
        return Entry.of(record, status, self._manner.now)

    def _enter(self, entry: Entry) -> None:
        self._entries = [each for each in self._entries if each.key != entry.key] + [entry]
        self._note(entry)

    def _note(self, entry: Entry) -> None:
        if self._manner.dry_run:
            return
        self._log = self._log.with_entry(entry)
        if self._manner.journal:
            self._manner.journal(self._log)

    def _performed(self, conversation: Conversation | None) -> Performed:
        return Performed(
            log=self._log,
            conversation=conversation,
            entries=tuple(self._entries),
            in_doubt=self._log.in_doubt,
        )


def _ended(entry: Entry, outcome: Outcome, record: ActionRecord, host: Host) -> Entry:
    """Return the entry of a step whose handler has returned or raised."""
    if outcome.error is not None:
        return replace(entry, status=EntryStatus.FAILED, error=_words(outcome.error))
    found = outcome.found
    try:
        return _learned(entry, found, record, host) if isinstance(found, Learned) else _with_result(entry, found)
    except Exception as error:  # noqa: BLE001 - the host's own objects: the step is done, whatever they do when read
        result = found.result if isinstance(found, Learned) else found
        return replace(entry, result=type(result).__name__, error=_words(error))


def _learned(entry: Entry, found: Learned, record: ActionRecord, host: Host) -> Entry:
    if not isinstance(found.facts, Mapping):
        raise TypeError(f"`facts` of what was learned is a mapping, not `{shown(found.facts)}`")
    learned = {str(name): as_json(value) for name, value in found.facts.items()}
    entry = replace(_with_result(entry, found.result), learned=learned or None)
    if found.succeeded is None:
        return entry
    if not isinstance(found.succeeded, bool):
        return replace(entry, error=f"`succeeded` is True or False, not `{shown(found.succeeded)}`")
    node = host.policy.graph.nodes.get(record.node)
    if record.attempt is None or not isinstance(node, Retry):
        return replace(entry, error="`succeeded` is for the action of a retry")
    return replace(entry, learned={**learned, node.fact: found.succeeded})


def _with_result(entry: Entry, result: object) -> Entry:
    return replace(entry, result=as_json(result))


def _is_news(name: str, value: Json, had: Mapping[FactName, Json], record: ActionRecord) -> bool:
    """Whether a fact that was learned is not known yet; of a retry, whether this attempt is the one to be told."""
    known = had.get(FactName(name))
    if isinstance(value, bool) and record.attempt is not None and (known is None or isinstance(known, list)):
        return len(known or []) == record.attempt - 1
    return known is None


def _words(error: Exception) -> str:
    try:
        text = error.in_language("en") if isinstance(error, FactError) else str(error)
    except Exception:  # noqa: BLE001 - the host's own exception, which cannot even be read
        text = ""
    return f"{type(error).__name__}: {text}" if text else type(error).__name__


def as_json(value: object, depth: int = 0) -> Json:
    """Return what a handler returned as JSON; what JSON cannot write is described.

    Raises:
        ValueError: it is nested too deep, or holds itself.
    """
    if depth > DEEPEST:
        raise ValueError(f"what was returned holds itself, or is nested more than {DEEPEST} deep")
    match value:
        case int() if value.bit_length() > _MOST_BITS:
            return shown(value)
        case None | bool() | int() | str():
            return value
        case float():
            return value if value - value == 0 else str(value)  # JSON has no infinity
        case Decimal():
            return str(value)
        case datetime.date():
            return value.isoformat()
        case Mapping():
            return {str(name): as_json(each, depth + 1) for name, each in value.items()}
        case Sequence() if not isinstance(value, bytes | bytearray | memoryview):
            return [as_json(each, depth + 1) for each in value]
        case set() | frozenset():
            return sorted((as_json(each, depth + 1) for each in value), key=str)
        case _:
            return shown(value)
