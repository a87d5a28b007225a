"""Conditions and steps in human words, in both languages."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    Duration,
    DurationLiteral,
    Expression,
    FactName,
    In,
    Not,
    Or,
    Pattern,
    Promptness,
    RangePattern,
    Today,
    Unit,
    ValuePattern,
)
from praxe.dsl.vocabulary import Fact, FactType, Value
from praxe.engine.graph import StepDeadline
from praxe.visualize.phrases import Asked, ask, clause, pattern
from praxe.visualize.steps import action_text, deadline_text
from praxe.visualize.voice import Voice
from tests.visualize.building import SPAN, Builder, action, fact, literal, policy, ref, value, words

_FACTS = (
    fact("abertura", "O cliente deixa você investigar?", label="Cliente dá abertura"),
    fact("dias", "Há quantos dias?", label="Dias de atraso do boleto", kind=FactType.INTEGER, unit="dias"),
    fact("peso", "Qual é o peso?", label="Peso", kind=FactType.DECIMAL, unit="kg"),
    fact("motivo", "Qual é o motivo?", label="Motivo", values={"preco": "preço", "fechou": "fechou", "mudou": "mudou"}),
    fact("canal", "Por qual canal?", label="Canal", values={f"c{each}": f"canal {each}" for each in range(9)}),
    fact("vence", "Quando vence?", label="Vencimento", kind=FactType.DATE),
    fact("pediu", "Quando pediu?", label="Data do pedido", kind=FactType.DATE),
    fact("nome", "Qual é o nome?", label="Nome", kind=FactType.TEXT),
    Fact(
        name=FactName("servicos"),
        type=FactType.SET_OF,
        label=words("Serviços cancelados", "Cancelled services"),
        question=words("Quais serviços?"),
        values=(Value(name="dominio", label=words("Domínio", "Domain"), span=SPAN),),
        span=SPAN,
    ),
)
_ACTIONS = (
    action("fila", "Enviar para a fila", text="Enviar o Caso para a fila {fila}", params=("fila",)),
    action("registrar", "Registrar", params=("nome", "data")),
    action("ligar", "Ligar para o cliente"),
)


def _voice(language: str = "pt") -> Voice:
    draw = Builder("p", "P")
    draw.start()
    checked, _ = policy((draw,), facts=_FACTS, actions=_ACTIONS)
    return Voice.of(checked, language)


def _compare(operator: Comparison, left: Expression, right: Expression) -> Compare:
    return Compare(operator=operator, left=left, right=right, span=SPAN)


def _not(operand: Expression) -> Not:
    return Not(operand=operand, span=SPAN)


_OPEN = ref("abertura")
_LATE = _compare(Comparison.GREATER, ref("dias"), literal(15))
_DAY = literal(datetime.date(2026, 11, 22))


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (_OPEN, Asked("O cliente deixa você investigar?", (), "sim", "não")),
        (_not(_OPEN), Asked("O cliente deixa você investigar?", (), "não", "sim")),
        (_compare(Comparison.IS, _OPEN, literal(False)), Asked("O cliente deixa você investigar?", (), "não", "sim")),
        (
            _compare(Comparison.NOT_EQUAL, _OPEN, literal(False)),
            Asked("O cliente deixa você investigar?", (), "sim", "não"),
        ),
        (_LATE, Asked("Dias de atraso do boleto: mais de 15 dias?", (), "sim", "não")),
        (
            _compare(Comparison.IS, ref("motivo"), value("preco")),
            Asked("Qual é o motivo?", (), "preço", "fechou ou mudou"),
        ),
        (
            _compare(Comparison.NOT_EQUAL, ref("motivo"), value("preco")),
            Asked("Qual é o motivo?", (), "fechou ou mudou", "preço"),
        ),
        (
            _compare(Comparison.EQUAL, ref("canal"), value("c1")),
            Asked("Por qual canal?", (), "canal 1", "outra resposta"),
        ),
        (
            In(subject=ref("motivo"), members=(value("preco"), value("mudou")), span=SPAN),
            Asked("Qual é o motivo?", (), "preço ou mudou", "fechou"),
        ),
        (
            Contains(collection=ref("servicos"), member=value("dominio"), span=SPAN),
            Asked("Serviços cancelados inclui Domínio?", (), "sim", "não"),
        ),
        (
            And(operands=(_LATE, _not(_OPEN)), span=SPAN),
            Asked(
                "Vale tudo isto?",
                ("Dias de atraso do boleto: mais de 15 dias", "Cliente dá abertura: não"),
                "sim",
                "não",
            ),
        ),
    ],
)
def test_a_condition_is_asked_as_a_person_would(test: Expression, expected: Asked) -> None:
    assert ask(_voice(), test) == expected


@pytest.mark.parametrize(
    ("test", "expected"),
    [
        (_compare(Comparison.GREATER_EQUAL, ref("dias"), literal(15)), "Dias de atraso do boleto: 15 dias ou mais"),
        (_compare(Comparison.LESS, ref("dias"), literal(15)), "Dias de atraso do boleto: menos de 15 dias"),
        (_compare(Comparison.LESS_EQUAL, ref("dias"), literal(15)), "Dias de atraso do boleto: até 15 dias"),
        (_compare(Comparison.LESS, literal(15), ref("dias")), "Dias de atraso do boleto: mais de 15 dias"),
        (_not(_LATE), "Dias de atraso do boleto: até 15 dias"),
        (_compare(Comparison.EQUAL, ref("peso"), literal(Decimal("1.50"))), "Peso: 1,5 kg"),
        (_compare(Comparison.NOT_EQUAL, ref("nome"), literal("Ana")), "Nome: diferente de “Ana”"),
        (
            Between(subject=ref("dias"), low=literal(5), high=literal(10), span=SPAN),
            "Dias de atraso do boleto: de 5 a 10 dias",
        ),
        (
            _not(Between(subject=ref("dias"), low=literal(5), high=literal(10), span=SPAN)),
            "Dias de atraso do boleto: fora de 5 a 10 dias",
        ),
        (_compare(Comparison.LESS, ref("vence"), _DAY), "Vencimento: antes de 22/11/2026"),
        (_compare(Comparison.GREATER_EQUAL, ref("vence"), Today(span=SPAN)), "Vencimento: hoje ou depois"),
        (_compare(Comparison.GREATER, ref("vence"), ref("pediu")), "Vencimento: depois de Data do pedido"),
        (
            _compare(
                Comparison.GREATER,
                DaysBetween(business=True, start=ref("pediu"), end=Today(span=SPAN), span=SPAN),
                literal(4),
            ),
            "Dias úteis de Data do pedido até hoje: mais de 4",
        ),
        (
            _compare(
                Comparison.LESS_EQUAL,
                ref("vence"),
                Arithmetic(
                    subtract=False,
                    left=ref("pediu"),
                    right=DurationLiteral(value=Duration(30, Unit.DAY), span=SPAN),
                    span=SPAN,
                ),
            ),
            "Vencimento: até 30 dias depois de Data do pedido",
        ),
        (
            _not(In(subject=ref("motivo"), members=(value("preco"), value("mudou")), span=SPAN)),
            "Motivo: nenhum destes: preço ou mudou",
        ),
        (
            _not(Contains(collection=ref("servicos"), member=value("dominio"), span=SPAN)),
            "Serviços cancelados não inclui Domínio",
        ),
        (
            And(operands=(_OPEN, Or(operands=(_LATE, _not(_OPEN)), span=SPAN)), span=SPAN),
            "Cliente dá abertura: sim e (Dias de atraso do boleto: mais de 15 dias ou Cliente dá abertura: não)",
        ),
        (
            _not(And(operands=(_OPEN, _LATE), span=SPAN)),
            "Cliente dá abertura: não ou Dias de atraso do boleto: até 15 dias",
        ),
    ],
)
def test_a_condition_is_a_readable_statement(test: Expression, expected: str) -> None:
    assert clause(_voice(), test) == expected


def test_english_has_its_own_words() -> None:
    voice = _voice("en")
    assert clause(voice, _LATE) == "Dias de atraso do boleto: more than 15 dias"
    assert (
        clause(voice, Contains(collection=ref("servicos"), member=value("dominio"), span=SPAN))
        == "Cancelled services includes Domain"
    )
    assert clause(voice, _compare(Comparison.LESS, ref("vence"), _DAY)) == "Vencimento: before 2026-11-22"
    assert ask(voice, Or(operands=(_OPEN, _LATE), span=SPAN)).title == "Is any of this so?"


def _value(name: str) -> ValuePattern:
    return ValuePattern(value=value(name), span=SPAN)


def _range(low: int, high: int | None) -> RangePattern:
    return RangePattern(low=low, high=high, span=SPAN)


@pytest.mark.parametrize(
    ("name", "admitted", "expected"),
    [
        ("motivo", (_value("preco"), _value("fechou")), "preço ou fechou"),
        ("motivo", (_value("preco"), _value("fechou"), _value("mudou")), "preço, fechou ou mudou"),
        ("dias", (_range(0, 15),), "0 a 15 dias"),
        ("dias", (_range(0, 15), _range(30, None)), "0 a 15 ou 30 dias ou mais"),
        ("dias", (ValuePattern(value=literal(7), span=SPAN),), "7 dias"),
        ("abertura", (ValuePattern(value=literal(False), span=SPAN),), "não"),
    ],
)
def test_a_branch_says_what_it_admits(name: str, admitted: tuple[Pattern, ...], expected: str) -> None:
    voice = _voice()
    assert pattern(voice, admitted, voice.checked.fact(FactName(name))) == expected


def test_an_action_is_a_sentence_with_its_arguments() -> None:
    voice = _voice()
    assert action_text(voice, _ACTIONS[0].name, (("fila", literal("FOOD")),)) == "Enviar o Caso para a fila FOOD"
    assert action_text(voice, _ACTIONS[0].name, (("fila", ref("nome")),)) == "Enviar o Caso para a fila ‹Nome›"
    assert (
        action_text(voice, _ACTIONS[0].name, (("fila", literal("{fila} {0}")),))
        == "Enviar o Caso para a fila {fila} {0}"
    )
    assert (
        action_text(voice, _ACTIONS[1].name, (("nome", ref("nome")), ("data", _DAY))) == "Registrar: ‹Nome›, 22/11/2026"
    )
    assert action_text(voice, _ACTIONS[2].name, ()) == "Ligar para o cliente"


def test_deadlines_are_said() -> None:
    within = StepDeadline(promptness=Promptness.WITHIN, duration=Duration(4, Unit.BUSINESS_DAY))
    assert deadline_text(_voice(), within) == "em até 4 dias úteis"
    assert deadline_text(_voice("en"), StepDeadline(promptness=Promptness.SAME_DAY)) == "on the same day"
