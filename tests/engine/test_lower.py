"""Lowering: nodes, branches, clauses and notes; and ids that stay when the text changes elsewhere."""

from __future__ import annotations

from typing import Any

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.engine import DecisionGraph
from praxe.engine.graph import Branch, Call, Decision, Gap, NodeId, Return, Start, Step, Wait
from praxe.engine.lower import lower
from tests.engine.trees import checked_policy

BASE = """procedimento inicio:
  faça avisar
  se urgente:
    faça ligar
    se atraso > 15:
      faça cobrar
    faça avisar
  senão:
    caso cor:
      azul:
        faça registrar
        faça avisar
      verde:
        nada
  faça avisar
  fim aceito
"""
FACTS = {"urgente": "yes_no", "atraso": (0, 90), "cor": ["azul", "verde"]}


def graph_of(text: str, **facts: object) -> DecisionGraph:
    return lower(checked_policy(text, **(facts or FACTS)))


def ids(text: str) -> list[NodeId]:
    return list(graph_of(text).nodes)


def test_nodes_and_branches_stand_in_the_authors_order() -> None:
    graph = graph_of(BASE)
    keys = [name.partition("/")[2].rpartition("-")[0] or name.partition("/")[2] for name in graph.nodes]
    assert keys == [
        "start",
        "avisar",
        "urgente",
        "ligar",
        "atraso-gt-15",
        "cobrar",
        "avisar",
        "cor",
        "registrar",
        "avisar",
        "avisar",
        "aceito",
    ]
    assert list(graph.branches) == list(graph.nodes)
    assert all(each.source == name for name, branches in graph.branches.items() for each in branches)
    assert [each.key for each in graph.branches[NodeId("inicio/start")]] == ["next"]


def test_a_join_is_two_branches_with_one_target() -> None:
    graph = graph_of(BASE)
    into: dict[NodeId, list[Branch]] = {}
    for branches in graph.branches.values():
        for branch in branches:
            into.setdefault(branch.target, []).append(branch)
    last = list(graph.nodes)[-2]
    assert [each.key for each in into[last]] == ["next", "verde", "next"]


def test_ids_stay_when_something_is_inserted_deleted_or_renamed_elsewhere() -> None:
    before = set(ids(BASE))
    inserted = BASE.replace("    faça ligar\n", "    faça ligar\n    faça registrar\n    pergunte cor\n", 1)
    assert before < set(ids(inserted))
    deleted = BASE.replace("        faça registrar\n", "")
    gone = before - set(ids(deleted))
    assert len(gone) == 1
    assert gone.pop().startswith("inicio/registrar-")
    renamed = BASE.replace("      faça cobrar\n", "      faça registrar\n")
    assert len(before - set(ids(renamed))) == 1
    condition = BASE.replace("atraso > 15", "atraso > 20")
    assert {each.rpartition("-")[0] for each in before - set(ids(condition))} == {
        "inicio/atraso-gt-15",
        "inicio/cobrar",
    }


def test_ids_do_not_depend_on_other_procedures_or_their_order() -> None:
    other = "procedimento outro:\n  faça ligar\n  fim negado\n"
    assert ids(BASE) == ids(BASE + "\n" + other)[: len(ids(BASE))]
    assert set(ids(other + "\n" + BASE)) == set(ids(BASE + "\n" + other))


def test_equal_siblings_are_told_apart_by_their_count() -> None:
    names = ids("procedimento inicio:\n  faça ligar\n  faça ligar\n  faça ligar\n  fim aceito\n")
    assert len(set(names)) == 5
    shorter = ids("procedimento inicio:\n  faça ligar\n  faça ligar\n  fim aceito\n")
    assert names[:3] == shorter[:3]


def test_ids_are_the_same_in_english() -> None:
    english = """procedure inicio:
  do avisar
  if urgente and atraso > 15:
    do ligar
  wait for urgente within 2 business days:
    end aceito
  else:
    gap "cala"
"""
    portuguese = """procedimento inicio:
  faça avisar
  se urgente e atraso > 15:
    faça ligar
  aguarde urgente em até 2 dias úteis:
    fim aceito
  senão:
    lacuna "cala"
"""
    facts: dict[str, Any] = {"urgente": "yes_no", "atraso": (0, 90)}
    first = lower(checked_policy(portuguese, **facts))
    second = lower(checked_policy(english, **facts))
    assert list(first.nodes) == list(second.nodes)


def test_clauses_come_from_the_line_or_the_nearest_block() -> None:
    graph = graph_of(
        """procedimento inicio:
  fonte c.1, c.2
  faça ligar
  se urgente:   [c.3]
    fonte c.4
    faça avisar
    faça cobrar   [c.5]
    se atraso > 15:
      faça registrar
  nota "Com calma"   [c.6]
  faça enviar("fila")
  fim aceito   [c.7]
"""
    )
    found = {name.partition("/")[2].split("-")[0]: node.clauses for name, node in graph.nodes.items()}
    assert found == {
        "start": ("c.1", "c.2"),
        "ligar": ("c.1", "c.2"),
        "urgente": ("c.1", "c.2"),
        "avisar": ("c.3", "c.4"),
        "cobrar": ("c.5",),
        "atraso": ("c.3", "c.4"),
        "registrar": ("c.3", "c.4"),
        "enviar": ("c.1", "c.2", "c.6"),
        "aceito": ("c.7",),
    }
    cited = [each.clauses for branches in graph.branches.values() for each in branches if each.key == "yes"]
    assert cited == [("c.3", "c.4"), ()]
    notes = [node.notes for node in graph.nodes.values() if node.notes]
    assert notes == [("Com calma",)]


def test_a_call_of_what_never_returns_has_no_way_on() -> None:
    graph = graph_of(
        """procedimento inicio:
  se urgente:
    siga volta
  siga fica

procedimento volta:
  faça ligar

procedimento fica:
  fim aceito
"""
    )
    calls = {node.callee: graph.branches[name] for name, node in graph.nodes.items() if isinstance(node, Call)}
    assert [len(calls[t.ProcedureName(name)]) for name in ("volta", "fica")] == [1, 0]
    returns = [name for name, node in graph.nodes.items() if isinstance(node, Return)]
    assert returns == ["volta/return"]
    assert [type(graph.nodes[start]) for start in graph.starts.values()] == [Start] * 3


def test_a_loop_is_written_out_with_the_values_in_its_place() -> None:
    graph = graph_of(
        """procedimento inicio:
  para cada item em itens:
    se item é leite ou urgente:
      faça tratar(item)
  fim aceito
""",
        itens=("pao", "leite"),
        urgente="yes_no",
    )
    steps = [node for node in graph.nodes.values() if isinstance(node, Step)]
    members = [value for step in steps for _, value in step.arguments]
    assert [type(each) for each in members] == [t.ValueRef, t.ValueRef]
    decisions = [node for node in graph.nodes.values() if isinstance(node, Decision)]
    assert not any(isinstance(each, t.LoopRef) for node in decisions for each in node.test.descendants())
    assert [node.facts for node in decisions] == [("itens",), ("urgente",), ("itens",), ("urgente",)]


def test_the_duties_of_a_wait_are_its_own() -> None:
    graph = graph_of(
        """procedimento inicio:
  aguarde urgente em até 2 horas:
    fim aceito
  enquanto isso:
    fonte c.1
    nota "todo dia"
    faça avisar
    diga "Calma"   [c.2]
  senão:
    lacuna "cala"
"""
    )
    (wait,) = (node for node in graph.nodes.values() if isinstance(node, Wait))
    assert [(each.action, each.text, each.clauses, each.notes) for each in wait.meanwhile] == [
        ("avisar", None, ("c.1",), ("todo dia",)),
        (None, "Calma", ("c.2",), ()),
    ]
    assert not any(each.id in graph.nodes for each in wait.meanwhile)
    assert isinstance(list(graph.nodes.values())[-1], Gap)


def test_any_depth_of_nesting_is_lowered() -> None:
    checked = checked_policy("procedimento inicio:\n  se urgente:\n    faça ligar\n  fim aceito\n", urgente="yes_no")
    deep = nested(checked, levels=500)
    graph = lower(deep)
    assert len(graph.nodes) == 500 + 3


def nested(checked: CheckedPolicy, *, levels: int) -> CheckedPolicy:
    """Return the policy with its one `se` put into itself that many times."""
    from dataclasses import replace

    name, procedure = next(iter(checked.procedures.items()))
    condition, *rest = procedure.body.statements
    assert isinstance(condition, t.If)
    (branch,) = condition.branches
    inner: t.Statement = condition
    for _ in range(levels - 1):
        block = replace(branch.body, statements=(inner,))
        inner = replace(condition, branches=(replace(branch, body=block),))
    body = replace(procedure.body, statements=(inner, *rest))
    return replace(checked, procedures={name: replace(procedure, body=body)})
