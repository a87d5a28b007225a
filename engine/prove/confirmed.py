"""Whether there is a case at all, where sets of cases only approach what days and numbers can be.

In: cases, as a set. Out: whether one of them is at hand. Conditions such as `dias úteis entre a e b > 5` are true or
not by a calendar: a set counts a case with such an answer as one that can be, unless it is known that none is.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from praxe.dsl.source import Span
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.branches import is_turn
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Why, unknown

MOST_TRIED: Final = 30  # choices of classes, before a question is left open
MOST_OPEN: Final = 20  # questions left open, before no further one is tried


def has_case(proofs: Proofs, cases: int) -> bool:
    """Return whether a case of a set is at hand; a set that reckons with nothing but plain answers has one."""
    axes = proofs.space.axes
    for _ in range(MOST_TRIED):
        choice = proofs.few(cases)
        if choice is None:
            return False
        coupled = {axis: each for axis, each in choice.items() if not axes[axis].is_simple}
        facts = proofs.cases.facts_of(choice)
        if not coupled or (facts is not None and not proofs.policy.assumed.broken(dict(facts))):
            return True
        cases = proofs.diagrams.minus(cases, proofs.diagrams.exactly(coupled))
    return False


def open_branches(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the conditions of which no case at hand takes a branch that some case seems to take."""
    by_calendar = sum(1 << number for number, axis in enumerate(proofs.space.axes) if axis.kind is AxisKind.TRUTH)
    if not by_calendar:
        return
    known: dict[int, bool] = {}
    taken: dict[tuple[Span, str], bool] = {}  # by any of the copies of a line
    for number, node in proofs.flow.decisions:
        here = proofs.cases_at[number]
        if not here or is_turn(node):
            continue
        for branch, cases in zip(proofs.flow.branches[number], proofs.flow.cases_of[number], strict=True):
            taking = proofs.diagrams.both(here, cases)
            if taking and taking not in known:
                is_plain = not proofs.diagrams.reads[taking] & by_calendar
                is_tried = sum(not each for each in known.values()) < MOST_OPEN
                known[taking] = is_plain or (is_tried and has_case(proofs, taking))
            if taking:
                key = (node.span, branch.key)
                taken[key] = taken.get(key, False) or known[taking]
    for span in dict.fromkeys(span for (span, _), is_taken in taken.items() if not is_taken):
        yield of_a_case(Check.BRANCHES, "PX412", span, unknown(Why.NO_FACTS))
