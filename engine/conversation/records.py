"""What a conversation tells of itself: where it stands, what a turn changed, what is lacking, what a resumption found.

Each record is written as JSON by its own names (`written_record`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from praxe.dsl.tree import FactName
from praxe.engine.conversation.turns import Turn, TurnKind
from praxe.engine.records import DecidedStep
from praxe.engine.values import Json


class Standing(Enum):
    """Where a conversation stands."""

    ASKS = "asks"  # there is a question
    WAITS = "waits"  # something has to come, or its deadline to pass
    FINISHED = "finished"  # at an outcome, or at the end of the procedure it began with
    GAP = "gap"  # the text leaves open what to do
    UNRESOLVED = "unresolved"  # what is lacking was asked, and nobody here knows or says it


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenFact:
    """A fact that is not known and may still matter."""

    fact: FactName
    label: str
    question: str
    left: str | None  # `unknown` or `withheld`, when it was asked and left aside
    system: str | None  # where it can be read from: who to turn to


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What the latest turn changed."""

    turn: Turn | None
    before: Json = None  # the fact's value before, None when it was not known
    after: Json = None
    reopened: tuple[FactName, ...] = ()  # facts that have to be known now and had not before
    set_aside: tuple[FactName, ...] = ()  # answers that nothing reads any more; kept
    taken_up: tuple[FactName, ...] = ()  # answers that had been set aside and are read again
    dropped: tuple[DecidedStep, ...] = ()  # steps that had been listed and no longer are

    @property
    def is_correction(self) -> bool:
        """Whether an answer was changed or taken back."""
        kinds = {TurnKind.ANSWERED, TurnKind.RETRACTED, TurnKind.UNKNOWN, TurnKind.WITHHELD}
        is_more = isinstance(self.before, list) and isinstance(self.after, list)
        if is_more and self.after[: len(self.before)] == self.before:
            return False  # one attempt more
        return self.turn is not None and self.turn.kind in kinds and self.before not in (None, self.after)


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusedTurn:
    """A recorded turn that this policy does not take."""

    turn: Turn
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Resumed:
    """What resuming a recorded conversation found."""

    recorded: Mapping[str, str]  # name, version and digest of the policy it was recorded with
    is_other_policy: bool  # the words of the policy have changed since
    refused: tuple[RefusedTurn, ...]
    set_aside: tuple[FactName, ...]  # answers that this policy does not read
    stood: str | None  # where the conversation stood, as recorded
    asked: FactName | None  # what it asked or waited for, as recorded


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """An answer as it is held."""

    fact: FactName
    label: str
    value: Json
    text: str  # the value in words
    at: datetime.datetime | None
