"""Facts that nobody has to ask for, because the vocabulary's assumptions leave them only one value.

In: a decision. Out: each such fact that the case goes on with, its value, and the assumptions that leave no other.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from praxe.engine.records import Settled
from praxe.engine.values import Known, json_value

if TYPE_CHECKING:
    from praxe.engine.decision import Decision


def settled(decision: Decision) -> Iterator[Settled]:
    """Yield what the assumptions settled, each by what was given and by those before it."""
    policy = decision.policy
    if not policy.checked.assumptions:
        return
    answers, evaluator = policy.program.answers, policy.program.evaluator
    known: Known = evaluator.with_answers(dict(decision.known), {})
    for name in decision.arrival.assumed or {}:
        value = answers.only(name, known)
        if value is None:
            continue
        others = [evaluator.with_answers(known, {name: each}) for each in answers.ruled_out(name, known)]
        broken = dict.fromkeys(each.span for case in others for each in policy.assumed.broken(case))
        fact = policy.facts[name]
        yield Settled(
            fact=name,
            label=fact.label.in_language(decision.language),
            value=json_value(value, fact),
            because=tuple(
                policy.assumed.told(each, decision.language)
                for each in policy.checked.assumptions
                if each.span in broken or not broken
            ),
        )
        known = evaluator.with_answers(known, {name: value})
