"""Asking only what matters: what is passed in silence, and what else may still be asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from praxe.dsl.tree import Cell, Pattern, RangePattern, Table
from praxe.engine import Decision, Policy, Status
from tests.engine.trees import actions, policy

FACTS: dict[str, Any] = {"x": "yes_no", "y": "yes_no", "z": "yes_no", "cor": ["azul", "verde"]}


def decide(text: str, **facts: object) -> Decision:
    return policy(text, **FACTS).decide(facts)


@pytest.mark.parametrize(
    "text",
    [
        "  se x:\n    fim aceito\n  senão:\n    fim aceito\n",
        "  se x:\n    faça ligar\n  senão:\n    faça ligar\n  fim aceito\n",
        "  se x:\n    nada\n  fim aceito\n",
        "  caso cor:\n    azul:\n      nada\n    verde:\n      nada\n  fim aceito\n",
        "  se x:\n    se y:\n      faça ligar\n    senão:\n      faça ligar\n  senão:\n    faça ligar\n  fim aceito\n",
        "  se x ou não x:\n    faça ligar\n    fim aceito\n  fim negado\n",
        "  se x:\n    se x:\n      fim aceito\n    fim negado\n  fim aceito\n",
        "  se x e y:\n    fim aceito\n  senão se não x ou não y:\n    fim aceito\n  fim negado\n",
    ],
)
def test_what_makes_no_difference_is_not_asked(text: str) -> None:
    decision = decide("procedimento inicio:\n" + text)
    assert (decision.status, decision.outcome) == (Status.FINISHED, "aceito")
    silent = [each for each in decision.trace if each.kind == "decision"]
    assert silent
    assert all((each.branch, dict(each.facts)) == (None, {}) for each in silent)


def test_a_derived_fact_that_makes_no_difference_is_not_asked_for() -> None:
    text = """procedimento inicio:
  se calmo ou não calmo:
    faça ligar
    fim aceito
  fim negado

defina calmo: x e não y
"""
    decision = decide(text)
    assert (decision.outcome, actions(decision.steps)) == ("aceito", ["ligar"])
    assert decide(text, x=True).to_json()["steps"] == decision.to_json()["steps"]


def test_the_same_step_under_another_clause_is_not_the_same() -> None:
    text = "procedimento inicio:\n  se x:\n    faça ligar [c.1]\n  senão:\n    faça ligar [c.2]\n  fim aceito\n"
    asks = decide(text).asks
    assert asks
    assert (asks.fact, asks.also_open) == ("x", ())


TWO_WAYS = """procedimento inicio:
  se x:
    siga comum
  senão:
    se y:
      faça avisar
    siga comum

procedimento comum:
  faça ligar
  fim aceito
"""


def test_calls_of_the_same_procedure_are_the_same() -> None:
    assert actions(decide(TWO_WAYS, y=False).steps) == ["ligar"]
    asks = decide(TWO_WAYS, y=True).asks
    assert asks
    assert asks.fact == "x"


def test_a_fact_that_cannot_matter_gives_way_to_one_that_can() -> None:
    text = """procedimento inicio:
  se x:
    se y:
      fim aceito
    senão se z:
      fim aceito
    fim negado
  senão:
    se z:
      fim aceito
    senão se y:
      fim aceito
    fim negado
"""
    decision = decide(text)
    assert decision.asks
    assert (decision.asks.fact, decision.asks.also_open) == ("y", ("z",))
    assert decide(text, y=True).outcome == "aceito"


def test_a_hole_that_every_case_left_falls_into_is_a_gap() -> None:
    p = policy(
        """procedimento inicio:
  se x:
    se t:
      fim aceito
  fim negado

tabela t:
  | y   | t   |
  | sim | sim |
  | não | sim |
""",
        **FACTS,
    )
    (name, table), *_ = p.checked.definitions.items()
    assert isinstance(table, Table)
    closed = tuple(replace(row, cells=(replace(row.cells[0], patterns=cut(row.cells[0])),)) for row in table.rows)
    broken = Policy(replace(p.checked, definitions={name: replace(table, rows=closed)}))
    assert broken.decide({"x": True}).status is Status.GAP
    asks = broken.decide({}).asks
    assert asks
    assert (asks.fact, asks.also_open) == ("x", ())


def cut(cell: Cell) -> tuple[Pattern, ...]:
    """Return the patterns of a cell turned into one that nothing fits."""
    return (RangePattern(low=7, high=7, span=cell.span),)


def test_a_wait_and_a_question_are_wanted_as_such() -> None:
    waits = decide("procedimento inicio:\n  aguarde x em até 2 dias:\n    fim aceito\n  senão:\n    fim aceito\n")
    assert waits.status is Status.WAITS
    asks = decide("procedimento inicio:\n  se x:\n    pergunte cor\n  fim aceito\n")
    assert asks.asks
    assert (asks.asks.fact, asks.asks.also_open) == ("x", ())
    text = "procedimento inicio:\n  se x ou não x:\n    pergunte cor\n    fim aceito\n  fim negado\n"
    settled = decide(text)
    assert settled.asks
    assert settled.asks.fact == "cor"


def test_a_last_attempt_whose_result_changes_nothing_is_not_asked_for() -> None:
    text = "procedimento inicio:\n  tente até 2 vezes ligar até x:\n    nada\n  fim aceito\n"
    assert decide(text).status is Status.ASKS
    last = decide(text, x=[False])
    assert (last.status, actions(last.steps)) == (Status.FINISHED, ["ligar", "ligar"])


def test_with_many_open_cases_the_graph_alone_decides() -> None:
    names = [f"f{number}" for number in range(12)]
    text = "".join(f'  se {name}:\n    faça enviar("{name}")\n' for name in names)
    p = policy(f"procedimento inicio:\n{text}  fim aceito\n", **dict.fromkeys(names, "yes_no"))
    asks = p.decide({}).asks
    assert asks
    assert (asks.fact, list(asks.also_open)) == ("f0", names[1:])
    asks = p.decide(dict.fromkeys(names[:8], False)).asks
    assert asks
    assert (asks.fact, list(asks.also_open)) == ("f8", names[9:])


def test_thousands_of_decisions_are_looked_at() -> None:
    names = [f"f{number}" for number in range(40)]
    lines = "".join(f'  se f{number % 40}:\n    faça enviar("{number}")\n' for number in range(2_000))
    p = policy(f"procedimento inicio:\n{lines}  fim aceito\n", **dict.fromkeys(names, "yes_no"))
    asks = p.decide({"f3": True}).asks
    assert asks
    assert len(asks.also_open) == 38
    assert len(p.decide(dict.fromkeys(names, True)).steps) == 2_000
