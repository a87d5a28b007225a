"""Mistakes in one condition that come to the same: `não x <= 7` and `x > 7`, both for `x <= 7`.

In: the edits of one item, in order. Out: the same edits, of those that make a condition hold in the same cases only the
first, so that none is counted twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import Expression
from praxe.engine.deadlines import Calendar
from praxe.engine.evaluate import Evaluator
from praxe.engine.mutants.mistake import Edit
from praxe.engine.mutants.rewrite import exchanged
from praxe.engine.prove.cuts import Cuts
from praxe.engine.prove.diagrams import Diagrams
from praxe.engine.prove.leaves import Leaves
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.truth import Truth


def different(policy: CheckedPolicy, edits: Iterable[Edit]) -> Iterator[Edit]:
    """Yield the edits, but for those that come to the same as one before."""
    each = list(edits)
    conditions: dict[int, list[tuple[int, Expression]]] = {}
    for place, edit in enumerate(each):
        if edit.within is not None:
            mistaken = edit.new if edit.within is edit.old else exchanged(edit.within, edit.old, edit.new)
            assert isinstance(mistaken, Expression)  # INVARIANT: a part of a condition is exchanged for another
            conditions.setdefault(id(edit.within), []).append((place, mistaken))
    again: set[int] = set()
    for made in conditions.values():
        seen: set[Truth] = set()
        for (place, _), truth in zip(made, _truths(policy, [one for _, one in made]), strict=True):
            if truth in seen:
                again.add(place)
            seen.add(truth)
    return (edit for place, edit in enumerate(each) if place not in again)


def _truths(policy: CheckedPolicy, conditions: Sequence[Expression]) -> Sequence[Truth]:
    """Return the cases in which each of some conditions holds, and those in which it does not."""
    evaluator = Evaluator(policy.definitions, attempts={}, calendar=Calendar(policy.manifest.calendar))
    facts = {name: fact for name, fact in policy.vocabulary.facts.items() if name not in policy.definitions}
    leaves = Leaves(policy, evaluator, Cuts(facts, {}))
    for each in conditions:
        leaves.note(each)
    axes = leaves.cuts.axes()
    meaning = Meaning(leaves, axes, Diagrams([len(each.classes) for each in axes.values()]), {})
    return [meaning.truth(each) for each in conditions]
