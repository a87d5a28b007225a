"""The value of a fact as somebody typed it.

In: a text and the fact it is for. Out: a value for `Policy.decide`; the engine checks it.
"""

from __future__ import annotations

import re
from typing import Final

from praxe.dsl.vocabulary import Fact, FactType

Facts = dict[str, object]

_TRUTH: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"[+-]?[0-9]+", re.ASCII)
_MOST_SIGNS: Final = 3_900  # beyond, Python makes no number of a text; the engine refuses a number long before


def typed(text: str, fact: Fact | None) -> object:
    """Return the whole number or the yes or no that `text` is for such a fact; else the text itself."""
    match fact.type if fact else None:
        case FactType.INTEGER if _WHOLE.fullmatch(text.strip()):
            return int(text.strip()[:_MOST_SIGNS])
        case FactType.YES_NO:
            return _TRUTH.get(text.strip().lower(), text)
        case _:
            return text
