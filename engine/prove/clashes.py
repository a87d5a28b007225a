"""Rules that demand what cannot be had together, and actions that two rules limit differently.

In: the rules of a policy, nothing else: no procedure is looked at (for these see `parted`). Out: for each pair the
smallest case for which one demands what the other forbids (or a contradicting action), whatever the procedures do; and
pairs of rules that set two limits to the same action on the same number.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from typing import NamedTuple

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ActionName, Always, ClauseId, Expression, FactName, Never, OutcomeName
from praxe.engine.needed import facts_read
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.limits import is_limit, possible_parts
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.rules import Rule, cases_at_end, is_outcome, speaks_of_outcome
from praxe.engine.prove.witness import stated


class _Demand(NamedTuple):
    """What a rule wants done, or forbids, of cases that end in one way (None: in whatever way)."""

    rule: Rule
    action: str
    outcome: OutcomeName | None
    cases: int


def clashing_rules(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the pairs of rules that no procedure could keep both of, each with the smallest such case."""
    wanted, forbidden = list(_wanted(proofs)), list(_forbidden(proofs))
    actions = proofs.policy.vocabulary.actions
    told: set[tuple[int, int]] = set()
    for want in wanted:
        for other in forbidden:
            if other.action == want.action:
                yield from _clash(proofs, want, other, told)
        for other in wanted:
            if ActionName(want.action) in actions[ActionName(other.action)].conflicts:
                yield from _clash(proofs, want, other, told)


def differing_limits(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the pairs of rules that forbid one action from different numbers on."""
    rules = [rule for rule in proofs.policy.checked.rules if isinstance(rule, Never) and rule.condition is not None]
    for one, other in combinations(rules, 2):
        if one.target.name != other.target.name or one.condition is None or other.condition is None:
            continue
        first, second = _facts(proofs, one.condition), _facts(proofs, other.condition)
        for name in (each for each in first if each in second):
            found = _limits(proofs, name, one.condition, other.condition)
            if found is not None:
                answer = stated(proofs, found)
                args = {"fact": str(name), "action": one.target.name}
                if answer.case:
                    args["example"] = case_text(proofs.policy, answer.case.facts)
                related = Related(one.span, "first")
                yield of_a_case(Check.CLASHES, "PX423", other.span, answer, related, **args)


def cited_by_both(one: Rule, other: Rule, proofs: Proofs) -> tuple[ClauseId, ...]:
    """Return the findings about the source texts that both rules cite: then the clash is known."""
    known = proofs.policy.vocabulary.findings
    second = {each.name for each in other.clauses}
    return tuple(each.name for each in one.clauses if each.name in second and each.name in known)


def _clash(proofs: Proofs, want: _Demand, other: _Demand, told: set[tuple[int, int]]) -> Iterator[ProofFinding]:
    pair = (id(want.rule), id(other.rule))
    if pair in told or pair[::-1] in told or want.rule is other.rule:
        return
    if want.outcome is not None and other.outcome is not None and want.outcome != other.outcome:
        return
    cases = proofs.diagrams.both(want.cases, other.cases)
    if cases == NO_CASE:
        return
    told.add(pair)
    answer = stated(proofs, cases)
    args = {"action": want.action}
    if answer.case:
        args["example"] = case_text(proofs.policy, answer.case.facts)
    known = cited_by_both(want.rule, other.rule, proofs)
    args["known"] = ", ".join(known)
    related = Related(want.rule.span, "demands")
    yield of_a_case(Check.CLASHES, "PX422", other.rule.span, answer, related, **args)


def _wanted(proofs: Proofs) -> Iterator[_Demand]:
    for rule in proofs.policy.checked.rules:
        if not isinstance(rule, Always):
            continue
        if rule.before is None:
            for outcome, cases in _by_outcome(proofs, rule.condition):
                yield _Demand(rule, rule.action.name, outcome, _not_ruled_out(proofs, outcome, cases))
        elif is_outcome(rule.before, proofs):
            outcome = OutcomeName(rule.before.name)
            cases = _not_ruled_out(proofs, outcome, cases_at_end(proofs, rule.condition, None))
            yield _Demand(rule, rule.action.name, outcome, cases)


def _not_ruled_out(proofs: Proofs, outcome: OutcomeName | None, cases: int) -> int:
    """Return the cases that no other rule keeps from ending so."""
    for rule in proofs.policy.checked.rules:
        if isinstance(rule, Never) and outcome is not None and rule.target.name == outcome:
            cases = proofs.diagrams.minus(cases, cases_at_end(proofs, rule.condition, outcome))
    return cases


def _forbidden(proofs: Proofs) -> Iterator[_Demand]:
    for rule in proofs.policy.checked.rules:
        if isinstance(rule, Never) and not is_outcome(rule.target, proofs):
            for outcome, cases in _by_outcome(proofs, rule.condition):
                yield _Demand(rule, rule.target.name, outcome, cases)


def _by_outcome(proofs: Proofs, condition: Expression | None) -> Iterator[tuple[OutcomeName | None, int]]:
    """Yield the outcomes of which a condition holds, with the cases; None for all, where it does not ask."""
    if not speaks_of_outcome(condition):
        yield None, cases_at_end(proofs, condition, None)
        return
    for outcome in proofs.policy.vocabulary.outcomes:
        cases = cases_at_end(proofs, condition, outcome)
        if cases:
            yield outcome, cases


def _facts(proofs: Proofs, condition: Expression) -> tuple[FactName, ...]:
    return facts_read(condition, proofs.policy.checked.definitions)


def _limits(proofs: Proofs, name: FactName, one: Expression, other: Expression) -> int | None:
    """Return the cases between two limits: forbidden by one rule, allowed by the other, for that number alone."""
    number = proofs.meaning.axis_of(name)
    if number is None or not proofs.space.axes[number].begins or proofs.space.axes[number].kind is not AxisKind.FACT:
        return None
    diagrams = proofs.diagrams
    first, second = (cases_at_end(proofs, each, None) for each in (one, other))
    own = 1 << number
    limits = [diagrams.keep(each, own) for each in (first, second)]
    if limits[0] == limits[1] or not all(is_limit(possible_parts(proofs, limit, number)) for limit in limits):
        return None
    apart = diagrams.either(diagrams.minus(limits[0], limits[1]), diagrams.minus(limits[1], limits[0]))
    shared = diagrams.both(diagrams.keep(first, ~own), diagrams.keep(second, ~own))
    between = diagrams.both(diagrams.both(shared, apart), proofs.possible)
    return between or None
