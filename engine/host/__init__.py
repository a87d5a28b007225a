"""What a host does with the steps of a decision: the engine lists them, the host's own functions perform them."""

from praxe.engine.host.actions import ActionRecord, action_records
from praxe.engine.host.bindings import AsyncHandler, Host
from praxe.engine.host.learned import Learned
from praxe.engine.host.log import Entry, EntryStatus, Log, LogError, log_schema
from praxe.engine.host.performing import Handler, Performed

__all__ = [
    "ActionRecord",
    "AsyncHandler",
    "Entry",
    "EntryStatus",
    "Handler",
    "Host",
    "Learned",
    "Log",
    "LogError",
    "Performed",
    "action_records",
    "log_schema",
]
