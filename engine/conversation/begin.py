"""How a conversation begins.

In: a policy, and what the host knows at the start. Out: a `Conversation` in which nothing has been said.
"""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING

from praxe.engine.conversation.talk import Conversation, Setting, begun, check_time
from praxe.engine.questions import Order
from praxe.engine.words import check_language

if TYPE_CHECKING:
    from praxe.engine.policy import Policy


def begin(
    policy: Policy,
    procedure: str | None,
    *,
    now: datetime.datetime | None,
    language: str | None,
    order: Order | str,
) -> Conversation:
    """Return a conversation at its beginning.

    Raises:
        ValueError: there is no such procedure, language or order; or `now` is missing where `hoje` is read.
    """
    if now is not None:
        check_time(now, None)
    if language is not None:
        check_language(language)
    orders = [each.value for each in Order]
    if not isinstance(order, Order) and order not in orders:
        raise ValueError(f"order {order!r}: write one of {', '.join(orders)}")
    return begun(
        Setting(
            policy=policy,
            language=language or policy.manifest.language,
            start=policy.manifest.entry if procedure is None else policy.procedure(procedure),
            order=Order(order),
            began=now,
        )
    )
