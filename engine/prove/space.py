"""The cases of one or several policies: their axes, their conditions as sets of cases, what they take for granted.

In: policies whose facts agree. Out: a `Space`; two versions of a policy compared must share one, so that a set of cases
is the same number for both.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from praxe.dsl.tree import Duration, Expression, FactName, FactRef, Node, ProcedureName
from praxe.dsl.vocabulary import Fact
from praxe.engine.evaluate import Evaluator
from praxe.engine.graph import Call, Decision, DecisionGraph, GraphNode, Question, Retry, Step, Wait
from praxe.engine.policy import Policy
from praxe.engine.prove.axes import Axis
from praxe.engine.prove.cuts import Cuts
from praxe.engine.prove.diagrams import Diagrams
from praxe.engine.prove.leaves import Leaves
from praxe.engine.prove.meaning import Meaning
from praxe.engine.values import TODAY


class Space:
    """The axes and sets of cases of policies."""

    def __init__(self, *policies: Policy, common: Collection[ProcedureName] = ()) -> None:
        """Cut the answers of all facts into the classes that any of `policies` tells apart.

        Args:
            common: procedures that are the same in all policies, and so are read once.

        Raises:
            ValueError: a fact is of another type in one policy than in another.
        """
        facts = _joined(policies)
        cuts = Cuts(facts, _bounds(policies))
        leaves = [Leaves(each.checked, _evaluator(each), cuts) for each in policies]
        for number, (policy, noted) in enumerate(zip(policies, leaves, strict=True)):
            _note_policy(policy, noted, () if number == 0 else common)
        keyed = cuts.axes()
        self.facts = facts
        self.axes: Sequence[Axis] = tuple(keyed.values())
        self.diagrams = Diagrams([len(each.classes) for each in self.axes])
        self.meanings = tuple(
            Meaning(noted, keyed, self.diagrams, policy.attempts)
            for policy, noted in zip(policies, leaves, strict=True)
        )


def reading_order(graph: DecisionGraph, starts: Sequence[ProcedureName]) -> Iterator[GraphNode]:
    """Yield every node, those of a called procedure where it is called first: about as a case meets them."""
    of: dict[ProcedureName, list[GraphNode]] = {name: [] for name in graph.starts}
    for each in graph.nodes.values():
        of[each.procedure].append(each)
    seen: set[ProcedureName] = set()
    for start in dict.fromkeys((*starts, *graph.starts)):
        if start in seen:
            continue
        seen.add(start)
        stack = [iter(of[start])]
        while stack:
            for node in stack[-1]:
                yield node
                if isinstance(node, Call) and node.callee not in seen:
                    seen.add(node.callee)
                    stack.append(iter(of[node.callee]))
                    break
            else:
                stack.pop()


def _note_policy(policy: Policy, leaves: Leaves, known: Collection[ProcedureName]) -> None:
    graph, manifest = policy.graph, policy.manifest
    nodes = reading_order(graph, (manifest.entry, *manifest.doors))
    for node in (each for each in nodes if each.procedure not in known) if known else nodes:
        match node:
            case Decision(test=test):
                leaves.note(test)
                if not leaves.is_condition(test):
                    patterns = (each for branch in graph.branches[node.id] for each in branch.patterns)
                    leaves.note_patterns(test, patterns)
            case Step(arguments=arguments):
                _note_values(leaves, [value for _, value in arguments] if arguments else ())
            case Question(fact=fact) if fact in policy.checked.definitions:
                leaves.note(policy.checked.definitions[fact])
            case Retry(fact=fact, arguments=arguments):
                leaves.cuts.touch(fact)
                _note_values(leaves, (value for _, value in arguments))
            case Wait(fact=fact, deadline=deadline, meanwhile=meanwhile):
                leaves.note(FactRef(name=fact, span=node.span))
                _note_values(leaves, (value for step in meanwhile for _, value in step.arguments))
                if not isinstance(deadline, Duration):
                    _note_values(leaves, [deadline])
            case _:
                pass  # nothing is read there
    for definition in policy.checked.definitions.values():
        leaves.note(definition)
    for rule in policy.checked.rules:
        if rule.condition is not None:
            leaves.note(rule.condition)
    for assumption in policy.checked.assumptions:
        for condition in assumption.conditions:
            leaves.note(condition)


def _note_values(leaves: Leaves, values: Iterable[Expression]) -> None:
    """Note what the derived facts in some values rest on: only they can be without an answer."""
    for value in values:
        parts: list[Node] = list(value.descendants())
        if any(isinstance(each, FactRef) and each.name in leaves.checked.definitions for each in parts):
            leaves.note(value)


def _evaluator(policy: Policy) -> Evaluator:
    return Evaluator(policy.checked.definitions, attempts=policy.attempts, calendar=policy.calendar)


def _joined(policies: Sequence[Policy]) -> Mapping[FactName, Fact]:
    facts: dict[FactName, Fact] = {}
    for policy in policies:
        for name, fact in policy.facts.items():
            known = facts.get(name)
            if known is None:
                facts[name] = fact
            elif known.type is not fact.type:
                raise ValueError(f"the fact {name} has two types in these policies")
            else:
                facts[name] = _widest(known, fact)
    assert TODAY not in facts
    return facts


def _widest(one: Fact, other: Fact) -> Fact:
    """Return a fact with the values, and within the bounds, of both."""
    values = {each.name: each for each in (*one.values, *other.values)}
    low = None if one.minimum is None or other.minimum is None else min(one.minimum, other.minimum)
    high = None if one.maximum is None or other.maximum is None else max(one.maximum, other.maximum)
    return replace(one, values=tuple(values.values()), minimum=low, maximum=high)


def _bounds(policies: Sequence[Policy]) -> Mapping[FactName, Sequence[int]]:
    """Return the facts of retries, with all bounds of their retries."""
    bounds: dict[FactName, list[int]] = {}
    for policy in policies:
        for node in policy.graph.nodes.values():
            if isinstance(node, Retry):
                bounds.setdefault(node.fact, []).append(node.attempts)
    return bounds
