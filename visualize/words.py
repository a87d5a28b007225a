"""The words of a drawing or page, in the reader's language.

In: a key of `words.yaml`, or of a page's own table, and what fills its places. Out: the phrase. The policy's own words
come from the policy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

LANGUAGES = ("pt", "en")


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The phrases of one language, by key (`tag.wait`)."""

    language: str
    phrases: Mapping[str, str]

    def say(self, key: str, **places: str) -> str:
        """Return the phrase `key` with its places filled."""
        return self.phrases[key].format_map(places)

    def has(self, key: str) -> bool:
        """Return whether there is a phrase `key`."""
        return key in self.phrases

    def count(self, key: str, number: int) -> str:
        """Return the phrase `key` that goes with `number`: `one` or `many`."""
        return self.say(f"{key}.{'one' if number == 1 else 'many'}", n=str(number))


@cache
def lexicon(language: str, table: str = "words.yaml") -> Lexicon:
    """Return the words in `language`.

    Args:
        table: the file they are in, in this folder.

    Raises:
        ValueError: there is no table for that language.
    """
    if language not in LANGUAGES:
        raise ValueError(f"language {language!r}: drawings speak {', '.join(LANGUAGES)}")
    return Lexicon(language, MappingProxyType(dict(_phrases(_table(table), language, ""))))


@cache
def _table(name: str) -> Mapping[str, object]:
    import yaml  # 35 ms to import, and only a drawing needs it

    text = (Path(__file__).resolve().parent / name).read_text(encoding="utf-8")
    table = yaml.safe_load(text)
    if not isinstance(table, dict):
        raise TypeError(f"{name} is not a mapping")
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
                raise TypeError(f"{name} is neither a phrase nor a group")
