"""The group that a scenario belongs to, of those that a change touches.

In: groups, and scenarios with both decisions. Out: the groups with the names of their scenarios.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.diff.examples import on_the_way
from praxe.engine.diff.records import ChangedGroup, ChangeKind
from praxe.engine.diff.touched import Both
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.scenarios import Scenario
from praxe.engine.values import Value

_AMONG: Final = 0
_PERHAPS: Final = 1
_NOT_AMONG: Final = 1 << 60


def with_scenarios(
    groups: Sequence[ChangedGroup], touched: Iterable[tuple[Scenario, Both]], cases: Cases, diagrams: Diagrams
) -> tuple[ChangedGroup, ...]:
    """Return groups with the names of their scenarios, each in one: in the first where too little is known of it.

    One that begins where no case does and is asked something else before it meets an edit is in none, if there are two.
    """
    names: list[dict[str, None]] = [{} for _ in groups]
    compared = {begun for group in groups for begun in (*group.begun, *([group.asked.start] if group.asked else []))}
    for scenario, decisions in touched:
        start = next((each.start for each in reversed(decisions) if each), None)
        is_compared = start in compared
        ranks = [
            _rank(group, decisions, cases, diagrams) if is_compared or group.by else _first_met(group, decisions)
            for group in groups
        ]
        if len(groups) == 1 or min(ranks, default=_NOT_AMONG) != _NOT_AMONG:
            names[ranks.index(min(ranks))][scenario.name] = None
    return tuple(replace(group, scenarios=tuple(own)) for group, own in zip(groups, names, strict=True))


def _rank(group: ChangedGroup, decisions: Both, cases: Cases, diagrams: Diagrams) -> int:
    """Return how surely a scenario is among the customers of a group: the lower, the surer."""
    if group.by is not None:
        return _AMONG if decisions[1 if group.kind is ChangeKind.REFUSED else 0] is None else _NOT_AMONG
    start = next((each.start for each in reversed(decisions) if each), None)
    sets = [own for begun, own in group.begun.items() if begun == start]
    sets += [group.asked.cases] if group.asked and group.asked.start == start else []
    left = diagrams.given(diagrams.any_of(sets), cases.choice_of(_known(decisions)))
    return _NOT_AMONG if left == NO_CASE else _AMONG if left == EVERY_CASE else _PERHAPS


def _first_met(group: ChangedGroup, decisions: Both) -> int:
    """Return how far on the way one of a group's edits stands, of a scenario that begins where no case does."""
    ways = (on_the_way(each) for each in decisions if each)
    return min(
        (place for way in ways for place, (spot, _) in enumerate(way) if spot.node.id in group.nodes),
        default=_NOT_AMONG,
    )


def _known(decisions: Both) -> Mapping[FactName, Value]:
    """Return what both versions know of a scenario; the attempts of a retry, if one of them counts them."""
    known: dict[FactName, Value] = {}
    for decision in decisions:
        for name, value in decision.known.items() if decision else ():
            if value is not None and not isinstance(known.get(name), tuple):
                known[name] = value
    return known
