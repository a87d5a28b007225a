"""Findings in words: which hint is shown, what is filled in, and what is not."""

from __future__ import annotations

import pytest

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.messages import Severity, all_codes, entry, explain
from praxe.dsl.source import Span

SPAN = Span("a.praxe", 2, 12, 2, 31)
EARLIER = Span("a.praxe", 1, 1, 1, 5)


def test_a_finding_is_told_in_the_language_asked_for() -> None:
    found = Diagnostic("PX203", SPAN, {"name": "boletto", "near": "boleto"})
    pt, en = explain(found, "pt"), explain(found, "en")
    assert (pt.code, pt.severity, pt.span) == ("PX203", Severity.ERROR, SPAN)
    assert (pt.title, pt.message) == ("fato desconhecido", "`boletto` não está no vocabulário")
    assert pt.hint == "você quis dizer `boleto`?"
    assert (en.title, en.message) == ("unknown fact", "`boletto` is not in the vocabulary")
    assert en.hint == "did you mean `boleto`?"


def test_a_language_without_words_falls_back_to_the_first() -> None:
    found = Diagnostic("PX203", SPAN, {"name": "boletto"})
    assert explain(found, "fr").title == "fato desconhecido"


@pytest.mark.parametrize("args", [{"name": "boletto"}, {"name": "boletto", "near": ""}])
def test_a_hint_without_its_arguments_is_not_shown(args: dict[str, str]) -> None:
    assert explain(Diagnostic("PX203", SPAN, args), "pt").hint is None


def test_the_first_hint_that_can_be_filled_is_shown() -> None:
    args = {"name": "vencdo", "fact": "boleto", "values": "`nenhum`, `vencido`"}
    assert explain(Diagnostic("PX206", SPAN, args), "pt").hint == "os valores de `boleto` são `nenhum`, `vencido`"
    near = explain(Diagnostic("PX206", SPAN, args | {"near": "vencido"}), "pt")
    assert near.hint == "você quis dizer `vencido`?"


def test_a_hint_without_places_is_always_shown() -> None:
    assert explain(Diagnostic("PX121", SPAN), "en").hint == "write `:` at the end"


def test_an_author_s_braces_stay_as_they_are() -> None:
    found = Diagnostic("PX123", SPAN, {"text": "{name} {0} {text}"})
    assert explain(found, "pt").message == "`{name} {0} {text}` não cabe aqui"


def test_a_kind_of_value_is_told_in_the_language_asked_for() -> None:
    found = Diagnostic("PX231", SPAN, {"left": "@integer", "right": "@text"})
    assert explain(found, "pt").message == "isto compara um número inteiro com um texto"
    assert explain(found, "en").message == "this compares a whole number with a text"


def test_an_unknown_kind_of_value_is_shown_as_written() -> None:
    assert explain(Diagnostic("PX103", SPAN, {"char": "@"}), "pt").message == "o sinal `@` não tem significado aqui"
    assert "`@casa`" in explain(Diagnostic("PX123", SPAN, {"text": "@casa"}), "pt").message


def test_a_second_place_has_its_label() -> None:
    found = Diagnostic("PX221", SPAN, {"name": "boletos"}, (Related(EARLIER, "first"),))
    assert explain(found, "pt").related == ((EARLIER, "`boletos` aparece primeiro aqui"),)


def test_a_second_place_without_a_label_of_its_own_has_a_plain_one() -> None:
    found = Diagnostic("PX203", SPAN, {"name": "x"}, (Related(EARLIER, "elsewhere"),))
    assert explain(found, "en").related == ((EARLIER, "see also here"),)


def test_codes_are_in_order_and_known() -> None:
    assert list(all_codes()) == sorted(all_codes())
    assert entry("PX203") is entry("PX203")


@pytest.mark.parametrize("code", ["PX999", "", "PX203.yaml", "../PX203", "terms"])
def test_an_unknown_code_is_a_value_error(code: str) -> None:
    with pytest.raises(ValueError, match="no such code"):
        entry(code)
