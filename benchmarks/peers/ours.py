"""Praxe itself, and the same policy written by hand in Python."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from benchmarks.cancellation import cases, twins
from benchmarks.peers import Answer, Peer, as_it_is


def peers() -> Iterator[Peer]:
    """Yield the compiled policy in three forms, the walk, and the two twins written by hand."""
    policy = cases.policy()
    compiled = policy.compile()
    evaluate = compiled.evaluate

    def outcome_and_steps(facts: Any) -> Any:
        path = evaluate(facts)
        return path.outcome, path.steps

    yield Peer(name="Praxe, compiled", explains="the whole path", decide=evaluate, read=_of_path, given=as_it_is)
    yield Peer(
        name="Praxe, compiled, outcome and steps read",
        explains="the whole path",
        decide=outcome_and_steps,
        read=lambda found: (found[0], [each.action for each in found[1]]),
        given=as_it_is,
    )
    yield Peer(
        name="Praxe, compiled, with its facts",
        explains="the whole path and the facts",
        decide=compiled.case,
        read=lambda found: _of_path(found.path),
        given=as_it_is,
    )
    yield Peer(
        name="Praxe, reference walk, facts checked",
        explains="the whole path and the facts",
        decide=policy.decide,
        read=lambda found: (found.outcome, [each.action for each in found.steps]),
        given=as_it_is,
    )
    yield Peer(
        name="Python by hand, prebuilt answers",
        explains="nothing",
        decide=twins.prebuilt,
        read=lambda found: (found[0], [step for part in found[1] for step in part]),
        given=as_it_is,
    )
    yield Peer(name="Python by hand, as usual", explains="nothing", decide=twins.usual, given=as_it_is)


def _of_path(path: Any) -> Answer:
    return path.outcome, [each.action for each in path.steps]
