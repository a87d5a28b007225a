"""ZEN: a graph of decision tables of hit policy `first`; with and without its trace."""

from __future__ import annotations

import json
from collections.abc import Mapping
from itertools import pairwise
from typing import Any

import zen

from benchmarks.peers import Answer, Peer
from benchmarks.peers.rules import WIDER, Row, Test, answer, facts_of

NAMES = tuple(name for name, _ in WIDER)


def peer(*, trace: bool = False) -> Peer:
    """Return ZEN. The engine keeps the graph: that is how its documentation has it called many times."""
    engine = zen.ZenEngine({"loader": {"type": "static", "content": {"cancelamento": _graph()}}})
    options: Any = {"trace": True} if trace else {}

    def decide(facts: Mapping[str, Any]) -> Answer:
        result: Any = engine.evaluate("cancelamento", facts, options)["result"]
        return answer([result[name] for name in NAMES], WIDER)

    name = "ZEN, tables, with trace" if trace else "ZEN, tables"
    explains = "each table's row and values" if trace else "nothing"
    return Peer(name=name, explains=explains, decide=decide)


def _graph() -> dict[str, Any]:
    tables = [_node(name, "decisionTableNode", _table(name, rows)) for name, rows in WIDER]
    order = ("in", *NAMES, "out")
    return {
        "nodes": [_node("in", "inputNode", {}), *tables, _node("out", "outputNode", {})],
        "edges": [
            {"id": f"{one}-{other}", "type": "edge", "sourceId": one, "targetId": other}
            for one, other in pairwise(order)
        ],
    }


def _node(name: str, kind: str, content: dict[str, Any]) -> dict[str, Any]:
    return {"id": name, "name": name, "type": kind, "position": {"x": 0, "y": 0}, "content": content}


def _table(name: str, rows: tuple[Row, ...]) -> dict[str, Any]:
    inputs = facts_of(rows)
    return {
        "hitPolicy": "first",
        "inputs": [{"id": f"i_{each}", "name": each, "field": each} for each in inputs],
        "outputs": [{"id": "o", "name": name, "field": name}],
        "rules": [
            {"_id": f"r{number}", **{f"i_{fact}": "" for fact in inputs}, **_cells(row), "o": str(number)}
            for number, row in enumerate(rows)
        ],
        "passThrough": True,
        "inputField": None,
        "outputPath": None,
        "executionMode": "single",
    }


def _cells(row: Row) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    for test in row.tests:
        cells.setdefault(f"i_{test[0]}", []).append(_cell(test))
    return {name: " and ".join(parts) for name, parts in cells.items()}


def _cell(test: Test) -> str:
    _, operator, value = test
    match operator:
        case "has":
            return f"contains($, {json.dumps(value)})"
        case "in":
            assert isinstance(value, tuple)
            return ", ".join(map(json.dumps, value))
        case "==":
            return json.dumps(value)
        case _:
            return f"{operator} {json.dumps(value)}"
