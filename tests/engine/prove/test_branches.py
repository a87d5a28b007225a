"""Which parts of conditions are said to change nothing."""

from __future__ import annotations

from dataclasses import replace

from praxe.dsl.tree import FactName, Table
from praxe.engine import Policy
from praxe.engine.prove.findings import Check
from tests.engine.prove.test_checks import codes, example

GATED = """\
procedimento atendimento:
  se vale e (canal é chat ou dias_atraso > 5):
    fim cancelado
  fim encerrado

tabela vale primeira:
  | cliente_confirmou | canal | vale |
  | sim | chat | sim |
  | não | chat | não |
  | - | - | não |
"""


def test_cases_that_a_condition_does_not_answer_need_none_of_its_parts() -> None:
    policy = example(GATED)
    assert codes(policy, Check.BRANCHES) == [("PX413", 2)]
    table = policy.checked.definitions[FactName("vale")]
    assert isinstance(table, Table)
    holed = replace(policy.checked, definitions={table.name: replace(table, rows=table.rows[:-1])})
    assert codes(Policy(holed), Check.BRANCHES) == [("PX413", 2)]
