"""Rules are proved just when no case breaks them, and every case that refutes one breaks it when it is walked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ActionName, OutcomeName
from praxe.engine import Policy
from praxe.engine.graph import End, Retry, Step, Wait
from praxe.engine.needed import facts_read
from praxe.engine.prove.at_end import at_end
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.rules import breaks, prove_rule
from praxe.engine.prove.rules_by_reach import prove_by_reach
from praxe.engine.prove.verdict import Verdict
from praxe.engine.values import Known
from tests.engine.prove.enumeration import FEW, Tried, Way
from tests.engine.strategies import ACTIONS, HERE, OUTCOMES, PROCEDURES, conditions, policies
from tests.test_policies import POLICIES, policy

_outcomes = st.sampled_from(sorted(OUTCOMES))
_actions = st.sampled_from(sorted(ACTIONS))
_targets = st.builds(lambda name: t.Target(name=name, is_end=True, span=HERE), _outcomes) | st.builds(
    lambda name: t.Target(name=name, is_end=False, span=HERE), _actions
)


def _ended(outcome: OutcomeName) -> t.OutcomeIs:
    return t.OutcomeIs(outcome=t.OutcomeRef(name=outcome, span=HERE), span=HERE)


@st.composite
def rules(draw: st.DrawFn) -> Any:
    condition: Any = draw(st.none() | conditions(("d", "e")))
    ending: Any = draw(st.none() | _outcomes.map(_ended))
    if ending and draw(st.booleans()):
        ending = t.Not(operand=ending, span=HERE)
    if condition and ending:
        kind = draw(st.sampled_from([t.And, t.Or]))
        condition = kind(operands=(condition, ending), span=HERE)
    condition = condition or ending
    if draw(st.booleans()):
        return t.Never(target=draw(_targets), condition=condition, span=HERE)
    action = t.ActionRef(name=draw(_actions), span=HERE)
    if draw(st.booleans()):
        return t.Always(action=action, before=draw(_targets), span=HERE)
    return t.Always(action=action, condition=condition, span=HERE)


def is_broken(tried: Tried, rule: t.Never | t.Always, case: Known, way: Way) -> bool:
    """Return whether a case breaks a rule, by the nodes it passed."""
    nodes = [tried.policy.graph.nodes[name] for name in way.nodes]  # type: ignore[index]
    last = nodes[-1]
    outcome = last.outcome if isinstance(last, End) else None
    done: list[ActionName | None] = []
    for node in nodes:
        match node:
            case _ if node.id == way.hole:
                pass
            case Step(action=action) | Retry(action=action):
                done.append(action)
            case Wait(meanwhile=meanwhile):
                done += [step.action for step in meanwhile]
            case _:
                pass
    if rule.condition is not None:
        condition = at_end(rule.condition, outcome)
        if tried.policy.program.evaluator.value(condition, dict(case)) is not True:
            return False
    match rule:
        case t.Never(target=target):
            return outcome == target.name if target.is_end else target.name in done
        case t.Always(action=action_ref, before=None):
            return outcome is not None and action_ref.name not in done
        case t.Always(action=action_ref, before=before):
            assert before is not None
            if before.is_end:
                return outcome == before.name and action_ref.name not in done
            first = done.index(ActionName(before.name)) if before.name in done else 0
            return before.name in done and action_ref.name not in done[:first]


@FEW
@given(policies(), st.lists(rules(), min_size=1, max_size=3), st.booleans())
def test_a_rule_is_proved_just_when_no_case_breaks_it(
    checked: CheckedPolicy, drawn: list[t.Never | t.Always], has_door: bool
) -> None:
    manifest = replace(checked.manifest, doors=PROCEDURES[1:2] if has_door else ())
    checked = replace(checked, rules=tuple(drawn), manifest=manifest)
    tried = Tried(Policy(checked))
    read = {fact for rule in drawn if rule.condition for fact in facts_read(rule.condition, checked.definitions)}
    ways = list(tried.ways(read))
    proofs = Proofs(tried.policy)
    for rule in drawn:
        broken = any(is_broken(tried, rule, case, way) for case, way in ways)
        expected = Verdict.REFUTED if broken else Verdict.PROVED
        exact, by_reach = prove_rule(proofs, rule), prove_by_reach(proofs, rule)
        assert exact.verdict in {expected, by_reach.verdict}, rule
        assert by_reach.verdict in {expected, Verdict.UNKNOWN}, (
            rule
        )  # open where a path winds through a procedure twice
        for answer in (exact, by_reach):
            if answer.case:
                assert breaks(rule, answer.case.decision)


@pytest.mark.parametrize("name", POLICIES)
def test_every_rule_of_the_real_policies_is_proved(name: str) -> None:
    proofs = Proofs(policy(name))
    answers = {str(rule.span): prove_rule(proofs, rule) for rule in policy(name).checked.rules}
    assert {place: answer for place, answer in answers.items() if answer.verdict is not Verdict.PROVED} == {}
    assert not [place for place, answer in answers.items() if answer.is_vacuous]
