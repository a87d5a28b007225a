"""What it takes to ask a question: the key `cost` of a fact."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from praxe.dsl.load_vocabulary import load_vocabulary
from praxe.dsl.source import SourceText

FACT = "facts:\n  tem_nota: {{type: yes_no, label: Nota, question: Tem nota?, cost: {cost}}}\n"


def loaded(cost: str) -> tuple[Any, list[str]]:
    """Return the cost that is read, and the codes of what is wrong."""
    read, found = load_vocabulary(SourceText.of("vocabulary.yaml", FACT.format(cost=cost)), language="pt")
    assert read
    (fact,) = read.vocabulary.facts.values()
    return fact.cost, [each.code for each in found]


@pytest.mark.parametrize("cost", ["0", "3", "2.50"])
def test_a_cost_is_zero_or_more(cost: str) -> None:
    assert loaded(cost) == (Decimal(cost), [])


@pytest.mark.parametrize(("cost", "code"), [("-1", "PX185"), ("-0.5", "PX185"), ("much", "PX165"), ("1,5", "PX165")])
def test_anything_else_is_told(cost: str, code: str) -> None:
    assert loaded(f'"{cost}"' if "," in cost else cost) == (None, [code])
