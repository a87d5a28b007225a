"""Mistakes made on purpose: each kind is made, each mutant is a policy, the scenarios of both policies notice them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from praxe.dsl.source import SourceText
from praxe.engine import Policy, load_scenarios
from praxe.engine.mutants.mistake import MistakeKind, Mutant
from praxe.engine.mutants.score import mutants_of, score
from praxe.engine.scenarios import Scenario, read_scenarios
from tests.engine.trees import policy

POLICIES = Path(__file__).parents[2] / "policy"
DEEP = os.environ.get("PRAXE_DEEP") == "1"
TEXT = """procedimento inicio:
  faça ligar no mesmo dia
  se urgente e não calmo:
    faça avisar em até 2 dias
  senão se atraso > 15:
    fim aceito
  siga outra
  tente até 3 vezes avisar até contato:
    faça registrar
  senão:
    fim negado
  aguarde resposta em até 4 dias úteis:
    fim aceito
  senão:
    fim negado

procedimento outra:
  caso atraso:
    0 a 10:
      faça registrar
    11+:
      nada
  regra:
    faça registrar
  salvo se grave:
    faça ligar
  salvo se urgente:
    nada

defina grave:
  quando atraso > 60: sim
  senão: não

defina so_da_regra: atraso > 77

nunca ligar quando so_da_regra
"""


def _policy() -> Policy:
    return policy(TEXT, urgente="yes_no", calmo="yes_no", contato="yes_no", resposta="yes_no", atraso=(0, 90))


SCENARIOS = """\
- name: urgente
  facts: {urgente: sim, calmo: não, atraso: 5, contato: sim, resposta: sim}
  expect: {outcome: aceito, order: [ligar no mesmo dia, avisar em até 2 dias, registrar, avisar, registrar]}
"""


def _scenarios(of: Policy, text: str = SCENARIOS) -> tuple[Scenario, ...]:
    found = read_scenarios([SourceText.of("casos.yaml", text)], of)
    assert not found.diagnostics
    return found.scenarios


@pytest.fixture(scope="module")
def small() -> Policy:
    """A policy with a statement of nearly every kind."""
    return _policy()


def _said(mutant: Mutant) -> tuple[MistakeKind, str, str]:
    return mutant.edit.kind, mutant.edit.before, mutant.edit.after


def test_each_mistake_is_made(small: Policy) -> None:
    made = [_said(each) for each in mutants_of(small.checked)]
    for wanted in (
        (MistakeKind.LIMIT, "15", "16"),
        (MistakeKind.LIMIT, "15", "14"),
        (MistakeKind.LIMIT, "3", "4"),
        (MistakeKind.LIMIT, "4 dias úteis", "3 dias úteis"),
        (MistakeKind.LIMIT, "… 10", "… 11"),
        (MistakeKind.DROPPED, "faça registrar", ""),
        (MistakeKind.DROPPED, "siga outra", ""),
        (MistakeKind.DROPPED, "urgente", ""),
        (MistakeKind.NEGATION, "não calmo", "calmo"),
        (MistakeKind.CONNECTIVE, "urgente e não calmo", "urgente ou não calmo"),
        (MistakeKind.CONNECTIVE, "urgente e não calmo", "urgente"),
        (MistakeKind.OUTCOME, "fim aceito", "fim negado"),
        (MistakeKind.DEADLINE, "faça ligar no mesmo dia", "faça ligar imediatamente"),
        (MistakeKind.DEADLINE, "faça avisar em até 2 dias", "faça avisar em até 3 dias"),
        (MistakeKind.RESULT, "sim", "não"),
    ):
        assert wanted in made, wanted
    assert {kind for kind, _, _ in made} >= {MistakeKind.SWAPPED}


def test_what_only_a_rule_reads_is_not_tried(small: Policy) -> None:
    assert not [each for each in mutants_of(small.checked) if "77" in each.edit.before]


def test_each_mutant_is_another_policy_and_the_policy_stays(small: Policy) -> None:
    before = small.checked
    for each in mutants_of(small.checked):
        changed = each.of(small.checked)
        assert (changed.procedures, changed.definitions) != (before.procedures, before.definitions), each.edit
        Policy(changed).decide({"urgente": True, "calmo": False, "atraso": 5})
    assert small.checked is before
    assert _policy().checked.procedures == before.procedures


def test_a_scenario_notices_what_it_expects(small: Policy) -> None:
    found = score(small, _scenarios(small))
    noticed = {_said(each.mutant): each.noticed_by for each in found.tried}
    assert noticed[MistakeKind.NEGATION, "não calmo", "calmo"]
    assert noticed[MistakeKind.DEADLINE, "faça avisar em até 2 dias", "faça avisar em até 3 dias"]
    assert noticed[MistakeKind.LIMIT, "15", "16"] is None  # the case has 5
    assert noticed[MistakeKind.LIMIT, "3", "4"] is None
    assert found.missed == tuple(each for each in found.tried if each.noticed_by is None)
    assert 0 < found.share < 1


def test_without_scenarios_nothing_is_noticed(small: Policy) -> None:
    found = score(small, ())
    assert found.share == 0
    assert len(found.missed) == len(found.tried) > 0


def test_the_scenarios_have_to_pass_first(small: Policy) -> None:
    failing = _scenarios(small, "- name: caso\n  facts: {}\n  expect: {outcome: negado}\n")
    with pytest.raises(ValueError, match="caso"):
        score(small, failing)


def test_what_changes_nothing_is_no_mutant() -> None:
    same = policy("procedimento inicio:\n  se calmo:\n    nada\n  senão:\n    nada\n  fim aceito\n", calmo="yes_no")
    assert MistakeKind.NEGATION in {each.edit.kind for each in mutants_of(same.checked)}
    assert MistakeKind.NEGATION not in {each.edit.kind for each in score(same, ()).tried}


def test_what_comes_to_the_same_is_counted_once() -> None:
    text = "procedimento inicio:\n  se atraso <= 7:\n    faça ligar\n  senão:\n    fim negado\n  fim aceito\n"
    small = policy(text, atraso=(0, 90))
    made = [_said(each) for each in mutants_of(small.checked)]
    assert [each for each in made if each[0] is MistakeKind.NEGATION] == [
        (MistakeKind.NEGATION, "atraso <= 7", "não atraso <= 7")  # `atraso > 7` is the same
    ]
    assert not [each for each in made if each[0] is MistakeKind.SWAPPED]  # so are the branches in each other's place
    assert {each[1:] for each in made if each[0] is MistakeKind.LIMIT} == {("7", "8"), ("7", "6")}


def test_progress_is_told(small: Policy) -> None:
    told: list[tuple[int, int]] = []
    score(small, (), lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1][0] == told[-1][1] == len(list(mutants_of(small.checked)))


@pytest.mark.parametrize(("name", "every"), [("rc", 1), ("promad", 1 if DEEP else 30)])
def test_the_scenarios_of_the_real_policies_notice_95_percent(name: str, every: int) -> None:
    real = Policy.load(POLICIES / name)
    loaded = load_scenarios(POLICIES / name, real)
    found = score(real, loaded.scenarios, mutants=list(mutants_of(real.checked))[::every])
    assert found.share >= 0.95, [(str(each.edit.span), *_said(each.mutant)) for each in found.missed]
    assert len(found.tried) >= 18
