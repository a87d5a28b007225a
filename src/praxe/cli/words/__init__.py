"""The words of the command line, in the reader's language.

In: a key of `pt.py` or `en.py` and what fills its places. Out: the phrase. They are Python and not YAML because
`praxe --help` must not spend its time on reading them. The policy's own words come from the policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

LANGUAGES: Final = ("pt", "en")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language, by key (`decide.steps`)."""

    language: str
    phrases: Mapping[str, str]

    def say(self, key: str, **places: object) -> str:
        """Return the phrase `key` with its places filled."""
        return self.phrases[key].format_map(places) if places else self.phrases[key]

    def has(self, key: str) -> bool:
        """Return whether there is a phrase `key`."""
        return key in self.phrases

    def count(self, key: str, number: int, **places: object) -> str:
        """Return the phrase `key` that goes with `number`: `one` or `many`."""
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", n=number, **places)


def lexicon(language: str) -> Lexicon:
    """Return the words in `language`, one of LANGUAGES."""
    phrases: dict[str, str] = {}
    for part in ("help", "said", "tried"):
        phrases |= import_module(f"praxe.cli.words.{part}_{language}").PHRASES
    return Lexicon(language, phrases)
