"""The sentences the engine makes itself, in the reader's language.

In: a key of `words.json` and what fills its places. Out: the sentence. `one` and `many` go by the
number; the policy's own words come from the policy.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import Duration
from praxe.engine.values import plain_decimal

LANGUAGES: Final = ("pt", "en")


@record(kw_only=False)
class Lexicon(RecordBase):
    """The sentences of one language, by key (`fact.yes_no`)."""

    language: str
    phrases: Mapping[str, str]

    def say(self, key: str, **places: str) -> str:
        """Return the phrase `key` with its places filled."""
        return self.phrases[key].format_map(places)

    def listed(self, items: Sequence[str], last: str) -> str:
        """Return `a, b and c`; `last` is `and` or `or`."""
        if not items:
            return self.say("list.nothing")
        text = items[0]
        for each in items[1:-1]:
            text = self.say("list.comma", first=text, last=each)
        return self.say(f"list.{last}", first=text, last=items[-1]) if len(items) > 1 else text

    def duration(self, duration: Duration) -> str:
        """Return a duration in words: `4 business days`."""
        number = "one" if duration.amount == 1 else "many"
        return self.say(f"duration.{duration.unit.value}.{number}", n=str(duration.amount))

    def date(self, day: datetime.date) -> str:
        """Return a date as this language writes it; of a date and time only the date."""
        return self.say("date.form", day=f"{day.day:02}", month=f"{day.month:02}", year=f"{day.year:04}")

    def number(self, number: int | Decimal) -> str:
        """Return a number as this language writes it."""
        if isinstance(number, int):
            return str(number)
        return plain_decimal(number).replace(".", self.say("number.point"))

    def yes_no(self, answer: bool) -> str:
        """Return the word for yes or no."""
        return self.say("answer.yes_" if answer else "answer.no_")


def check_language(language: str) -> None:
    """Make sure that the engine speaks `language`.

    Raises:
        ValueError: it does not.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: decisions speak {', '.join(LANGUAGES)}")


@cache
def lexicon(language: str) -> Lexicon:
    """Return the engine's words in `language`.

    Raises:
        ValueError: there is no table for that language.
    """
    check_language(language)
    return Lexicon(language, MappingProxyType(dict(_phrases(_table(), language, ""))))


@cache
def _table() -> Mapping[str, object]:
    # JSON, because YAML is slow to import; a path, because `importlib.resources` is too
    table = json.loads(Path(__file__).with_name("words.json").read_text("utf-8"))
    assert isinstance(table, dict)
    return MappingProxyType(table)


def _phrases(table: Mapping[str, object], language: str, prefix: str) -> Iterator[tuple[str, str]]:
    for key, below in table.items():
        name = f"{prefix}{key}"
        match below:
            case dict() if "pt" in below:
                yield name, str(below[language])
            case dict():
                yield from _phrases(below, language, f"{name}.")
            case _:
                raise TypeError(f"words.json: {name} has no words")
