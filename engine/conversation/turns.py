"""What happens in a conversation: one record for each turn, as it is written down.

In: a turn's kind, fact, value and time. Out: the ledger after it: what has been answered, and what was left aside.
Nothing is decided here, and a ledger is made of its turns alone, so the turns are all that has to be kept.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import Enum
from types import MappingProxyType
from typing import assert_never

from praxe.dsl.tree import FactName
from praxe.engine.values import Json


class TurnKind(Enum):
    """What a turn does."""

    ANSWERED = "answered"  # a fact has a value: asked for, volunteered or corrected
    UNKNOWN = "unknown"  # "I do not know": the fact stays open, and is not asked again
    WITHHELD = "withheld"  # "I would rather not say": the same
    RETRACTED = "retracted"  # an answer is taken back: the fact is not known
    REOPENED = "reopened"  # what was left aside may be asked again
    CAME = "came"  # what was waited for came
    PASSED = "passed"  # the deadline of a wait passed
    TIME = "time"  # time went by


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One turn. `value` is a fact's whole value as JSON writes it: of a retry, all attempts so far."""

    kind: TurnKind
    fact: FactName | None = None  # of `reopened` None: everything
    value: Json = None
    at: datetime.datetime | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the turn as `conversation.schema.json` describes it."""
        written: dict[str, Json] = {"turn": self.kind.value}
        if self.fact is not None:
            written["fact"] = self.fact
        if self.kind is TurnKind.ANSWERED:
            written["value"] = self.value
        if self.at is not None:
            written["at"] = self.at.isoformat()
        return written


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the turns so far add up to."""

    answers: Mapping[FactName, Json] = field(default_factory=lambda: MappingProxyType({}))
    left: Mapping[FactName, TurnKind] = field(default_factory=lambda: MappingProxyType({}))  # unknown or withheld
    now: datetime.datetime | None = None  # of the latest turn

    def after(self, turn: Turn) -> Ledger:
        """Return the ledger after one more turn."""
        fact, now = turn.fact, turn.at or self.now
        match turn.kind:
            case TurnKind.TIME:
                return replace(self, now=now)
            case TurnKind.REOPENED:
                left = {} if fact is None else _without(self.left, fact)
                return replace(self, left=MappingProxyType(left), now=now)
            case TurnKind.ANSWERED | TurnKind.CAME | TurnKind.PASSED:
                assert fact  # INVARIANT: only `time` and `reopened` go without one
                value = turn.value if turn.kind is TurnKind.ANSWERED else turn.kind is TurnKind.CAME
                answers = {**self.answers, fact: value}
                left = _without(self.left, fact)
            case TurnKind.UNKNOWN | TurnKind.WITHHELD:
                assert fact
                answers, left = _without(self.answers, fact), {**self.left, fact: turn.kind}
            case TurnKind.RETRACTED:
                assert fact
                answers, left = _without(self.answers, fact), _without(self.left, fact)
            case _:
                assert_never(turn.kind)
        return Ledger(answers=MappingProxyType(answers), left=MappingProxyType(left), now=now)


def _without(facts: Mapping[FactName, Json], fact: FactName) -> dict[FactName, Json]:
    return {name: value for name, value in facts.items() if name != fact}
