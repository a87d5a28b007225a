"""Expressions: Kleene's logic, exact numbers, dates; which facts are still needed, and which ones decided."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

import pytest

from praxe.engine import Policy
from praxe.engine.evidence import evidence
from praxe.engine.graph import Decision
from praxe.engine.needed import facts_read, needed
from praxe.engine.values import TODAY, Known, add_exactly, json_value, plain_decimal
from tests.engine.trees import policy

FACTS: dict[str, Any] = {
    "x": "yes_no",
    "y": "yes_no",
    "z": "yes_no",
    "cor": ["azul", "verde", "roxo"],
    "itens": ("pao", "leite"),
    "n": (0, 90),
    "m": (0, 90),
    "valor": "decimal",
    "inicio_em": "date",
    "fim_em": "date",
    "nome": "text",
}
FRIDAY = datetime.date(2026, 11, 20)


def condition(text: str, definitions: str = "") -> tuple[Policy, Any]:
    p = policy(f"procedimento inicio:\n  se {text}:\n    faça ligar\n  fim aceito\n\n{definitions}", **FACTS)
    (test,) = (node.test for node in p.graph.nodes.values() if isinstance(node, Decision))
    return p, test


@pytest.mark.parametrize(
    ("text", "known", "value", "missing"),
    [
        ("x", {}, None, "x"),
        ("não x", {"x": False}, True, ""),
        ("x e y", {"x": False}, False, ""),
        ("x e y", {"y": False}, False, ""),
        ("x e y", {"y": True}, None, "x"),
        ("x ou y", {"y": True}, True, ""),
        ("x ou y ou z", {"y": False}, None, "x z"),
        ("não (x e y)", {"x": True}, None, "y"),
        ("x = y", {"x": True}, None, "y"),
        ("x = y", {"x": True, "y": True}, True, ""),
        ("cor é azul", {"cor": "verde"}, False, ""),
        ("cor não é azul", {"cor": "verde"}, True, ""),
        ("cor em {azul, roxo}", {"cor": "roxo"}, True, ""),
        ("cor em {azul, roxo}", {}, None, "cor"),
        ("itens contém pao", {"itens": frozenset({"pao"})}, True, ""),
        ("itens contém leite", {"itens": frozenset({"pao"})}, False, ""),
        ("n > 15", {"n": 15}, False, ""),
        ("n >= 15", {"n": 15}, True, ""),
        ("n entre 3 e 5", {"n": 5}, True, ""),
        ("n entre m e 5", {"n": 6}, False, ""),
        ("n entre m e 5", {"n": 5}, None, "m"),
        ("n + m > 10", {"n": 4}, None, "m"),
        ("n - m = 4", {"n": 14, "m": 10}, True, ""),
        ("valor = 0.3", {"valor": add_exactly(Decimal("0.1"), Decimal("0.2"), subtract=False)}, True, ""),
        ("valor > n", {"valor": Decimal("4.5"), "n": 4}, True, ""),
        ('nome = " Ana"', {"nome": "Ana"}, True, ""),
        ("inicio_em < 2026-11-21", {"inicio_em": FRIDAY}, True, ""),
        ("inicio_em + 1 dia útil = 2026-11-23", {"inicio_em": FRIDAY}, True, ""),
        ("inicio_em - 1 mês = 2026-10-20", {"inicio_em": FRIDAY}, True, ""),
        ("dias entre inicio_em e fim_em > 3", {"inicio_em": FRIDAY}, None, "fim_em"),
        ("dias entre inicio_em e hoje = 0", {"inicio_em": FRIDAY, TODAY: FRIDAY}, True, ""),
        ("dias úteis entre inicio_em e 2026-11-23 = 1", {"inicio_em": FRIDAY}, True, ""),
        ("x e 36 horas > 1 dia", {"x": True}, True, ""),
        ("x e 30 dias = 1 mês", {"x": True}, True, ""),
    ],
)
def test_values_and_what_is_missing(text: str, known: Known, value: object, missing: str) -> None:
    p, test = condition(text)
    assert p.program.evaluator.value(test, dict(known)) is value
    assert list(needed(test, dict(known), p.program.evaluator)) == missing.split()


FIRST_MATCH = """defina faixa:
  quando x: azul
  quando n > 15: verde
  senão: roxo

defina serve: faixa é verde e y
"""


@pytest.mark.parametrize(
    ("known", "value", "missing"),
    [
        ({}, None, "x n y"),
        ({"n": 20}, None, "x y"),  # the first guard is open, though the second would hold
        ({"x": True}, False, ""),
        ({"x": False, "n": 20}, None, "y"),
        ({"x": False, "n": 20, "y": True}, True, ""),
        ({"y": False}, False, ""),
    ],
)
def test_definitions_wait_at_an_open_guard(known: Known, value: object, missing: str) -> None:
    p, test = condition("serve", FIRST_MATCH)
    assert p.program.evaluator.value(test, dict(known)) is value
    assert list(needed(test, dict(known), p.program.evaluator)) == missing.split()
    assert facts_read(test, p.checked.definitions) == ("x", "n", "y")


UNIQUE = """tabela t:
  | cor         | n      | t   |
  | azul        | -      | sim |
  | verde, roxo | 0 a 15 | não |
  | verde, roxo | 16+    | sim |
"""
FIRST = (
    UNIQUE.replace("tabela t:", "tabela t primeira:")
    .replace("| azul        | -", "| azul        | 5+")
    .replace("  | verde, roxo | 16+    | sim |", "  | -           | -      | sim |")
)


@pytest.mark.parametrize(
    ("table", "known", "value", "missing"),
    [
        (UNIQUE, {"cor": "azul"}, True, ""),
        (UNIQUE, {"n": 20}, None, "cor"),
        (UNIQUE, {"cor": "roxo"}, None, "n"),
        (UNIQUE, {"cor": "roxo", "n": 15}, False, ""),
        (FIRST, {"cor": "azul"}, None, "n"),
        (FIRST, {"n": 20}, None, "cor"),
        (FIRST, {"cor": "roxo", "n": 20}, True, ""),
        (FIRST, {"n": 3}, None, "cor"),
        (FIRST, {"cor": "azul", "n": 3}, True, ""),
    ],
)
def test_tables_answer_when_no_other_row_can(table: str, known: Known, value: object, missing: str) -> None:
    p, test = condition("t", table)
    assert p.program.evaluator.value(test, dict(known)) is value
    assert list(needed(test, dict(known), p.program.evaluator)) == missing.split()


@pytest.mark.parametrize(
    ("text", "known", "facts"),
    [
        ("x e y", {"x": False, "y": False}, "x"),
        ("x ou y", {"x": False, "y": True}, "y"),
        ("x ou y", {"x": False, "y": False}, "x y"),
        ("não (x e (y ou z))", {"x": True, "y": False, "z": True}, "x z"),
        ("serve", {"x": True, "n": 3, "y": True}, "x"),
        ("serve", {"x": False, "n": 20, "y": True}, "x n y"),
        ("serve", {"x": False, "n": 3, "y": False}, "x n"),
    ],
)
def test_only_what_decided_is_evidence(text: str, known: Known, facts: str) -> None:
    p, test = condition(text, FIRST_MATCH)
    evaluator = p.program.evaluator
    value = evaluator.value(test, dict(known))
    found = evidence(test, evaluated(p, test, known), evaluator)
    assert list(found.facts) == facts.split()
    assert evaluator.value(test, {name: known[name] for name in found.facts}) == value


def evaluated(p: Policy, test: Any, known: Known) -> Known:
    """Return what is known, with what the policy worked out from it."""
    here = dict(known)
    p.program.evaluator.value(test, here)
    return here


def test_long_chains_and_deep_conditions_are_evaluated() -> None:
    chain = "".join(f"defina d{number}: d{number - 1} e d{number - 1}\n\n" for number in range(1, 400))
    p, test = condition("d399", "defina d0: x\n\n" + chain)
    assert p.program.evaluator.value(test, {"x": True}) is True  # type: ignore[dict-item]
    assert needed(test, {}, p.program.evaluator) == ("x",)
    p, test = condition("não " * 300 + "x")
    assert p.program.evaluator.value(test, {"x": True}) is True  # type: ignore[dict-item]


@pytest.mark.parametrize(
    ("number", "text"),
    [("12.50", "12.5"), ("1E+3", "1000"), ("-0.0", "0"), ("100", "100"), ("0.00000001", "0.00000001")],
)
def test_decimals_are_written_plainly(number: str, text: str) -> None:
    assert plain_decimal(Decimal(number)) == text
    assert json_value(Decimal(number)) == text


def test_sums_are_exact() -> None:
    big, small = Decimal("1e30"), Decimal("1e-30")
    assert add_exactly(add_exactly(big, small, subtract=False), big, subtract=True) == small
    assert add_exactly(3, 5, subtract=True) == -2
