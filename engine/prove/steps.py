"""Steps that one case is told twice, and steps of one case that contradict each other.

In: what every possible case reaches. Out: for each pair a case, walked. What may follow what is first found by the
shape of the graph, all steps at once; only pairs that pass are looked at with their cases.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Hashable, Iterator, Sequence
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.graph import NodeId, Step
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.order import groups_later
from praxe.engine.prove.proofs import Passing, Proofs
from praxe.engine.prove.reach import reach_after
from praxe.engine.prove.verdict import PROVED, Answer, Verdict
from praxe.engine.prove.witness import answer_among, answer_for
from praxe.engine.wording import text_of

MOST_PAIRS: Final = 100  # that are looked at one by one, in a policy too large for sets of whole cases


def repeated_steps(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield each step that some case is told twice, with the same arguments."""
    flow = proofs.flow
    groups: dict[Hashable, list[int]] = {}
    for number, node in enumerate(flow.nodes):
        if isinstance(node, Step) and not node.is_script and proofs.whole.at[number]:
            arguments = tuple((name, text_of(value)) for name, value in node.arguments)
            groups.setdefault((node.action, node.text, arguments), []).append(number)
    bits: dict[int, int] = {}
    for place, numbers in enumerate(groups.values()):
        bits |= dict.fromkeys(numbers, 1 << place)
    later = groups_later(flow, bits)
    for numbers in groups.values():
        if len(numbers) > 1 and len({flow.nodes[each].span for each in numbers}) == 1:
            continue  # a `para cada` says it once for each value, and means to
        if any(later[each] & bits[each] for each in numbers):
            yield from _told_twice(proofs, numbers)


def contradicting_steps(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield each pair of actions that may not go together and that some case is told both of."""
    told: set[frozenset[str]] = set()
    for name, action in proofs.policy.vocabulary.actions.items():
        for other in action.conflicts:
            if frozenset((name, other)) in told:
                continue
            told.add(frozenset((name, other)))
            pairs = [(one, two) for one in proofs.doing(name) for two in proofs.doing(other)]
            yield from _told_both(proofs, pairs, name, other)


def _told_twice(proofs: Proofs, numbers: Sequence[int]) -> Iterator[ProofFinding]:
    """Yield the first pair of places at which one case is told the same."""
    for one, other in _pairs(proofs, numbers):
        answer = both_passed(proofs, one, other)
        if answer.verdict is not Verdict.PROVED:
            yield _told(proofs, one, other, answer, "PX420")
            return


def _pairs(proofs: Proofs, numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the pairs of places, a place with itself too, that one case may pass both of."""
    if proofs.passing is None:
        yield from itertools.islice(itertools.product(numbers, repeat=2), MOST_PAIRS)
        return
    for passing in proofs.passing.values():
        before = NO_CASE
        for place, number in enumerate(numbers):
            yield number, number
            if proofs.diagrams.both(before, passing[number]):
                yield from ((other, number) for other in numbers[:place])
            before = proofs.diagrams.either(before, passing[number])


def _told_both(proofs: Proofs, pairs: Sequence[tuple[int, int]], name: str, other: str) -> Iterator[ProofFinding]:
    for one, two in pairs:
        answer = both_passed(proofs, one, two)
        if answer.verdict is Verdict.PROVED:
            answer = both_passed(proofs, two, one) if proofs.passing is None else answer
        if answer.verdict is not Verdict.PROVED:
            yield _told(proofs, one, two, answer, "PX421", first=name, second=other)
            return


def _told(proofs: Proofs, one: int, other: int, answer: Answer, code: str, **args: str) -> ProofFinding:
    nodes = proofs.flow.nodes
    span, first = nodes[other].span, nodes[one].span
    if answer.case:
        order = [visit.node for visit in answer.case.decision.trace]
        if order.index(nodes[one].id) > order.index(nodes[other].id):
            span, first = first, span
        args["example"] = case_text(proofs.policy, answer.case.facts)
    return of_a_case(Check.STEPS, code, span, answer, Related(first, "first"), **args)


def both_passed(proofs: Proofs, one: int, other: int) -> Answer:
    """Return whether no case passes both nodes (a node and itself: passes it twice)."""
    ids = (proofs.flow.nodes[one].id, proofs.flow.nodes[other].id)
    if proofs.passing is None:
        if not proofs.whole.at[one]:
            return PROVED
        return answer_for(proofs, reach_after(proofs.whole_beyond, [one]), [other], _passes(*ids))
    worst = PROVED
    for start, passing in proofs.passing.items():
        cases = proofs.diagrams.both(passing[one], passing[other])
        if one == other and cases:
            cases = proofs.diagrams.both(cases, _entered_twice(proofs, passing, proofs.flow.nodes[one].procedure))
        answer = answer_among(proofs, cases, _passes(*ids), start)
        if answer.verdict is Verdict.REFUTED:
            return answer
        if answer.verdict is Verdict.UNKNOWN:
            worst = answer
    return worst


def _entered_twice(proofs: Proofs, passing: Passing, name: ProcedureName) -> int:
    """Return the cases that enter a procedure more than once."""
    flow, diagrams = proofs.flow, proofs.diagrams
    once = twice = NO_CASE
    for call in flow.callers.get(flow.start_of(name), ()):
        twice = diagrams.either(twice, diagrams.both(once, passing[call]))
        once = diagrams.either(once, passing[call])
        again = _entered_twice(proofs, passing, flow.nodes[call].procedure)
        twice = diagrams.either(twice, diagrams.both(passing[call], again))
    return twice


def _passes(one: NodeId, other: NodeId) -> Callable[[Decision], bool]:
    def passes(decision: Decision) -> bool:
        nodes = [visit.node for visit in decision.trace]
        return nodes.count(one) > 1 if one == other else one in nodes and other in nodes

    return passes
