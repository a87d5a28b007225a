"""Scenarios: reading them, running them, and what they leave untried."""

from __future__ import annotations

from pathlib import Path

import pytest

from praxe.dsl.messages import explain
from praxe.dsl.source import SourceText
from praxe.engine import Policy, Scenario, load_scenarios, run_scenarios
from praxe.engine.graph import Gap
from praxe.engine.scenarios import Scenarios, read_scenarios
from tests.engine.trees import policy

POLICIES = Path(__file__).parents[2] / "policy"
RC = POLICIES / "rc"
POLICY = policy(
    """procedimento inicio:
  se urgente:
    faça ligar
    faça "Ligue já"
  tente até 2 vezes avisar até contato:
    faça registrar
  senão:
    lacuna "Ninguém atende"
  aguarde resposta em até 2 dias:
    fim aceito
  senão:
    fim negado

defina calmo: não urgente
""",
    urgente="yes_no",
    contato="yes_no",
    resposta="yes_no",
    atraso=(0, 90),
)


def read(text: str) -> Scenarios:
    return read_scenarios([SourceText.of("casos.yaml", text)], POLICY)


def differences(expect: str, facts: str = "{urgente: sim, contato: [não, sim], resposta: não}") -> list[str]:
    found = read(f"- name: caso\n  facts: {facts}\n  expect: {expect}\n")
    assert not found.diagnostics, [explain(each, "pt") for each in found.diagnostics]
    (result,) = run_scenarios(POLICY, found.scenarios).results
    assert result.passed == (not result.differences)
    return [each.in_language("pt") for each in result.differences]


@pytest.mark.parametrize(
    "expect",
    [
        "{outcome: negado}",
        "{status: finished}",
        "{steps: [registrar, ligar], order: [ligar, avisar, avisar, registrar], without: [cobrar]}",
        "{order: [ligar, Ligue já, registrar]}",
        "{outcome: negado, without: [aceito, cobrar]}",
        "{}",
    ],
)
def test_what_comes_as_expected_passes(expect: str) -> None:
    assert differences(expect) == []


WAITING = "{urgente: não, contato: sim}"
GAP = "{urgente: não, contato: não}"


@pytest.mark.parametrize(
    ("facts", "expect"),
    [
        (WAITING, "{waits: resposta}"),
        (WAITING, "{until: 2026-11-22}"),
        (WAITING, "{status: waits, waits: resposta, until: 2026-11-22}"),
        (GAP, "{gap: ninguém}"),
        (GAP, "{status: gap, gap: Ninguém atende}"),
        (GAP, "{gap: Nobody answers}"),
    ],
)
def test_a_wait_and_a_gap_may_be_named(facts: str, expect: str) -> None:
    assert differences(expect, f"{facts}\n  now: 2026-11-20T10:00") == []


@pytest.mark.parametrize(
    ("facts", "expect", "told"),
    [
        (GAP, "{waits: resposta}", 'espera esperada: por `resposta`; veio: a lacuna "Ninguém atende"'),
        (WAITING, "{waits: contato}", "espera esperada: por `contato`; veio: a espera por `resposta`"),
        (WAITING, "{until: 2026-11-23}", "espera esperada: até 2026-11-23; veio: uma espera até 2026-11-22"),
        (WAITING, "{until: 2026-11-22T10:00}", "até 2026-11-22T10:00:00; veio: uma espera até 2026-11-22"),
        (GAP, "{until: 2026-11-23}", 'espera esperada: até 2026-11-23; veio: a lacuna "Ninguém atende"'),
        (WAITING, "{gap: ninguém}", "lacuna esperada: `ninguém`; veio: a espera por `resposta`"),
    ],
)
def test_another_wait_or_gap_is_told(facts: str, expect: str, told: str) -> None:
    (difference,) = differences(expect, f"{facts}\n  now: 2026-11-20T10:00")
    assert told in difference


def test_a_wait_without_a_date_is_told() -> None:
    (difference,) = differences("{waits: resposta, until: 2026-11-22}", WAITING)
    assert difference.endswith("uma espera sem data, porque falta `now`")


def test_a_gap_is_named_by_what_it_cites() -> None:
    rc = Policy.load(RC)
    gap = next(node for node in rc.graph.nodes.values() if isinstance(node, Gap) and node.clauses)
    text = f"- name: caso\n  facts: {{}}\n  expect: {{gap: {gap.clauses[0]}}}\n"
    (scenario,) = read_scenarios([SourceText.of("casos.yaml", text)], rc).scenarios
    assert scenario.expected.gap
    assert gap.id in scenario.expected.gap.nodes
    uncited = next(name for name in rc.vocabulary.clauses if all(name not in each.clauses for each in gaps_of(rc)))
    found = read_scenarios([SourceText.of("casos.yaml", text.replace(gap.clauses[0], uncited))], rc)
    assert [each.code for each in found.diagnostics] == ["PX358"]


def gaps_of(policy: Policy) -> list[Gap]:
    return [node for node in policy.graph.nodes.values() if isinstance(node, Gap)]


STEPS = "`ligar`, `Ligue já`, `avisar`, `avisar` e `registrar`"


@pytest.mark.parametrize(
    ("expect", "told"),
    [
        ("{outcome: aceito}", ["desfecho esperado: `aceito`; veio: desfecho `negado`"]),
        ("{asks: contato}", ["pergunta esperada: `contato`; veio: desfecho `negado`"]),
        ("{status: gap}", ["esperado: uma lacuna; veio: desfecho `negado`"]),
        ("{steps: [cobrar]}", [f"falta o passo `cobrar`; vieram: {STEPS}"]),
        ("{without: [ligar]}", ["o passo `ligar` não devia aparecer"]),
        ("{without: [aceito, negado]}", ["o caso não devia terminar em `negado`"]),
        (
            "{order: [registrar, ligar]}",
            [f"o passo `ligar` não vem depois de `registrar`; vieram, nesta ordem: {STEPS}"],
        ),
        ("{order: [cobrar, ligar]}", [f"falta o passo `cobrar`; vieram: {STEPS}"]),
    ],
)
def test_what_differs_is_told(expect: str, told: list[str]) -> None:
    assert differences(expect) == told


@pytest.mark.parametrize(
    ("facts", "came"),
    [
        ("{}", "a pergunta `urgente`"),
        ("{urgente: não, contato: não}", 'a lacuna "Ninguém atende"'),
        ("{urgente: não, contato: sim}", "a espera por `resposta`"),
    ],
)
def test_what_came_is_told(facts: str, came: str) -> None:
    assert differences("{outcome: aceito}", facts) == [f"desfecho esperado: `aceito`; veio: {came}"]


@pytest.mark.parametrize(
    ("text", "code", "line", "near"),
    [
        ("facts: {urgnte: sim}\n  expect: {status: gap}", "PX350", 2, "urgente"),
        ("facts: {}\n  expect: {asks: urgnte}", "PX350", 3, "urgente"),
        ("facts: {calmo: sim}\n  expect: {status: gap}", "PX351", 2, None),
        ("facts: {urgente: talvez}\n  expect: {status: gap}", "PX352", 2, None),
        ("facts: {atraso: 91}\n  expect: {status: gap}", "PX352", 2, None),
        ("facts: {contato: [sim, não]}\n  expect: {status: gap}", "PX352", 2, None),
        ("facts: {}\n  expect: {steps: [lgar]}", "PX353", 3, "ligar"),
        ("facts: {}\n  expect: {without: [lgar]}", "PX353", 3, "ligar"),
        ("facts: {}\n  expect: {without: [aceitto]}", "PX353", 3, "aceito"),
        ("facts: {}\n  expect: {steps: [aceito]}", "PX353", 3, None),
        ("facts: {}\n  expect: {outcome: aceitto}", "PX354", 3, "aceito"),
        ("facts: {}\n  start: inico\n  expect: {}", "PX354", 3, "inicio"),
        ("facts: {}\n  expect: {status: gap, outcome: aceito}", "PX356", 3, None),
        ("facts: {}\n  expect: {steps: [ligar], without: [ligar]}", "PX356", 3, None),
        ("facts: {}\n  expect: {outcome: aceito, without: [aceito]}", "PX356", 3, None),
        ("facts: {}\n  now: amanhã\n  expect: {}", "PX357", 3, None),
        ("facts: {}\n  expect: {until: amanhã}", "PX357", 3, None),
        ("facts: {}\n  expect: {waits: respota}", "PX350", 3, "resposta"),
        ("facts: {}\n  expect: {gap: Alguém atende}", "PX358", 3, None),
        ("facts: {}\n  expect: {gap: ninguém, waits: resposta}", "PX356", 3, None),
        ("facts: {}\n  expect: {until: 2026-11-22, outcome: aceito}", "PX356", 3, None),
        ("facts: {}\n  expect: {status: asks, gap: ninguém}", "PX356", 3, None),
        ("facts: {}", "PX164", 1, None),
        ("fatcs: {}\n  expect: {}", "PX163", 2, "facts"),
        ("facts: [urgente]\n  expect: {}", "PX167", 2, None),
    ],
)
def test_a_mistake_is_told_at_its_place_and_the_scenario_left_out(
    text: str, code: str, line: int, near: str | None
) -> None:
    found = read(f"- name: caso\n  {text}\n- name: outro\n  facts: {{}}\n  expect: {{}}\n")
    assert [(each.code, each.span.line, each.args.get("near")) for each in found.diagnostics] == [(code, line, near)]
    assert [each.name for each in found.scenarios] == ["outro"]
    assert explain(found.diagnostics[0], "en").message


@pytest.mark.parametrize(("key", "nothing"), [("steps", "nenhum passo"), ("without", "nenhum passo nem desfecho")])
def test_a_name_that_is_not_there_is_called_what_it_could_have_been(key: str, nothing: str) -> None:
    found = read(f"- name: caso\n  facts: {{}}\n  expect: {{{key}: [aceitto]}}\n")
    assert [explain(each, "pt").message for each in found.diagnostics] == [f"{nothing} desta política é `aceitto`"]


def test_names_are_told_twice() -> None:
    twice = "- name: caso\n  facts: {}\n  expect: {}\n" * 2
    found = read(twice)
    assert [(each.code, each.span.line) for each in found.diagnostics] == [("PX355", 4)]
    assert found.diagnostics[0].related[0].span.line == 1


def test_yaml_that_cannot_be_read_is_told() -> None:
    assert read("- name: [\n").diagnostics
    assert read("").diagnostics
    assert read("caso: 1\n").diagnostics


def test_start_and_now_are_read() -> None:
    keys = ["name: Um caso", "story: Era uma vez", "start: inicio", "now: 2026-11-20T15:30", "facts: {atraso: 3}"]
    (scenario,) = read("- " + "\n  ".join([*keys, "expect: {}"])).scenarios
    assert isinstance(scenario, Scenario)
    assert (scenario.name, scenario.story, scenario.start) == ("Um caso", "Era uma vez", "inicio")
    assert scenario.now
    assert (scenario.now.isoformat(), dict(scenario.facts)) == ("2026-11-20T15:30:00", {"atraso": 3})


def test_coverage_names_the_ways_not_taken() -> None:
    text = "- name: caso\n  facts: {urgente: sim, contato: sim, resposta: sim}\n  expect: {outcome: aceito}\n"
    coverage = run_scenarios(POLICY, read(text).scenarios).coverage
    assert [each.key for each in coverage.taken] == ["yes", "succeeded", "came"]
    assert [each.key for each in coverage.untaken] == ["no", "exhausted", "passed"]


def test_facts_refused_when_running_are_a_difference() -> None:
    p = policy("procedimento inicio:\n  se vence < hoje:\n    faça ligar\n  fim aceito\n", vence="date")
    text = "- name: caso\n  facts: {vence: 2026-11-20}\n  expect: {outcome: aceito}\n"
    (result,) = run_scenarios(p, read_scenarios([SourceText.of("casos.yaml", text)], p).scenarios).results
    assert result.decision is None
    assert "now" in result.differences[0].in_language("en")


@pytest.mark.parametrize(("name", "least"), [("rc", 25), ("promad", 150)])
def test_the_scenarios_of_a_policy_pass_and_leave_nothing_out(name: str, least: int) -> None:
    whole = Policy.load(POLICIES / name)
    found = load_scenarios(POLICIES / name, whole)
    assert not found.diagnostics
    assert len(found.scenarios) >= least
    report = run_scenarios(whole, found.scenarios)
    assert [(each.scenario.name, each.differences) for each in report.results if not each.passed] == []
    assert report.passed
    coverage = report.coverage
    assert [(each.source, each.key) for each in coverage.untaken] == []
    assert [each.id for each in (*coverage.untouched_steps, *coverage.untouched_gaps)] == []
    assert coverage.is_complete


def test_every_policy_has_its_scenarios_tested() -> None:
    assert {path.parent.name for path in POLICIES.glob("*/policy.yaml")} == {"rc", "promad"}
