"""The sentences of a comparison, in one language."""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from praxe.engine.words import Lexicon, lexicon


@cache
def words_of(language: str) -> Lexicon:
    """Return the words that comparisons are told with, those of the engine among them."""
    own = json.loads(resources.files(__package__).joinpath("words.json").read_text("utf-8"))
    phrases = {str(key): str(said[language]) for key, said in own.items()}
    return Lexicon(language, {**lexicon(language).phrases, **phrases})
