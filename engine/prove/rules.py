"""The rules of a policy (`nunca`, `sempre`), proved for every case or refuted with one.

In: the proofs of a policy, and a rule. Out: its `Answer`. What a case does is settled by its facts, so a rule is a
question about sets: do the cases of its condition and those that pass its target have one in common? Only `antes de`
asks for an order too; where the shape of the graph leaves that open, or whole cases take too much room, the paths are
followed (`rules_by_reach`). What ends in a gap or goes on waiting breaks no `sempre`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from praxe.dsl.tree import Always, Expression, FactName, Never, OutcomeIs, OutcomeName, ProcedureName, Target
from praxe.engine.decision import Decision
from praxe.engine.needed import facts_read
from praxe.engine.prove.at_end import at_end
from praxe.engine.prove.diagrams import NO_CASE, TooManyTestsError
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Answer, Verdict
from praxe.engine.prove.witness import answer_among, smaller

Rule = Never | Always

MOST_TESTS: Final = 300_000  # that may be made for one rule, before paths are followed instead


def prove_rule(proofs: Proofs, rule: Rule) -> Answer:
    """Return whether a rule holds for every case; the one that breaks it tells no fact to spare."""
    return smaller(proofs, _proved(proofs, rule), lambda decision: breaks(rule, decision))


def _proved(proofs: Proofs, rule: Rule) -> Answer:
    worst: Answer | None = None
    for start in proofs.starts:
        broken = _breaking(proofs, rule, start)
        if broken is None:
            from praxe.engine.prove.rules_by_reach import prove_by_reach  # which takes this file's words

            return prove_by_reach(proofs, rule)
        answer = answer_among(
            proofs, broken, lambda decision: breaks(rule, decision), start, reads=facts_of_rule(proofs, rule)
        )
        if answer.verdict is Verdict.REFUTED:
            return answer
        if answer.verdict is Verdict.UNKNOWN:
            worst = answer
    return worst or Answer(verdict=Verdict.PROVED, is_vacuous=not is_met(proofs, rule))


def facts_of_rule(proofs: Proofs, rule: Rule) -> tuple[FactName, ...]:
    """Return the facts that the condition of a rule reads."""
    return facts_read(rule.condition, proofs.policy.checked.definitions) if rule.condition else ()


def _breaking(proofs: Proofs, rule: Rule, start: ProcedureName) -> int | None:
    """Return the cases from one start that break a rule; None where sets do not tell, or take too much room."""
    if not proofs.passing:
        return None
    try:
        with proofs.diagrams.room(MOST_TESTS):
            return breaking(proofs, rule, proofs.passing[start])
    except TooManyTestsError:
        return None


def breaking(proofs: Proofs, rule: Rule, passing: Passing) -> int | None:
    """Return the cases that break a rule, of those from one start; None where that cannot be said by sets alone."""
    match rule:
        case Never(target=target) if is_outcome(target, proofs):
            cases = cases_at_end(proofs, rule.condition, OutcomeName(target.name))
            return _in_both(proofs, cases, passing.any_of(proofs.ending(target.name)))
        case Never(target=target):
            done = passing.any_of(proofs.doing(target.name))
            return _in_both(proofs, done, _ending_in(proofs, passing, rule.condition))
        case Always(action=action, before=None):
            undone = proofs.diagrams.without(passing.any_of(proofs.doing(action.name)))
            return _in_both(proofs, _ending_in(proofs, passing, rule.condition, only_outcomes=True), undone)
        case Always(before=before):
            assert before is not None
            return _before(proofs, passing, rule, before)


def breaks(rule: Rule, decision: Decision) -> bool:
    """Return whether a decision breaks a rule, as anyone who reads its steps would say."""
    if rule.condition is not None and not _holds(rule.condition, decision):
        return False
    actions = [str(step.action) for step in decision.steps if step.action]
    match rule:
        case Never(target=target):
            return _is_reached(target, decision)
        case Always(action=action, before=None):
            return decision.outcome is not None and action.name not in actions
        case Always(action=action, before=before):
            assert before is not None
            if target_is_outcome(before, decision):
                return decision.outcome == before.name and action.name not in actions
            return before.name in actions and action.name not in actions[: actions.index(before.name)]


def target_is_outcome(target: Target, decision: Decision) -> bool:
    """Return whether a rule speaks of an outcome."""
    return target.is_end or target.name in decision.policy.vocabulary.outcomes


def is_outcome(target: Target, proofs: Proofs) -> bool:
    """Return whether a rule speaks of an outcome."""
    return target.is_end or target.name in proofs.policy.vocabulary.outcomes


def speaks_of_outcome(condition: Expression | None) -> bool:
    """Return whether a condition asks how the case ended."""
    return condition is not None and any(isinstance(each, OutcomeIs) for each in condition.descendants())


def cases_at_end(proofs: Proofs, condition: Expression | None, outcome: OutcomeName | None) -> int:
    """Return the possible cases of a condition, for cases that end with this outcome."""
    if condition is None:
        return proofs.possible
    return proofs.diagrams.both(proofs.possible, proofs.meaning.truth_at_end(condition, outcome).yes)


def is_met(proofs: Proofs, rule: Rule) -> bool:
    """Return whether what a rule speaks of happens at all: if not, it is proved for nothing."""
    at = proofs.whole.at
    match rule:
        case Never(condition=condition):
            return speaks_of_outcome(condition) or bool(cases_at_end(proofs, condition, None))
        case Always(before=None, condition=condition):
            outcomes = proofs.policy.vocabulary.outcomes
            return any(
                cases_at_end(proofs, condition, name) and any(at[each] for each in proofs.ending(name))
                for name in outcomes
            )
        case Always(before=before):
            assert before is not None
            return any(at[each] for each in (*proofs.ending(before.name), *proofs.doing(before.name)))


def _in_both(proofs: Proofs, one: int, other: int) -> int:
    """Return the cases in both sets: mostly none, which is seen without making any."""
    return proofs.diagrams.both(one, other) if proofs.diagrams.meets(one, other) else NO_CASE


def _ending_in(proofs: Proofs, passing: Passing, condition: Expression | None, *, only_outcomes: bool = False) -> int:
    """Return the cases of which the condition of a rule holds once they have come to their end.

    Args:
        only_outcomes: leave out whatever ends without an outcome.
    """
    diagrams, outcomes = proofs.diagrams, proofs.policy.vocabulary.outcomes
    if not speaks_of_outcome(condition):
        cases = cases_at_end(proofs, condition, None)
        return diagrams.both(cases, _ended(proofs, passing, outcomes)) if only_outcomes else cases
    found = NO_CASE
    for outcome in outcomes:
        cases = cases_at_end(proofs, condition, outcome)
        if cases:
            found = diagrams.either(found, diagrams.both(cases, _ended(proofs, passing, [outcome])))
    if not only_outcomes and (cases := cases_at_end(proofs, condition, None)):
        found = diagrams.either(found, diagrams.minus(cases, _ended(proofs, passing, outcomes)))
    return found


def _ended(proofs: Proofs, passing: Passing, outcomes: Iterable[OutcomeName]) -> int:
    """Return the cases that end with one of some outcomes."""
    return passing.any_of(number for outcome in outcomes for number in proofs.ending(outcome))


def _before(proofs: Proofs, passing: Passing, rule: Always, before: Target) -> int | None:
    if is_outcome(before, proofs):
        cases = cases_at_end(proofs, rule.condition, OutcomeName(before.name))
        targets = proofs.ending(before.name)
    else:
        cases = _ending_in(proofs, passing, rule.condition)
        targets = [each for each in proofs.doing(before.name) if not is_done_first(proofs, each, rule, before)]
    done = proofs.doing(rule.action.name)
    later = proofs.later
    if later is None:
        return None
    broken = 0
    for target in targets:
        left = proofs.diagrams.both(cases, passing[target])
        for each in done:
            if each == target or not later[each] >> target & 1:
                continue  # it never comes first
            if later[target] >> each & 1:
                return None  # both orders may be
            left = proofs.diagrams.minus(left, passing[each])
        broken = proofs.diagrams.either(broken, left)
    return broken


def is_done_first(proofs: Proofs, number: int, rule: Always, before: Target) -> bool:
    """Return whether one node does both things, in the right order."""
    actions = [str(each) for each in proofs.done_at(number)]
    return rule.action.name in actions[: actions.index(before.name)]


def _holds(condition: Expression, decision: Decision) -> bool:
    known = dict(decision.known)
    return decision.policy.program.evaluator.value(at_end(condition, decision.outcome), known) is True


def _is_reached(target: Target, decision: Decision) -> bool:
    if target_is_outcome(target, decision):
        return decision.outcome == target.name
    return any(step.action == target.name for step in decision.steps)
