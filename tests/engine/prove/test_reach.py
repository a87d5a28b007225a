"""Reachability agrees with trying every case, and every case shown goes where it is said to go."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Policy
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.reach import reach, returns_of
from praxe.engine.prove.steps import repeated_steps
from praxe.engine.prove.trail import choice_reaching
from praxe.engine.prove.verdict import Verdict
from tests.engine.prove.enumeration import MANY, Tried, way_of_decision
from tests.engine.strategies import policies


@MANY
@given(policies())
def test_a_node_is_reached_by_proof_just_when_some_case_reaches_it(checked: CheckedPolicy) -> None:
    tried = Tried(Policy(checked))
    flow = tried.flow
    known, _ = returns_of(flow)
    found = reach(flow, {checked.manifest.entry: EVERY_CASE}, known=known)
    ways = {way for _, way in tried.ways()}
    nodes = {node for way in ways for node in way.nodes}
    branches = {branch for way in ways for branch in way.branches}
    holes = {way.hole for way in ways}
    assert found.is_exact
    for number, node in enumerate(flow.nodes):
        here = found.at[number]
        assert (here != 0) == (node.id in nodes), node.id
        assert (flow.diagrams.both(here, flow.undecided(number)) != 0) == (node.id in holes)
        for edge in flow.edges[number]:
            if node.id in nodes and len(flow.edges[number]) > 1:
                is_taken = flow.diagrams.both(here, edge.cases) != 0
                assert is_taken == ((node.id, edge.branch.key) in branches)
        if here:
            choice = choice_reaching(found, number)
            assert choice is not None
            decision = tried.cases.walk(choice)
            assert decision is not None
            assert node.id in way_of_decision(decision).nodes


@MANY
@given(policies())
def test_where_sets_take_too_much_room_the_same_is_reached_and_nothing_else_is_claimed(checked: CheckedPolicy) -> None:
    policy = Policy(checked)
    roomy, cramped = Proofs(policy), Proofs(policy)
    with patch.multiple("praxe.engine.prove.inside", TESTS_PER_NODE=0, TESTS_FOR_ALL=0):
        assert [each != 0 for each in cramped.whole.at] == [each != 0 for each in roomy.whole.at]
        found = [(each.diagnostic.code, each.answer.verdict) for each in repeated_steps(cramped)]
    shown = [(each.diagnostic.code, each.answer.verdict) for each in repeated_steps(roomy)]
    assert len(found) >= len(shown)  # what is shown there, is shown here or left open
    assert sum(verdict is Verdict.REFUTED for _, verdict in found) <= len(shown)
    assert {verdict for _, verdict in found} <= {Verdict.REFUTED, Verdict.UNKNOWN}
