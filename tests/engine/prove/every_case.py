"""Every case of a small policy, walked: what each check of the proofs has to find, and nothing else.

In: a policy whose facts have few answers. Out: where each case went, and from that what is true of the policy. Nothing
here knows of sets of cases; the walk and the evaluator are asked, case by case.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import chain, combinations, product
from typing import Any

from praxe.dsl import tree as t
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine import Policy, Status
from praxe.engine.follow import visits
from praxe.engine.graph import End, Gap, GraphNode, Retry, Step, Wait
from praxe.engine.prove.at_end import at_end
from praxe.engine.values import Known
from praxe.engine.walk import walk
from tests.engine.prove.drawn import DAYS

Rule = t.Never | t.Always


@dataclass(frozen=True, slots=True)
class Way:
    """Where one case went."""

    case: Known
    nodes: tuple[GraphNode, ...]
    branches: tuple[tuple[str, str], ...]  # node, branch taken
    hole: str | None  # the node that left it without an answer
    outcome: t.OutcomeName | None
    done: tuple[str, ...]  # actions, in order


class EveryCase:
    """A policy and the ways of all its possible cases."""

    def __init__(self, policy: Policy, *, respects_assumptions: bool = True) -> None:
        self.policy = policy
        self.respects_assumptions = respects_assumptions
        self._at_end: dict[tuple[int, t.OutcomeName | None], t.Expression] = {}
        self.value = policy.program.evaluator.value
        names = list(policy.facts)
        answers = [answers_of(policy, policy.facts[name]) for name in names]
        every = [dict(zip(names, each, strict=True)) for each in product(*answers)]
        self.every: Sequence[Known] = every
        self.possible: Sequence[Known] = [case for case in every if self.is_possible(case)]
        manifest = policy.manifest
        starts = dict.fromkeys((manifest.entry, *manifest.doors))
        self.ways: Sequence[Way] = [self.way(case, start) for start in starts for case in self.possible]

    @cached_property
    def visits(self) -> Mapping[str, Sequence[tuple[Way, int]]]:
        """For each node that some case passes the ways, and where on the way it is."""
        found: dict[str, list[tuple[Way, int]]] = {}
        for way in self.ways:
            for place, node in enumerate(way.nodes):
                found.setdefault(node.id, []).append((way, place))
        return found

    @cached_property
    def nodes(self) -> Mapping[str, GraphNode]:
        """The nodes that some case passes."""
        return {name: ways[0][0].nodes[ways[0][1]] for name, ways in self.visits.items()}

    def is_possible(self, case: Known) -> bool:
        """Return whether a case breaks no assumption."""
        for each in self.policy.checked.assumptions if self.respects_assumptions else ():
            if self.holds(each.then, case) is True or (each.when and self.holds(each.when, case) is False):
                continue
            return False
        return True

    def holds(self, condition: t.Expression, case: Known) -> bool | None:
        """Return what a condition is of a case; None where the policy has no answer."""
        found = self.value(condition, dict(case))
        assert found is None or isinstance(found, bool)
        return found

    def holds_at_end(self, rule: Rule, way: Way) -> bool:
        """Return whether the condition of a rule holds of a case that went this way."""
        if rule.condition is None:
            return True
        key = (id(rule), way.outcome)
        if key not in self._at_end:
            self._at_end[key] = at_end(rule.condition, way.outcome)
        return self.holds(self._at_end[key], way.case) is True

    def breaks(self, rule: Rule, way: Way) -> bool:
        """Return whether a case breaks a rule."""
        if not self.holds_at_end(rule, way):
            return False
        match rule:
            case t.Never(target=target):
                return self.happens(target, way)
            case t.Always(action=action, before=None):
                return way.outcome is not None and action.name not in way.done
            case t.Always(action=action, before=before):
                assert before is not None
                if not self.happens(before, way):
                    return False
                first = len(way.done) if self.is_outcome(before) else way.done.index(before.name)
                return action.name not in way.done[:first]

    def is_outcome(self, target: t.Target) -> bool:
        """Return whether a rule speaks of an outcome."""
        return target.is_end or target.name in self.policy.vocabulary.outcomes

    def happens(self, target: t.Target, way: Way) -> bool:
        """Return whether what a rule speaks of happens on a way."""
        return way.outcome == target.name if self.is_outcome(target) else target.name in way.done

    def way(self, case: Known, start: t.ProcedureName) -> Way:
        """Return where a case goes that begins with a procedure."""
        program = self.policy.program
        arrival = walk(program, program.landings[start], dict(case))
        assert arrival.status in (Status.FINISHED, Status.GAP)
        passed = list(visits(program.starts[start], arrival.picks))
        last = arrival.spot.node
        hole = last.id if arrival.status is Status.GAP and not isinstance(last, Gap) else None
        nodes = tuple(spot.node for spot, _ in passed)
        return Way(
            case=case,
            nodes=nodes,
            branches=tuple((spot.node.id, way.branch.key) for spot, way in passed if way),
            hole=hole,
            outcome=last.outcome if isinstance(last, End) else None,
            done=tuple(chain.from_iterable(actions_of(node) for node in nodes if node.id != hole)),
        )


def actions_of(node: GraphNode) -> Iterable[str]:
    """Return the actions done at a node."""
    match node:
        case Step(action=action):
            return (action,) if action else ()
        case Retry(action=action):
            return (action,)
        case Wait(meanwhile=meanwhile):
            return tuple(step.action for step in meanwhile if step.action)
        case _:
            return ()


def answers_of(policy: Policy, fact: Fact) -> Sequence[Any]:
    """Return all answers to a question that a small policy can tell apart."""
    match fact.type:
        case FactType.YES_NO if fact.name in policy.attempts:
            bound = policy.attempts[fact.name]
            made = [(*(False,) * failed, True) for failed in range(bound)]
            return [*made, (False,) * bound]
        case FactType.YES_NO:
            return (True, False)
        case FactType.ONE_OF:
            return [each.name for each in fact.values]
        case FactType.SET_OF:
            return [frozenset(each) for each in _subsets([value.name for value in fact.values])]
        case FactType.INTEGER:
            assert fact.minimum is not None
            assert fact.maximum is not None
            return range(int(fact.minimum), int(fact.maximum) + 1)
        case FactType.DECIMAL:  # compared with halves and whole numbers only
            assert fact.maximum is not None
            return [Decimal(each) / 4 for each in range(int(fact.maximum) * 4 + 1)]
        case _:  # an assumption leaves only these days
            return [datetime.date.fromisoformat(each) for each in DAYS]


def _subsets(members: Sequence[str]) -> Iterator[Sequence[str]]:
    for size in range(len(members) + 1):
        yield from combinations(members, size)
