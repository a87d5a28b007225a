"""One beginning of a compiled policy, put together: its functions, and the walk for what is not known."""

from __future__ import annotations

from typing import TYPE_CHECKING

from praxe.engine.compile.arithmetic import Dates
from praxe.engine.compile.machine import Machine
from praxe.engine.compile.uncollected import uncollected
from praxe.engine.compile.unknown import Walker

if TYPE_CHECKING:
    from praxe.engine.compile.runtime import CompiledPolicy


def machine_of(compiled: CompiledPolicy, start: str) -> Machine:
    """Return what decides the cases that begin with a procedure."""
    with uncollected():
        machine = Machine(compiled.plan, start, Dates(lambda: compiled.policy.calendar))
        machine.attach(Walker(compiled.plan, start, machine, lambda: compiled.policy))
    return machine
