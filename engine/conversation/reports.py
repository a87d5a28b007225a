"""What a conversation tells of its answers and steps.

In: a conversation. Out: its answers with the words and time of each, its steps as they were first listed, and what the
latest turn changed.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from praxe.dsl.tree import FactName
from praxe.engine.conversation.asking import value_text
from praxe.engine.conversation.records import Change, Held
from praxe.engine.conversation.turns import TurnKind
from praxe.engine.records import DecidedStep

if TYPE_CHECKING:
    from praxe.engine.conversation.talk import Conversation

StepKey = tuple[str, int | None, str, int]


def held(conversation: Conversation) -> tuple[Held, ...]:
    """Return all answers, in the order in which they came."""
    policy, language = conversation.policy, conversation.setting.language
    times = _times(conversation)
    return tuple(
        Held(
            fact=name,
            label=policy.facts[name].label.in_language(language),
            value=value,
            text=value_text(value, policy.facts[name], language),
            at=times.get(name),
        )
        for name, value in conversation.ledger.answers.items()
    )


def steps(conversation: Conversation) -> tuple[DecidedStep, ...]:
    """Return the steps of the decision, each as it was when it was first listed: its deadline counts from then."""
    chain = [conversation]
    while chain[-1].before:
        chain.append(chain[-1].before)
    first: dict[StepKey, DecidedStep] = {}
    for each in reversed(chain):
        for key, step in zip(step_keys(each.decision.steps), each.decision.steps, strict=True):
            first.setdefault(key, step)
    return tuple(first[key] for key in step_keys(conversation.decision.steps))


def step_keys(steps: Iterable[DecidedStep]) -> list[StepKey]:
    """Return what makes each step of a case a step of its own: its place, attempt, arguments, and which time it is."""
    times: dict[tuple[str, int | None, str], int] = {}
    found: list[StepKey] = []
    for step in steps:
        one = (step.node, step.attempt, json.dumps(step.args, sort_keys=True, ensure_ascii=False))
        times[one] = times.get(one, 0) + 1
        found.append((*one, times[one]))
    return found


def change(conversation: Conversation) -> Change:
    """Return what the latest turn changed."""
    before = conversation.before
    if before is None:
        return Change(turn=None)
    turn = conversation.turns[-1]
    had, has = before.ledger.answers, conversation.ledger.answers
    was_used = {each.fact for each in before.answers}
    is_used = {each.fact for each in conversation.answers}
    report = Change(
        turn=turn,
        before=had.get(turn.fact) if turn.fact else None,
        after=has.get(turn.fact) if turn.fact else None,
        set_aside=tuple(name for name in has if name in was_used and name not in is_used),
        taken_up=tuple(name for name in has if name in is_used and name in had and name not in was_used),
        dropped=_dropped(before.decision.steps, conversation.decision.steps),
    )
    if report.is_correction or turn.kind is TurnKind.REOPENED:
        return _with_reopened(report, before, conversation)
    return report


def _with_reopened(report: Change, before: Conversation, after: Conversation) -> Change:
    """Add the facts that have to be known now: those that may matter after a turn and could not before it."""
    was_open = {each.fact for each in before.open_facts if not each.left}
    now_open = tuple(each.fact for each in after.open_facts if not each.left)
    return replace(report, reopened=tuple(name for name in now_open if name not in was_open))


def _dropped(before: Sequence[DecidedStep], after: Sequence[DecidedStep]) -> tuple[DecidedStep, ...]:
    still = set(step_keys(after))
    return tuple(step for key, step in zip(step_keys(before), before, strict=True) if key not in still)


def _times(conversation: Conversation) -> dict[FactName, datetime.datetime | None]:
    return {turn.fact: turn.at for turn in conversation.turns if turn.fact is not None}
