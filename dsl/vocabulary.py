"""The words a policy uses: facts, actions, outcomes, clauses, and the policy's own manifest.

Built by `load` from `policy.yaml`, `vocabulary.yaml` and `clauses.yaml`; immutable afterwards.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import field
from decimal import Decimal
from enum import Enum
from typing import TYPE_CHECKING, Final

from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.tree import ActionName, ClauseId, Expression, FactName, OutcomeName, ProcedureName

if TYPE_CHECKING:
    from praxe.dsl.yaml_nodes import Scalar

DEFAULT_LANGUAGE: Final = "pt"  # of a policy that does not say, or not rightly


@record(kw_only=False)
class Words(RecordBase):
    """The same words in one or more languages, keyed by language (`pt`, `en`); never empty."""

    by_language: Mapping[str, str]

    def in_language(self, language: str) -> str:
        """Return the words in `language`, or in the first language they were written in."""
        return self.by_language.get(language) or next(iter(self.by_language.values()))


class FactType(Enum):
    """What kind of value a fact (or an action's parameter) has."""

    YES_NO = "yes_no"
    ONE_OF = "one_of"
    SET_OF = "set_of"
    INTEGER = "integer"
    DECIMAL = "decimal"
    DATE = "date"
    TEXT = "text"


@record
class Value(RecordBase):
    """One named value of a one-of or several-of fact."""

    name: str
    label: Words
    span: Span = field(compare=False, repr=False)


@record
class Example(RecordBase):
    """A quote that shows how to judge a fact: who says this has that answer."""

    says: Words
    answer: str


@record
class Fact(RecordBase):
    """Something a decision can depend on."""

    name: FactName
    type: FactType
    label: Words
    question: Words
    help: Words | None = None
    examples: tuple[Example, ...] = ()
    system: Words | None = None  # where it can be read from
    values: tuple[Value, ...] = ()  # of one_of and set_of, in the declared order
    unit: Words | None = None
    minimum: Decimal | None = None  # of integer and decimal, in `unit`, included
    maximum: Decimal | None = None
    cost: Decimal | None = None  # what it takes to ask, zero or more, in whatever the owner counts in
    clauses: tuple[ClauseId, ...] = ()
    kept: Words | None = None  # why it stays although no line uses it: older case records name it
    span: Span = field(compare=False, repr=False)

    def value_label(self, name: str, language: str) -> str:
        """Return the label of one of `values`, or the name itself when it is none of them."""
        return next((each.label.in_language(language) for each in self.values if each.name == name), name)


@record
class Parameter(RecordBase):
    """One argument an action takes."""

    name: str
    type: FactType
    label: Words
    values: tuple[Value, ...] = ()
    span: Span = field(compare=False, repr=False)


@record
class Action(RecordBase):
    """Something a person or a system does; the engine only lists it.

    `text` is the sentence of a step, with `{parameter}` places; without it the label is used.
    """

    name: ActionName
    label: Words
    text: Words | None = None
    nature: str | None = None  # execution, communication, record, wait, check
    actor: Words | None = None
    parameters: tuple[Parameter, ...] = ()
    conflicts: tuple[ActionName, ...] = ()  # actions that no case may be told together with this one
    clauses: tuple[ClauseId, ...] = ()
    kept: Words | None = None  # why it stays although no line uses it: older case records name it
    span: Span = field(compare=False, repr=False)


class Color(Enum):
    """Colours an outcome may be drawn in; the shades are `visualize`'s."""

    GREEN = "green"
    RED = "red"
    BLUE = "blue"
    AMBER = "amber"
    PURPLE = "purple"
    GRAY = "gray"


@record
class Outcome(RecordBase):
    """How a case can end."""

    name: OutcomeName
    label: Words
    meaning: Words | None = None
    color: Color = Color.GRAY
    kept: Words | None = None  # why it stays although no line uses it: older case records name it
    span: Span = field(compare=False, repr=False)


@record
class Clause(RecordBase):
    """One clause of a source text, in our own words; `guidance` says where it is shown when no line cites it."""

    name: ClauseId
    document: str
    section: str
    locator: str
    kind: str
    paraphrase: Words
    literals: tuple[str, ...] = ()
    lines: tuple[int, ...] = ()
    digest: str | None = None  # of those lines as they were when the clause was last read: 16 of 0-9, a-f
    guidance: Words | None = None
    span: Span = field(compare=False, repr=False)


class FindingKind(Enum):
    """What a reader of the source texts found."""

    CONTRADICTION = "contradiction"
    AMBIGUITY = "ambiguity"
    GAP = "gap"
    RISK = "risk"


class Weight(Enum):
    """How much a finding matters."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@record
class SourceFinding(RecordBase):
    """What is wrong with the source texts: clauses that contradict each other, a case they leave open.

    A line cites it as it cites a clause, where the procedure has to choose; `explained` says why none needs to.
    """

    name: ClauseId
    kind: FindingKind
    weight: Weight
    title: Words
    why: Words
    clauses: tuple[ClauseId, ...] = ()
    explained: Words | None = None
    span: Span = field(compare=False, repr=False)


@record
class Assumption(RecordBase):
    """What the world guarantees: wherever `when` holds (or always), `then` holds too. No case breaks it."""

    then: Expression
    when: Expression | None = None
    label: Words | None = None
    clauses: tuple[ClauseId, ...] = ()
    span: Span = field(compare=False, repr=False)

    @property
    def conditions(self) -> tuple[Expression, ...]:
        """Its conditions, in reading order."""
        return (self.then,) if self.when is None else (self.when, self.then)


@record
class WrittenAssumption(RecordBase):
    """An assumption as the vocabulary has it: conditions of the language, still as text."""

    then: Scalar
    when: Scalar | None = None
    label: Words | None = None
    clauses: tuple[ClauseId, ...] = ()
    span: Span = field(compare=False, repr=False)


@record
class PolicyParameter(RecordBase):
    """A value that may change while the procedure stays: a limit, a person. Its name stands for the value."""

    name: str
    type: FactType  # not one_of or set_of
    value: bool | int | Decimal | datetime.date | str
    label: Words
    unit: Words | None = None
    clauses: tuple[ClauseId, ...] = ()
    span: Span = field(compare=False, repr=False)


@record
class Vocabulary(RecordBase):
    """Facts, actions and outcomes, clauses and findings of the source texts; each in the declared order."""

    facts: Mapping[FactName, Fact]
    actions: Mapping[ActionName, Action]
    outcomes: Mapping[OutcomeName, Outcome]
    clauses: Mapping[ClauseId, Clause]
    findings: Mapping[ClauseId, SourceFinding] = field(default_factory=dict)
    assumptions: tuple[WrittenAssumption, ...] = ()


@record
class CalendarSpec(RecordBase):
    """The business calendar: a name, and the days off beside Saturdays and Sundays.

    With a country (ISO 3166, `BR`) its public holidays are off too, with a state (`SP`) also that state's, with a city
    (`São Paulo`) also that city's, where they are known.
    """

    name: str
    country: str | None = None
    state: str | None = None
    city: str | None = None
    holidays: tuple[datetime.date, ...] = ()
    span: Span | None = field(default=None, compare=False, repr=False)


@record
class Manifest(RecordBase):
    """`policy.yaml`."""

    name: str
    title: Words
    version: str
    language: str
    entry: ProcedureName
    entry_span: Span = field(compare=False, repr=False)
    effective: datetime.date | None = None
    owner: Words | None = None
    calendar: CalendarSpec = CalendarSpec(name="mon-fri")
    documents: tuple[tuple[str, Words], ...] = ()  # id and title of each source text
    doors: tuple[ProcedureName, ...] = ()  # further procedures that may be started by themselves
    parameters: Mapping[str, PolicyParameter] = field(default_factory=dict)
    readings: Mapping[ClauseId, Words] = field(default_factory=dict)  # finding -> the reading chosen, and why
    span: Span = field(compare=False, repr=False)
