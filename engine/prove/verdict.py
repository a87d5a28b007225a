"""What a proof says: proved, refuted with a case, or unknown and why. An unknown is never taken for a proof."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from praxe.engine.decision import Decision
from praxe.engine.prove.cases import Facts


class Verdict(Enum):
    """The three answers."""

    PROVED = "proved"
    REFUTED = "refuted"
    UNKNOWN = "unknown"


class Why(Enum):
    """Why a question stays open."""

    TOO_LARGE = "too_large"  # sets of cases had to be cut down, and none of what is left could be shown
    NO_FACTS = "no_facts"  # no facts were found that fit together as the case would have to
    NOT_CONFIRMED = "not_confirmed"  # the walk of the case did not show what was to be shown


@dataclass(frozen=True, slots=True, kw_only=True)
class ShownCase:
    """A case that shows something: the fewest facts, and the decision on them. It was walked, not computed."""

    facts: Facts
    decision: Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One verdict. `case` with REFUTED, `why` with UNKNOWN; `is_vacuous`: proved, for nothing it speaks of happens."""

    verdict: Verdict
    case: ShownCase | None = None
    why: Why | None = None
    is_vacuous: bool = False


PROVED = Answer(verdict=Verdict.PROVED)


def unknown(why: Why) -> Answer:
    """Return the answer to a question that stays open."""
    return Answer(verdict=Verdict.UNKNOWN, why=why)
