"""`senão` that takes values nobody named.

In: what reaches each `caso`. Out: a finding for each value that falls into a `senão` and that no line of the policy
ever names: it may have been forgotten, and the policy would not notice.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.tree import FactName, FactRef, Node, ValueRef
from praxe.dsl.vocabulary import FactType
from praxe.engine.graph import Branch, BranchKind, Decision
from praxe.engine.policy import Policy
from praxe.engine.prove.confirmed import AtHand, left_open
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.proofs import Proofs


def forgotten_values(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield each `senão` that takes a value which nothing names."""
    taken: list[tuple[Branch, Decision, int, list[str]]] = []
    for number, node in proofs.flow.decisions:
        if not isinstance(node.test, FactRef):
            continue
        for place, branch in enumerate(proofs.flow.branches[number]):
            if branch.kind is BranchKind.OTHERWISE:
                cases = proofs.diagrams.both(proofs.whole.at[number], proofs.flow.cases_of[number][place])
                values = list(_values_among(proofs, node.test.name, cases))
                taken += [(branch, node, cases, values)] if values else []
    named = _named(proofs.policy) if taken else frozenset()
    at_hand = AtHand(proofs)
    for branch, node, cases, values in taken:
        assert isinstance(node.test, FactRef)
        span = branch.span or node.span
        forgotten = [name for name in values if name not in named]
        told = ", ".join(f"`{each}`" for each in forgotten if at_hand.has(_having(proofs, cases, node.test.name, each)))
        if told:
            yield of_every_case(Check.OTHERWISE, "PX416", span, fact=node.test.name, values=told)
        elif forgotten:
            yield left_open(Check.OTHERWISE, "PX416", span)


def _named(policy: Policy) -> frozenset[str]:
    """Return the values that some line of the policy names."""
    checked = policy.checked
    items: list[Node] = [*checked.procedures.values(), *checked.definitions.values(), *checked.rules]
    return frozenset(each.name for item in items for each in item.descendants() if isinstance(each, ValueRef))


def _values_among(proofs: Proofs, name: FactName, cases: int) -> Iterator[str]:
    """Yield the values that a fact has in some of the cases."""
    fact = proofs.policy.facts.get(name)
    number = proofs.meaning.axis_of(name)
    if cases and fact is not None and fact.type is FactType.ONE_OF and number is not None:
        left = proofs.diagrams.along(cases, number)
        parts = proofs.diagrams.parts[left] if left > 1 else (1,) * len(fact.values)
        yield from (value.name for value, part in zip(fact.values, parts, strict=True) if part)


def _having(proofs: Proofs, cases: int, name: FactName, value: str) -> int:
    """Return the cases in which a fact has a value."""
    number = proofs.meaning.axis_of(name)
    assert number is not None  # INVARIANT: a `caso` compares its fact with something
    place = proofs.space.axes[number].class_of(value)
    return proofs.diagrams.both(cases, proofs.diagrams.among(number, [place]))
