"""The BPMN export executed by a workflow engine: the same steps and the same end as our walk, in every scenario."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Decision, Policy, load_scenarios
from praxe.engine.graph import Gap, Retry
from praxe.engine.scenarios import Scenario
from praxe.visualize.bpmn import bpmn
from tests.engine.strategies import facts, fitted, policies
from tests.visualize.bpmn_run import Engine, Ran, our_clock

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))


@pytest.fixture(autouse=True)
def _clock() -> Iterator[None]:
    with our_clock():
        yield


@cache
def real(name: str) -> tuple[Policy, tuple[Scenario, ...]]:
    """Return a policy and its scenarios."""
    policy = Policy.load(ROOT / "policy" / name)
    return policy, load_scenarios(ROOT / "policy" / name, policy).scenarios


def walked(decision: Decision) -> tuple[Any, ...]:
    """Return what our walk did and where it ended, to be compared with `executed`."""
    steps = [(each.node, each.action, dict(each.args), each.attempt) for each in decision.steps]
    return steps, _standing(decision), decision.arrival.spot.node.id


def _standing(decision: Decision) -> str:
    """How a walk ended, as an engine sees it: where a policy has no answer at all, no flow can be taken."""
    is_hole = decision.gap is not None and not isinstance(decision.arrival.spot.node, Gap)
    return "asks" if is_hole else decision.status.value


def executed(ran: Ran) -> tuple[Any, ...]:
    """Return the same of a run."""
    return [(each.node, each.action, dict(each.arguments), each.attempt) for each in ran.steps], ran.status, ran.node


@pytest.mark.parametrize("name", POLICIES)
def test_every_scenario_runs_as_it_is_walked(name: str) -> None:
    policy, scenarios = real(name)
    engines: dict[str, Engine] = {}
    ends = set()
    for scenario in scenarios:
        decision = policy.decide(scenario.facts, start=scenario.start, now=scenario.now)
        start = policy.procedure(decision.start)
        if start not in engines:
            engines[start] = Engine(bpmn(policy.checked, policy.graph, start, language="pt", dialect="python"))
        today = scenario.now.date() if scenario.now else None
        ran = engines[start].run(policy, decision.facts, today)
        assert executed(ran) == walked(decision), scenario.name
        ends.add(ran.status)
    assert ends >= {"finished", "asks", "gap"}
    assert len(scenarios) >= 40


def test_another_condition_is_another_run() -> None:
    policy, _ = real("rc")
    text = bpmn(policy.checked, policy.graph, policy.manifest.entry, language="pt", dialect="python")
    decision = policy.decide({"primeira_vez_ou_duvida": True, "caso_aberto": False})
    assert executed(Engine(text).run(policy, decision.facts, None)) == walked(decision)
    spoiled = text.replace(">caso_aberto is False<", ">caso_aberto is True<")
    assert spoiled != text
    assert executed(Engine(spoiled).run(policy, decision.facts, None)) != walked(decision)


@settings(max_examples=400 if os.environ.get("PRAXE_DEEP") else 15)
@given(checked=policies(), cases=st.lists(facts(), min_size=3, max_size=3))
def test_random_policies_run_as_they_are_walked(checked: CheckedPolicy, cases: list[dict[str, Any]]) -> None:
    policy = Policy(checked)
    bounds = {node.attempts for node in policy.graph.nodes.values() if isinstance(node, Retry)}
    assume(len(bounds) < 2)  # one variable holds what came of the last attempt, of whichever retry
    engine = Engine(bpmn(checked, policy.graph, policy.manifest.entry, language="pt", dialect="python"))
    for case in cases:
        decision = policy.decide(fitted(policy, case))
        if decision.arrival.assumed or any(each.branch is None for each in _tests(decision)):
            continue  # the walk went on where the answer makes no difference; an engine cannot know that
        assert executed(engine.run(policy, decision.facts, None)) == walked(decision)


def _tests(decision: Decision) -> list[Any]:
    return [each for each in decision.trace[:-1] if each.kind in ("decision", "retry", "wait")]
