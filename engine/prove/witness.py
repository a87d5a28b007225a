"""A case shown only after it was walked.

In: what reaches a node, and what the walk has to show. Out: `Answer`: proved if no case reaches it, refuted with a case
whose walk shows it, unknown if none such was found.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import replace

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.reach import Reach
from praxe.engine.prove.trail import Choice, choice_reaching
from praxe.engine.prove.verdict import PROVED, Answer, ShownCase, Verdict, Why, unknown

Shows = Callable[[Decision], bool]


def answer_for(
    proofs: Proofs,
    found: Reach,
    numbers: Sequence[int],
    shows: Shows,
    *,
    among: int = EVERY_CASE,
    reads: Collection[FactName] = (),
) -> Answer:
    """Return whether no case reaches any of some nodes; else a case that does.

    Args:
        shows: whether the walk of a case shows what it is to show.
        among: cases that count.
        reads: facts that `shows` may ask for, though the walk does not.
    """
    hit = [number for number in numbers if proofs.diagrams.both(found.at[number], among)]
    if not hit:
        return PROVED
    why = Why.NO_FACTS if found.is_exact and proofs.meaning.is_exact else Why.TOO_LARGE
    best: ShownCase | None = None
    for number in hit:
        choice = choice_reaching(found, number, few=proofs.few, among=among)
        answer = shown(proofs, choice, shows, reads=reads) if choice is not None else why
        if isinstance(answer, Why):
            why = answer
        elif best is None or len(answer.facts) < len(best.facts):
            best = answer
    return Answer(verdict=Verdict.REFUTED, case=best) if best else unknown(why)


def answer_among(
    proofs: Proofs,
    cases: int,
    shows: Shows,
    start: ProcedureName,
    *,
    reads: Collection[FactName] = (),
    besides: int = EVERY_CASE,
) -> Answer:
    """Return whether there are no such cases; else the smallest of them, walked.

    Args:
        cases: a set of whole cases, nothing forgotten.
        start: the procedure they begin with.
        reads: facts that `shows` may ask for, though the walk does not.
        besides: another set, of other axes, in which they have to be too.
    """
    choice = _few(proofs, cases, besides)
    if choice is None:
        return PROVED
    while choice is not None:
        found = shown(proofs, choice, shows, [start], reads=reads)
        if isinstance(found, ShownCase):
            return Answer(verdict=Verdict.REFUTED, case=found)
        coupled = {axis: each for axis, each in choice.items() if not proofs.space.axes[axis].is_simple}
        if found is not Why.NO_FACTS or not coupled:
            return unknown(found)
        cases, besides = proofs.diagrams.both(cases, besides), EVERY_CASE
        cases = proofs.diagrams.minus(cases, proofs.diagrams.exactly(coupled))  # these go together in no case
        choice = _few(proofs, cases, besides)
    return unknown(Why.NO_FACTS)


def _few(proofs: Proofs, cases: int, besides: int) -> Choice | None:
    choice, more = proofs.few(cases), proofs.few(besides)
    return None if choice is None or more is None else choice | more


def stated(proofs: Proofs, cases: int) -> Answer:
    """Return the smallest of some cases, with what the policy decides on it: nothing about the walk is claimed."""
    choice = proofs.few(cases)
    if choice is None:
        return PROVED
    found = shown(proofs, choice, lambda decision: True) if proofs.meaning.is_exact else Why.TOO_LARGE
    return unknown(found) if isinstance(found, Why) else Answer(verdict=Verdict.REFUTED, case=found)


def shown(
    proofs: Proofs,
    choice: Choice,
    shows: Shows,
    starts: Sequence[ProcedureName] | None = None,
    *,
    reads: Collection[FactName] = (),
) -> ShownCase | Why:
    """Return the walk of a choice if it shows what it is to show, from one of some starts; else why not."""
    facts = proofs.cases.facts_of(choice)
    if facts is None:
        return Why.NO_FACTS
    more = {name: proofs.cases.usual(name) for name in reads if name not in facts}
    for each in (facts, {**facts, **more}) if more else (facts,):
        for start in starts or proofs.starts:
            decision = proofs.cases.decide(each, start)
            if shows(decision):
                return ShownCase(facts=each, decision=decision)
    return Why.NOT_CONFIRMED


def smaller(proofs: Proofs, answer: Answer, shows: Shows) -> Answer:
    """Return the answer with a case that tells no fact without which its walk shows the same.

    What is known in it was known in the case before: nothing else is made up, so the case can be as that one could.
    """
    case = answer.case
    fewer = case and _with_fewer(proofs, case, shows)
    while fewer:  # with one fact gone, another may no longer be needed either
        case, fewer = fewer, _with_fewer(proofs, fewer, shows)
    return replace(answer, case=case)


def _with_fewer(proofs: Proofs, case: ShownCase, shows: Shows) -> ShownCase | None:
    """Return the case without one fact that it can do without; None if there is no such fact."""
    for name in case.facts:
        fewer = {other: value for other, value in case.facts.items() if other != name}
        decision = proofs.cases.decide(fewer, case.decision.start)
        is_spare = name not in decision.known and decision.known.items() <= case.decision.known.items()
        if is_spare and shows(decision):
            return ShownCase(facts=fewer, decision=decision)
    return None
