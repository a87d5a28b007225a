"""Facts on entry: what is taken, what is refused, and how the refusal reads."""

from __future__ import annotations

import datetime
import pickle
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.engine import Decision, FactError
from praxe.engine.shown import shown
from tests.engine.trees import policy

POLICY = policy(
    """procedimento inicio:
  se urgente e cor é azul e itens contém pao e atraso > 3 e valor > 2.5 e quando_foi > 2026-01-01 e nome = "Ana":
    faça ligar
  tente até 2 vezes ligar até contato:
    nada
  se muito_atraso:
    faça cobrar
  fim aceito

defina muito_atraso: atraso > 30 e urgente
""",
    urgente="yes_no",
    cor=["azul", "verde"],
    itens=("pao", "leite"),
    atraso=(0, 90),
    valor={"type": "decimal", "min": 0.5, "max": 100},
    quando_foi="date",
    nome="text",
    contato="yes_no",
)


@pytest.mark.parametrize(
    ("name", "given", "kept"),
    [
        ("urgente", True, True),
        ("urgente", "Sim", True),
        ("urgente", " nao ", False),
        ("urgente", "não", False),
        ("urgente", "na\u0303o", False),
        ("urgente", "yes", True),
        ("cor", "verde", "verde"),
        ("itens", [], frozenset()),
        ("itens", ("pao", "pao"), {"pao"}),
        ("itens", {"pao", "leite"}, {"pao", "leite"}),
        ("atraso", 90, 90),
        ("valor", 1, Decimal(1)),
        ("valor", 0.5, Decimal("0.5")),
        ("valor", " 12.50 ", Decimal("12.5")),
        ("valor", Decimal("99.999"), Decimal("99.999")),
        ("quando_foi", "2026-02-28", datetime.date(2026, 2, 28)),
        ("quando_foi", datetime.date(2026, 2, 28), datetime.date(2026, 2, 28)),
        ("nome", "  Jose\u0301 ", "José"),
        ("contato", "sim", (True,)),
        ("contato", False, (False, False)),
        ("contato", [False], (False,)),
    ],
)
def test_what_is_taken(name: str, given: Any, kept: Any) -> None:
    assert POLICY.check({name: given}) == {name: kept}


@pytest.mark.parametrize("name", ["urgente", "cor", "atraso", "contato"])
def test_none_is_not_yet_known(name: str) -> None:
    assert POLICY.check({name: None}) == {}
    assert POLICY.check({"contato": []}) == {}


@pytest.mark.parametrize(
    ("facts", "kind", "words"),
    [
        ({"urgnte": True}, "unknown_name_near", "`urgnte` não é um fato desta política; você quis dizer `urgente`?"),
        ({"xyz": None}, "unknown_name", "`xyz` não é um fato desta política"),
        ({7: True}, "unknown_name", "`7` não é um fato desta política"),
        ({"hoje ": "2026-01-01"}, "unknown_name", "`hoje` não é um fato"),
        ({"muito_atraso": True}, "derived", "a política o calcula de `atraso`, `urgente`"),
        ({"urgente": 1}, "yes_no", "`urgente`: `1` não é sim nem não"),
        ({"urgente": "talvez"}, "yes_no", "`talvez`"),
        ({"cor": "azull"}, "one_of_near", "você quis dizer `azul`? Os valores são `azul` ou `verde`"),
        ({"cor": True}, "one_of", "`true` não é um dos valores"),
        ({"itens": "pao"}, "set_of", "escreva uma lista com `pao` ou `leite`, ou [] se nenhum"),
        ({"itens": ["vinho"]}, "one_of", "`[vinho]` não é um dos valores"),
        ({"itens": [["pao"]]}, "one_of", "`[[pao]]`"),
        ({"atraso": True}, "integer", "`true` não é um número inteiro"),
        ({"atraso": 1.0}, "integer", "`1.0`"),
        ({"atraso": "7"}, "integer", "`7`"),
        ({"atraso": -1}, "below", "menos que o mínimo, 0"),
        ({"atraso": 91}, "above", "mais que o máximo, 90"),
        ({"atraso": 10**5000}, "too_long", "tem algarismos demais"),
        ({"valor": "doze"}, "decimal", "escreva, por exemplo, 12.50"),
        ({"valor": float("nan")}, "decimal", "`nan`"),
        ({"valor": "1e999999"}, "too_long", "no máximo 40"),
        ({"valor": Decimal("0.4")}, "below", "menos que o mínimo, 0.5"),
        ({"quando_foi": "28/02/2026"}, "date", "escreva ano-mês-dia, como 2026-11-22"),
        ({"quando_foi": "2026-02-30"}, "date", "`2026-02-30`"),
        ({"quando_foi": datetime.datetime(2026, 2, 3)}, "date", "`2026-02-03T00:00:00`"),
        ({"nome": 3}, "text", "`3` não é um texto"),
        ({"nome": "\ud800"}, "text", "`?`"),
        ({"contato": [True, False]}, "attempts_after_success", "termine a lista no primeiro sim"),
        ({"contato": [False, False, False]}, "too_many_attempts", "são no máximo 2"),
        ({"contato": ["talvez"]}, "attempts", "`[talvez]`"),
        ({"urgente": True, "urgente ": True}, "twice", "`urgente` veio mais de uma vez"),
    ],
)
def test_what_is_refused(facts: Mapping[str, Any], kind: str, words: str) -> None:
    with pytest.raises(FactError) as caught:
        POLICY.decide(facts)
    assert [each.kind for each in caught.value.problems] == [kind]
    assert words in str(caught.value)
    assert caught.value.in_language("en") != str(caught.value)
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


def test_every_refusal_is_told_at_once() -> None:
    with pytest.raises(FactError) as caught:
        POLICY.decide({"atraso": "x", "cor": "verde", "urgnte": 1}, language="en")
    assert str(caught.value).splitlines() == [
        "`atraso`: `x` is not a whole number; write digits only, such as 15",
        "`urgnte` is not a fact of this policy; did you mean `urgente`?",
    ]


@pytest.mark.parametrize("facts", [None, 3, [], "urgente", [("urgente", True)]])
def test_facts_are_a_mapping(facts: Any) -> None:
    with pytest.raises(FactError, match="nomes e valores"):
        POLICY.decide(facts)


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.decimals() | st.dates() | st.datetimes(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=6,
)
names = st.sampled_from([*POLICY.facts, "muito_atraso", "urgnte"]) | st.text(max_size=5) | st.integers()


@given(st.dictionaries(names, anything, max_size=6))
def test_garbage_is_decided_or_refused(facts: Mapping[Any, Any]) -> None:
    try:
        decision = POLICY.decide(facts)
    except FactError as error:
        assert str(error)
        assert error.in_language("en")
    else:
        assert isinstance(decision, Decision)
        assert decision.to_json()


@given(anything)
def test_any_value_can_be_shown(value: Any) -> None:
    assert len(shown(value)) <= 80
    assert "\n" not in shown(value)
    assert shown(10**100_000) == "int…"
