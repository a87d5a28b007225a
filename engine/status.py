"""How a walk can end. A module of its own: whoever only asks for the status need not load the rest."""

from __future__ import annotations

from enum import Enum


class Status(Enum):
    """How a walk ended."""

    FINISHED = "finished"  # at an outcome, or at the end of the procedure it began with
    ASKS = "asks"  # a fact has to be known first
    WAITS = "waits"  # something has to come, or its deadline to pass
    GAP = "gap"  # the text leaves open what to do
