"""A told change of calendar laid out: the days, the places that go by them, and the example."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import replace

from praxe.engine.diff.tell_calendar import ToldCalendar, ToldDay, ToldReckoned
from praxe.engine.diff.texts import endings, steps
from praxe.engine.explanation.layout import Block, Heading, Paragraph, Points
from praxe.engine.words import Lexicon

_MOST_DAYS = 8  # that a sentence lists


def calendar_blocks(told: ToldCalendar, words: Lexicon) -> Iterator[Block]:
    """Yield the blocks of a change of calendar."""
    yield Heading(words.say("diff.calendar"))
    yield Paragraph(" ".join(_sentences(told, words)))
    yield Points(tuple(_place(each, words) for each in told.places))
    if told.example is None:
        if not all(each.is_gone for each in told.places):
            yield Paragraph(words.say("diff.calendar.no_example"))
        return
    yield Paragraph(_example(told.example, words))
    yield Points((*endings(told.example.before, told.example.after, words), *_changes(told.example, words)))


def _sentences(told: ToldCalendar, words: Lexicon) -> Iterator[str]:
    if told.old == told.new:
        yield words.say("diff.calendar.same_name", name=told.new)
    else:
        yield words.say("diff.calendar.names", old=told.old, new=told.new)
    for key, days in (("added", told.days_added), ("gone", told.days_gone)):
        if days:
            yield words.say(f"diff.calendar.{key}", days=_days(days, words))
    yield words.say("diff.calendar.places")


def _days(days: Sequence[str], words: Lexicon) -> str:
    more = ["…"] if len(days) > _MOST_DAYS else []
    return ", ".join([*(_date(each, words) for each in days[:_MOST_DAYS]), *more])


def _date(day: str, words: Lexicon) -> str:
    return words.date(datetime.date.fromisoformat(day))


def _place(place: ToldReckoned, words: Lexicon) -> str:
    where = words.say("diff.place.gone", place=place.place) if place.is_gone else place.place
    return words.say("diff.calendar.place", what=words.say(f"diff.calendar.{place.what}"), place=where)


def _example(example: ToldDay, words: Lexicon) -> str:
    facts = "; ".join(f"{each.label}: {each.text}" for each in example.decisive) or words.say("diff.anybody")
    return words.say("diff.calendar.example", day=_date(example.day, words), facts=facts)


def _changes(example: ToldDay, words: Lexicon) -> Iterator[str]:
    moved = (
        replace(each, before=_as_date(each.before, words), after=_as_date(each.after, words)) for each in example.moved
    )
    yield from steps(example.removed, example.added, moved, words)


def _as_date(at: str | None, words: Lexicon) -> str | None:
    """Return when something is due as people write it: a day, or the words that stand for it."""
    try:
        return None if at is None else words.date(datetime.date.fromisoformat(at))
    except ValueError:
        return at
