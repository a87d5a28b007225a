"""Steps that a scenario names with what they carry: arguments, a deadline, the exact text."""

from __future__ import annotations

import functools

import pytest

from praxe.dsl import check_policy_texts
from praxe.dsl.source import SourceText
from praxe.engine import Policy, run_scenarios
from praxe.engine.scenarios import Scenarios, read_scenarios

POLICY_YAML = """\
name: ex
title: Exemplo
version: "1"
language: pt
entry: inicio
parameters:
  limite: {type: integer, value: 15, label: Limite}
"""
VOCABULARY = """\
facts:
  atraso: {type: integer, label: Dias, question: Há quantos dias?}
  canal: {type: one_of, label: Canal, question: Por onde?, values: {fone: Telefone, chat: Chat}}
  socios: {type: set_of, label: Sócios, question: Quais?, values: {ana: Ana, beto: Beto, caio: Caio}}
actions:
  cobrar: {label: Cobrar, params: {valor: {type: integer, label: Valor}, por: {type: text, label: Por}}}
  avisar: {label: Avisar, params: {quem: {type: set_of, label: Quem, values: {ana: Ana, beto: Beto, caio: Caio}}}}
  encerrar: {label: Encerrar}
outcomes:
  feito: {label: Feito}
"""
TEXT = """\
procedimento inicio "Início":
  faça cobrar(atraso, "carta") em até 4 dias úteis
  faça cobrar(limite, por="fone") no mesmo dia
  faça avisar(socios)
  faça "Anote tudo" imediatamente
  fim feito
"""


@functools.cache
def _policy() -> Policy:
    checked, found = check_policy_texts(
        "ex", {"policy.yaml": POLICY_YAML, "vocabulary.yaml": VOCABULARY, "inicio.praxe": TEXT}
    )
    assert checked, found
    return Policy(checked)


def _read(expect: str) -> Scenarios:
    text = f"- name: caso\n  facts: {{atraso: 3, socios: [caio, ana]}}\n  expect: {expect}\n"
    return read_scenarios([SourceText.of("casos.yaml", text)], _policy())


def _differences(expect: str) -> list[str]:
    found = _read(expect)
    assert not found.diagnostics
    (result,) = run_scenarios(_policy(), found.scenarios).results
    return [each.in_language("pt") for each in result.differences]


@pytest.mark.parametrize(
    "step",
    [
        "cobrar(3)",
        "cobrar(atraso)",
        'cobrar(atraso, "carta")',
        'cobrar(por="fone")',
        "cobrar(limite)",
        "cobrar(15) no mesmo dia",
        "cobrar(3) em até 4 dias úteis",
        "cobrar em até 4 dias úteis",
        "avisar(socios)",
        '"Anote tudo" imediatamente',
        "Anote tudo",
    ],
)
def test_a_step_is_found_by_what_it_carries(step: str) -> None:
    assert _differences(f"{{steps: ['{step}']}}") == []
    assert _differences(f"{{without: ['{step}']}}") != []


@pytest.mark.parametrize(
    "step",
    [
        "cobrar(4)",
        'cobrar(atraso, "fone")',
        "cobrar(15) imediatamente",
        "cobrar em até 5 dias úteis",
        "cobrar em até 4 dias",
        "avisar(socios) no mesmo dia",
        '"Anote tudo" no mesmo dia',
    ],
)
def test_a_step_that_carries_something_else_is_another(step: str) -> None:
    assert _differences(f"{{without: ['{step}']}}") == []
    (told,) = _differences(f"{{steps: ['{step}']}}")
    assert step in told


def test_the_order_may_name_the_same_action_twice() -> None:
    assert _differences("{order: [cobrar(3), cobrar(15), 'avisar(socios)']}") == []
    assert _differences("{order: [cobrar(15), cobrar(3)]}") != []


def test_what_came_instead_is_told_in_full() -> None:
    (told,) = _differences("{steps: [cobrar(16)]}")
    assert "cobrar(16)" in told
    assert "Cobrar" in told
    assert "Avisar" not in told


@pytest.mark.parametrize(
    ("step", "code", "column"),
    [
        ("cobrr(3)", "PX202", 21),
        ("cobrar(quanto=3)", "PX253", 28),
        ('cobrar("x")', "PX255", 28),
        ("cobrar(3", "PX", 0),
        ("cobrar 3", "PX", 0),
        ("encerrar(1)", "PX252", 30),
        ('"Anote nada"', "PX353", 20),
    ],
)
def test_a_step_that_cannot_come_is_a_mistake_at_its_place(step: str, code: str, column: int) -> None:
    found = _read(f"{{steps: ['{step}']}}")
    assert not found.scenarios
    assert found.diagnostics
    told = found.diagnostics[0]
    assert told.code.startswith(code)
    assert told.span.line == 3
    if column:
        assert told.span.column == column
