"""A conversation's state: what has been answered, what was left aside, and what to ask next.

In: a policy and answers, one at a time. Out: the decision so far, and the next question that can still change it. Each
answer makes a new state, so going back is taking the one before. Nothing here reads or writes.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import assert_never

from praxe.dsl.tree import FactName
from praxe.engine.decision import Decision
from praxe.engine.graph import Retry, Wait
from praxe.engine.policy import Policy
from praxe.engine.records import Asked, Quote
from praxe.engine.speech import Speech
from praxe.engine.values import json_value, plain_decimal
from praxe.engine.walk import Status
from praxe.engine.words import lexicon

Answer = object  # as `Policy.decide` takes it, and as JSON writes it


@dataclass(frozen=True)
class Setting:
    """What does not change during a conversation."""

    policy: Policy
    language: str
    now: datetime.datetime
    start: str | None = None


@dataclass(frozen=True)
class Conversation:
    """Where a conversation stands."""

    setting: Setting
    facts: Mapping[str, Answer] = field(default_factory=lambda: MappingProxyType({}))
    unknown: tuple[FactName, ...] = ()  # asked, and answered with "I do not know"
    before: Conversation | None = field(default=None, compare=False, repr=False)
    latest: FactName | None = None  # the fact of the last answer

    @cached_property
    def decision(self) -> Decision:
        """What the policy says so far.

        Raises:
            FactError: the facts do not fit.
        """
        setting = self.setting
        return setting.policy.decide(self.facts, start=setting.start, now=setting.now, language=setting.language)

    @property
    def question(self) -> Asked | None:
        """The next question: the one that is due, or, if nobody knows its answer, another that may still matter."""
        decision = self.decision
        match decision.status:
            case Status.ASKS:
                asked = decision.asks
                assert asked
                if asked.fact not in self.unknown:
                    return asked
                others = (name for name in asked.also_open if name not in self.unknown and self._can_come_early(name))
                other = next(others, None)
                return _about(asked, other, decision) if other else None
            case Status.FINISHED | Status.WAITS | Status.GAP:
                return None
            case _:
                assert_never(decision.status)

    @property
    def missing(self) -> tuple[FactName, ...]:
        """The facts without which the case cannot be decided, although nobody knows them."""
        asked = self.decision.asks
        if asked is None:
            return ()
        return tuple(name for name in dict.fromkeys((asked.fact, *asked.also_open)) if name in self.unknown)

    def answered(self, fact: FactName, value: Answer) -> Conversation:
        """Return the conversation after an answer; that of a retry tells how one more attempt went.

        Raises:
            FactError: the answer does not fit the vocabulary.
        """
        if fact in self.setting.policy.attempts:
            value = [*self._attempts(fact), value]
        facts = MappingProxyType({**self.facts, fact: value})
        unknown = tuple(name for name in self.unknown if name != fact)
        after = replace(self, facts=facts, unknown=unknown, before=self, latest=fact)
        _ = after.decision  # an answer that does not fit is told now
        return after

    def left_aside(self, fact: FactName) -> Conversation:
        """Return the conversation after "I do not know"."""
        return replace(self, unknown=(*self.unknown, fact), before=self, latest=fact)

    def reopened(self) -> Conversation:
        """Return the conversation with nothing left aside any more."""
        return replace(self, unknown=(), before=self, latest=None)

    def preview(self, fact: FactName, value: Answer) -> Decision:
        """Return what would follow from an answer."""
        return self.answered(fact, value).decision

    def as_json(self) -> dict[str, object]:
        """Return the facts as they are written down, to resume from."""
        typed = self.decision.facts
        known = self.setting.policy.facts
        return {name: json_value(typed[name], known[name]) for name in map(FactName, self.facts) if name in typed}

    def _attempts(self, fact: FactName) -> list[bool]:
        earlier = self.decision.facts.get(fact)
        return list(earlier) if isinstance(earlier, tuple) else []

    def _can_come_early(self, fact: FactName) -> bool:
        """Whether a fact may be asked before its turn; how an attempt or a wait ends cannot."""
        nodes = self.setting.policy.graph.nodes.values()
        return not any(isinstance(node, Retry | Wait) and node.fact == fact for node in nodes)


def _about(asked: Asked, name: FactName, decision: Decision) -> Asked:
    """Return the question for another fact, at the place where the conversation stands."""
    fact = decision.policy.facts[name]
    speech = Speech(decision.policy.checked, lexicon(decision.language))
    return replace(
        asked,
        fact=name,
        label=speech.words(fact.label),
        question=speech.words(fact.question),
        type=fact.type.value,
        choices=speech.choices(fact),
        help=speech.maybe(fact.help),
        examples=tuple(Quote(says=speech.words(each.says), answer=each.answer) for each in fact.examples),
        unit=speech.maybe(fact.unit),
        minimum=plain_decimal(fact.minimum) if fact.minimum is not None else None,
        maximum=plain_decimal(fact.maximum) if fact.maximum is not None else None,
        system=speech.maybe(fact.system),
        attempt=None,
        clauses=fact.clauses,
        notes=(),
    )
