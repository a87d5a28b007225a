"""The kinds of values that options and arguments take, each telling its mistake in the reader's language.

In: a word of the command line. Out: its value, or `Misuse`.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pathlib import Path  # 10 ms to import, and `--help` does without it

    _Kind = click.ParamType[Any]
else:
    _Kind = click.ParamType  # generic since click 8.4 only


class Misuse(click.UsageError):
    """The command cannot do what was asked, as it was asked; `key` names the words that say why."""

    def __init__(
        self, key: str, *, hint: str | None = None, ctx: click.Context | None = None, **places: object
    ) -> None:
        super().__init__(key, ctx)
        self.key = key
        self.hint = hint  # another key
        self.places = places


class OneOf(_Kind):
    """One of a few words; each may have a name in another language too."""

    name = "choice"

    def __init__(self, *choices: str, **others: str) -> None:
        self.choices = choices
        self._others = others  # another name -> the choice it stands for

    def get_metavar(self, param: click.Parameter, ctx: click.Context | None = None) -> str:
        """Return how the help shows the value."""
        return "|".join(self.choices)

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the word itself."""
        value = self._others.get(value, value)
        if value not in self.choices:
            option = param.opts[-1] if param else ""
            raise Misuse("misuse.choice", option=option, value=value, choices=", ".join(self.choices))
        return value


class Place(_Kind):
    """A file or folder; whether it is there is looked up when it is needed."""

    name = "path"

    def convert(self, value: str | Path, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Return the path."""
        from pathlib import Path

        return Path(value)


class Moment(_Kind):
    """A date, or a date and time, as ISO 8601 writes it."""

    name = "moment"

    def convert(
        self, value: str | datetime.datetime, param: click.Parameter | None, ctx: click.Context | None
    ) -> datetime.datetime:
        """Return the time; a date alone is its first minute."""
        if isinstance(value, datetime.datetime):
            return value
        try:
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            raise Misuse("misuse.moment", option=param.opts[-1] if param else "", value=value) from None


class Percent(_Kind):
    """A share in percent, from 0 to 100."""

    name = "percent"

    def convert(self, value: str | float, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        try:
            share = float(value)
        except ValueError:
            share = -1.0
        if not 0 <= share <= 100:
            raise Misuse("misuse.percent", option=param.opts[-1] if param else "", value=value)
        return share


LANGUAGE = OneOf("pt", "en")
PATH = Place()
