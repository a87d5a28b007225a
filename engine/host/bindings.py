"""A host: the functions that perform a policy's actions, bound to their names.

In: a policy and its host's own functions (handlers). Out: the steps of a case performed, each at most once, with a log.
The order is that of the decision. A step is logged as started before its handler is called, and as done or failed
after; whoever stores the log at each entry (`journal`) loses nothing. A step that the log has as done is not performed
again, in whatever process the case goes on; one that was started and has no end is in doubt, and left to people. What a
handler learns is told to the conversation, and what follows from that is performed too.
"""

from __future__ import annotations

import datetime
import inspect
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from praxe.dsl.near import nearest
from praxe.dsl.tree import ActionName
from praxe.engine.conversation import Conversation
from praxe.engine.decision import Decision
from praxe.engine.host.actions import ActionRecord
from praxe.engine.host.log import Log
from praxe.engine.host.performing import Call, Handler, Journal, Manner, Outcome, Performed, performance

if TYPE_CHECKING:
    from praxe.engine.policy import Policy

AsyncHandler = Callable[[ActionRecord], Awaitable[object]]


@dataclass(frozen=True, kw_only=True)
class Host:
    """Performs the steps of cases by its handlers. Read-only: `bind` returns another host."""

    policy: Policy
    handlers: Mapping[ActionName, Handler] = field(default_factory=lambda: MappingProxyType({}))
    others: Handler | None = None  # performs what has no handler of its own: sayings, free text

    def bind(self, action: str, handler: Handler) -> Host:
        """Return a host that performs `action` by calling `handler` with an `ActionRecord`.

        Raises:
            ValueError: there is no such action.
        """
        actions = self.policy.vocabulary.actions
        if action not in actions:
            near = nearest(action, actions)
            raise ValueError(f"no action {action!r} in this policy" + (f"; did you mean {near!r}?" if near else ""))
        return replace(self, handlers=MappingProxyType({**self.handlers, ActionName(action): handler}))

    def bind_others(self, handler: Handler) -> Host:
        """Return a host that calls `handler` for every step without one of its own: free text and sayings too."""
        return replace(self, others=handler)

    def handler_of(self, record: ActionRecord) -> Handler | None:
        """Return the handler of a step."""
        own = self.handlers.get(record.action) if record.action else None
        return own or self.others

    def unbound(self) -> tuple[ActionName, ...]:
        """Return the actions of the policy that have no handler, in the declared order."""
        return (
            () if self.others else tuple(each for each in self.policy.vocabulary.actions if each not in self.handlers)
        )

    def perform(
        self,
        case: Conversation | Decision,
        *,
        case_id: str,
        log: Log | None = None,
        now: datetime.datetime | None = None,
        dry_run: bool = False,
        go_on: bool = False,
        again: bool = False,
        journal: Journal | None = None,
    ) -> Performed:
        """Perform the steps of a case that have not been performed.

        Args:
            case_id: what the host calls the case; steps are told apart by it.
            log: of the same case so far.
            now: the time that the log states, and of what the handlers learn.
            dry_run: call no handler; the entries say what would be done, and the log stays as it is.
            go_on: after a step that fails or has no handler, perform the next; else stop there.
            again: perform steps that are in doubt once more; their handlers get the same key.
            journal: called with the log at each entry, before and after each handler.

        Raises:
            ValueError: the log is of another case.
            TypeError: `now` is no date and time.
        """
        manner = Manner(now=now, dry_run=dry_run, go_on=go_on, again=again, journal=journal)
        course = performance(self, case, log or Log(case=case_id), case_id, manner)
        try:
            call = next(course)
            while True:
                call = course.send(_called(call))
        except StopIteration as end:
            performed: Performed = end.value
            return performed

    async def perform_async(
        self,
        case: Conversation | Decision,
        *,
        case_id: str,
        log: Log | None = None,
        now: datetime.datetime | None = None,
        dry_run: bool = False,
        go_on: bool = False,
        again: bool = False,
        journal: Journal | None = None,
    ) -> Performed:
        """Perform like `perform`, and wait for handlers that are coroutines, one after the other."""
        manner = Manner(now=now, dry_run=dry_run, go_on=go_on, again=again, journal=journal)
        course = performance(self, case, log or Log(case=case_id), case_id, manner)
        try:
            call = next(course)
            while True:
                call = course.send(await _awaited(call))
        except StopIteration as end:
            performed: Performed = end.value
            return performed


def _called(call: Call) -> Outcome:
    try:
        found = call.handler(call.record)
    except Exception as error:  # noqa: BLE001 - the host's own function: whatever it raises is logged, and never lost
        return Outcome(error=error)
    if inspect.isawaitable(found):
        if inspect.iscoroutine(found):
            found.close()
        return Outcome(error=TypeError("the handler is a coroutine: use perform_async"))
    return Outcome(found=found)


async def _awaited(call: Call) -> Outcome:
    try:
        found = call.handler(call.record)
        return Outcome(found=await found if inspect.isawaitable(found) else found)
    except Exception as error:  # noqa: BLE001 - the host's own function: whatever it raises is logged, and never lost
        return Outcome(error=error)
