"""What contradicts itself in a small policy, by trying every case: rules among each other, and procedures.

In: every case of a small policy. Out: the pairs of rules that no procedure could keep both of (PX422), those that set
two limits to one action (PX423), and the procedures that treat the same answers in contrary ways (PX426).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, permutations, product
from typing import Any, Final, NamedTuple

from praxe.dsl import tree as t
from praxe.dsl.source import Span
from praxe.dsl.vocabulary import FactType
from praxe.engine.needed import facts_read
from praxe.engine.prove.at_end import at_end
from praxe.engine.values import Known
from tests.engine.prove.every_case import EveryCase, Rule, Way, actions_of
from tests.engine.prove.expected import limits_of

Pair = frozenset[Any]
Cases = frozenset[int]  # by their place among the possible ones

_Answers = Mapping[str, Any]

_NUMBERS: Final = {FactType.INTEGER, FactType.DECIMAL, FactType.DATE}


class _Demand(NamedTuple):
    """What a rule wants done, or forbids, of cases that end in one way (None: in whatever way)."""

    rule: Rule
    action: str
    outcome: str | None
    cases: Cases


# --- rules ---------------------------------------------------------------------------------------------------------


def clashing_rules(every: EveryCase) -> set[Pair]:
    """Return the pairs of rules, by their places, of which some case can keep one only."""
    wanted, forbidden = list(_wanted(every)), list(_forbidden(every))
    actions = every.policy.vocabulary.actions
    pairs = [(one, other) for one, other in product(wanted, forbidden) if one.action == other.action]
    pairs += [
        (one, other)
        for one, other in permutations(wanted, 2)
        if one.action in actions[t.ActionName(other.action)].conflicts
    ]
    return {
        frozenset((one.rule.span, other.rule.span))
        for one, other in pairs
        if one.rule is not other.rule
        and (one.outcome is None or other.outcome is None or one.outcome == other.outcome)
        and one.cases & other.cases
    }


def _wanted(every: EveryCase) -> Iterator[_Demand]:
    for rule in every.policy.checked.rules:
        if not isinstance(rule, t.Always) or (rule.before is not None and not every.is_outcome(rule.before)):
            continue
        if rule.before is not None:
            ends: list[str | None] = [rule.before.name]
        else:
            ends = list(every.policy.vocabulary.outcomes) if _asks_how_it_ended(rule) else [None]
        for outcome in ends:
            asked = None if rule.before is not None else outcome
            cases = _cases(every, rule, asked) - _ruled_out(every, outcome)
            yield _Demand(rule, rule.action.name, outcome, cases)


def _forbidden(every: EveryCase) -> Iterator[_Demand]:
    for rule in every.policy.checked.rules:
        if isinstance(rule, t.Never) and not every.is_outcome(rule.target):
            ends: list[str | None] = list(every.policy.vocabulary.outcomes) if _asks_how_it_ended(rule) else [None]
            for outcome in ends:
                yield _Demand(rule, rule.target.name, outcome, _cases(every, rule, outcome))


def _ruled_out(every: EveryCase, outcome: str | None) -> Cases:
    """Return the cases that some rule keeps from an outcome."""
    rules = [each for each in every.policy.checked.rules if isinstance(each, t.Never) and each.target.name == outcome]
    return frozenset().union(*(_cases(every, each, outcome) for each in rules))


def _asks_how_it_ended(rule: Rule) -> bool:
    return rule.condition is not None and any(isinstance(each, t.OutcomeIs) for each in rule.condition.descendants())


def _cases(every: EveryCase, rule: Rule, outcome: str | None) -> Cases:
    """Return the possible cases of a rule's condition, for cases that end so."""
    if rule.condition is None:
        return frozenset(range(len(every.possible)))
    condition = at_end(rule.condition, None if outcome is None else t.OutcomeName(outcome))
    return frozenset(place for place, case in enumerate(every.possible) if every.holds(condition, case) is True)


def differing_limits(every: EveryCase) -> set[tuple[Pair, str]]:
    """Return the pairs of rules, each with a number, that forbid one action from different values of it on."""
    rules = [each for each in every.policy.checked.rules if isinstance(each, t.Never) and each.condition is not None]
    found = set()
    for one, other in combinations(rules, 2):
        if one.target.name == other.target.name:
            shared = _reads(every, one) & _reads(every, other)
            numbers = [name for name in shared if every.policy.facts[name].type in _NUMBERS]
            cases = [_cases(every, each, None) for each in (one, other)]
            pair = frozenset((one.span, other.span))
            found |= {(pair, str(name)) for name in numbers if _are_apart(every, name, *cases)}
    return found


def _reads(every: EveryCase, rule: t.Never) -> set[t.FactName]:
    return {*facts_read(rule.condition, every.policy.checked.definitions)} if rule.condition else set()


def _are_apart(every: EveryCase, name: t.FactName, one: Cases, other: Cases) -> bool:
    """Return whether two sets of cases end at different values of a number, and agree on some case otherwise."""
    answers = sorted({case[name] for case in every.possible})  # type: ignore[type-var]
    cases = [[every.possible[place] for place in each] for each in (one, other)]
    values = [{case[name] for case in each} for each in cases]
    if values[0] == values[1] or not all(limits_of(answers, each) for each in values):
        return False
    besides = every.policy.facts.keys() - {name}
    rests = [{_answers(case, besides) for case in each} for each in cases]
    apart, shared = values[0] ^ values[1], rests[0] & rests[1]
    return any(case[name] in apart and _answers(case, besides) in shared for case in every.possible)


def _answers(case: Known, names: Collection[Any]) -> frozenset[tuple[Any, Any]]:
    return frozenset((name, case[name]) for name in names)


# --- procedures ----------------------------------------------------------------------------------------------------


def parted_procedures(every: EveryCase) -> set[tuple[Pair, Pair]]:
    """Return the pairs of contrary actions, with the two procedures that do them for the same answers."""
    actions = every.policy.vocabulary.actions
    contrary = [(str(name), str(other)) for name, action in actions.items() for other in action.conflicts]
    candidates = [
        (pair, places)
        for pair in contrary
        for places in product(*(_doing(every, action) for action in pair))
        if len(_procedures(every, places)) == 2
    ]
    if not candidates:
        return set()
    where = _Places(every)
    return {(frozenset(pair), _procedures(every, places)) for pair, places in candidates if where.are_parted(*places)}


def _doing(every: EveryCase, action: str) -> list[str]:
    """Return the nodes, passed by some case, at which an action is done."""
    return [name for name, node in every.nodes.items() if action in actions_of(node)]


def _procedures(every: EveryCase, places: Iterable[str]) -> Pair:
    return frozenset(_procedure(every, each) for each in places)


class _Places:
    """Which of all cases pass the nodes of a policy: from each start, and from the start of their procedure.

    A set of values counts as one answer for each value: whether it is among them.
    """

    def __init__(self, every: EveryCase) -> None:
        self._every = every
        self._parts = {id(case): _parts(every, case) for case in every.every}
        by_start: dict[str, list[Way]] = {}
        for way in every.ways:
            by_start.setdefault(way.nodes[0].procedure, []).append(way)
        self._passing = [self._passed(ways) for ways in by_start.values()]
        self._inside: dict[str, list[_Answers]] = {}
        for name in every.policy.checked.procedures:
            passed = self._passed([every.way(case, name) for case in every.every])
            self._inside |= {node: cases for node, cases in passed.items() if _procedure(every, node) == name}

    def are_parted(self, first: str, second: str) -> bool:
        """Return whether a case at the second place answers as one at the first, and none passes both."""
        decided = [self._deciding(self._inside[each]) for each in (first, second)]
        shared = decided[0] & decided[1]
        if not shared or any(self._is_free(self._inside[each], shared) for each in (first, second)):
            return False
        found = [[passing.get(each, []) for each in (first, second)] for passing in self._passing]
        if any({id(case) for case in one} & {id(case) for case in other} for one, other in found):
            return False
        at_first, at_second = (_only(chain.from_iterable(cases), shared) for cases in zip(*found, strict=True))
        return bool(at_first & at_second)

    def _passed(self, ways: Sequence[Way]) -> dict[str, list[_Answers]]:
        found: dict[str, list[_Answers]] = {}
        for way in ways:
            for name in dict.fromkeys(node.id for node in way.nodes):
                found.setdefault(name, []).append(self._parts[id(way.case)])
        return found

    def _deciding(self, cases: Sequence[_Answers]) -> frozenset[str]:
        """Return the answers that tell these cases from others: were one another, some would not be among them."""
        among = {frozenset(case.items()) for case in cases}
        every = self._parts.values()
        values = {name: {case[name] for case in every} for name in next(iter(every))}
        return frozenset(
            name
            for name, answers in values.items()
            if any(frozenset({**case, name: each}.items()) not in among for case in cases for each in answers)
        )

    def _is_free(self, cases: Sequence[_Answers], shared: frozenset[str]) -> bool:
        """Return whether possible cases with any such answers are among some cases."""
        possible = [self._parts[id(case)] for case in self._every.possible]
        among = {id(case) for case in cases}
        return _only((case for case in possible if id(case) in among), shared) == _only(possible, shared)


def _parts(every: EveryCase, case: Known) -> _Answers:
    found: dict[str, Any] = {}
    for name, fact in every.policy.facts.items():
        value = case[name]
        if isinstance(value, frozenset):
            found |= {f"{name} {each.name}": each.name in value for each in fact.values}
        else:
            found[name] = value
    return found


def _only(cases: Iterable[_Answers], names: Collection[str]) -> set[frozenset[tuple[str, Any]]]:
    return {frozenset((name, case[name]) for name in names) for case in cases}


def _procedure(every: EveryCase, node: str) -> str:
    return every.policy.graph.nodes[node].procedure  # type: ignore[index]


def procedure_at(every: EveryCase, span: Span) -> str:
    """Return the procedure of the node at a place."""
    return next(node.procedure for node in every.nodes.values() if node.span == span)
