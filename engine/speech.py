"""The policy's words in the reader's language: steps with their arguments, deadlines, choices.

In: values, actions and deadlines. Out: sentences and records; texts of `*.praxe` files in their translation.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Final, assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import Duration, Expression, FactRef, Promptness, Unit
from praxe.dsl.vocabulary import Action, Fact, FactType, Words
from praxe.dsl.vocabulary import Value as NamedValue
from praxe.engine.deadlines import Calendar, due_at
from praxe.engine.graph import StepDeadline
from praxe.engine.records import Choice, Due
from praxe.engine.values import Value, in_declared_order
from praxe.engine.words import Lexicon

_PLACE: Final = re.compile(r"\{(\w+)\}")


@record(kw_only=False)
class Speech(RecordBase):
    """Speaks of one policy in one language."""

    checked: CheckedPolicy
    lexicon: Lexicon

    def text(self, text: str) -> str:
        """Return a text of a `*.praxe` file."""
        return self.checked.words(text, self.lexicon.language)

    def texts(self, texts: Sequence[str]) -> tuple[str, ...]:
        """Return several texts of `*.praxe` files."""
        return tuple(map(self.text, texts))

    def words(self, words: Words) -> str:
        """Return words of the vocabulary."""
        return words.in_language(self.lexicon.language)

    def maybe(self, words: Words | None) -> str | None:
        """Return words of the vocabulary, if there are any."""
        return self.words(words) if words else None

    def sentence(self, action: Action, arguments: Mapping[str, tuple[Expression, Value]]) -> str:
        """Return what an action with these arguments is called: its text with the places filled, or its label."""
        if action.text is None:
            return self.words(action.label)
        named = {each.name: each.values for each in action.parameters}
        said = {name: self._argument(value, of, named.get(name, ())) for name, (of, value) in arguments.items()}
        return _PLACE.sub(lambda place: said.get(place.group(1), place.group()), self.words(action.text))

    def choices(self, fact: Fact) -> tuple[Choice, ...]:
        """Return the answers that a fact may have, when they can be listed."""
        match fact.type:
            case FactType.YES_NO:
                return tuple(Choice(value=each, label=self.lexicon.yes_no(each)) for each in (True, False))
            case FactType.ONE_OF | FactType.SET_OF:
                return tuple(Choice(value=each.name, label=self.words(each.label)) for each in fact.values)
            case FactType.INTEGER | FactType.DECIMAL | FactType.DATE | FactType.TEXT:
                return ()
            case _:
                assert_never(fact.type)

    def deadline(self, deadline: StepDeadline, now: datetime.datetime | None, calendar: Calendar) -> Due:
        """Return how soon a step is due, counted from `now`."""
        kind = deadline.promptness
        match kind:
            case Promptness.IMMEDIATELY:
                return self._due(kind.value, None, now)
            case Promptness.SAME_DAY:
                return self._due(kind.value, None, now.date() if now else None)
            case Promptness.WITHIN:
                assert deadline.duration  # INVARIANT: `em até` comes with a duration
                return self.within(deadline.duration, now, calendar)
            case _:
                assert_never(kind)

    def within(self, duration: Duration, now: datetime.datetime | None, calendar: Calendar) -> Due:
        """Return a deadline that many days or hours after `now`."""
        return self._due("within", duration, due_at(now, duration, calendar) if now else None, calendar.name)

    def until(self, day: datetime.date) -> Due:
        """Return a deadline on a fixed date."""
        text = self.lexicon.say("deadline.until", date=self.lexicon.date(day))
        return Due(kind="until", amount=None, unit=None, due=day.isoformat(), text=text)

    def _due(self, kind: str, duration: Duration | None, due: datetime.date | None, calendar: str | None = None) -> Due:
        said = self.lexicon.duration(duration) if duration else ""
        exact = due.replace(microsecond=0) if isinstance(due, datetime.datetime) else due
        return Due(
            kind=kind,
            amount=duration.amount if duration else None,
            unit=duration.unit.value if duration else None,
            due=exact.isoformat() if exact else None,
            text=self.lexicon.say(f"deadline.{kind}", duration=said),
            calendar=calendar if duration and duration.unit is Unit.BUSINESS_DAY else None,
        )

    def _argument(self, value: Value, of: Expression, named: Sequence[NamedValue]) -> str:
        fact = self.checked.fact(of.name) if isinstance(of, FactRef) else None
        labels = {each.name: self.words(each.label) for each in (*(fact.values if fact else ()), *named)}
        match value:
            case bool():
                return self.lexicon.yes_no(value)
            case int() | Decimal():
                return self.lexicon.number(value)
            case str():
                return labels.get(value) or self.text(value)
            case datetime.date():
                return self.lexicon.date(value)
            case frozenset():
                members = in_declared_order(value, fact)
                return self.lexicon.listed([labels.get(each, each) for each in members], "and")
            case tuple():
                return self.lexicon.listed([self.lexicon.yes_no(each) for each in value], "and")
            case Duration():
                return self.lexicon.duration(value)
            case _:
                assert_never(value)
