"""A policy as a whole: loading it, its graph for networkx, its schemas, its trace and JSON."""

from __future__ import annotations

import datetime
import json
import pickle
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import networkx
import pytest
from hypothesis import given

from praxe.dsl import CheckedPolicy, PraxeError
from praxe.dsl.tree import Promptness, Table, Unit
from praxe.dsl.vocabulary import FactType
from praxe.engine import Decision, Policy, PolicyError, Status, decision_schema, facts_schema, load_scenarios
from praxe.engine.graph import GraphNode
from praxe.engine.trace import kind_of
from tests.engine.strategies import facts, fitted, policies
from tests.engine.trees import policy

RC = Path(__file__).parents[2] / "policy" / "rc"
VALIDATOR = jsonschema.Draft202012Validator(decision_schema())
NOW = datetime.datetime(2026, 11, 20, 15, 30)


@pytest.fixture(scope="module")
def rc() -> Policy:
    return Policy.load(RC)


def valid(decision: Decision) -> dict[str, Any]:
    found = decision.to_json()
    VALIDATOR.validate(json.loads(json.dumps(found)))
    return found


def test_a_policy_is_loaded_from_its_folder(rc: Policy) -> None:
    assert (rc.manifest.name, rc.manifest.entry) == ("rc", "rc_triagem")
    assert "motivo_rc" in rc.vocabulary.facts
    assert isinstance(rc.checked, CheckedPolicy)
    assert repr(rc) == f"<Policy rc {rc.manifest.version}>"
    again = pickle.loads(pickle.dumps(rc))
    assert again.decide({}).to_json() == rc.decide({}).to_json()
    decision = rc.decide({"apoio_necessario": ["n2"], "caso_aberto": "sim"}, start="rc_triagem", language="en")
    assert pickle.loads(pickle.dumps(decision)).to_json() == decision.to_json()


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(PraxeError):
        Policy.load(tmp_path / "nada")


def test_a_policy_with_errors_is_refused_with_its_findings(tmp_path: Path) -> None:
    for path in RC.glob("*.*"):
        (tmp_path / path.name).write_text(path.read_text("utf-8").replace("fim revertido", "fim revertdo"), "utf-8")
    with pytest.raises(PolicyError) as caught:
        Policy.load(tmp_path)
    error = pickle.loads(pickle.dumps(caught.value))
    assert {each.code for each in error.diagnostics} >= {"PX204"}
    assert str(tmp_path) in error.in_language("en")


def test_networkx_gets_a_node_and_a_branch_for_each(rc: Policy) -> None:
    graph = rc.network
    assert isinstance(graph, networkx.MultiDiGraph)
    assert list(graph.nodes) == list(rc.graph.nodes)
    assert all(list(data) == ["node"] for _, data in graph.nodes(data=True))
    assert all(list(data) == ["branch"] for *_, data in graph.edges(data=True))
    assert graph.number_of_edges() == sum(map(len, rc.graph.branches.values()))
    assert networkx.is_directed_acyclic_graph(graph)
    assert rc.network is graph


# --- JSON ------------------------------------------------------------------------------------------------------


@given(policies(), facts())
def test_every_decision_fits_the_published_schema(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    random_policy = Policy(checked)
    valid(random_policy.decide(fitted(random_policy, known), now=NOW, language="en"))


def test_every_kind_of_decision_fits_the_published_schema(rc: Policy) -> None:
    scenarios = load_scenarios(RC, rc).scenarios
    found = {valid(rc.decide(each.facts, now=NOW))["status"] for each in scenarios}
    assert found == {"finished", "asks", "gap"}


def test_the_published_schema_knows_all_our_words() -> None:
    schema = decision_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["properties"]["status"]["enum"] == [each.value for each in Status]
    parts = schema["$defs"]
    assert parts["asked"]["properties"]["type"]["enum"] == [each.value for each in FactType]
    assert parts["deadline"]["properties"]["kind"]["enum"] == [*(each.value for each in Promptness), "until"]
    assert parts["deadline"]["properties"]["unit"]["enum"] == [*(each.value for each in Unit), None]
    assert len(parts["visit"]["properties"]["kind"]["enum"]) == len(GraphNode.__args__)
    assert callable(kind_of)


def test_the_schema_of_facts_admits_what_decide_takes(rc: Policy) -> None:
    schema = facts_schema(rc, "en")
    jsonschema.Draft202012Validator.check_schema(schema)
    assert list(schema["properties"]) == list(rc.facts)
    validator = jsonschema.Draft202012Validator(schema)
    assert validator.is_valid({"motivo_rc": "tecnico", "caso_aberto": True, "apoio_necessario": ["n2"]})
    assert validator.is_valid({"motivo_rc": None})
    for wrong in ({"motivo": "tecnico"}, {"motivo_rc": "tecnica"}, {"caso_aberto": 1}, {"apoio_necessario": "n2"}):
        assert not validator.is_valid(wrong)
    with pytest.raises(ValueError, match="fr"):
        facts_schema(rc, "fr")


def test_the_schema_of_facts_has_every_type() -> None:
    p = policy(
        """procedimento inicio:
  tente até 3 vezes ligar até contato:
    nada
  se n > 1 e valor > 2.5 e dia_certo > 2026-01-01 e nome = "Ana":
    faça ligar
  fim aceito
""",
        contato="yes_no",
        n=(0, 90),
        valor={"type": "decimal", "min": 0.5, "max": 10, "cost": 2.5},
        dia_certo="date",
        nome="text",
    )
    schema = facts_schema(p)
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    good = {"contato": [False, True], "n": 3, "valor": "2.75", "dia_certo": "2026-11-20", "nome": "Ana"}
    assert validator.is_valid(good)
    assert validator.is_valid({"contato": True, "valor": 0.5})
    for wrong in ({"contato": [False] * 4}, {"n": 91}, {"valor": 0.4}, {"nome": 3}):
        assert not validator.is_valid(wrong)
    assert schema["properties"]["n"]["title"] == "N"
    assert {name: each["x-cost"] for name, each in schema["properties"].items() if "x-cost" in each} == {"valor": 2.5}
    assert p.decide(good).status is Status.FINISHED


# --- the trace -------------------------------------------------------------------------------------------------


def test_the_trace_tells_branch_facts_and_clauses() -> None:
    p = policy(
        """procedimento inicio:
  fonte c.1
  se grave:   [c.2]
    faça ligar   [c.3]
    siga fecho
  fim negado

procedimento fecho:
  caso cor:
    azul:   [c.7]
      nada
    senão:
      lacuna "cala"
  fim aceito   [c.8]

defina grave:   [c.4]
  quando x: não   [c.5]
  quando y: sim   [c.6]
  senão: não
""",
        x="yes_no",
        y="yes_no",
        cor=["azul", "verde"],
    )
    trace = p.decide({"x": False, "y": True, "cor": "azul"}).trace
    told = [(each.kind, each.branch, dict(each.facts), dict(each.derived), each.clauses) for each in trace]
    assert told == [
        ("start", "next", {}, {}, ("c.1",)),
        ("decision", "yes", {"x": False, "y": True}, {"grave": True}, ("c.1", "c.2", "c.4", "c.6")),
        ("step", "next", {}, {}, ("c.3",)),
        ("call", None, {}, {}, ("c.2",)),
        ("start", "next", {}, {}, ()),
        ("decision", "azul", {"cor": "azul"}, {}, ("c.7",)),
        ("end", None, {}, {}, ("c.8",)),
    ]


def test_facts_in_the_json_are_as_json_writes_them() -> None:
    p = policy(
        """procedimento inicio:
  se itens contém pao e valor > 2.5 e dia_certo > 2026-01-01:
    faça marcar(dia_certo)
  tente até 3 vezes ligar até contato:
    nada
  fim aceito
""",
        itens=("leite", "pao"),
        valor="decimal",
        dia_certo="date",
        contato="yes_no",
    )
    given = {"itens": {"pao", "leite"}, "valor": 12.50, "dia_certo": "2026-12-25", "contato": [False, True]}
    found = valid(p.decide(given))
    facts_told = {name: value for each in found["trace"] for name, value in each["facts"].items()}
    assert facts_told == {
        "itens": ["leite", "pao"],
        "valor": "12.5",
        "dia_certo": "2026-12-25",
        "contato": [False, True],
    }
    assert [(each["args"], each["text"], each["attempt"]) for each in found["steps"]] == [
        ({"quando_vai": "2026-12-25"}, "Marcar 25/12/2026", None),
        ({}, "Ligar", 1),
        ({}, "Ligar", 2),
    ]


def test_a_hole_in_a_table_is_a_gap_and_not_a_crash() -> None:
    # the checker finds such a table; a policy made by other means must not crash on it either
    p = policy(
        """procedimento inicio:
  caso t:
    azul:
      fim aceito
    verde:
      fim negado

tabela t "Tabela de cores":
  | x   | t     |
  | sim | azul  |
  | não | verde |
""",
        x="yes_no",
    )
    (name, table), *_ = p.checked.definitions.items()
    assert isinstance(table, Table)
    holed = replace(table, rows=table.rows[:1])
    broken = Policy(replace(p.checked, definitions={name: holed}))
    gap = broken.decide({"x": False}).gap
    assert gap
    assert gap.text == "A política não tem uma resposta para este caso em `Tabela de cores`."
    assert dict(broken.decide({"x": False}).trace[-1].facts) == {"x": False}
    assert broken.decide({"x": True}).outcome == "aceito"
    asks = broken.decide({}).asks
    assert asks
    assert asks.fact == "x"
    valid(broken.decide({"x": False}))


def test_a_policy_is_shared_between_threads(rc: Policy) -> None:
    cases = [each.facts for each in load_scenarios(RC, rc).scenarios] * 5
    alone = [rc.decide(case).to_json() for case in cases]
    fresh = Policy(rc.checked)
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda case: fresh.decide(case).to_json(), cases)) == alone
