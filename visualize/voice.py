"""The policy's words in the reader's language: labels, values, numbers, dates, durations.

In: a checked policy and a language. Out: short texts, without any markup; `phrases` and `steps` make sentences of them.
"""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Duration, FactName
from praxe.dsl.vocabulary import Fact
from praxe.engine.words import Lexicon as EngineWords
from praxe.engine.words import lexicon as engine_words
from praxe.visualize.words import Lexicon, lexicon


@dataclass(frozen=True, slots=True)
class Voice:
    """Speaks of one policy in one language."""

    checked: CheckedPolicy
    lexicon: Lexicon
    common: EngineWords  # dates, numbers, lists: said as in a decision

    @classmethod
    def of(cls, checked: CheckedPolicy, language: str) -> Voice:
        """Return the voice of `checked` in `language` (`pt` or `en`)."""
        return cls(checked, lexicon(language), engine_words(language))

    @property
    def language(self) -> str:
        """The language spoken."""
        return self.lexicon.language

    def say(self, key: str, **places: str) -> str:
        """Return a phrase of words.yaml."""
        return self.lexicon.say(key, **places)

    def text(self, text: str) -> str:
        """Return a text of a `*.praxe` file in this language."""
        return self.checked.words(text, self.language)

    def label(self, fact: FactName) -> str:
        """Return what a fact is called."""
        return self.checked.fact(fact).label.in_language(self.language)

    def question(self, fact: FactName) -> str:
        """Return a fact's own question."""
        return self.checked.fact(fact).question.in_language(self.language)

    def either(self, texts: Sequence[str], *, last: str = "or") -> str:
        """Return `a, b or c` (or with `and`)."""
        return self.common.listed(texts, last) if texts else ""

    def duration(self, duration: Duration) -> str:
        """Return `4 dias úteis`."""
        return self.common.duration(duration)

    def date(self, date: datetime.date) -> str:
        """Return a date as people of this language write it."""
        return self.common.date(date)

    def value(self, value: object, fact: Fact | None = None, *, unit: bool = True) -> str:
        """Return a plain value as read in the policy: `sim`, `1,5 kg`, `22/11/2026`, the text itself."""
        match value:
            case bool():
                return self.say("answer.yes" if value else "answer.no")
            case int() | Decimal():
                number = self.common.number(value)
                return self.with_unit(number, fact) if unit else number
            case datetime.date():
                return self.date(value)
            case _:
                return self.text(str(value))

    def with_unit(self, number: str, fact: Fact | None) -> str:
        """Return `15 dias`, with the unit that the fact is counted in."""
        if fact is None or fact.unit is None:
            return number
        return self.say("value.with_unit", value=number, unit=fact.unit.in_language(self.language))
