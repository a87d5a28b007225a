"""Procedures that two versions write alike, with all that they read and call: they mean the same.

In: two policies. Out: the names of those procedures.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping

from praxe.dsl.tree import ActionName, ActionRef, FactName, FactRef, Node, ProcedureName
from praxe.engine.graph import Call
from praxe.engine.policy import Policy


def common_procedures(old: Policy, new: Policy, facts: Collection[FactName]) -> frozenset[ProcedureName]:
    """Return the procedures that mean the same in both versions because the same is written there.

    Args:
        facts: those that are not the same in both versions.
    """
    if old.manifest.calendar != new.manifest.calendar:
        return frozenset()
    actions = _changed_actions(old, new)
    ours, theirs = old.checked.procedures, new.checked.procedures
    alike = {
        name
        for name in ours
        if name in theirs
        and ours[name].body == theirs[name].body
        and not ((facts or actions) and _speaks_of(theirs[name], facts, actions))
    }
    callers = _callers(new)
    stack = [name for name in theirs if name not in alike]
    while stack:  # who calls a procedure that changed does not mean the same either
        for caller in callers.get(stack.pop(), ()):
            if caller in alike:
                alike.remove(caller)
                stack.append(caller)
    return frozenset(alike)


def changed_facts(old: Policy, new: Policy) -> frozenset[FactName]:
    """Return the facts that are not the same in both versions: other values, attempts, or another definition."""
    before, after = old.checked.definitions, new.checked.definitions
    changed = {
        name
        for name in old.facts.keys() | new.facts.keys() | before.keys() | after.keys()
        if (old.facts.get(name) is not new.facts.get(name) and _values(old, name) != _values(new, name))
        or old.attempts.get(name) != new.attempts.get(name)
    }
    changed |= {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    for name, definition in after.items():  # INVARIANT: each after the definitions it reads
        if name not in changed and _speaks_of(definition, changed, ()):
            changed.add(name)
    return frozenset(changed)


def _values(policy: Policy, name: FactName) -> Hashable:
    fact = policy.facts.get(name)
    return fact and tuple(each.name for each in fact.values)


def _changed_actions(old: Policy, new: Policy) -> frozenset[ActionName]:
    """Return the actions whose details are called otherwise."""
    before, after = old.vocabulary.actions, new.vocabulary.actions
    return frozenset(
        name
        for name in before.keys() & after.keys()
        if before[name].parameters != after[name].parameters
        and [each.name for each in before[name].parameters] != [each.name for each in after[name].parameters]
    )


def _speaks_of(part: Node, facts: Collection[FactName], actions: Collection[ActionName]) -> bool:
    return any(
        (isinstance(each, FactRef) and each.name in facts) or (isinstance(each, ActionRef) and each.name in actions)
        for each in part.descendants()
    )


def _callers(policy: Policy) -> Mapping[ProcedureName, set[ProcedureName]]:
    found: dict[ProcedureName, set[ProcedureName]] = {}
    for node in policy.graph.nodes.values():
        if isinstance(node, Call):
            found.setdefault(node.callee, set()).add(node.procedure)
    return found
