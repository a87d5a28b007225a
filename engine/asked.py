"""The question of a decision by generated code, without walking again.

In: a decision that asks. Out: the same `Asked` as the walk's (`tell`), its words kept for the next case that comes to
the same place; the other open facts are found out by the walk, if somebody looks at them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import FactName
from praxe.engine.records import Asked, AskedInHaste
from praxe.engine.status import Status
from praxe.engine.tell import Telling
from praxe.engine.walk import Arrival

if TYPE_CHECKING:
    from praxe.engine.compile.decided import CompiledDecision
    from praxe.engine.policy import Policy

MOST_KEPT: Final = 2**12


class Asking:
    """Puts the questions of one policy into words."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._kept: dict[tuple[int, str, int, str], Asked] = {}

    def asked(self, decision: CompiledDecision) -> Asked | None:
        """Return the fact that has to be known first, when the decision asks."""
        path = decision.path
        if path.status is not Status.ASKS or path.asks is None or path.stop is None:
            return None
        fact = FactName(path.asks)
        made = decision.known.get(fact) if fact in self._policy.attempts else None
        key = (path.stop, fact, len(made) if isinstance(made, tuple) else 0, decision.language)
        asked = self._kept.get(key)
        if asked is None:
            if len(self._kept) >= MOST_KEPT:
                self._kept.clear()
            asked = self._kept[key] = self._told(decision, path.stop, fact)
        return AskedInHaste.of(asked, lambda: decision.arrival.also_open)

    def _told(self, decision: CompiledDecision, stop: int, fact: FactName) -> Asked:
        arrival = Arrival(Status.ASKS, self._policy.spots[stop], (), (), asked=fact)
        telling = Telling(
            self._policy,
            arrival,
            dict(decision.known),
            start=decision.start,
            now=decision.now,
            language=decision.language,
        )
        asked = telling.asked()
        assert asked
        return asked
