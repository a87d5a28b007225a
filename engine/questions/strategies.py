"""Which of the open questions comes next.

In: a decision that asks, the facts left aside, an order. Out: the fact to ask, or None if no open question is left that
can change what follows.

`AUTHOR` asks what the procedure reads first. `FEWEST` and `CHEAPEST` choose among the questions that may be asked
before the next step (`ahead`) the one after which the least is expected (`expected`): exactly, when all completions can
be tried; else as if the author's order followed after this question, up to the end or, if that is still too much, up to
the next step; of equals, and when nothing can be worked out, what the author asks first.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping, Sequence
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.compile.decided import CompiledDecision
from praxe.engine.decision import Decision
from praxe.engine.follow import visits
from praxe.engine.graph import Question, Retry, Wait
from praxe.engine.matter import Comparison
from praxe.engine.policy import Policy
from praxe.engine.program import Spot, Way
from praxe.engine.questions.ahead import facts_before_a_step, reachable
from praxe.engine.questions.expected import Choices, Expectation, TooMany
from praxe.engine.questions.order import Order
from praxe.engine.status import Status
from praxe.engine.values import TODAY, Known

MOST_KEPT: Final = 2**13
_NEARER = 1e-9  # expected costs closer than this are equal


class Questions:
    """Chooses the questions of one policy."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._program = policy.program
        self._reads = policy.program.reads
        nodes = policy.graph.nodes.values()
        self._events = frozenset(node.fact for node in nodes if isinstance(node, Retry | Wait))
        self._chosen: dict[Hashable, FactName | None] = {}
        self._ahead: dict[Hashable, tuple[FactName, ...]] = {}

    def next_fact(self, decision: Decision, order: Order, left: Collection[FactName] = ()) -> FactName | None:
        """Return the fact to ask next, or None.

        Args:
            left: facts that nobody is asked about any more.
        """
        if decision.status is not Status.ASKS:
            return None
        path = decision.path if isinstance(decision, CompiledDecision) else None
        if order is Order.AUTHOR and path and path.asks and path.arrival is None and path.asks not in left:
            return FactName(path.asks)  # found to matter when it was found, or asked for by the author
        key = (order, frozenset(left), *self._stand(decision))
        if key not in self._chosen:
            if len(self._chosen) >= MOST_KEPT:
                self._chosen.clear()
            self._chosen[key] = self._next(decision, order, left)
        return self._chosen[key]

    def _stand(self, decision: Decision) -> tuple[Hashable, ...]:
        """Return all on which the next question depends: the place, and what is known of what is read from there on."""
        spot, calls = decision.stand
        ahead = self._ahead.get((spot, calls))
        if ahead is None:
            if len(self._ahead) >= MOST_KEPT:
                self._ahead.clear()
            read = self._reads.names(self._reads.below(spot, calls))
            ahead = self._ahead[spot, calls] = (*read, *self._program.answers.tied - read, TODAY)
        known = decision.known
        return (spot, calls, *[known.get(name) for name in ahead])

    def _next(self, decision: Decision, order: Order, left: Collection[FactName]) -> FactName | None:
        arrival = decision.arrival
        due = arrival.asked
        if due is None:
            return None
        if due in left:
            early = (name for name in arrival.also_open if name not in left and self.can_come_early(name))
            return next((name for name in early if self.matters(decision, name)), None)
        if order is Order.AUTHOR or not self._can_be_put_off(arrival.spot, arrival.calls, decision.known, due):
            return due
        return self._best(decision, order, self._candidates(decision, due, left))

    def facts_in_use(self, decision: Decision) -> frozenset[FactName]:
        """Return the facts that a case has read, and those that it may still read on the ways that are open."""
        start = self._program.starts[self._policy.procedure(decision.start)]
        arrival, known = decision.arrival, dict(decision.known)
        passed = [spot for spot, _ in visits(start, arrival.picks)]
        found = 0
        for spot in (*passed, *reachable(arrival.spot, arrival.calls, known)):
            found |= self._reads.at(spot)
        return self._reads.names(found)

    def can_come_early(self, fact: FactName) -> bool:
        """Whether a fact may be asked before its turn; how an attempt or a wait ends cannot."""
        return fact not in self._events

    def matters(self, decision: Decision, fact: FactName) -> bool:
        """Return False if it is proved that an open fact cannot change what follows."""
        arrival = decision.arrival
        comparison = Comparison(self._program, decision.known, fact)
        return comparison.can_matter(arrival.spot, arrival.calls)

    def _can_be_put_off(self, spot: Spot, calls: Sequence[Way | None], known: Known, due: FactName) -> bool:
        """Whether another question may do better first.

        Not where the author asks, and not for how an attempt ended; and what has to be asked in any case costs no more
        when it is asked at once.
        """
        if isinstance(spot.node, Question) or not self.can_come_early(due):
            return False
        return not Comparison(self._program, known, due).always_matters(spot, calls)

    def _candidates(self, decision: Decision, due: FactName, left: Collection[FactName]) -> list[FactName]:
        arrival = decision.arrival
        ahead = facts_before_a_step(self._program, arrival.spot, arrival.calls, decision.known)
        also = [name for name in ahead if name in arrival.also_open and name not in left and name != due]
        return [due, *(name for name in also if self.can_come_early(name) and self.matters(decision, name))]

    def _best(self, decision: Decision, order: Order, candidates: Sequence[FactName]) -> FactName:
        due, *others = candidates
        if not others:
            return due
        for expectation in self._expectations(costs_of(self._policy, order)):
            arrival = decision.arrival
            try:
                costs = [
                    expectation.after_asking(name, arrival.spot, arrival.calls, decision.known).cost
                    for name in candidates
                ]
            except TooMany:
                continue
            least = min(costs)
            return next(name for name, cost in zip(candidates, costs, strict=True) if cost <= least + _NEARER)
        return due

    def _expectations(self, costs: Mapping[FactName, float]) -> Iterator[Expectation]:
        """Yield the ways to work out what is expected, the best first."""
        make: Callable[..., Expectation] = Expectation
        shared = (self._program, self._policy.facts)
        any_order: Choices = self._choices
        yield make(*shared, costs=costs, choices=any_order)
        yield make(*shared, costs=costs, choices=_due_only)
        yield make(*shared, costs=costs, choices=_due_only, is_brief=True)

    def _choices(self, spot: Spot, calls: Sequence[Way | None], known: Known, due: FactName) -> Sequence[FactName]:
        if not self._can_be_put_off(spot, calls, known, due):
            return (due,)
        ahead = facts_before_a_step(self._program, spot, calls, known)
        return (due, *(name for name in ahead if name != due and self.can_come_early(name)))


def costs_of(policy: Policy, order: Order) -> dict[FactName, float]:
    """Return what each question costs in an order: without a `cost` in the vocabulary, 1."""
    if order is not Order.CHEAPEST:
        return dict.fromkeys(policy.facts, 1.0)
    return {name: 1.0 if fact.cost is None else float(fact.cost) for name, fact in policy.facts.items()}


def _due_only(spot: Spot, calls: Sequence[Way | None], known: Known, due: FactName) -> Sequence[FactName]:
    return (due,)
