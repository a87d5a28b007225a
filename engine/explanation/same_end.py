"""The facts that suffice for a decision: with them alone it ends the same, and none of them can be left out.

In: a decision. Out: some of its facts. Found by deciding again with fewer and fewer of them (deletion filtering:
J. Chinneck and E. Dravnieks, 1991), those read last in the story first; so what stays is complete by construction.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import FactName
from praxe.engine.records import written
from praxe.engine.values import Json, Value

if TYPE_CHECKING:
    from praxe.engine.decision import Decision

MOST_TRIED: Final = 200  # facts; of more than that all are cited that the trace names, without trying to drop any

Facts = Mapping[FactName, Value]


def sufficient(decision: Decision) -> tuple[Facts, bool]:
    """Return facts that suffice for the end of `decision`, in the order of its story, and whether none can go."""
    given = decision.facts
    told = dict.fromkeys(name for visit in decision.trace for name in visit.facts if name in given)
    kept = {name: given[name] for name in told}
    wanted = end_of(decision)
    if not _ends_so(decision, kept, wanted):
        kept |= {name: value for name, value in given.items() if name not in kept}
    if len(kept) > MOST_TRIED:
        return kept, False
    dropped = True
    while dropped:  # once more: a question may hinge on a fact in one company and not in another
        dropped = False
        for name in reversed(list(kept)):
            fewer = {each: value for each, value in kept.items() if each != name}
            if _ends_so(decision, fewer, wanted):
                kept, dropped = fewer, True
    return kept, True


def again(decision: Decision, facts: Mapping[FactName, Value | None]) -> Decision:
    """Decide another case as this one was decided: same start, now and language."""
    given: dict[str, object] = {str(name): value for name, value in facts.items()}
    return decision.policy.decide(given, start=decision.start, now=decision.now, language=decision.language)


def end_of(decision: Decision) -> Json:
    """Return what counts of a decision's end: status, outcome, steps, question, wait and gap.

    Where in the text a step stands does not count, nor do the other facts that may still matter after a question.
    """
    return [
        decision.status.value,
        decision.outcome,
        _bare(written(decision.asks, "also_open")),
        _bare(written(decision.waits)),
        _bare(written(decision.gap)),
        _bare(written(decision.steps)),
    ]


def _ends_so(decision: Decision, facts: Facts, wanted: Json) -> bool:
    other = again(decision, facts)
    if other.status is not decision.status or other.outcome != decision.outcome:
        return False
    found: bool = end_of(other) == wanted
    return found


def _bare(value: Json) -> Json:
    return without(value, {"node"})


def without(value: Json, keys: Iterable[str]) -> Json:
    """Return JSON without some keys, at every depth."""
    match value:
        case dict():
            return {key: without(each, keys) for key, each in value.items() if key not in keys}
        case list():
            return [without(each, keys) for each in value]
        case _:
            return value
