"""`praxe prove` on random small policies: it never fails, and what it saves wants what the rule wants."""

from __future__ import annotations

import json
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType

import pytest
from hypothesis import HealthCheck, given, settings

from praxe.cli.prove_files import save_cases
from praxe.cli.terminal import Terminal
from praxe.dsl.passes import check_policy_texts
from praxe.dsl.source import SourceText
from praxe.dsl.tree import Always, Never
from praxe.engine import Policy, run_scenarios
from praxe.engine.prove.findings import Check
from praxe.engine.prove.rules import breaks
from praxe.engine.prove.run import prove
from praxe.engine.scenarios import Scenario, read_scenarios
from tests.cli.conftest import Run
from tests.cli.small_policies import SmallPolicy, small_policies

FEW = settings(
    max_examples=min(settings().max_examples // 4, 400), suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def opened(small: SmallPolicy) -> Policy:
    policy, found = check_policy_texts("p", MappingProxyType(small.texts))
    assert policy, found
    return Policy(policy)


def saved(policy: Policy, terminal: Terminal) -> dict[str, Scenario]:
    """Return what is saved of the rules that do not hold, by its name, accepted and failing."""
    (done,) = prove(policy, [Check.RULES])
    shown = [each for each in done.findings if each.case]
    with TemporaryDirectory() as folder:
        file = Path(folder, "s.yaml")
        save_cases(policy, shown, file, terminal)
        text = file.read_text("utf-8")
    found = read_scenarios([SourceText.of("scenarios/s.yaml", text)], policy) if shown else None
    assert not found or not found.diagnostics, text
    scenarios = found.scenarios if found else ()
    assert len(scenarios) == len(shown)
    results = run_scenarios(policy, scenarios).results
    assert all(each.decision for each in results), text
    assert not any(each.passed for each in results), text
    return {each.name: each for each in scenarios}


def mended(small: SmallPolicy, rule: Never | Always) -> SmallPolicy:
    """Return the policy with what a rule wants done first of all, or with something else for what it forbids."""
    match rule:
        case Never(target=target):
            return small.instead_of(target.name, "spare" if target.name in {"one", "two"} else "idle")
        case Always(action=action):
            return small.beginning_with(action.name)


@given(small_policies())
def test_a_saved_scenario_fails_while_its_rule_is_broken_and_not_once_it_holds(small: SmallPolicy) -> None:
    policy = opened(small)
    for name, scenario in saved(policy, Terminal.of(["--language", small.language], {})).items():
        line = int(name.split(":")[-1])
        rule = next(each for each in policy.checked.rules if each.span.line == line)
        better = opened(mended(small, rule))
        (result,) = run_scenarios(better, [scenario]).results
        assert result.decision
        assert not breaks(rule, result.decision)
        assert result.passed, (rule, [each.in_language("en") for each in result.differences])


@FEW
@given(small=small_policies())
def test_nothing_that_a_policy_may_be_makes_it_fail(praxe: Run, small: SmallPolicy) -> None:
    with TemporaryDirectory() as place:
        folder = Path(place, "p")
        small.write_to(folder)
        told = praxe("prove", folder, "--save", folder / "scenarios" / "s.yaml", "--assumed")
        assert told.code in {0, 1}
        assert not told.err
        record = json.loads(praxe("prove", folder, "--json").out)
        json.loads(praxe("prove", folder, "--format", "sarif").out)
        cases = [each for check in record["checks"] for each in check["findings"] if each["case"]]
        tested = json.loads(praxe("test", folder, "--json").out)
        assert not tested["findings"]
        assert len(tested["scenarios"]) == len(cases)
        passed = [each["passed"] for each in tested["scenarios"]]
        assert passed == [each["code"] != "PX404" for each in cases]


@settings(FEW, max_examples=FEW.max_examples // 3)
@given(small=small_policies())
def test_every_case_of_a_policy_can_be_drawn(praxe: Run, small: SmallPolicy) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    with TemporaryDirectory() as place:
        folder, charts = Path(place, "p"), Path(place, "charts")
        small.write_to(folder)
        record = json.loads(
            praxe("prove", folder, "--only", "steps", "--only", "rules", "--chart", charts, "--json").out
        )
        cases = [each for check in record["checks"] for each in check["findings"] if each["case"]]
        assert bool(record["files"]) == bool(cases)
        assert all(Path(each).is_file() for each in record["files"])
