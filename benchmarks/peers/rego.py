"""Rego (rego-cpp): a rule with an `else` chain for each table, built once into a bundle."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import regopy

from benchmarks.peers import Answer, Peer
from benchmarks.peers.rules import TABLES, Row, Test, answer


def peer() -> Peer:
    """Return Rego."""
    interpreter = regopy.Interpreter()
    interpreter.add_module("cancelamento.rego", _module())
    bundle = interpreter.build(None, ["cancelamento/rows"])

    def decide(facts: Mapping[str, Any]) -> Answer:
        interpreter.set_input(facts)
        found: Any = interpreter.query_bundle_entrypoint(bundle, "cancelamento/rows")
        return answer(json.loads(str(found))["expressions"][0])

    return Peer(name="Rego (rego-cpp)", explains="which rows fit", decide=decide)


def _module() -> str:
    names = [f"t_{name}" for name, _ in TABLES]
    rules = [_rule(name, rows) for name, (_, rows) in zip(names, TABLES, strict=True)]
    return "\n\n".join(["package cancelamento", "import rego.v1", *rules, f"rows := [{', '.join(names)}]", ""])


def _rule(name: str, rows: tuple[Row, ...]) -> str:
    bodies = [f"{number} if {{ {'; '.join(map(_test, row.tests)) or 'true'} }}" for number, row in enumerate(rows)]
    return f"{name} := " + " else := ".join(bodies)


def _test(test: Test) -> str:
    fact, operator, value = test
    if operator == "has":
        return f"{json.dumps(value)} in input.{fact}"
    if operator == "in":
        return f"input.{fact} in {json.dumps(value)}"
    return f"input.{fact} {operator} {json.dumps(value)}"
