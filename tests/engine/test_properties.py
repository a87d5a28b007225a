"""What holds for every policy and every case: random small policies, all of whose cases can be tried."""

from __future__ import annotations

import datetime
import json
import pickle
from collections.abc import Mapping
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Decision, Policy, Status
from praxe.engine.graph import Question
from praxe.engine.settle import explore
from tests.engine.strategies import ANSWERS, completions, facts, fitted, full_facts, policies

NOW = datetime.datetime(2026, 11, 20, 15, 30)


def seen(decision: Decision) -> Any:
    """Return what the world sees of a decision: all but the trace, and but for where in the text a step stands.

    A `pergunte` counts as seen, and so does an `aguarde`: the author wants it asked, and waited for.
    """
    found = decision.to_json()
    trace = found.pop("trace")
    wanted = [(each["kind"], list(each["facts"])) for each in trace if each["kind"] in {"question", "wait"}]
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


def results(policy: Policy, known: Mapping[str, Any]) -> dict[str, set[str]]:
    """Return, for each fact, whether it matters: the facts of which one answer gives another result than another."""
    all_results = {_key(case): seen(decided(policy, case)) for case in completions(known)}
    matters: dict[str, set[str]] = {name: set() for name in ANSWERS}
    for case in completions(known):
        for name, answers in ANSWERS.items():
            for answer in answers:
                other = _key({**case, name: answer})
                if other in all_results and all_results[other] != all_results[_key(case)]:
                    matters[name].add(str(answer))
    return matters


def decided(policy: Policy, case: Mapping[str, Any], now: datetime.datetime | None = None) -> Decision:
    """Decide a case of `strategies`, whatever the policy's retries."""
    return policy.decide(fitted(policy, case), now=now)


def _key(case: Mapping[str, Any]) -> str:
    return json.dumps(case, sort_keys=True)


@given(policies(), facts())
def test_every_walk_ends(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    decision = decided(Policy(checked), known)
    assert decision.status in Status
    assert decision.trace


@given(policies(), full_facts)
def test_a_full_case_neither_asks_nor_waits(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    decision = decided(Policy(checked), case)
    assert decision.status in {Status.FINISHED, Status.GAP}
    assert all(each.branch for each in decision.trace[:-1] if each.kind in {"decision", "retry", "wait"})


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


@given(policies(), facts())
def test_the_same_input_gives_the_same_bytes(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    policy = Policy(checked)
    backwards = dict(reversed(list(known.items())))
    again = pickle.loads(pickle.dumps(policy))
    assert written(decided(policy, known)) == written(decided(policy, backwards)) == written(decided(again, known))


def written(decision: Decision) -> str:
    return json.dumps(decision.to_json())


@given(policies(), facts(), st.datetimes(datetime.datetime(2000, 1, 1), datetime.datetime(2100, 1, 1)))
def test_now_changes_only_dates(checked: CheckedPolicy, known: dict[str, Any], now: datetime.datetime) -> None:
    policy = Policy(checked)
    assert without_dates(decided(policy, known, now=now).to_json()) == without_dates(decided(policy, known).to_json())


def without_dates(value: Any) -> Any:
    match value:
        case dict():
            return {key: without_dates(each) for key, each in value.items() if key not in {"due", "until"}}
        case list():
            return [without_dates(each) for each in value]
        case _:
            return value


@given(policies(depth=2), facts())
def test_only_facts_that_can_change_the_result_are_asked(checked: CheckedPolicy, known: dict[str, Any]) -> None:
    policy = Policy(checked)
    decision = decided(policy, known)
    if decision.asks is None or isinstance(decision.arrival.spot.node, Question):
        return
    arrival = decision.arrival
    if explore(policy.program, arrival.spot, arrival.calls, decision.known) is None:
        return  # too many cases for the exact answer
    matters = results(policy, known)
    assert matters[decision.asks.fact]
    unknown = {name for name in ANSWERS if name not in known or name == "contato"}
    silent = unknown - {decision.asks.fact, *decision.asks.also_open}
    assert not any(matters[name] for name in silent)


@given(policies(), full_facts)
def test_the_facts_of_the_trace_suffice(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    policy = Policy(checked)
    decision = decided(policy, case)
    cited = {str(name): value for each in decision.trace for name, value in each.facts.items()}
    again = policy.decide(cited)
    assert seen(again) == seen(decision)


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
