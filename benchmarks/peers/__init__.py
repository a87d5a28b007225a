"""Praxe beside other decision engines, on one cancellation policy: `python -m benchmarks.peers`.

Each module writes the tables of `rules` as its engine's documentation recommends and makes a `Peer`. All are checked to
agree on 2,500 random cases before anything is timed. The engines come with the extra `bench`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Answer = tuple[str, list[str]]


def as_it_is(found: Any) -> Any:
    """Return what is given."""
    return found


def as_json(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Return facts as JSON has them: sets as lists."""
    return {name: sorted(value) if isinstance(value, frozenset) else value for name, value in facts.items()}


def run() -> list[tuple[str, float, str]]:
    """Return the cases a second of each engine, and how many times as fast the compiled policy is, for `make bench`."""
    from benchmarks.peers.measure import compare

    found, figures = compare()
    rows = [(peer.name, figure, "cases/s") for (peer, _), figure in zip(found, figures, strict=True)]
    ratios = [
        (f"Praxe, compiled, beside {peer.name}", figures[0] / figure, "×")
        for (peer, _), figure in list(zip(found, figures, strict=True))[1:]
    ]
    return [*rows, *ratios]


@dataclass(frozen=True, slots=True, kw_only=True)
class Peer:
    """One engine, ready to decide. Only `decide` is timed."""

    name: str
    explains: str  # what it tells of the reasons
    decide: Callable[[Any], Any]
    given: Callable[[Mapping[str, Any]], Any] = as_json  # facts as it takes them
    read: Callable[[Any], Answer] = as_it_is  # outcome and steps of what `decide` gave
