"""The sentences of explanations, beside those that the engine says anyway.

In: a language. Out: its `Lexicon`, read from `words.json` when the first explanation is wanted.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources
from types import MappingProxyType

from praxe.engine.words import Lexicon, lexicon


@cache
def sentences(language: str) -> Lexicon:
    """Return all words of the engine in `language`, those of explanations among them.

    Raises:
        ValueError: the engine does not speak that language.
    """
    general = lexicon(language)
    own = json.loads(resources.files(__package__).joinpath("words.json").read_text("utf-8"))
    phrases = {str(key): str(words[language]) for key, words in own.items()}
    return Lexicon(language, MappingProxyType({**general.phrases, **phrases}))
