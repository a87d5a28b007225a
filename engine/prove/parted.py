"""Procedures that part on the same situation: one does what contradicts the other, for the same answers.

In: the actions that may not go together (`conflicts`), and the places where they are done. Out: for each pair of
procedures the smallest answers to the questions that both look at, for which one does the one thing and the other the
other. Which of the two a case comes to is settled elsewhere (by channel, say, or by the door it comes in): whoever asks
there is treated otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import islice, product
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.tree import ActionName, ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.prove.authors_words import case_text
from praxe.engine.prove.diagrams import NO_CASE, TooManyTestsError
from praxe.engine.prove.findings import Check, ProofFinding, of_a_case
from praxe.engine.prove.passing import Passing
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.verdict import Why, unknown
from praxe.engine.prove.walked import passes
from praxe.engine.prove.witness import answer_among

MOST_PAIRS: Final = 2_000  # of places, for two actions
MOST_TESTS: Final = 300_000  # that may be made for two actions


def parted_procedures(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the pairs of procedures that do contradicting things for the same answers."""
    told: set[frozenset[str]] = set()
    for name, action in proofs.policy.vocabulary.actions.items():
        for other in action.conflicts:
            if frozenset((name, other)) not in told:
                told.add(frozenset((name, other)))
                yield from _parted(proofs, name, ActionName(other))


def _parted(proofs: Proofs, one: ActionName, other: ActionName) -> Iterator[ProofFinding]:
    nodes = proofs.flow.nodes
    told: set[frozenset[str]] = set()
    places = [[each for each in proofs.doing(name) if proofs.whole.at[each]] for name in (one, other)]
    for first, second in islice(product(*places), MOST_PAIRS):
        procedures = frozenset({nodes[first].procedure, nodes[second].procedure})
        if len(procedures) < 2 or procedures in told:
            continue
        found = _of_places(proofs, one, other, first, second)
        if found is not None:
            told.add(procedures)
            yield found


def _of_places(proofs: Proofs, one: ActionName, other: ActionName, first: int, second: int) -> ProofFinding | None:
    """Return the finding on two places, if the same answers lead to both and no case passes both."""
    span, related = proofs.flow.nodes[second].span, Related(proofs.flow.nodes[first].span, "first")
    args = {"first": str(one), "second": str(other)}
    try:
        if proofs.passing is None:
            raise TooManyTestsError
        with proofs.diagrams.room(MOST_TESTS):
            shared, alike = _alike(proofs, proofs.passing, first, second)
    except TooManyTestsError:
        return of_a_case(Check.CLASHES, "PX426", span, unknown(Why.TOO_LARGE), related, **args)
    for start, cases in alike.items():
        answer = answer_among(proofs, cases, _passes(proofs.flow.nodes[second].id), start)
        if answer.case:
            names = {
                name for number, axis in enumerate(proofs.space.axes) if shared >> number & 1 for name in axis.facts
            }
            facts = {name: value for name, value in answer.case.facts.items() if name in names}
            args["example"] = case_text(proofs.policy, facts)
        return of_a_case(Check.CLASHES, "PX426", span, answer, related, **args)
    return None


def _alike(
    proofs: Proofs, passing: Mapping[ProcedureName, Passing], first: int, second: int
) -> tuple[int, Mapping[ProcedureName, int]]:
    """Return the axes both procedures look at, and where cases at the second place answer as some at the first do.

    These are the cases by the procedure they begin with; none, where one of the two places does not go by these
    answers, or a case passes both (that is told otherwise).
    """
    diagrams, inside = proofs.diagrams, proofs.inside.at
    shared = diagrams.reads[inside[first]] & diagrams.reads[inside[second]]
    possible = diagrams.keep(proofs.possible, shared)
    limits = (diagrams.keep(diagrams.both(inside[each], proofs.possible), shared) for each in (first, second))
    if not shared or possible in limits:
        return shared, {}
    if any(diagrams.both(each[first], each[second]) for each in passing.values()):
        return shared, {}
    answers = diagrams.keep(diagrams.any_of(each[first] for each in passing.values()), shared)
    alike = {start: diagrams.both(each[second], answers) for start, each in passing.items()}
    return shared, {start: cases for start, cases in alike.items() if cases != NO_CASE}


def _passes(node: str) -> Callable[[Decision], bool]:
    return lambda decision: passes(decision, node)
