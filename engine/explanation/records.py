"""What an explanation consists of, in words of one language.

Each record is one object of the published JSON (`explanation.schema.json`), with the same names. They are plain data:
nothing in them leads back to the policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from praxe.dsl.tree import ClauseId, FactName
from praxe.engine.graph import NodeId
from praxe.engine.values import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedFact:
    """A fact with its value, as the owner calls both."""

    fact: FactName
    label: str
    value: Json
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedClause:
    """A clause: where it stands in the source text, and what it says in the policy's own words."""

    clause: ClauseId
    document: str
    place: str
    paraphrase: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """A derived fact opened up: the case of its definition, or the rows of its table, that gave its value."""

    fact: FactName
    label: str
    value: Json
    text: str
    kind: str  # definition, table
    case: int | None  # of a definition: which `quando` held, from 1; None: none did, so its last line
    rows: tuple[int, ...]  # of a table: those that answered, from 1
    reads: tuple[CitedFact, ...]  # what decided it; a derived one among them is opened after it
    clauses: tuple[ClauseId, ...]
    place: str  # file and line


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One turn of the story: what was found there, and what followed from it."""

    node: NodeId
    kind: str  # decision, question, retry, wait, step, hole, either_way, open
    procedure: str
    place: str  # file and line
    because: tuple[CitedFact, ...]  # as the line itself reads them
    opened: tuple[Opened, ...]
    steps: tuple[str, ...]  # what was to be done from here on, until the next reason
    clauses: tuple[ClauseId, ...]
    whole: tuple[ClauseId, ...]  # those that the whole procedure implements


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """How a decision ended."""

    status: str
    outcome: str | None
    fact: FactName | None  # asked or waited for
    text: str  # the outcome's label, the question, what is waited for, or the gap
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A fact as it is, and as it would have to be; None: not known."""

    fact: FactName
    label: str
    before: Json
    before_text: str | None
    after: Json
    after_text: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class WayThere:
    """A case next to this one that ends as wanted; it was decided before it is shown."""

    changes: tuple[Change, ...]  # of facts given
    answers: tuple[CitedFact, ...]  # to facts not yet known that it takes as well
    ending: Ending
    added: tuple[str, ...]  # steps
    removed: tuple[str, ...]
    against: tuple[Reason, ...]  # where the case, as it is, turns away from it


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A step whose deadline changes."""

    step: str
    before: str | None
    after: str | None


Part = CitedFact | CitedClause | Opened | Reason | Ending | Change | WayThere | Moved


def as_json(value: object) -> Json:
    """Return a record, or several, as JSON; its keys are the record's own, in their order."""
    match value:
        case None | str() | bool() | int():
            return value
        case tuple() | list():
            return [as_json(each) for each in value]
        case Mapping():
            return {str(key): as_json(each) for key, each in value.items()}
        case _:
            assert isinstance(value, Part)
            return {each.name: as_json(getattr(value, each.name)) for each in fields(value)}
