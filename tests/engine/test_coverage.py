"""Coverage: what is counted, what can be reached, and how many paths there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from praxe.engine import Policy
from praxe.engine.coverage import Coverage, measure
from praxe.engine.graph import Call, DecisionGraph, End, Gap, NodeId, Return
from praxe.engine.paths import count_paths
from tests.engine.trees import policy

CALLS = """procedimento inicio:
  siga avisa
  se urgente:
    siga avisa
    siga encerra
  faça ligar
  fim aceito

procedimento avisa:
  se contato:
    faça avisar
  senão:
    faça registrar

procedimento encerra:
  se urgente:
    fim negado
  lacuna "E agora?"

procedimento solto:
  se contato:
    fim aceito
"""


def covered(subject: Policy, *cases: Mapping[str, Any]) -> Coverage:
    return measure(subject, [subject.decide(each) for each in cases])


def calls() -> Policy:
    return policy(CALLS, urgente="yes_no", contato="yes_no")


def test_a_scenario_counts_once_however_often_it_comes_by() -> None:
    coverage = covered(calls(), {"urgente": True, "contato": True}, {"urgente": False, "contato": True})
    found = {(each.branch.source.partition("-")[0], each.branch.key): each.count for each in coverage.branches}
    assert found == {
        ("inicio/urgente", "yes"): 1,
        ("inicio/urgente", "no"): 1,
        ("avisa/contato", "yes"): 2,
        ("avisa/contato", "no"): 0,
        ("encerra/urgente", "yes"): 1,
        ("encerra/urgente", "no"): 0,
    }
    assert [(each.procedure, each.taken, len(each.branches)) for each in coverage.procedures] == [
        ("inicio", 2, 2),
        ("avisa", 1, 2),
        ("encerra", 1, 2),
    ]


def test_the_way_on_after_a_call_is_taken_when_it_returns() -> None:
    subject = calls()
    coverage = covered(subject, {"urgente": False, "contato": True}, {"urgente": False})
    first = next(node for node in subject.graph.nodes.values() if isinstance(node, Call))
    assert coverage.visits[first.id] == 2
    assert coverage.counts[first.id, "next"] == 1


def test_steps_and_gaps_that_nobody_comes_to_are_told() -> None:
    coverage = covered(calls(), {"urgente": True, "contato": True})
    assert [each.action for each in coverage.untouched_steps] == ["ligar", "registrar"]
    assert [each.text for each in coverage.untouched_gaps] == ["E agora?"]
    assert not coverage.is_complete


def test_a_retry_is_reached_with_its_first_attempt() -> None:
    text = "procedimento inicio:\n  tente até 2 vezes ligar até contato:\n    faça avisar\n  fim aceito\n"
    subject = policy(text, contato="yes_no")
    assert [each.action for each in covered(subject).untouched_steps] == ["ligar", "avisar"]
    assert [each.action for each in covered(subject, {}).untouched_steps] == ["avisar"]  # the first attempt is due
    assert [each.action for each in covered(subject, {"contato": [False]}).untouched_steps] == ["avisar"]
    assert covered(subject, {"contato": [False, False]}, {"contato": True}).is_complete


def test_what_goes_on_during_a_wait_counts() -> None:
    text = (
        "procedimento inicio:\n  aguarde contato em até 2 dias:\n    fim aceito\n"
        "  enquanto isso:\n    faça avisar\n  senão:\n    fim negado\n"
    )
    subject = policy(text, contato="yes_no")
    assert [each.action for each in covered(subject).untouched_steps] == ["avisar"]
    assert covered(subject, {}).untouched_steps == ()


def test_an_answer_that_makes_no_difference_is_not_taken() -> None:
    text = "procedimento inicio:\n  se urgente:\n    fim aceito\n  fim aceito\n"
    coverage = covered(policy(text, urgente="yes_no"), {})
    assert coverage.taken == ()
    assert coverage.paths.finished == 1


LOOP = """procedimento inicio:
  para cada item em itens:
    caso item:
      email:
        faça ligar
      site:
        se urgente:
          faça avisar
      dominio:
        faça registrar
  fim aceito
"""


def test_what_a_loop_written_out_rules_out_does_not_count() -> None:
    coverage = covered(
        policy(LOOP, itens=("email", "site", "dominio"), urgente="yes_no"),
        {"itens": ["email", "site"], "urgente": True},
    )
    assert [each.key for each in coverage.taken] == ["yes", "yes", "yes", "no"]
    assert [each.key for each in coverage.untaken] == ["no", "no", "no", "yes"]
    assert coverage.paths.possible == 2 * 3 * 2


def test_distinct_paths() -> None:
    cases = [{"urgente": True, "contato": True}, {"urgente": True, "contato": True}, {"urgente": True}, {}]
    paths = covered(calls(), *cases).paths
    assert (paths.taken, paths.finished) == (2, 1)
    assert paths.possible == 2 * (1 + 2 * (1 + 1))


# --- counting paths by a sum ------------------------------------------------------------------------------------------


def walked(graph: DecisionGraph, name: NodeId, calls: tuple[NodeId, ...] = ()) -> Iterator[NodeId]:
    """Yield the last node of every path, one by one."""
    match graph.nodes[name]:
        case End() | Gap():
            yield name
        case Return() if not calls:
            yield name
        case Return():
            for branch in graph.branches[calls[-1]]:
                yield from walked(graph, branch.target, calls[:-1])
        case Call() as call:
            yield from walked(graph, graph.starts[call.callee], (*calls, name))
        case _:
            for branch in graph.branches[name]:
                yield from walked(graph, branch.target, calls)


@pytest.mark.parametrize("text", [CALLS, LOOP])
def test_the_sum_agrees_with_walking_every_path(text: str) -> None:
    graph = policy(text, urgente="yes_no", contato="yes_no", itens=("email", "site", "dominio")).graph
    for start in graph.starts.values():
        assert count_paths(graph, start) == sum(1 for _ in walked(graph, start))


def test_the_sum_agrees_on_a_real_policy() -> None:
    rc = Policy.load("policy/rc")
    entry = rc.graph.starts[rc.manifest.entry]
    assert count_paths(rc.graph, entry) == sum(1 for _ in walked(rc.graph, entry))


def test_large_numbers_are_exact_and_long_procedures_no_problem() -> None:
    questions = "".join("  se urgente:\n    faça ligar\n" for _ in range(1500))
    subject = policy(f"procedimento inicio:\n{questions}  fim aceito\n", urgente="yes_no")
    assert count_paths(subject.graph, subject.graph.starts[subject.manifest.entry]) == 2**1500
