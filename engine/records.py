"""What a decision consists of, in words of one language.

Each record is one object of the published JSON (`decision.schema.json`), with the same names.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import ActionName, ClauseId, FactName
from praxe.engine.graph import NodeId
from praxe.engine.values import Json


@record
class Due(RecordBase):
    """How soon something is to be done, or until when to wait."""

    kind: str  # immediately, same_day, within, until
    amount: int | None
    unit: str | None  # hour, day, business_day, month
    due: str | None  # an ISO date, or date and time; None when `now` was not given
    text: str
    calendar: str | None = None  # by which business days were counted


@record
class DecidedStep(RecordBase):
    """Something to be done or said now."""

    kind: str  # do, say
    action: ActionName | None  # None: free text
    args: Mapping[str, Json]
    text: str
    deadline: Due | None
    clauses: tuple[ClauseId, ...]
    node: NodeId
    actor: str | None
    notes: tuple[str, ...]
    attempt: int | None = None  # of a retry: which attempt this is, from 1
    meanwhile: bool = False  # a duty that goes on during a wait


@record
class Choice(RecordBase):
    """One answer that may be given."""

    value: Json
    label: str


@record
class Quote(RecordBase):
    """What somebody says, and the answer it shows."""

    says: str
    answer: str


@record
class Asked(RecordBase):
    """The fact that has to be known first."""

    fact: FactName
    label: str
    question: str
    type: str
    choices: tuple[Choice, ...]
    help: str | None
    examples: tuple[Quote, ...]
    unit: str | None
    minimum: Json
    maximum: Json
    system: str | None  # where it can be read from
    attempt: int | None  # of a retry: which attempt is asked about, from 1
    also_open: tuple[FactName, ...]  # other facts that may still matter, in the order of the graph
    clauses: tuple[ClauseId, ...]
    notes: tuple[str, ...]
    node: NodeId


class AskedInHaste(Asked):
    """The same; what else is open, which takes longer to find out than all the rest, when it is first looked at."""

    __slots__ = ("_find_open", "_rest")

    _rest: Asked
    _find_open: Callable[[], tuple[FactName, ...]]

    @classmethod
    def of(cls, asked: Asked, find_open: Callable[[], tuple[FactName, ...]]) -> Asked:
        """Return the same question; `find_open` returns its `also_open`."""
        made = cls.__new__(cls)
        object.__setattr__(made, "_rest", asked)
        object.__setattr__(made, "_find_open", find_open)
        return made

    def __getattr__(self, name: str) -> Any:  # only what is not there yet
        if name not in self._setters:
            raise AttributeError(name)
        found = self._find_open() if name == "also_open" else getattr(self._rest, name)
        self._setters[name](self, found)
        return found


@record
class Settled(RecordBase):
    """A fact that is not asked for, because the vocabulary's assumptions leave it only one value."""

    fact: FactName
    label: str
    value: Json
    because: tuple[str, ...]  # the assumptions, each with where it is written


@record
class Waiting(RecordBase):
    """What is waited for."""

    fact: FactName
    label: str
    question: str
    until: str | None  # an ISO date, or date and time
    deadline: Due
    meanwhile: tuple[DecidedStep, ...]
    clauses: tuple[ClauseId, ...]
    notes: tuple[str, ...]
    node: NodeId


@record
class OpenGap(RecordBase):
    """What the source text leaves open."""

    text: str
    clauses: tuple[ClauseId, ...]
    notes: tuple[str, ...]
    node: NodeId


@record
class Visit(RecordBase):
    """One node of the walk, the branch taken there, and what decided it."""

    node: NodeId
    kind: str
    branch: str | None  # None: the last node, a call, a return, or a test whose answer makes no difference
    facts: Mapping[FactName, Json]
    derived: Mapping[FactName, Json]
    clauses: tuple[ClauseId, ...]


@record
class MetFinding(RecordBase):
    """Something wrong with the source texts that this case ran into."""

    finding: ClauseId
    kind: str  # contradiction, ambiguity, gap, risk
    title: str
    why: str
    reading: str | None  # the reading the policy chose, and its reason
    clauses: tuple[ClauseId, ...]  # that contradict each other, or leave the case open
    node: NodeId  # where the case met it first


Record = MetFinding | Due | DecidedStep | Choice | Quote | Asked | Settled | Waiting | OpenGap | Visit


def written(value: Record | Iterable[Record] | None, *apart: str) -> Json:
    """Return a record, or several, as JSON; its keys are the record's own, some `apart`, in their order."""
    if value is None:
        return None
    if isinstance(value, Record):
        return {name: _written_part(getattr(value, name)) for name in value.__dataclass_fields__ if name not in apart}
    return [written(each, *apart) for each in value]


def _written_part(part: Json) -> Json:
    match part:
        case None | str() | bool() | int():
            return part
        case tuple():
            return [_written_part(each) for each in part]
        case dict():
            return dict(part)
        case _:
            return written(part)
