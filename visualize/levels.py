"""The three levels of a policy's pictures, where each is kept, and the links between them.

In: a level and a name. Out: the name of a file beside the others; the links that stand under a title.
"""

from __future__ import annotations

from enum import Enum

from praxe.visualize.chart import Way
from praxe.visualize.links import safe_link
from praxe.visualize.words import lexicon


class Level(Enum):
    """How near a picture looks; the value is the word for it."""

    SUMMARY = "summary"  # a whole policy, a card a procedure
    PROCEDURE = "procedure"  # one procedure
    EXPANDED = "expanded"  # one procedure with its calls opened


def level_file(level: Level, name: str, form: str = "svg") -> str:
    """Return where a picture is kept: that of the policy `name` (the summary), or of the procedure `name`.

    Names hold no hyphen, so none of these is that of another procedure.
    """
    suffix = "" if level is Level.PROCEDURE else f"--{level.value}"
    return f"{name}{suffix}.{form}"


def level_ways(
    language: str, *, summary: str | None = None, procedure: str | None = None, expanded: str | None = None
) -> tuple[Way, ...]:
    """Return the links under a title to those of the other levels that have a place.

    Raises:
        ValueError: there is no such language.
    """
    words = lexicon(language)
    places = {Level.SUMMARY: summary, Level.PROCEDURE: procedure, Level.EXPANDED: expanded}
    safe = {level: safe_link(place) for level, place in places.items()}
    return tuple(Way(words.say(f"levels.{level.value}"), href) for level, href in safe.items() if href is not None)
