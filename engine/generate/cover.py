"""Few cases that meet all goals.

In: goals. Out: `MadeCase`s. A case is made for each goal that those before do not meet, the deepest places first, since
on the way there much else is met; then each case is left out whose goals the others meet. What no facts can be found
for is told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.generate.goals import Goal, GoalKind
from praxe.engine.graph import Wait
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.trail import choice_reaching
from praxe.engine.values import Value
from praxe.engine.walk import Status

Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCase:
    """One case: the procedure it begins with, its facts, and what the policy decides on it."""

    start: ProcedureName
    facts: Mapping[FactName, Value]
    decision: Decision
    meets: frozenset[int]  # places in the list of goals


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeCases:
    """The cases made, in the order of the graph, and the goals for which no facts were found."""

    cases: tuple[MadeCase, ...]
    goals: tuple[Goal, ...]
    unmet: tuple[Goal, ...]


def cover(
    proofs: Proofs, goals: Sequence[Goal], met: frozenset[int] = frozenset(), progress: Progress | None = None
) -> MadeCases:
    """Make cases that meet the goals, but for those in `met`."""
    making = _Making(proofs, goals)
    made: list[MadeCase] = []
    open_goals = set(range(len(goals))) - met
    unmet: list[int] = []
    for done, place in enumerate(sorted(open_goals, key=lambda each: (-goals[each].node, each))):
        if progress:
            progress(done, len(open_goals))
        if any(place in each.meets for each in made):
            continue
        case = making.case_for(goals[place])
        if case is None or place not in case.meets:
            unmet.append(place)
        else:
            made.append(case)
    if progress:
        progress(len(open_goals), len(open_goals))
    kept = _needed(made, open_goals)
    return MadeCases(
        cases=tuple(sorted(kept, key=lambda each: min(each.meets & open_goals))),
        goals=tuple(goals),
        unmet=tuple(goals[each] for each in sorted(unmet)),
    )


def met_by(proofs: Proofs, goals: Sequence[Goal], decisions: Sequence[Decision]) -> frozenset[int]:
    """Return the goals that some of these decisions meet."""
    making = _Making(proofs, goals)
    return frozenset(place for each in decisions for place in making.met(each))


def _needed(made: Sequence[MadeCase], goals: set[int]) -> list[MadeCase]:
    """Return cases that together meet what all do: the one that meets most first, and none without need."""
    left = goals & {place for each in made for place in each.meets}
    chosen: list[MadeCase] = []
    while left:
        best = max(made, key=lambda each: len(each.meets & left))
        chosen.append(best)
        left -= best.meets
    for each in list(chosen):
        others = {place for other in chosen if other is not each for place in other.meets}
        if each.meets & goals <= others:
            chosen.remove(each)
    return chosen


class _Making:
    def __init__(self, proofs: Proofs, goals: Sequence[Goal]) -> None:
        self._proofs = proofs
        self._at: dict[int, list[int]] = {}  # node -> the goals there
        for place, goal in enumerate(goals):
            self._at.setdefault(goal.node, []).append(place)
        self._goals = goals

    def case_for(self, goal: Goal) -> MadeCase | None:
        """Return a case that comes by the goal's node as the goal wants it, if facts for one are found."""
        choice = choice_reaching(self._proofs.projected, goal.node, among=goal.among)
        facts = None if choice is None else self._proofs.cases.facts_of(choice)
        if facts is None:
            return None
        if goal.fact is not None and goal.value is not None:
            facts = {**facts, goal.fact: goal.value}
        for start in self._proofs.starts:
            made = self._made(goal, start, facts)
            if made is not None:
                return made
        return None

    def _made(self, goal: Goal, start: ProcedureName, facts: Mapping[FactName, Value]) -> MadeCase | None:
        cases = self._proofs.cases
        decision = cases.decide(facts, start)
        node = self._proofs.flow.nodes[goal.node]
        if goal.kind is GoalKind.WAITING and isinstance(node, Wait):
            known = {name: value for name, value in decision.facts.items() if name != node.fact}
            decision = cases.decide_on(known, start)
        if all(visit.node != node.id for visit in decision.trace):
            return None
        return MadeCase(
            start=start, facts=_read(decision, facts), decision=decision, meets=frozenset(self.met(decision))
        )

    def met(self, decision: Decision) -> Iterator[int]:
        """Yield the goals that a decision meets."""
        flow = self._proofs.flow
        chosen = self._proofs.cases.choice_of(decision.facts)
        for visit in decision.trace:
            number = flow.number[visit.node]
            for place in self._at.get(number, ()):
                if self._is_met(self._goals[place], decision, visit.branch, chosen):
                    yield place

    def _is_met(self, goal: Goal, decision: Decision, branch: str | None, chosen: Mapping[int, int]) -> bool:
        match goal.kind:
            case GoalKind.PLACE:
                return True
            case GoalKind.ANSWER:
                assert goal.branch is not None
                return self._proofs.flow.edges[goal.node][goal.branch].branch.key == branch
            case GoalKind.LIMIT:
                return (
                    goal.fact is not None
                    and decision.facts.get(goal.fact) == goal.value
                    and self._is_among(goal, chosen)
                )
            case GoalKind.WAITING:
                waits = decision.waits
                node = self._proofs.flow.nodes[goal.node]
                return decision.status is Status.WAITS and waits is not None and waits.node == node.id
            case GoalKind.CASE | GoalKind.PAIR:
                return self._is_among(goal, chosen)

    def _is_among(self, goal: Goal, chosen: Mapping[int, int]) -> bool:
        return self._proofs.diagrams.given(goal.among, chosen) == EVERY_CASE


def _read(decision: Decision, facts: Mapping[FactName, Value]) -> Mapping[FactName, Value]:
    """Return the facts of a case in the order of the vocabulary; first the day it is decided on, if that was given."""
    own = {name: value for name, value in facts.items() if name not in decision.policy.facts}
    given = {name: decision.facts[name] for name in decision.policy.facts if name in decision.facts}
    return {**own, **given}
