"""A customer for a set of cases whom two versions treat differently, decided by both before anybody hears of it.

In: a set of cases. Out: the fewest facts that make the difference, with both decisions on the whole case.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain, takewhile
from typing import Final

from praxe.dsl.tree import ActionName, FactName, ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.diff.accepted import TurnedAway
from praxe.engine.diff.questions import questions, read_on_the_way
from praxe.engine.diff.records import Begin, ChangeKind, Example
from praxe.engine.diff.terms import facts_of
from praxe.engine.facts import FactError
from praxe.engine.follow import visits
from praxe.engine.graph import NodeId, Step, Wait
from praxe.engine.policy import Policy
from praxe.engine.program import Spot, Way
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.space import Space
from praxe.engine.values import TODAY, Value

MOST_TRIED: Final = 24  # choices of classes whose facts do not fit together, or that turn out alike


class Examples:
    """Finds customers for sets of cases of one space."""

    def __init__(
        self, policies: tuple[Policy, Policy], cases: tuple[Cases, Cases], space: Space, possible: int = EVERY_CASE
    ) -> None:
        """Take the old version and the new one, what finds cases for each, and the cases that both accept."""
        self._policies = policies
        self._cases = cases
        self._axes = space.axes
        self._diagrams = space.diagrams
        self._impossible = space.diagrams.without(possible)

    def of(self, cases: int, start: Begin) -> Example | None:
        """Return a customer among `cases` on whom the versions differ; None if none was found."""
        return self._first(cases, start, lambda each: None if is_seen_alike(each.old, each.new) else each)

    def passing(
        self, cases: int, start: Begin, nodes: tuple[Collection[NodeId], Collection[NodeId]]
    ) -> tuple[Example | None, tuple[bool, bool]]:
        """Return a customer on whom the versions differ and who comes by some nodes, and in which of the versions."""
        example = self._first(cases, start, lambda each: _if_passing(each, nodes))
        return example, (False, False) if example is None else _passed_by(example, nodes)

    def completed(
        self, facts: Mapping[FactName, Value], start: Begin, decisive: Collection[FactName]
    ) -> Example | None:
        """Return the customer with these facts, and with answers to all else that is asked; None if they show alike."""
        found = self._decided(facts, start, decisive)
        return None if is_seen_alike(found.old, found.new) or _is_broken(found) else found

    def asked_otherwise(self, cases: int, start: Begin) -> Example | None:
        """Return a customer among `cases` who is asked something else, to the same end; None if none was found."""
        return self._first(cases, start, lambda each: self._if_asked_otherwise(each, start))

    def refused(self, turned: TurnedAway, start: Begin) -> Example | None:
        """Return a customer whom one version decides and the other refuses; None if none was found."""
        left = turned.alone if turned.alone != NO_CASE else turned.cases
        for _ in range(MOST_TRIED):
            choice = self._diagrams.smallest(left)
            if choice is None:
                return None
            if found := self._refused_with(choice, turned, start):
                return found
            left = self._diagrams.minus(left, self._diagrams.exactly(choice))
        return None

    def _refused_with(self, choice: Mapping[int, int], turned: TurnedAway, start: Begin) -> Example | None:
        refusing, deciding = (1, 0) if turned.kind is ChangeKind.REFUSED else (0, 1)
        cases, policy = self._cases[deciding], self._policies[refusing]
        facts = cases.facts_of(choice)
        decision = None if facts is None else _decide(cases.decide, facts, start[deciding])
        if facts is None or decision is None:
            return None
        refusal = _refusal(policy, facts, decision)
        if refusal is None:  # it does not matter what the others are, but they have to be known
            named = facts_of(turned.term.assumption, policy)
            facts = {name: cases.usual(name) for name in self._policies[deciding].facts if name in named} | facts
            refusal = _refusal(policy, facts, decision)
        known = {**decision.facts, **facts}
        if refusal is None or _refusal(self._policies[deciding], known, decision) is not None:
            return None
        old, new = (decision, None) if refusing else (None, decision)
        decisive = tuple(self._deciding(choice, turned.broken)) or tuple(facts)
        return Example(decisive=decisive, facts=known, old=old, new=new, refusal=refusal)

    def _if_asked_otherwise(self, example: Example, start: Begin) -> Example | None:
        if example.old is None or example.new is None or not is_seen_alike(example.old, example.new):
            return None
        one, other = read_on_the_way(example.old), read_on_the_way(example.new)
        by_one = set(one) ^ set(other)
        if not by_one:
            return None
        rest = tuple(name for name in example.facts if name not in by_one)
        common = tuple(
            ours for ours, theirs in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
        )
        for told in (rest, common):  # where few facts are left to ask for, it is soon known which of them matter
            old, new = self._asked(example, start, told)
            if set(old) != set(new):
                return replace(example, asked_old=old, asked_new=new)
        return None

    def _asked(
        self, example: Example, start: Begin, told: Collection[FactName]
    ) -> tuple[tuple[FactName, ...], tuple[FactName, ...]]:
        """Return what is asked by each version, once some facts are told before anybody asks."""
        one, other = zip(self._policies, self._cases, strict=True)
        return (
            questions(*one, example.facts, start.old, told),
            questions(*other, example.facts, start.new, told),
        )

    def _first(self, cases: int, start: Begin, differing: Callable[[Example], Example | None]) -> Example | None:
        left = cases
        for _ in range(MOST_TRIED):
            choice = self._diagrams.smallest(left)
            if choice is None:
                return None
            facts = self._cases[1].facts_of(choice)
            if facts is not None:
                decisive = facts if self._impossible == NO_CASE else self._deciding(choice, cases, self._impossible)
                whole = self._decided(facts, start, decisive)
                for each in chain((whole,), self._while_waiting(whole, start)):
                    if (found := differing(each)) and not _is_broken(found):
                        return found
            left = self._diagrams.minus(left, self._diagrams.exactly(choice))
            if left == NO_CASE:
                return None
        return None

    def _deciding(self, choice: Mapping[int, int], cases: int, besides: int = NO_CASE) -> Collection[FactName]:
        """Return the facts of a choice that are enough for a case to be among `cases`, or those `besides`."""
        wide = self._diagrams.either(cases, besides)
        for axis in sorted(choice, reverse=True):
            fewer = {other: pick for other, pick in choice.items() if other != axis}
            if self._diagrams.given(wide, fewer) == EVERY_CASE:
                choice = fewer
        return dict.fromkeys(name for axis in sorted(choice) for name in self._axes[axis].facts)

    def _while_waiting(self, whole: Example, start: Begin) -> Iterator[Example]:
        """Yield the same customer at each wait on the way, when nobody knows yet how it ends."""
        for fact in self._waited:
            if fact in whole.facts:
                facts = {name: value for name, value in whole.facts.items() if name != fact}
                old, new = (
                    _decide(cases.decide_on, facts, name) for cases, name in zip(self._cases, start, strict=True)
                )
                yield Example(decisive=whole.decisive, facts=facts, old=old, new=new)

    @cached_property
    def _waited(self) -> tuple[FactName, ...]:
        """The facts that somebody waits for."""
        waits = (
            node.fact for policy in self._policies for node in policy.graph.nodes.values() if isinstance(node, Wait)
        )
        return tuple(dict.fromkeys(waits))

    def _decided(self, facts: Mapping[FactName, Value], start: Begin, decisive: Collection[FactName]) -> Example:
        """Decide by both versions on the same whole facts: what one asks for beyond them, the other hears too."""
        known = dict(facts)
        decisions = [_decide(cases.decide, known, name) for cases, name in zip(self._cases, start, strict=True)]
        while True:
            given = {name: value for each in decisions if each for name, value in each.facts.items()}
            if given.keys() <= known.keys():
                old, new = decisions
                return Example(decisive=tuple(decisive), facts=known, old=old, new=new)
            known = given | known
            decisions = [
                self._once_more(version, before, known, facts, name)
                for version, (before, name) in enumerate(zip(decisions, start, strict=True))
            ]

    def _once_more(
        self,
        version: int,
        before: Decision | None,
        known: Mapping[FactName, Value],
        first: Mapping[FactName, Value],
        start: ProcedureName,
    ) -> Decision | None:
        """Decide again on more facts than the `first`.

        Where the others are what this version takes for granted anyway, its walk is the one `before`, and told so.
        """
        cases, facts = self._cases[version], self._policies[version].facts
        if before is not None and all(
            name in first or name not in facts or cases.usual(name) == value for name, value in known.items()
        ):
            decision = _decide(cases.decide_on, known, start)
            if decision is None or decision.arrival.picks == before.arrival.picks:
                return decision
        return _decide(cases.decide, known, start)


def _if_passing(example: Example, nodes: tuple[Collection[NodeId], Collection[NodeId]]) -> Example | None:
    if not any(_passed_by(example, nodes)) or is_seen_alike(example.old, example.new):
        return None
    return example


def _passed_by(example: Example, nodes: tuple[Collection[NodeId], Collection[NodeId]]) -> tuple[bool, bool]:
    """Return whether a customer comes by some nodes, in either version."""
    old, new = (
        decision is not None and any(spot.node.id in each for spot, _ in on_the_way(decision))
        for decision, each in zip((example.old, example.new), nodes, strict=True)
    )
    return old, new


def on_the_way(decision: Decision) -> Iterator[tuple[Spot, Way | None]]:
    """Yield the places that a decision came by, each with the way it took."""
    start = decision.policy.program.starts[decision.policy.procedure(decision.start)]
    return visits(start, decision.arrival.picks)


def _is_broken(example: Example) -> bool:
    """Return whether facts break an assumption after all: sums of facts can, sets of cases only approach them."""
    return any(each and each.policy.assumed.broken(dict(each.known)) for each in (example.old, example.new))


def _decide(
    decide: Callable[[Mapping[FactName, Value], str], Decision], facts: Mapping[FactName, Value], start: str
) -> Decision | None:
    try:
        return decide(facts, start)
    except FactError:
        return None


def _refusal(policy: Policy, facts: Mapping[FactName, Value], decision: Decision) -> FactError | None:
    """Return why a version refuses facts on the day of a decision, those apart that it does not know."""
    try:
        known = dict(policy.typed({name: value for name, value in facts.items() if name in policy.facts}))
        policy.assumed.refuse({**known, TODAY: decision.known[TODAY]}, policy.manifest.language)
    except FactError as error:
        return error
    return None


def is_seen_alike(one: Decision | None, other: Decision | None) -> bool:
    """Return whether two decisions show the same; most that do not are told apart before they are put into words."""
    if one is None or other is None:
        return one is other
    if (one.status, one.outcome) != (other.status, other.outcome) or _actions(one) != _actions(other):
        return False
    return seen(one) == seen(other)


def _actions(decision: Decision) -> list[ActionName | None]:
    """Return what is done on a walk, what is tried or done while waiting apart."""
    return [spot.node.action for spot, way in on_the_way(decision) if way and isinstance(spot.node, Step)]


def seen(decision: Decision | None) -> Hashable:
    """Return all that a decision shows: by this two of them are the same or not."""
    if decision is None:
        return None
    steps = tuple(
        (step.kind, step.action, step.text, step.attempt, step.meanwhile)
        + tuple(sorted((name, str(value)) for name, value in step.args.items()))
        + ((step.deadline.kind, step.deadline.amount, step.deadline.unit, step.deadline.due) if step.deadline else ())
        for step in decision.steps
    )
    waits = (decision.waits.fact, decision.waits.deadline.text) if decision.waits else None
    asks = decision.asks.fact if decision.asks else None
    gap = decision.gap.text if decision.gap else None
    return (decision.status, decision.outcome, steps, waits, asks, gap)
