"""The name an author probably meant: found when it is sure, and only then."""

from __future__ import annotations

import random
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.near import nearest

KNOWN = (
    "motivo_rc",
    "solicitante_titular",
    "boleto",
    "situacao",
    "não",
    "ligacao",
    "cliente_da_abertura",
    "conversar_e_entender",
    "rc.tecnico.p1.a",
    "rc.tecnico.p2.a",
    "n1",
    "n2",
)
names = st.text("abcdeo_", min_size=1, max_size=12)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("motivo_cr", "motivo_rc"),  # letters swapped
        ("motivo_r", "motivo_rc"),  # one missing
        ("mottivo_rc", "motivo_rc"),  # one too many
        ("motiva_rc", "motivo_rc"),  # one for another
        ("motivorc", "motivo_rc"),  # no `_`
        ("Motivo_RC", "motivo_rc"),  # capitals
        ("solicitante_titluar", "solicitante_titular"),
        ("titular_solicitante", "solicitante_titular"),  # words in another order
        ("boletos", "boleto"),  # plurals
        ("situacoes", "situacao"),
        ("ligações", "ligacao"),
        ("situação", "situacao"),  # accents
        ("nao", "não"),
        ("cliente_abertura", "cliente_da_abertura"),
        ("conversar_x_entender", "conversar_e_entender"),
        ("rc.tecnco.p1.a", "rc.tecnico.p1.a"),
    ],
)
def test_a_slip_finds_what_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, KNOWN) == meant


@pytest.mark.parametrize(
    "typed",
    ["x", "", "n3", "boneco", "canal", "rc.tecnico.p3.a", "rc.tecnico.p11.a", "rc.tecnico.p1.b", "motivo", "a" * 200],
)
def test_what_is_not_sure_is_not_suggested(typed: str) -> None:
    assert nearest(typed, KNOWN) is None


def test_two_that_are_as_near_are_none() -> None:
    assert nearest("fato_c", ["fato_a", "fato_b"]) is None
    assert nearest("situacao_x", ["situacao_ax", "situacao_bx"]) is None


def test_what_is_written_the_same_but_for_capitals_wins() -> None:
    assert nearest("situaçao", ["situação", "situacao"]) is None
    assert nearest("situacao_", ["situacao", "situação"]) == "situacao"


@given(st.lists(names), names)
def test_the_answer_does_not_hang_on_the_order(candidates: list[str], typed: str) -> None:
    found = nearest(typed, candidates)
    assert found is None or (found in candidates and found != typed)
    assert nearest(typed, reversed(candidates)) == found
    assert nearest(typed, set(candidates)) == found


@given(st.text(), st.lists(st.text()))
def test_any_text_is_taken(typed: str, candidates: list[str]) -> None:
    assert nearest(typed, candidates) in {None, *candidates}


def test_ten_thousand_names_are_little_work() -> None:
    shuffle = random.Random(1)
    alike = ["a" * 38 + "".join(shuffle.choice("ab") for _ in range(40)) for _ in range(10_000)]
    start = time.process_time()
    nearest("ab" * 39, alike)
    assert time.process_time() - start < 1.5  # without a bound: about a minute


def test_one_slip_among_ten_thousand_names_is_found() -> None:
    shuffle = random.Random(1)
    many = ["".join(shuffle.choice("abcdefghij_") for _ in range(20)) for _ in range(10_000)]
    assert nearest(many[700][:7] + many[700][8:], many) == many[700]
