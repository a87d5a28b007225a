"""Scenarios that a change touches: both versions decide each of them.

In: two versions. Out: for a scenario, both decisions if they show something different. A walk past nodes that are the
same in both versions shows the same, and is not put into words to find that out.
"""

from __future__ import annotations

from collections.abc import Collection

from praxe.engine.decision import Decision
from praxe.engine.diff.examples import is_seen_alike, on_the_way
from praxe.engine.facts import FactError
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario

Both = tuple[Decision | None, Decision | None]  # None: a version knows no such answer


class Touched:
    """Tells the scenarios that a change touches."""

    def __init__(self, old: Policy, new: Policy, changed: Collection[str]) -> None:
        """Prepare.

        Args:
            changed: the facts, given or derived, that are not the same in both versions.
        """
        self._policies = (old, new)
        before, after = old.checked, new.checked
        has_same_words = not changed and (
            (old.manifest.calendar, old.manifest.language, before.vocabulary, before.derived, before.translations)
            == (new.manifest.calendar, new.manifest.language, after.vocabulary, after.derived, after.translations)
        )
        nodes = old.graph.nodes
        self._same = frozenset(
            name for name, node in new.graph.nodes.items() if has_same_words and nodes.get(name) == node
        )

    def decided(self, scenario: Scenario) -> Both | None:
        """Return how a scenario is decided before and after; None if it is not decided otherwise."""
        one, other = (_decided(policy, scenario) for policy in self._policies)
        if one is not None and other is not None and self._is_same_walk(one, other):
            return None
        return None if is_seen_alike(one, other) else (one, other)

    def _is_same_walk(self, one: Decision, other: Decision) -> bool:
        """Return whether two walks pass the same nodes to the same end, so that nothing can be seen of the change."""
        ends = [
            (each.arrival.status, each.arrival.asked, each.arrival.spot.node.id, each.arrival.assumed)
            for each in (one, other)
        ]
        if ends[0] != ends[1]:
            return False
        passed = _passed(one)
        return passed == _passed(other) and all(name in self._same for name, _ in passed)


def _passed(decision: Decision) -> list[tuple[NodeId, str | None]]:
    """Return the nodes of a walk, each with the answer by which it was left."""
    return [(spot.node.id, way.branch.key if way else None) for spot, way in on_the_way(decision)]


def _decided(policy: Policy, scenario: Scenario) -> Decision | None:
    try:
        return policy.decide(scenario.facts, start=scenario.start, now=scenario.now)
    except (FactError, ValueError):
        return None
