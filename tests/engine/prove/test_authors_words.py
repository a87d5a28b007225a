"""Cases as findings tell them."""

from __future__ import annotations

import pytest

from praxe.dsl.messages import explain
from praxe.engine.prove.findings import Check
from praxe.engine.prove.run import prove
from tests.engine.prove.test_checks import example

ALWAYS_CALLED = "procedimento atendimento:\n  faça ligar_cliente\n  fim cancelado\n\nnunca {}\n"


@pytest.mark.parametrize(
    ("rule", "language", "message"),
    [
        ("cancelado", "pt", "este caso quebra a regra: qualquer um, sejam quais forem as respostas"),
        ("cancelado", "en", "this case breaks the rule: any one, whatever the answers"),
        ("cancelado quando canal é chat", "pt", "este caso quebra a regra: `canal` = `chat`"),
    ],
)
def test_a_case_that_needs_no_answer_is_any_case(rule: str, language: str, message: str) -> None:
    (done,) = prove(example(ALWAYS_CALLED.format(rule)), [Check.RULES])
    assert [explain(each.diagnostic, language).message for each in done.findings] == [message]
