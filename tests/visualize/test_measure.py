"""Widths and line breaks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.visualize.measure import clean, shorten, text_width, wrap


def test_bold_is_wider_and_size_scales() -> None:
    text = "Os dados foram confirmados"
    assert text_width(text, size=11, bold=True) > text_width(text, size=11)
    assert text_width(text, size=22) == pytest.approx(2 * text_width(text, size=11))


def test_lines_are_few_and_even() -> None:
    lines = wrap("Enviar o Caso para a fila do time de retenção", width=150, size=11)
    assert lines == ("Enviar o Caso para", "a fila do time de retenção") or len(lines) == 2
    widths = [text_width(line, size=11) for line in lines]
    assert max(widths) <= 150
    assert max(widths) - min(widths) < 60


@given(st.text(max_size=120), st.sampled_from([40.0, 104.0, 184.0]), st.booleans())
def test_no_line_is_wider_than_allowed(text: str, width: float, bold: bool) -> None:
    lines = wrap(text, width=width, size=11, bold=bold)
    assert lines
    for line in lines:
        assert text_width(line, size=11, bold=bold) <= width + 0.01 or len(line) == 1
    assert "".join(lines).replace(" ", "") == clean(text).replace(" ", "")


def test_a_long_word_is_cut_after_a_sign_if_it_can_be() -> None:
    lines = wrap("https://exemplo.com.br/" + "procedimentos/" * 5, width=120, size=11)
    assert all(line.endswith(("/", ".", ":", "-")) for line in lines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a\x00b\x08c", "abc"),
        ("dois\n\tespaços \u00a0 juntos", "dois espaços juntos"),
        ("\ud800meio\udfff", "meio"),
        ("\u202ertl\u202c", "rtl"),
        ("fim\uffff", "fim"),
        ("é 🎉 漢字", "é 🎉 漢字"),
    ],
)
def test_what_a_picture_cannot_hold_is_left_out(text: str, expected: str) -> None:
    assert clean(text) == expected


def test_a_long_text_is_shortened_with_an_ellipsis() -> None:
    assert shorten("abcdef", length=4) == "abc…"
    assert shorten("abcd", length=4) == "abcd"
