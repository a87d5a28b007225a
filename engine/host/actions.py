"""The steps of a decision as records that a program can act on.

In: steps, and the id of the case. Out: one `ActionRecord` for each step, its arguments typed by the vocabulary, with a
key that is the same whenever the same step of the same case comes up again, in any process and on any day.
"""

from __future__ import annotations

import datetime
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import TYPE_CHECKING

from praxe.dsl.tree import ActionName, ClauseId
from praxe.dsl.vocabulary import Action, FactType
from praxe.engine.graph import NodeId
from praxe.engine.records import DecidedStep, Due
from praxe.engine.values import Json, plain_decimal

if TYPE_CHECKING:
    from praxe.engine.policy import Policy

Argument = bool | int | Decimal | datetime.date | str | tuple[str, ...]

_KEY_DIGITS = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionRecord:
    """Something to be done or said, for a program to perform."""

    key: str  # of this step of this case: the same step never has another, and no other step has it
    case: str
    kind: str  # do, say
    action: ActionName | None  # None: free text
    args: Mapping[str, Argument]  # by parameter; several-of as names in the declared order
    text: str
    actor: str | None
    deadline: Due | None
    clauses: tuple[ClauseId, ...]
    notes: tuple[str, ...]
    node: NodeId
    attempt: int | None  # of a retry: which attempt this is, from 1
    meanwhile: bool  # a duty that goes on during a wait

    def args_json(self) -> dict[str, Json]:
        """Return the arguments as JSON writes them."""
        return {name: _written(value) for name, value in self.args.items()}


def action_records(policy: Policy, steps: Iterable[DecidedStep], *, case: str) -> tuple[ActionRecord, ...]:
    """Return the records of steps in order.

    A step that comes up twice on one way (a procedure followed twice) is two steps: which time it is counts in its key.
    """
    times: dict[str, int] = {}
    records = []
    for step in steps:
        one = json.dumps([case, step.node, step.attempt, dict(step.args)], sort_keys=True, ensure_ascii=False)
        times[one] = times.get(one, 0) + 1
        key = hashlib.sha256(f"{one}#{times[one]}".encode()).hexdigest()[:_KEY_DIGITS]
        records.append(_record(policy, step, case=case, key=key))
    return tuple(records)


def _record(policy: Policy, step: DecidedStep, *, case: str, key: str) -> ActionRecord:
    action = policy.vocabulary.actions.get(step.action) if step.action else None
    return ActionRecord(
        key=key,
        case=case,
        kind=step.kind,
        action=step.action,
        args=MappingProxyType({name: _typed(value, _type_of(action, name)) for name, value in step.args.items()}),
        text=step.text,
        actor=step.actor,
        deadline=step.deadline,
        clauses=step.clauses,
        notes=step.notes,
        node=step.node,
        attempt=step.attempt,
        meanwhile=step.meanwhile,
    )


def _type_of(action: Action | None, name: str) -> FactType | None:
    parameters = action.parameters if action else ()
    return next((each.type for each in parameters if each.name == name), None)


def _typed(value: Json, kind: FactType | None) -> Argument:
    """Return an argument as its parameter's type has it; what does not fit the type stays as JSON has it."""
    match kind, value:
        case FactType.DATE, str():
            return datetime.date.fromisoformat(value)
        case FactType.DECIMAL, str() | int():
            return Decimal(value)
        case _, list():
            return tuple(value)
        case _, bool() | int() | str():
            return value
        case _:
            return str(value)


def _written(value: Argument) -> Json:
    match value:
        case Decimal():
            return plain_decimal(value)
        case datetime.date():
            return value.isoformat()
        case tuple():
            return list(value)
        case _:
            return value
