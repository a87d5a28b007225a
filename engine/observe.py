"""What the world sees of a node: by this two ways of a case are the same or not.

In: a node, and what is known. Out: hashable descriptions, free of where in the text the node stands.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterator, Sequence
from typing import Final, assert_never

from praxe.dsl.tree import FactName
from praxe.engine.follow import visits
from praxe.engine.graph import Call, Decision, End, Gap, Question, Retry, Return, Start, Step, Wait
from praxe.engine.program import Spot, Way
from praxe.engine.values import Known
from praxe.engine.wording import text_of

_ASKED: Final = "ask"


def step_seen(step: Step) -> Hashable:
    """Return what is seen of a step, its arguments apart."""
    return (step.action, step.text, step.is_script, step.deadline, step.clauses, step.notes)


def gap_seen(gap: Gap) -> Hashable:
    """Return what is seen of a gap."""
    return ("gap", gap.text, gap.clauses)


def arguments_seen(spot: Spot, known: Known) -> Hashable:
    """Return the values of a spot's arguments, or their text where they are not known."""
    return tuple(
        (name, text_of(value) if (worth := read(known)) is None else (worth,)) for name, value, read in spot.arguments
    )


def attempts_made(node: Retry, known: Known) -> int:
    """Return how many attempts a retry takes, the one whose result is not known yet included."""
    attempts = known.get(node.fact)
    so_far = attempts[: node.attempts] if isinstance(attempts, tuple) else ()
    return so_far.index(True) + 1 if True in so_far else min(len(so_far) + 1, node.attempts)


def course(
    start: Spot,
    picks: Sequence[Way],
    calls: Sequence[Way | None],
    known: Known,
    before: Known | None = None,
    asked: Collection[FactName] = (),
) -> tuple[Hashable, ...]:
    """Return all that is seen on a walk from `start` on, its end included.

    Args:
        before: what was known at the start: nobody is asked for it again.
        asked: facts that `pergunte` has asked for since; nor for these.
    """
    again = {name for name, value in (before or {}).items() if value is not None}.union(asked)
    return tuple(each for spot, way in visits(start, picks, calls) for each in _seen(spot, way, known, again))


def asked_in(seen: Sequence[Hashable]) -> Iterator[FactName]:
    """Yield the facts that `pergunte` asked for on a walk."""
    return (each[1] for each in seen if isinstance(each, tuple) and each[0] == _ASKED)


def _seen(spot: Spot, way: Way | None, known: Known, again: set[FactName]) -> Iterator[Hashable]:
    node = spot.node
    match node:
        case Step():
            yield (step_seen(node), arguments_seen(spot, known))
        case Question():
            if node.fact not in again:
                again.add(node.fact)
                yield (_ASKED, node.fact)
        case Retry():
            yield (
                "try",
                node.action,
                attempts_made(node, known),
                node.clauses,
                node.notes,
                arguments_seen(spot, known),
            )
        case Wait():
            yield ("wait", tuple(map(step_seen, node.meanwhile)), arguments_seen(spot, known))
        case End():
            yield ("end", node.outcome)
        case Gap():
            yield gap_seen(node)
        case Decision():
            if way is None:
                yield ("hole", node.id)
        case Start() | Return() | Call():
            pass
        case _:
            assert_never(node)
