"""Whether there is a case at all, where sets of cases only approach what days and numbers can be.

In: cases, as a set. Out: whether one of them is at hand. Conditions such as `dias úteis entre a e b > 5` are true or
not by a calendar: a set counts a case with such an answer as one that can be, unless it is known that none is.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from praxe.dsl.source import Span
from praxe.dsl.tree import FactName
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.branches import is_turn
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Why, unknown
from praxe.engine.values import Value

MOST_TRIED: Final = 30  # choices of classes, before a question is left open
MOST_OPEN: Final = 20  # questions left open, before no further one is tried


class AtHand:
    """Tells whether sets of cases have a case at hand; after many that have none, no further one is tried."""

    def __init__(self, proofs: Proofs) -> None:
        self._proofs = proofs
        axes = enumerate(proofs.space.axes)
        self._by_calendar = sum(1 << number for number, axis in axes if axis.kind is AxisKind.TRUTH)
        self._known: dict[int, bool] = {}
        self._without = 0

    @property
    def is_sure(self) -> bool:
        """Whether every set with a case has one at hand: nothing goes by a calendar."""
        return not self._by_calendar

    def has(self, cases: int) -> bool:
        """Return whether a case of a set is at hand."""
        if not cases or not self._proofs.diagrams.reads[cases] & self._by_calendar:
            return cases != NO_CASE
        known = self._known.get(cases)
        if known is None:
            known = self._known[cases] = self._without < MOST_OPEN and has_case(self._proofs, cases)
            self._without += not known
        return known


def left_open(check: Check, code: str, span: Span) -> ProofFinding:
    """Return that it stays open whether there is a case of which none is at hand."""
    return of_a_case(check, code, span, unknown(Why.NO_FACTS))


def has_case(proofs: Proofs, cases: int) -> bool:
    """Return whether a case of a set is at hand; a set that reckons with nothing but plain answers has one."""
    axes = proofs.space.axes
    for _ in range(MOST_TRIED):
        choice = proofs.few(cases)
        if choice is None:
            return False
        coupled = {axis: each for axis, each in choice.items() if not axes[axis].is_simple}
        facts = proofs.cases.facts_of(choice)
        if not coupled or (facts is not None and not _breaks(proofs, facts)):
            return True
        cases = proofs.diagrams.minus(cases, proofs.diagrams.exactly(coupled))
    return False


def _breaks(proofs: Proofs, facts: Mapping[FactName, Value]) -> bool:
    return proofs.respects_assumptions and bool(proofs.policy.assumed.broken(dict(facts)))


def open_branches(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the conditions of which no case at hand takes a branch that some case seems to take."""
    at_hand = AtHand(proofs)
    if at_hand.is_sure:
        return
    taken: dict[tuple[Span, str], bool] = {}  # by any of the copies of a line
    for number, node in proofs.flow.decisions:
        here = proofs.cases_at[number]
        if not here or is_turn(node):
            continue
        for branch, cases in zip(proofs.flow.branches[number], proofs.flow.cases_of[number], strict=True):
            taking = proofs.diagrams.both(here, cases)
            if taking:
                key = (node.span, branch.key)
                taken[key] = taken.get(key, False) or at_hand.has(taking)
    for span in dict.fromkeys(span for (span, _), is_taken in taken.items() if not is_taken):
        yield left_open(Check.BRANCHES, "PX412", span)
