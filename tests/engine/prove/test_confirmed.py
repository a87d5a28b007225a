"""What needs a case to be true is said only where a case is at hand; by a calendar sets of cases may be too large."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from praxe.engine.prove.findings import Check
from praxe.engine.prove.run import prove
from tests.dsl.example import example_files
from tests.engine.prove.test_checks import DATED, example

LATE = "dias úteis entre inicio e termino > 5"  # more than 5 business days: no fewer than 8 days
DEFINED = f"""\
procedimento atendimento:
  se tarde:
    fim cancelado
  fim encerrado

defina tarde:
  quando não ({LATE}): canal é chat
  quando dias entre inicio e termino < {{0}}: sim
  senão: não
"""
OTHERWISE = f"""\
procedimento atendimento:
  se {LATE} e dias entre inicio e termino < {{0}}:
    caso canal:
      chat:
        fim cancelado
      senão:
        faça ligar_cliente
  fim encerrado
"""
WAITING = f"""\
procedimento atendimento:
  se {LATE}:
    se não retorno_cliente e dias entre inicio e termino >= {{0}}:
      fim cancelado
    aguarde retorno_cliente em até 4 dias úteis:
      faça ligar_cliente
    senão:
      faça cobrar_cliente
  fim encerrado
"""


def told(text: str, check: Check) -> Sequence[tuple[str, int]]:
    """Return what one check says of a policy with two dates."""
    dated = {"vocabulary.yaml": example_files()["vocabulary.yaml"].replace("facts:\n", DATED, 1)}
    (done,) = prove(example(text, **dated), [check])
    return [(each.diagnostic.code, each.diagnostic.span.line) for each in done.findings]


@pytest.mark.parametrize(
    ("text", "check", "impossible", "possible", "code", "line"),
    [
        (DEFINED, Check.DEFINITIONS, 5, 9, "", 8),
        (OTHERWISE, Check.OTHERWISE, 5, 9, "PX416", 6),
        (WAITING, Check.EVENTS, 5, 9, "", 5),
    ],
)
def test_a_line_that_only_seems_to_have_a_case_is_left_open(
    text: str, check: Check, impossible: int, possible: int, code: str, line: int
) -> None:
    assert told(text.format(impossible), check) == [("PX405", line)]
    assert told(text.format(possible), check) == ([(code, line)] if code else [])
