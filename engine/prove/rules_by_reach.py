"""Rules proved by following paths: for orders that sets of cases do not tell, and policies too large for whole cases.

In: the proofs of a policy, and a rule. Out: its `Answer`. `nunca` asks whether a case of the condition reaches the
target; `sempre A antes de T` whether one reaches the target without having done A; `sempre A quando C` whether one of
the condition ends with an outcome without having done A.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from praxe.dsl.tree import Always, Expression, Never, OutcomeName
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.reach import reach_after
from praxe.engine.prove.rules import (
    Rule,
    breaks,
    cases_at_end,
    facts_of_rule,
    is_done_first,
    is_met,
    is_outcome,
    speaks_of_outcome,
)
from praxe.engine.prove.verdict import PROVED, Answer, Verdict
from praxe.engine.prove.witness import answer_for


def prove_by_reach(proofs: Proofs, rule: Rule) -> Answer:
    """Return whether a rule holds for every case."""
    answers = list(_never(proofs, rule) if isinstance(rule, Never) else _always(proofs, rule))
    worst = next((each for each in answers if each.verdict is Verdict.REFUTED), None)
    worst = worst or next((each for each in answers if each.verdict is Verdict.UNKNOWN), None)
    return worst or Answer(verdict=Verdict.PROVED, is_vacuous=not is_met(proofs, rule))


# --- the two kinds -------------------------------------------------------------------------------------------------


def _never(proofs: Proofs, rule: Never) -> Iterator[Answer]:
    target = rule.target
    if is_outcome(target, proofs):
        cases = cases_at_end(proofs, rule.condition, OutcomeName(target.name))
        yield _answer(proofs, rule, cases, proofs.ending(target.name))
    elif not speaks_of_outcome(rule.condition):
        yield _answer(proofs, rule, cases_at_end(proofs, rule.condition, None), proofs.doing(target.name))
    else:
        for cases, ends in _by_ending(proofs, rule.condition):
            yield _answer_after(proofs, rule, cases, proofs.doing(target.name), ends)


def _always(proofs: Proofs, rule: Always) -> Iterator[Answer]:
    done = proofs.doing(rule.action.name)
    if rule.before is not None:
        before = rule.before
        if is_outcome(before, proofs):
            cases = cases_at_end(proofs, rule.condition, OutcomeName(before.name))
            targets = proofs.ending(before.name)
        else:  # how the case ends later on is left open: too many cases, never too few
            cases = proofs.diagrams.any_of(each for each, _ in _by_ending(proofs, rule.condition))
            targets = [each for each in proofs.doing(before.name) if not is_done_first(proofs, each, rule, before)]
        avoided = [each for each in done if each not in targets]
        yield _answer(proofs, rule, cases, targets, avoided)
        return
    for cases, ends in _by_ending(proofs, rule.condition):
        outcomes = [each for each in ends if each in proofs.ending(None)]
        yield _answer(proofs, rule, cases, outcomes, done)


def _by_ending(proofs: Proofs, condition: Expression | None) -> list[tuple[int, Sequence[int]]]:
    """Return the cases of a condition for each outcome, with the nodes where cases end so; equal ones together."""
    found: dict[int, list[int]] = {}
    for outcome in proofs.policy.vocabulary.outcomes:
        ends = proofs.ending(outcome)
        if ends:
            found.setdefault(cases_at_end(proofs, condition, outcome), []).extend(ends)
    open_ends = proofs.open_ends()
    found.setdefault(cases_at_end(proofs, condition, None), []).extend(open_ends)
    return [(cases, ends) for cases, ends in found.items() if cases and ends]


def _answer(proofs: Proofs, rule: Rule, cases: int, targets: Sequence[int], avoided: Sequence[int] = ()) -> Answer:
    if not cases or not targets:
        return PROVED
    found = proofs.reached(cases, avoided)
    return answer_for(
        proofs, found, targets, lambda decision: breaks(rule, decision), reads=facts_of_rule(proofs, rule)
    )


def _answer_after(proofs: Proofs, rule: Rule, cases: int, passed: Sequence[int], ends: Sequence[int]) -> Answer:
    """Return whether no case does something and then ends in one of some ways."""
    first = proofs.reaching(cases, live=proofs.flow.live_beyond)
    hit = [each for each in passed if first.at[each]]
    if not hit:
        return PROVED
    after = reach_after(first, hit)
    return answer_for(proofs, after, ends, lambda decision: breaks(rule, decision), reads=facts_of_rule(proofs, rule))
