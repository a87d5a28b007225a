"""What holds for every policy and every case: random small policies, all of whose cases can be tried."""

from __future__ import annotations

import datetime
import json
import pickle
from collections.abc import Collection, Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.keywords import faces
from praxe.dsl.table_coverage import World, check_table
from praxe.dsl.tree import Table
from praxe.engine import Decision, Policy, Status
from praxe.engine.graph import Decision as DecisionNode
from praxe.engine.graph import Question, Retry, Step, Wait
from tests.engine.strategies import ANSWERS, completions, facts, fitted, full_facts, policies

NOW = datetime.datetime(2026, 11, 20, 15, 30)


def seen(decision: Decision, known: Collection[str] = ()) -> Any:
    """Return what the world sees of a decision: all but the trace, and but for where in the text a step stands.

    A `pergunte` counts as seen, and so does an `aguarde`: the author wants it asked, and waited for. Of two `pergunte`
    about one fact only the first asks, and none about a fact that is `known` before.
    """
    found = decision.to_json()
    trace = found.pop("trace")
    wanted = [(each["kind"], list(each["facts"])) for each in trace if each["kind"] in {"question", "wait"}]
    wanted = [
        (kind, names)
        for place, (kind, names) in enumerate(wanted)
        if kind == "wait" or ((kind, names) not in wanted[:place] and not set(names) <= set(known))
    ]
    return json.dumps([without_nodes(found), wanted], sort_keys=True)


def without_nodes(value: Any) -> Any:
    match value:
        case dict():
            return {key: without_nodes(each) for key, each in value.items() if key != "node"}
        case list():
            return [without_nodes(each) for each in value]
        case _:
            return value


def steps(decision: Decision) -> list[Any]:
    found: list[Any] = without_nodes(decision.to_json()["steps"])
    return found


def facts_that_matter(policy: Policy, known: Mapping[str, Any]) -> set[str]:
    """Return the facts of which one answer gives another result than another, all else being equal: by trying all."""
    names = facts_used(policy)
    results = {_key(case): seen(decided(policy, case)) for case in completions(known, names)}
    return {
        name
        for case in completions(known, names)
        for name in names
        for answer in ANSWERS[name]
        if results.get(_key({**case, name: answer}), results[_key(case)]) != results[_key(case)]
    }


def facts_used(policy: Policy) -> list[str]:
    """Return the facts that some node reads; no other can matter."""
    used: set[str] = set()
    for node in policy.graph.nodes.values():
        match node:
            case DecisionNode():
                used.update(node.facts)
            case Question() | Wait():
                used.add(node.fact)
            case Retry():
                used |= {node.fact, "cor"}
            case Step():
                used.add("cor")  # the one fact that arguments read
            case _:
                pass
    return [name for name in ANSWERS if name in used]


def decided(policy: Policy, case: Mapping[str, Any], now: datetime.datetime | None = None) -> Decision:
    """Decide a case of `strategies`, whatever the policy's retries."""
    return policy.decide(fitted(policy, case), now=now)


def _key(case: Mapping[str, Any]) -> str:
    return json.dumps(case, sort_keys=True)


@given(policies())
def test_a_random_policy_has_no_table_that_the_checker_refuses(checked: CheckedPolicy) -> None:
    world = World(fact=checked.fact)
    tables = (each for each in checked.definitions.values() if isinstance(each, Table))
    found = [diagnostic for each in tables for diagnostic in check_table(each, world, faces()["pt"])]
    assert not found


@given(policies(), facts(), st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2100, 1, 1)))
def test_every_walk_ends_and_the_same_input_gives_the_same_bytes(
    checked: CheckedPolicy, known: dict[str, Any], now: datetime.datetime
) -> None:
    policy = Policy(checked)
    decision = decided(policy, known)
    assert decision.status in Status
    assert decision.trace
    backwards = dict(reversed(list(known.items())))
    again = pickle.loads(pickle.dumps(policy))
    assert written(decision) == written(decided(policy, backwards)) == written(decided(again, known))
    later = decided(policy, known, now=now)
    assert without_dates(later.to_json()) == without_dates(decision.to_json())


def written(decision: Decision) -> str:
    return json.dumps(decision.to_json())


def without_dates(value: Any) -> Any:
    match value:
        case dict():
            return {key: without_dates(each) for key, each in value.items() if key not in {"due", "until"}}
        case list():
            return [without_dates(each) for each in value]
        case _:
            return value


@given(policies(), full_facts)
def test_a_full_case_ends_and_the_facts_of_its_trace_suffice(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    policy = Policy(checked)
    decision = decided(policy, case)
    assert decision.status in {Status.FINISHED, Status.GAP}
    assert all(each.branch for each in decision.trace[:-1] if each.kind in {"decision", "retry", "wait"})
    cited = {str(name): value for each in decision.trace for name, value in each.facts.items()}
    assert seen(policy.decide(cited)) == seen(decision)


@given(policies(), full_facts, st.sets(st.sampled_from(sorted(ANSWERS))), st.sets(st.sampled_from(sorted(ANSWERS))))
def test_learning_a_fact_never_unsays_a_step(
    checked: CheckedPolicy, case: dict[str, Any], some: set[str], more: set[str]
) -> None:
    policy = Policy(checked)
    less = decided(policy, {name: case[name] for name in sorted(some)})
    known = decided(policy, {name: case[name] for name in sorted(some | more)})
    full = decided(policy, case)
    assert steps(known)[: len(steps(less))] == steps(less)
    assert steps(full)[: len(steps(known))] == steps(known)
    if less.status is Status.FINISHED:
        assert seen(full).partition('"trace"')[0]
        assert (full.outcome, full.status) == (less.outcome, less.status)


@given(policies(depth=2), facts())
def test_only_facts_that_can_change_the_result_are_asked(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    policy = Policy(checked)
    decision = decided(policy, known)
    if decision.asks is None or isinstance(decision.arrival.spot.node, Question):
        return
    matter = facts_that_matter(policy, known)
    assert decision.asks.fact in matter
    assert matter == {decision.asks.fact, *decision.asks.also_open}


@given(policies(), full_facts)
def test_answering_what_is_asked_leads_to_the_full_result(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    policy = Policy(checked)
    known: dict[str, Any] = {}
    for _ in range(2 * len(case) + 1):
        decision = decided(policy, known)
        fact = decision.asks.fact if decision.asks else decision.waits.fact if decision.waits else None
        if fact is None:
            break
        so_far = known.get(fact, [])
        known[fact] = case[fact][: len(so_far) + 1] if fact == "contato" else case[fact]
    assert decision.status in {Status.FINISHED, Status.GAP}
    assert steps(decision) == steps(decided(policy, case))
    assert decision.outcome == decided(policy, case).outcome
