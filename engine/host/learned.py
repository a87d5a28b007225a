"""What a handler may return beside a result: facts that it found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class Learned:
    """What a handler found out.

    `facts` are told to the conversation, as `Conversation.tell` takes them. `succeeded` is for the action of a retry:
    whether this attempt reached what it was for.
    """

    facts: Mapping[str, object] = field(default_factory=lambda: MappingProxyType({}))
    succeeded: bool | None = None
    result: object = None
