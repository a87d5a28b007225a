"""Cedar: a permit for each row; the reasons of one authorisation name all that fit. Parsed once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import cedarpy

from benchmarks.peers import Answer, Peer
from benchmarks.peers.rules import TABLES, Row, Test, answer, first_rows


def peer() -> Peer:
    """Return Cedar."""
    policies = cedarpy.PolicySet.from_str("\n".join(_permit(row) for _, rows in TABLES for row in rows))
    entities = cedarpy.Entities.from_json_str("[]")
    who = {"principal": 'Caso::"c"', "action": 'Action::"decidir"', "resource": 'Caso::"c"'}

    def decide(context: Mapping[str, Any]) -> Answer:
        found: Any = cedarpy.is_authorized({**who, "context": context}, policies, entities)
        return answer(first_rows(int(each.removeprefix("policy")) for each in found.diagnostics.reasons))

    return Peer(name="Cedar", explains="which rows fit", decide=decide)


def _permit(row: Row) -> str:
    condition = " && ".join(map(_test, row.tests)) or "true"
    return f"permit(principal, action, resource) when {{ {condition} }};"


def _test(test: Test) -> str:
    fact, operator, value = test
    if operator == "has":
        return f"context.{fact}.contains({json.dumps(value)})"
    if operator == "in":
        return f"{json.dumps(value)}.contains(context.{fact})"
    return f"context.{fact} {operator} {json.dumps(value)}"
