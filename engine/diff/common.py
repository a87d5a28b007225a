"""Procedures that two versions write alike, with all that they call: they need be looked at once.

In: two policies. Out: the names of those procedures; none if the versions differ in what all procedures rest on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.graph import Call
from praxe.engine.policy import Policy


def common_procedures(old: Policy, new: Policy) -> frozenset[ProcedureName]:
    """Return the procedures that mean the same in both versions because the same is written there."""
    if not _have_same_ground(old, new):
        return frozenset()
    ours, theirs = old.checked.procedures, new.checked.procedures
    alike = {name for name in ours if name in theirs and ours[name].body == theirs[name].body}
    callers = _callers(new)
    stack = [name for name in theirs if name not in alike]
    while stack:  # who calls a procedure that changed does not mean the same either
        for caller in callers.get(stack.pop(), ()):
            if caller in alike:
                alike.remove(caller)
                stack.append(caller)
    return frozenset(alike)


def _have_same_ground(old: Policy, new: Policy) -> bool:
    if old.attempts != new.attempts or old.manifest.calendar != new.manifest.calendar:
        return False
    if old.facts.keys() != new.facts.keys() or old.checked.definitions != new.checked.definitions:
        return False
    return all(_values(old, name) == _values(new, name) for name in old.facts)


def _values(policy: Policy, name: FactName) -> Sequence[str]:
    return [each.name for each in policy.facts[name].values]


def _callers(policy: Policy) -> Mapping[ProcedureName, set[ProcedureName]]:
    found: dict[ProcedureName, set[ProcedureName]] = {}
    for node in policy.graph.nodes.values():
        if isinstance(node, Call):
            found.setdefault(node.callee, set()).add(node.procedure)
    return found
