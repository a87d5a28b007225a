"""Waits as they live in a conversation: deadlines count from the arrival, and pass.

In: a decision that waits and the time when the conversation came to that place. Out: the wait with its own deadline,
and whether that has passed.
"""

from __future__ import annotations

import datetime
from dataclasses import replace

from praxe.dsl.tree import Duration
from praxe.engine.deadlines import due_at
from praxe.engine.decision import Decision
from praxe.engine.graph import Wait
from praxe.engine.records import Waiting
from praxe.engine.speech import Speech
from praxe.engine.words import lexicon


def wait_since(decision: Decision, since: datetime.datetime | None) -> Waiting | None:
    """Return what is waited for, its deadline counted from `since`."""
    waits, node = decision.waits, decision.arrival.spot.node
    if waits is None or since is None or not isinstance(node, Wait) or not isinstance(node.deadline, Duration):
        return waits
    speech = Speech(decision.policy.checked, lexicon(decision.language))
    deadline = speech.within(node.deadline, since, decision.policy.calendar)
    return replace(waits, until=deadline.due, deadline=deadline)


def has_passed(decision: Decision, since: datetime.datetime | None, now: datetime.datetime | None) -> bool:
    """Whether the deadline of a wait has passed: a day is over when the next one begins."""
    due = _due(decision, since)
    if due is None or now is None:
        return False
    return now > due if isinstance(due, datetime.datetime) else now.date() > due


def _due(decision: Decision, since: datetime.datetime | None) -> datetime.date | None:
    node, waits = decision.arrival.spot.node, decision.waits
    if waits is None or not isinstance(node, Wait):
        return None
    if isinstance(node.deadline, Duration):
        return due_at(since, node.deadline, decision.policy.calendar) if since else None
    return datetime.date.fromisoformat(waits.until) if waits.until else None
