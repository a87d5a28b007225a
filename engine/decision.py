"""What a policy decided on a case: the status, the steps so far, what is asked or waited for, and the trace.

A `Decision` keeps where the walk went and what was known; steps, questions and trace are put into words when they are
first looked at, so deciding costs no more than walking. INVARIANT: the same policy, facts, start, now and language give
the same JSON, byte for byte (tests/engine/test_properties.py).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cached_property
from types import MappingProxyType

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    import datetime

    from praxe.dsl.tree import FactName, OutcomeName
    from praxe.engine.explanation import Comparison, Explanation, OtherEnd
    from praxe.engine.policy import Policy
    from praxe.engine.program import Spot, Way
    from praxe.engine.records import Asked, DecidedStep, MetFinding, OpenGap, Settled, Visit, Waiting
    from praxe.engine.status import Status
    from praxe.engine.tell import Telling
    from praxe.engine.values import Json, Known, Value
    from praxe.engine.walk import Arrival


class Decision:
    """What a policy decided. Read-only."""

    def __init__(
        self,
        policy: Policy,
        arrival: Arrival,
        known: Known,
        *,
        start: str,
        now: datetime.datetime | None,
        language: str,
    ) -> None:
        self.policy = policy
        self.arrival = arrival
        self.known = known
        self.start = start
        self.now = now
        self.language = language

    @property
    def status(self) -> Status:
        """How the walk ended."""
        return self.arrival.status

    @property
    def outcome(self) -> OutcomeName | None:
        """The outcome, when the case ended with one."""
        from praxe.engine.graph import End

        node = self.arrival.spot.node
        return node.outcome if isinstance(node, End) else None

    @property
    def stand(self) -> tuple[Spot, tuple[Way | None, ...]]:
        """Where the walk stopped, and the ways on which the calls under way would go on."""
        return self.arrival.spot, tuple(self.arrival.calls)

    @cached_property
    def facts(self) -> Mapping[FactName, Value]:
        """The facts that were given, typed."""
        own = self.policy.facts
        given = {name: value for name, value in self.known.items() if value is not None and name in own}
        return MappingProxyType(given)

    @cached_property
    def steps(self) -> tuple[DecidedStep, ...]:
        """What is to be done and said, in order."""
        return tuple(self._telling.steps())

    @cached_property
    def asks(self) -> Asked | None:
        """The fact that has to be known first, when the status is `asks`."""
        return self._telling.asked()

    @cached_property
    def settled(self) -> tuple[Settled, ...]:
        """The facts that were not asked for, because the vocabulary's assumptions leave them only one value."""
        from praxe.engine.settled import settled

        return tuple(settled(self))

    @cached_property
    def waits(self) -> Waiting | None:
        """What has to come first, when the status is `waits`."""
        return self._telling.waiting()

    @cached_property
    def gap(self) -> OpenGap | None:
        """What the source text leaves open, when the status is `gap`."""
        return self._telling.gap()

    @cached_property
    def trace(self) -> tuple[Visit, ...]:
        """Every node of the walk, in order, with what decided its branch."""
        return tuple(self._telling.trace())

    @cached_property
    def findings(self) -> tuple[MetFinding, ...]:
        """What is wrong with the source texts that this case ran into: contradictions, open cases."""
        return tuple(self._telling.findings())

    def why(self) -> Explanation:
        """Return the facts and clauses that decided, in the order of the story."""
        from praxe.engine.explanation import why

        return why(self)

    def why_not(self, wanted: str) -> OtherEnd:
        """Return what stands against an outcome, or against an action or the text of a step.

        Raises:
            ValueError: the policy knows none of that name.
        """
        from praxe.engine.explanation import why_not

        return why_not(self, wanted)

    def what_if(self, facts: Mapping[str, object]) -> Comparison:
        """Return what would be otherwise with other values for some facts; None makes one unknown.

        Raises:
            FactError: the facts do not fit the vocabulary. A ValueError.
        """
        from praxe.engine.explanation import what_if

        return what_if(self, facts)

    def nearest(self, wanted: str | None = None, *, most: int = 6) -> OtherEnd:
        """Return the smallest changes of facts that lead to an outcome or step; without one, to any other outcome.

        Args:
            most: how many facts may change.

        Raises:
            ValueError: the policy knows no outcome, action or step of that name.
        """
        from praxe.engine.explanation import nearest

        return nearest(self, wanted, most=most)

    def to_json(self) -> dict[str, Json]:
        """Return the decision as `decision.schema.json` describes it."""
        from praxe.engine.records import written

        return {
            "policy": dict(self.policy.identity),
            "status": self.status.value,
            "outcome": self.outcome,
            "steps": written(self.steps),
            "asks": written(self.asks),
            "waits": written(self.waits),
            "gap": written(self.gap),
            "findings": written(self.findings),
            "trace": written(self.trace),
            **({"settled": written(self.settled)} if self.settled else {}),
        }

    def in_language(self, language: str) -> Decision:
        """Return the same decision told in another language."""
        return Decision(self.policy, self.arrival, self.known, start=self.start, now=self.now, language=language)

    def __reduce__(self) -> tuple[Callable[..., Decision], tuple[object, ...]]:
        # a walk is cheaper to take again than to store
        return _again, (self.policy, dict(self.facts), self.start, self.now, self.language)

    def __repr__(self) -> str:
        return f"<Decision {self.status.value} at {self.arrival.spot.node.id}>"

    @property
    def _telling(self) -> Telling:
        from praxe.engine.tell import Telling  # a compiled policy decides without it

        return Telling(self.policy, self.arrival, self.known, start=self.start, now=self.now, language=self.language)


def _again(
    policy: Policy, facts: Mapping[str, object], start: str, now: datetime.datetime | None, language: str
) -> Decision:
    return policy.decide(facts, start=start, now=now, language=language)
