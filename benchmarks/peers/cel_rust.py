"""CEL (the Rust interpreter): a chain of conditions for each table, all in one expression, compiled once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

import cel

from benchmarks.peers import Answer, Peer
from benchmarks.peers.rules import TABLES, Row, Test, answer


def peer() -> Peer:
    """Return CEL."""
    program = cel.compile(f"[{', '.join(_chain(rows) for _, rows in TABLES)}]")

    def decide(facts: Mapping[str, Any]) -> Answer:
        return answer(program.execute(facts))

    return Peer(name="CEL in Rust", explains="nothing", decide=decide)


def _chain(rows: tuple[Row, ...]) -> str:
    text = str(len(rows) - 1)
    for number, row in reversed(list(enumerate(rows[:-1]))):
        text = f"{' && '.join(map(_test, row.tests))} ? {number} : ({text})"
    return text


def _test(test: Test) -> str:
    fact, operator, value = test
    if operator == "has":
        return f"{json.dumps(value)} in {fact}"
    if isinstance(value, bool):
        return fact if value else f"!{fact}"
    return f"{fact} {operator} {json.dumps(value)}"
