"""Names and kinds: what a word means where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.passes import check_policy, check_policy_texts
from tests.dsl.example import check_in_policy, example_files

ROOT = Path(__file__).parents[2]


def policy_of(text: str) -> CheckedPolicy:
    """Return the example policy with `text` as its procedures."""
    files = {name: known for name, known in example_files().items() if name.endswith(".yaml")}
    policy, found = check_policy_texts("example", files | {"x.praxe": text})
    assert policy, found
    return policy


def condition_of(text: str) -> t.Expression:
    """Return the condition of the first `se`, resolved."""
    policy = policy_of(f"procedimento atendimento:\n  se {text}:\n    nada\n  fim encerrado\n")
    procedure = policy.procedures[t.ProcedureName("atendimento")]
    return next(node.condition for node in procedure.descendants() if isinstance(node, t.IfBranch))


def codes(body: str) -> list[str]:
    """Return the codes of the errors in a procedure with that body."""
    text = f"procedimento atendimento:\n{body}  fim encerrado\n"
    return [each.code for each in check_in_policy("x.praxe", text) if not each.code.startswith("PX21")]


@pytest.mark.parametrize("folder", sorted(path.parent for path in ROOT.glob("policy/*/policy.yaml")))
def test_no_name_is_left_in_a_real_policy(folder: Path) -> None:
    policy = check_policy(folder).policy
    assert policy
    items = [*policy.procedures.values(), *policy.definitions.values(), *policy.rules]
    assert not [node for item in items for node in item.descendants() if isinstance(node, t.Name)]


def test_a_word_beside_a_fact_is_one_of_its_values() -> None:
    condition = condition_of("boleto é vencido")
    assert isinstance(condition, t.Compare)
    assert isinstance(condition.left, t.FactRef)
    assert isinstance(condition.right, t.ValueRef)


def test_the_value_may_stand_first() -> None:
    condition = condition_of("vencido = boleto")
    assert isinstance(condition, t.Compare)
    assert isinstance(condition.left, t.ValueRef)


def test_a_definition_may_use_another_that_stands_below() -> None:
    policy = policy_of(
        "procedimento atendimento:\n  se grave:\n    nada\n  fim encerrado\n\n"
        "defina grave: atrasado e valor > 100\ndefina atrasado: dias_atraso > 15\n"
    )
    assert list(policy.definitions) == ["atrasado", "grave"]


def test_a_mistake_is_told_once_and_what_depends_on_it_is_silent() -> None:
    assert codes("  se canall é email e canall é chat:\n    nada\n") == ["PX203", "PX203"]
    assert codes("  se boletto é vencido:\n    nada\n") == ["PX203"]
    assert codes("  caso boletto:\n    vencido:\n      nada\n") == ["PX203"]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("dias_atraso > canal", "PX231"),
        ("canal > chat", "PX234"),
        ("data_pedido > 3", "PX231"),
        ("dias entre data_pedido e canal > 3", "PX231"),
        ("servicos contém chat", "PX206"),
        ("canal contém chat", "PX234"),
        ("dias_atraso > 99999", "PX233"),
        ("dias_atraso entre 9 e 3", "PX237"),
        ("não canal", "PX232"),
        ("desfecho é cancelado", "PX401"),
        ("data_pedido + 3 > hoje", "PX234"),
    ],
)
def test_what_does_not_fit(condition: str, code: str) -> None:
    assert codes(f"  se {condition}:\n    nada\n") == [code]


@pytest.mark.parametrize(
    "condition",
    [
        "data_pedido + 30 dias < hoje",
        "hoje - 1 mês > data_pedido",
        "dias úteis entre data_pedido e data_fim >= 4",
        "valor entre 10.50 e 99.90",
        "canal em {chat, email} e servicos contém site",
        'observacao = "urgente" ou não cliente_confirmou',
        "(dias_atraso + 5) > 20",
    ],
)
def test_what_fits(condition: str) -> None:
    assert codes(f"  se {condition}:\n    nada\n") == []
