"""Steps that one case is told twice, and steps of one case that contradict each other.

In: which nodes one case may pass both of. Out: for each step, and each two actions that may not go together, the first
case that shows it, walked.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from itertools import islice
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.engine.graph import Step
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.together import Together
from praxe.engine.prove.verdict import Answer, Verdict, Why, unknown
from praxe.engine.prove.walked import first_passed, passes
from praxe.engine.prove.witness import answer_for
from praxe.engine.wording import text_of

MOST_PAIRS: Final = 100  # of places, for one step, of which a case is looked for


def repeated_steps(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield each step that some case is told twice, with the same arguments."""
    flow = proofs.flow
    groups: dict[Hashable, list[int]] = {}
    for number, node in flow.nodes_of(Step):
        if not node.is_script and proofs.whole.at[number]:
            arguments = tuple([(name, text_of(value)) for name, value in node.arguments]) if node.arguments else ()
            groups.setdefault((node.action, node.text, arguments), []).append(number)
    together = Together(proofs)
    for numbers in groups.values():
        if len(numbers) > 1 and len({flow.nodes[each].span for each in numbers}) == 1:
            continue  # a `para cada` says it once for each value, and means to
        yield from _first_told(proofs, together, together.repeated(numbers), numbers[0], "PX420")


def contradicting_steps(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield each pair of actions that may not go together and that some case is told both of."""
    together = Together(proofs)
    told: set[frozenset[str]] = set()
    for name, action in proofs.policy.vocabulary.actions.items():
        for other in action.conflicts:
            if frozenset((name, other)) in told:
                continue
            told.add(frozenset((name, other)))
            ones, others = proofs.doing(name), proofs.doing(other)
            if ones and others:
                pairs = together.pairs(ones, others)
                yield from _first_told(proofs, together, pairs, ones[0], "PX421", first=name, second=other)


def _first_told(
    proofs: Proofs, together: Together, pairs: Iterable[tuple[int, int]], place: int, code: str, **args: str
) -> Iterator[ProofFinding]:
    """Yield the first pair of places that one case is told both of; else the question if one stays open."""
    still_open: ProofFinding | None = None
    tried = 0
    for one, other in islice(pairs, MOST_PAIRS + 1):
        tried += 1
        if tried > MOST_PAIRS:
            break
        is_one_place = one == other and code == "PX421"
        answer = _passed(proofs, one) if is_one_place else together.answer(one, other)
        if answer.verdict is not Verdict.PROVED:
            found = _told(proofs, one, other, answer, code, **args)
            if answer.verdict is Verdict.REFUTED:
                yield found
                return
            still_open = still_open or found
    if still_open is None and (tried > MOST_PAIRS or together.has_given_up):
        still_open = _told(proofs, place, place, unknown(Why.TOO_LARGE), code, **args)
    if still_open is not None:
        yield still_open


def _passed(proofs: Proofs, number: int) -> Answer:
    """Return whether no case passes a node: one that does two things does both."""
    name = proofs.flow.nodes[number].id
    return answer_for(proofs, proofs.whole, [number], lambda decision: passes(decision, name))


def _told(proofs: Proofs, one: int, other: int, answer: Answer, code: str, **args: str) -> ProofFinding:
    nodes = proofs.flow.nodes
    span, first = nodes[other].span, nodes[one].span
    if answer.case:
        if first_passed(answer.case.decision, nodes[one].id, nodes[other].id) != nodes[one].id:
            span, first = first, span
        args["example"] = case_text(proofs.policy, answer.case.facts)
    return of_a_case(Check.STEPS, code, span, answer, Related(first, "first"), **args)
