"""What a comparison of two versions found.

INVARIANT: every example was decided by both versions before it is shown, and they differ on it.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from praxe.dsl.source import Span
from praxe.dsl.tree import FactName, ProcedureName
from praxe.dsl.vocabulary import Assumption, Fact
from praxe.engine.decision import Decision
from praxe.engine.facts import FactError
from praxe.engine.graph import NodeId
from praxe.engine.values import Value


class ChangeKind(Enum):
    """What is different for a customer, the gravest first."""

    OUTCOME = "outcome"  # another end: an outcome, a gap, or no end at all
    REFUSED = "refused"  # the new version refuses facts that the old one decided on
    ACCEPTED = "accepted"  # the new version decides on facts that the old one refused
    STEPS = "steps"  # other steps, or in another order
    DETAILS = "details"  # the same steps with another recipient, text or number of attempts
    DEADLINE = "deadline"  # the same steps, due at another time, or another wait
    QUESTIONS = "questions"  # the same to the end, but something else is asked


class Begin(NamedTuple):
    """The procedure that cases begin with, in each version."""

    old: ProcedureName
    new: ProcedureName


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place in both versions: a node of each; None where it has none."""

    old: NodeId | None
    new: NodeId | None

    @property
    def is_gone(self) -> bool:
        """Whether only the old version has it."""
        return self.new is None and self.old is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """One customer whom the versions treat differently; a decision is None where its version knows no such answer."""

    decisive: tuple[FactName, ...]  # the few that make the difference, whatever the others
    facts: Mapping[FactName, Value]
    old: Decision | None
    new: Decision | None
    asked_old: tuple[FactName, ...] = ()  # what is told or asked, in order, where only the questions differ
    asked_new: tuple[FactName, ...] = ()
    refusal: FactError | None = None  # why one version refuses the facts; its decision is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Behind:
    """A difference that only customers meet for whom something was different before."""

    kind: ChangeKind
    place: Place
    definitions: tuple[FactName, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class OnlyAsked:
    """Customers to whom an edit makes no other difference than what they are asked."""

    start: ProcedureName  # that they begin with in the new version
    share: Fraction  # of all cases that the policies can tell apart
    example: Example
    cases: int = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedGroup:
    """The customers for whom the versions part at one place."""

    kind: ChangeKind  # the gravest; where it is too much to follow cases to their end, of what they are shown first
    start: ProcedureName  # the procedure they begin with in the new version; of several, the first
    place: Place  # what is written otherwise; where that is not plain, the last place at which both versions agreed
    share: Fraction  # of all cases that the policies can tell apart
    share_of_kind: Fraction  # those of them for whom `kind` is different; for the others it is less
    example: Example | None  # one of these. None: no such customer was found, though none could be ruled out either
    cases: int = field(repr=False)  # the set of cases, in the space of the comparison
    definitions: tuple[FactName, ...] = ()  # that make the place mean something else, although its text is the same
    behind: tuple[Behind, ...] = ()  # what else is written otherwise, and met by none but these customers
    nodes: frozenset[NodeId] = field(default=frozenset(), repr=False)  # of either version that the edits made other
    begun: Mapping[ProcedureName, int] = field(default_factory=dict, repr=False)  # the cases by what they begin with
    scenarios: tuple[str, ...] = ()  # the names of those among these customers, of the ones touched
    asked: OnlyAsked | None = None  # others, who are only asked something else through the same edit
    by: Assumption | Fact | None = None  # of REFUSED and ACCEPTED: the assumption or the limits that refuse them


@dataclass(frozen=True, slots=True, kw_only=True)
class AlsoChanged:
    """An edit that makes a difference only to customers who are in some group already."""

    start: ProcedureName  # that they begin with
    place: Place
    example: Example | None  # a customer who comes by it
    passed_by: tuple[bool, bool] = (False, False)  # whether the example does so in the old version, and in the new one
    definitions: tuple[FactName, ...] = ()


class Reckoning(Enum):
    """What goes by the calendar at a place."""

    CONDITION = "condition"
    DEADLINE = "deadline"  # of a step
    WAIT = "wait"
    DEFINITION = "definition"  # that a condition, a wait or a step reads


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """A place that goes by the calendar."""

    what: Reckoning
    key: str  # the node, the definition, or the text of an assumption
    span: Span
    is_gone: bool = False  # whether only the old version has it


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarChange:
    """Business days that two versions count otherwise."""

    old: str  # the names of the calendars
    new: str
    days_added: tuple[datetime.date, ...]  # days off in the new version only, of the years that the policies speak of
    days_gone: tuple[datetime.date, ...]
    places: tuple[Reckoned, ...]
    example: Example | None = None  # among its facts the day of the decision


@dataclass(frozen=True, slots=True, kw_only=True)
class WordChange:
    """Words of the vocabulary that people read and that changed."""

    of: str  # facts, actions, outcomes, policy
    name: str
    key: str  # label, question, help, text, meaning, …
    old: str | None
    new: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyDifference:
    """All that differs between two versions."""

    groups: tuple[ChangedGroup, ...]  # the gravest first, then the largest
    words: tuple[WordChange, ...]
    is_exact: bool  # whether every case was compared; if not, groups may be missing
    doors: tuple[ProcedureName, ...] = ()  # procedures with which a case may begin in one version only
    has_questions: bool = True  # whether it was also compared what is asked
    also: tuple[AlsoChanged, ...] = ()  # edits that no group names
    scenarios_touched: tuple[str, ...] = ()
    scenarios_total: int = 0
    calendar: CalendarChange | None = None  # if business days that some text counts are others

    @property
    def is_same(self) -> bool:
        """Whether no customer is treated differently, proved."""
        return self.is_exact and not self.groups and not self.doors and self.calendar is None
