"""Every phrase is there in both languages, with the same places."""

from __future__ import annotations

import re

import pytest

from praxe.visualize.words import LANGUAGES, lexicon

_PLACES = re.compile(r"\{(\w+)\}")


def test_both_languages_have_the_same_phrases_with_the_same_places() -> None:
    pt, en = (lexicon(language).phrases for language in LANGUAGES)
    assert pt.keys() == en.keys()
    for key, phrase in pt.items():
        assert sorted(_PLACES.findall(phrase)) == sorted(_PLACES.findall(en[key])), key
        assert phrase.strip() and en[key].strip(), key


def test_the_number_decides_between_one_and_many() -> None:
    assert lexicon("pt").count("count.gap", 1) == "1 lacuna no texto"
    assert lexicon("pt").count("count.gap", 4) == "4 lacunas no texto"
    assert lexicon("en").count("count.wait", 0) == "0 waits"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="language 'fr'"):
        lexicon("fr")


def test_a_text_with_braces_is_a_text() -> None:
    assert lexicon("pt").say("value.quoted", text="{n} {} }{") == "“{n} {} }{”"
