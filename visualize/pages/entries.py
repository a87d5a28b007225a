"""What pages tell of: places, facts, actions, outcomes, clauses, findings, gaps, rules.

Texts are in the reader's language already and hold no markup. Names (of facts, clauses, procedures) lead from one
record to another; how a link to them looks is the writer's business.
"""

from __future__ import annotations

from dataclasses import dataclass

from praxe.dsl.tree import ActionName, ClauseId, FactName, OutcomeName, ProcedureName


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A numbered place in the text of a procedure."""

    procedure: ProcedureName
    id: str
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer that a fact may have; `name` is how a facts file writes it."""

    name: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Quote:
    """What somebody says, and the answer it shows."""

    says: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Worked:
    """How a derived fact is worked out: lines of condition and value, or the rows of a table."""

    columns: tuple[str, ...] = ()  # of a table; the last is the value
    rows: tuple[tuple[str, ...], ...] = ()
    is_table: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FactEntry:
    """A fact, with all that helps to judge it."""

    name: FactName
    label: str
    question: str
    kind: str  # of answer, in words: yes or no, a number from 0 to 30 days
    help: str | None = None
    answers: tuple[Answer, ...] = ()
    examples: tuple[Quote, ...] = ()
    system: str | None = None
    kept: str | None = None
    worked: Worked | None = None
    clauses: tuple[ClauseId, ...] = ()
    places: tuple[Place, ...] = ()  # where it is asked or tested


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionEntry:
    """An action."""

    name: ActionName
    label: str
    text: str | None
    actor: str | None
    nature: str | None
    kept: str | None
    details: tuple[str, ...]  # labels of its parameters
    clauses: tuple[ClauseId, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OutcomeEntry:
    """An outcome."""

    name: OutcomeName
    label: str
    meaning: str | None
    color: str
    kept: str | None
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueEntry:
    """A named value of the policy: a limit, a person."""

    name: str
    label: str
    value: str
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseEntry:
    """A clause of a source text; `section` and `locator` are quoted from it."""

    name: ClauseId
    document: str
    section: str
    locator: str
    paraphrase: str
    literals: tuple[str, ...]

    @property
    def place(self) -> str:
        """Where it stands: section and place."""
        return ", ".join(filter(None, (self.section, self.locator)))


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingEntry:
    """What is wrong with the source texts."""

    name: ClauseId
    kind: str  # contradiction, ambiguity, gap, risk
    weight: str  # high, medium, low
    title: str
    why: str
    reading: str | None
    explained: str | None
    clauses: tuple[ClauseId, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapEntry:
    """A case that the source text leaves open."""

    text: str
    place: Place
    clauses: tuple[ClauseId, ...]  # and findings


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeEntry:
    """Something with a deadline or a number of attempts."""

    kind: str  # deadline, wait, retry
    text: str
    limit: str
    place: Place


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleEntry:
    """What has to hold in every case."""

    number: int
    text: str
    clauses: tuple[ClauseId, ...]
    procedures: tuple[ProcedureName, ...]
