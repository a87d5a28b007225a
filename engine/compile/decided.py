"""A decision of a compiled policy: its path at once, its words when they are looked at.

In: a path and the facts of a case. Out: a `Decision` like the walk's; where the walk would have stopped is told from
the ways that the path took.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property

from praxe.engine.decision import Decision
from praxe.engine.status import Status

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    import datetime
    from typing import Any

    from praxe.dsl.tree import OutcomeName
    from praxe.engine.compile.paths import Path
    from praxe.engine.compile.runtime import CompiledPolicy
    from praxe.engine.policy import Policy
    from praxe.engine.program import Spot, Way
    from praxe.engine.records import Asked
    from praxe.engine.walk import Arrival


class CompiledDecision(Decision):
    """What a compiled policy decided. Read-only."""

    def __init__(
        self,
        compiled: CompiledPolicy,
        path: Path,
        known: Any,
        *,
        start: str,
        now: datetime.datetime | None,
        language: str,
    ) -> None:
        # `policy` and `arrival` come when they are first looked at
        self.compiled = compiled
        self.path = path
        self.known = known
        self.start = start
        self.now = now
        self.language = language

    def __getattr__(self, name: str) -> Any:
        if name == "policy":
            self.policy = self.compiled.policy
            return self.policy
        if name == "arrival":
            self.arrival = arrival_of(self.policy, self.path, self.known, self.start)
            return self.arrival
        raise AttributeError(name)

    @property
    def status(self) -> Status:
        """How the walk ended."""
        return self.path.status

    @property
    def outcome(self) -> OutcomeName | None:
        """The outcome, when the case ended with one."""
        return self.path.outcome  # type: ignore[return-value]  # of the same policy

    @property
    def stand(self) -> tuple[Spot, tuple[Way | None, ...]]:
        """Where the walk stopped, and the ways on which the calls under way would go on."""
        if self.path.stop is None or self.path.arrival is not None:
            return super().stand
        arrival = followed(self.policy, self.path, self.start)
        return arrival.spot, tuple(arrival.calls)

    @cached_property
    def asks(self) -> Asked | None:
        """The fact that has to be known first, when the status is `asks`."""
        return self.policy.asking.asked(self)

    def __reduce__(self) -> tuple[Callable[..., Decision], tuple[object, ...]]:
        return _again, (self.compiled, dict(self.facts), self.start, self.now, self.language)


def _again(compiled: CompiledPolicy, facts: Any, start: str, now: datetime.datetime | None, language: str) -> Decision:
    return compiled.decide(facts, start=start, now=now, language=language)


def arrival_of(policy: Policy, path: Path, known: Any, start: str) -> Arrival:
    """Return where the walk of a path stopped."""
    from praxe.engine.walk import walk

    if path.arrival is not None:
        return path.arrival
    if path.stop is not None:  # what else is open depends on the facts
        return walk(policy.program, policy.program.landings[policy.procedure(start)], known)
    return followed(policy, path, start)


def followed(policy: Policy, path: Path, start: str) -> Arrival:
    """Return where a path stops, found from the ways it took."""
    from praxe.engine.follow import visits
    from praxe.engine.program import Pace
    from praxe.engine.walk import Arrival

    spots = policy.spots
    picks = [spots[place].ways[way] for place, way in path.picks]
    calls: list[Any] = []
    entry = policy.program.starts[policy.procedure(start)]
    spot = entry
    for spot, _ in visits(entry, picks):
        if spot.pace is Pace.CALL:
            calls.append(spot.onward)
        elif spot.pace is Pace.RETURN and calls:
            calls.pop()
    return Arrival(path.status, spot, picks, calls)
