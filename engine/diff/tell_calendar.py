"""A change of calendar told in one language: the days, the places that go by them, and a customer on one such day.

In: a `CalendarChange` and both versions. Out: `ToldCalendar`, a part of a told comparison.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import FactName
from praxe.engine.decision import Decision
from praxe.engine.diff.records import CalendarChange, Example, Reckoned
from praxe.engine.explanation.compare import Steps
from praxe.engine.explanation.records import CitedFact, Ending, Moved
from praxe.engine.explanation.sentences import sentences
from praxe.engine.explanation.voice import Voice
from praxe.engine.policy import Policy
from praxe.engine.values import TODAY


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldReckoned:
    """A place that goes by the calendar."""

    what: str  # a `Reckoning`
    place: str  # file, line and column
    is_gone: bool  # whether only the old version has it


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDay:
    """One customer on a day on which the calendars make a difference."""

    day: str  # of the decision, ISO 8601
    decisive: tuple[CitedFact, ...]
    facts: tuple[CitedFact, ...]  # the others of the same customer
    before: Ending | None  # None: the version knows no such answer
    after: Ending | None
    added: tuple[str, ...]
    removed: tuple[str, ...]
    moved: tuple[Moved, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldCalendar:
    """Business days that two versions count otherwise."""

    old: str  # the names of the calendars
    new: str
    days_added: tuple[str, ...]  # days off in the new version only, ISO 8601
    days_gone: tuple[str, ...]
    places: tuple[ToldReckoned, ...]
    example: ToldDay | None


def told_calendar(change: CalendarChange, policies: tuple[Policy, Policy], language: str) -> ToldCalendar:
    """Put a change of calendar into words."""
    return ToldCalendar(
        old=change.old,
        new=change.new,
        days_added=tuple(each.isoformat() for each in change.days_added),
        days_gone=tuple(each.isoformat() for each in change.days_gone),
        places=tuple(map(_place, change.places)),
        example=None if change.example is None else _day(change.example, policies, language),
    )


def _place(place: Reckoned) -> ToldReckoned:
    return ToldReckoned(what=place.what.value, place=str(place.span), is_gone=place.is_gone)


def _day(example: Example, policies: tuple[Policy, Policy], language: str) -> ToldDay:
    voices = tuple(Voice(each, sentences(language)) for each in policies)
    old, new = (each and each.in_language(language) for each in (example.old, example.new))
    steps = Steps.of(old, new, voices[1]) if old and new else None
    others = [name for name in example.facts if name not in example.decisive and name != TODAY]
    return ToldDay(
        day=str(example.facts[TODAY]),
        decisive=_cited(example, example.decisive, voices),
        facts=_cited(example, others, voices),
        before=voices[0].ending(old) if old else None,
        after=voices[1].ending(new) if new else None,
        added=steps.added if steps else (),
        removed=steps.removed if steps else (),
        moved=(*(steps.moved if steps else ()), *_moved_wait(old, new)),
    )


def _moved_wait(old: Decision | None, new: Decision | None) -> Iterator[Moved]:
    """Yield the wait at which both stand, if it ends on another day."""
    one, other = old and old.waits, new and new.waits
    if one and other and one.deadline.due != other.deadline.due:
        yield Moved(step=other.label, before=one.deadline.due, after=other.deadline.due)


def _cited(example: Example, names: Sequence[FactName], voices: Sequence[Voice]) -> tuple[CitedFact, ...]:
    return tuple(voices[1 if name in voices[1].policy.facts else 0].cited(name, example.facts[name]) for name in names)
