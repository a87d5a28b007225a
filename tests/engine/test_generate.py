"""Scenarios made from a policy: they meet every goal, none is spare, and the file they make passes as it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import SourceText
from praxe.dsl.tree import FactName
from praxe.engine import Policy, Status, run_scenarios
from praxe.engine.generate.cover import cover, met_by
from praxe.engine.generate.goals import Goal, GoalKind, goals_of
from praxe.engine.generate.write import scenarios_text
from praxe.engine.prove.proofs import Proofs
from praxe.engine.scenarios import read_scenarios
from tests.engine.prove.enumeration import FEW, IS_DEEP, Tried
from tests.engine.strategies import policies
from tests.engine.trees import policy

POLICIES = Path(__file__).parents[2] / "policy"


@pytest.mark.parametrize(("name", "most"), [("rc", 10), ("promad", 110)])
@pytest.mark.parametrize("with_pairs", [False, True], ids=["alone", "pairs"])
def test_the_scenarios_of_a_real_policy_meet_every_goal(name: str, most: int, with_pairs: bool) -> None:
    if with_pairs and name == "promad" and not IS_DEEP:
        pytest.skip("half a minute: only with `make deep`")
    real = Policy.load(POLICIES / name)
    proofs = Proofs(real)
    goals = tuple(goals_of(proofs, with_pairs=with_pairs))
    made = cover(proofs, goals)
    assert not made.unmet
    assert with_pairs or len(made.cases) <= most
    text = scenarios_text(real, made.cases)
    found = read_scenarios([SourceText.of("gerados.yaml", text)], real)
    assert not found.diagnostics
    report = run_scenarios(real, found.scenarios)
    assert report.passed, [each.differences for each in report.results if not each.passed]
    assert report.coverage.is_complete
    decisions = [each.decision for each in report.results if each.decision]
    assert met_by(proofs, goals, decisions) == frozenset(range(len(goals)))
    again = Proofs(real)
    assert scenarios_text(real, cover(again, tuple(goals_of(again, with_pairs=with_pairs))).cases) == text


@FEW
@given(policies(depth=2))
def test_every_answer_that_some_case_gives_is_covered_and_no_case_is_spare(checked: CheckedPolicy) -> None:
    tried = Tried(Policy(checked))
    proofs = Proofs(tried.policy)
    goals = tuple(goals_of(proofs))
    made = cover(proofs, goals)
    assert all(goal.kind is GoalKind.WAITING for goal in made.unmet)  # its fact may be known from an earlier wait
    covered = {(visit.node, visit.branch) for case in made.cases for visit in case.decision.trace}
    ways = [way for _, way in tried.ways()]
    assert {node for way in ways for node in way.nodes} <= {node for node, _ in covered}
    for node in tried.policy.graph.nodes.values():
        branches = {branch.key for branch in tried.policy.graph.branches.get(node.id, ())}
        if len(branches) > 1:
            given_answers = {key for way in ways for name, key in way.branches if name == node.id}
            assert given_answers <= {key for name, key in covered if name == node.id}
    for spare in made.cases:
        others = {place for each in made.cases if each is not spare for place in each.meets}
        assert not spare.meets <= others


LIMITS = "procedimento inicio:\n  se atraso > 15:\n    fim negado\n  aguarde resposta em até 2 dias:\n    fim aceito\n"


def _goals() -> tuple[Proofs, tuple[Goal, ...]]:
    proofs = Proofs(policy(LIMITS + "  senão:\n    fim negado\n", resposta="yes_no", atraso=(0, 90)))
    return proofs, tuple(goals_of(proofs))


def test_both_sides_of_a_limit_are_tried() -> None:
    proofs, goals = _goals()
    assert {goal.value for goal in goals if goal.kind is GoalKind.LIMIT} == {0, 15, 16, 90}
    made = cover(proofs, goals)
    assert {case.facts[FactName("atraso")] for case in made.cases} >= {0, 15, 16, 90}


def test_a_wait_is_met_while_it_lasts() -> None:
    proofs, goals = _goals()
    made = cover(proofs, goals)
    assert any(case.decision.status is Status.WAITS for case in made.cases)
    text = scenarios_text(proofs.policy, made.cases)
    assert "waits" in text
    assert "until" in text


def test_what_is_met_already_is_left_out() -> None:
    proofs, goals = _goals()
    whole = cover(proofs, goals)
    first = whole.cases[0]
    rest = cover(proofs, goals, first.meets)
    assert len(rest.cases) < len(whole.cases)
    assert cover(proofs, goals, frozenset(range(len(goals)))).cases == ()


def test_progress_is_told() -> None:
    proofs, goals = _goals()
    told: list[tuple[int, int]] = []
    cover(proofs, goals, progress=lambda done, total: told.append((done, total)))
    assert told[0][0] == 0
    assert told[-1] == (len(goals), len(goals))


def test_the_lines_of_a_definition_and_the_limits_in_it_are_tried() -> None:
    text = """procedimento inicio:
  se pode:
    fim aceito
  fim negado

defina pode:
  quando urgente: sim
  quando calmo: não
  senão: atraso <= 7
"""
    proofs = Proofs(policy(text, urgente="yes_no", calmo="yes_no", atraso=(0, 90)))
    goals = tuple(goals_of(proofs))
    assert sum(goal.kind is GoalKind.CASE for goal in goals) == 3
    made = cover(proofs, goals)
    assert not made.unmet
    at_the_limit = [case for case in made.cases if case.facts.get(FactName("atraso")) in (7, 8)]
    assert {(case.facts[FactName("urgente")], case.facts[FactName("calmo")]) for case in at_the_limit} == {
        (False, False)
    }
    assert len(at_the_limit) == 2
