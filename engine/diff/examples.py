"""A customer for a set of cases whom two versions treat differently, decided by both before anybody hears of it.

In: a set of cases. Out: the fewest facts that make the difference, with both decisions on the whole case.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import replace
from functools import cached_property
from itertools import chain, takewhile
from typing import Final

from praxe.dsl.tree import ActionName, FactName, ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.diff.questions import questions, read_on_the_way
from praxe.engine.diff.records import Begin, Example
from praxe.engine.facts import FactError
from praxe.engine.follow import visits
from praxe.engine.graph import Step, Wait
from praxe.engine.policy import Policy
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import NO_CASE, Diagrams
from praxe.engine.values import Value

MOST_TRIED: Final = 24  # choices of classes whose facts do not fit together, or that turn out alike


class Examples:
    """Finds customers for sets of cases of one space."""

    def __init__(self, policies: tuple[Policy, Policy], cases: tuple[Cases, Cases], diagrams: Diagrams) -> None:
        """Take the old version and the new one, and what finds cases for each."""
        self._policies = policies
        self._cases = cases
        self._diagrams = diagrams

    def of(self, cases: int, start: Begin) -> Example | None:
        """Return a customer among `cases` on whom the versions differ; None if none was found."""
        return self._first(cases, start, lambda each: None if is_seen_alike(each.old, each.new) else each)

    def asked_otherwise(self, cases: int, start: Begin) -> Example | None:
        """Return a customer among `cases` who is asked something else, to the same end; None if none was found."""
        return self._first(cases, start, lambda each: self._if_asked_otherwise(each, start))

    def _if_asked_otherwise(self, example: Example, start: Begin) -> Example | None:
        if example.old is None or example.new is None or not is_seen_alike(example.old, example.new):
            return None
        if set(read_on_the_way(example.old)) == set(read_on_the_way(example.new)):
            return None
        old, new = self._asked(example, start)
        return None if set(old) == set(new) else replace(example, asked_old=old, asked_new=new)

    def _asked(self, example: Example, start: Begin) -> tuple[tuple[FactName, ...], tuple[FactName, ...]]:
        """Return what is asked by each version, once all is told that both read before anything else."""
        assert example.old is not None  # INVARIANT: both versions know an answer
        assert example.new is not None
        read = read_on_the_way(example.old), read_on_the_way(example.new)
        told = tuple(one for one, other in takewhile(lambda pair: pair[0] == pair[1], zip(*read, strict=False)))
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
                whole = self._decided(facts, start)
                for each in chain((whole,), self._while_waiting(whole, start)):
                    if found := differing(each):
                        return found
            left = self._diagrams.minus(left, self._diagrams.exactly(choice))
            if left == NO_CASE:
                return None
        return None

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

    def _decided(self, facts: Mapping[FactName, Value], start: Begin) -> Example:
        """Decide by both versions on the same whole facts: what one asks for beyond them, the other hears too."""
        known = dict(facts)
        decisions = [_decide(cases.decide, known, name) for cases, name in zip(self._cases, start, strict=True)]
        while True:
            given = {name: value for each in decisions if each for name, value in each.facts.items()}
            if given.keys() <= known.keys():
                old, new = decisions
                return Example(decisive=tuple(facts), facts=known, old=old, new=new)
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


def _decide(
    decide: Callable[[Mapping[FactName, Value], str], Decision], facts: Mapping[FactName, Value], start: str
) -> Decision | None:
    try:
        return decide(facts, start)
    except FactError:
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
    start = decision.policy.program.starts[decision.policy.procedure(decision.start)]
    on_the_way = visits(start, decision.arrival.picks)
    return [spot.node.action for spot, way in on_the_way if way and isinstance(spot.node, Step)]


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
