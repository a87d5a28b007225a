"""What can go wrong with a drawing that is nobody's mistake in the policy: no Graphviz, or Graphviz failed."""

from __future__ import annotations

from praxe.dsl.errors import PraxeError
from praxe.visualize.words import LANGUAGES, lexicon


class DrawingError(PraxeError):
    """A drawing could not be made."""

    @classmethod
    def of(cls, key: str, **places: str) -> DrawingError:
        """Return the error whose words stand under `error.<key>` of words.yaml."""
        return cls({language: lexicon(language).say(f"error.{key}", **places) for language in LANGUAGES})
