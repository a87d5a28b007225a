"""What leads where, as a plan holds it: the same from a document, and in the order that the flow relies on."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import CompiledPolicy, Policy
from praxe.engine.compile.document import document_of
from praxe.engine.compile.paths import Path as Way
from praxe.engine.compile.planning import Planning
from tests.engine.strategies import PROCEDURES, facts, fitted, policies

ROOT = Path(__file__).parents[3]


def stored(policy: Policy) -> CompiledPolicy:
    """Return the compiled policy from its stored plan, without the words."""
    document = document_of(Planning(policy).document(), "", policy.identity)
    return CompiledPolicy.from_json(json.loads(json.dumps(document)))


def check_order(policy: Policy) -> None:
    """Assert that procedures follow one another, and ways lead to later spots of the same procedure."""
    seen: list[str] = []
    for number, spot in enumerate(policy.spots):
        assert spot.number == number
        procedure = spot.node.procedure
        if not seen or seen[-1] != procedure:
            assert procedure not in seen
            assert policy.program.starts[procedure] is spot
            seen.append(procedure)
        for way in spot.ways:
            assert way.target.number > number
            assert way.target.node.procedure == procedure


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_the_real_policies(name: str) -> None:
    policy = Policy.load(ROOT / "policy" / name)
    check_order(policy)
    compiled = policy.compile()
    loaded = stored(policy)
    assert loaded.plan.outline() == compiled.plan.outline()
    assert all(loaded.plan.spots[each].says == compiled.plan.spots[each].says for each in range(len(policy.spots)))


@settings(max_examples=25)
@given(policies(), st.lists(facts(), min_size=1, max_size=4), st.sampled_from(PROCEDURES))
def test_stored_and_loaded(checked: CheckedPolicy, cases: list[Mapping[str, Any]], start: str) -> None:
    policy = Policy(checked)
    check_order(policy)
    compiled = policy.compile()
    loaded = stored(policy)
    assert loaded.plan.outline() == compiled.plan.outline()
    assert [loaded.plan.is_sure(each) for each in range(len(policy.spots))] == [
        compiled.plan.is_sure(each) for each in range(len(policy.spots))
    ]
    for case in cases:
        known = compiled.check(fitted(policy, case))
        here, there = (each.evaluator(start) for each in (compiled, loaded))
        if (path := here(known)).stop is None:  # else the walk may be asked, which needs the words
            assert there(known).key == path.key


def test_a_path_is_told_with_the_first_look_and_then_plain() -> None:
    path = Policy.load(ROOT / "policy" / "rc").compile().evaluate({"primeira_vez_ou_duvida": True, "caso_aberto": True})
    assert type(path) is not Way
    assert path.asks is not None
    assert type(path) is not Way
    first = path.trace
    assert type(path) is Way
    assert path.trace is first
