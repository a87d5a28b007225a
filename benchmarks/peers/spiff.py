"""SpiffWorkflow: a BPMN process of business rule tasks, each with its DMN table; parsed once, one workflow a case."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.camunda.parser import CamundaParser
from SpiffWorkflow.util.task import TaskState

from benchmarks.peers import Answer, Peer
from benchmarks.peers.rules import TABLES, Row, Test, answer, facts_of

NAMES = tuple(name for name, _ in TABLES)
BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"


def peer() -> Peer:
    """Return SpiffWorkflow."""
    parser = CamundaParser()
    with tempfile.TemporaryDirectory() as folder:
        for name, text in (
            ("cancelamento.bpmn", _process()),
            *((f"{name}.dmn", _table(name, rows)) for name, rows in TABLES),
        ):
            path = Path(folder, name)
            path.write_text(text, encoding="utf-8")
            (parser.add_bpmn_file if name.endswith(".bpmn") else parser.add_dmn_file)(str(path))
        spec = parser.get_spec("cancelamento")
    engine = PythonScriptEngine()

    def decide(facts: Mapping[str, Any]) -> Answer:
        workflow = BpmnWorkflow(spec, script_engine=engine)
        workflow.get_next_task(state=TaskState.READY).data.update(facts)
        workflow.do_engine_steps()
        return answer([workflow.data[f"row_{name}"] for name in NAMES])

    return Peer(name="SpiffWorkflow, DMN", explains="each task's data", decide=decide)


def _process() -> str:
    order = ("start", *NAMES, "stop")
    flows = list(pairwise(order))
    parts = [f'<sequenceFlow id="{one}_{other}" sourceRef="{one}" targetRef="{other}"/>' for one, other in flows]
    tasks = [
        f'<businessRuleTask id="{name}" name="{name}" camunda:decisionRef="d_{name}">'
        f"{_ways(name, flows)}</businessRuleTask>"
        for name in NAMES
    ]
    return (
        f'<definitions xmlns="{BPMN}" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" id="all" targetNamespace="t">'
        f'<process id="cancelamento" isExecutable="true"><startEvent id="start">{_ways("start", flows)}</startEvent>'
        f'{"".join(tasks)}<endEvent id="stop">{_ways("stop", flows)}</endEvent>{"".join(parts)}</process></definitions>'
    )


def _ways(name: str, flows: list[tuple[str, str]]) -> str:
    incoming = [f"<incoming>{one}_{other}</incoming>" for one, other in flows if other == name]
    return "".join([*incoming, *(f"<outgoing>{one}_{other}</outgoing>" for one, other in flows if one == name)])


def _table(name: str, rows: tuple[Row, ...]) -> str:
    facts = facts_of(rows)
    inputs = [
        f'<input id="{name}_{each}" label="{each}"><inputExpression id="{name}_{each}_e"><text>{each}</text>'
        "</inputExpression></input>"
        for each in facts
    ]
    rules = []
    for number, row in enumerate(rows):
        cells = [
            f'<inputEntry id="{name}_{number}_{each}"><text>{_cell(row, each)}</text></inputEntry>' for each in facts
        ]
        output = f'<outputEntry id="{name}_{number}_o"><text>{number}</text></outputEntry>'
        rules.append(f'<rule id="{name}_{number}">{"".join(cells)}{output}</rule>')
    return (
        f'<definitions xmlns="{DMN}" id="x_{name}" name="{name}" namespace="t"><decision id="d_{name}" name="{name}">'
        f'<decisionTable id="t_{name}" hitPolicy="UNIQUE">{"".join(inputs)}'
        f'<output id="o_{name}" name="row_{name}" label="row"/>{"".join(rules)}'
        "</decisionTable></decision></definitions>"
    )


def _cell(row: Row, fact: str) -> str:
    return escape(" and ".join(_test(each) for each in row.tests if each[0] == fact)) or "-"


def _test(test: Test) -> str:
    _, operator, value = test
    return f"{value!r} in ?" if operator == "has" else f"? {operator} {value!r}"
