"""A policy to its compiled form.

In: a policy. Out: a `CompiledPolicy` with the same decisions.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from praxe.engine.compile.planning import plan_of
from praxe.engine.compile.runtime import CompiledPolicy

if TYPE_CHECKING:
    from praxe.engine.policy import Policy


def compile_policy(policy: Policy) -> CompiledPolicy:
    """Return the compiled form of a policy; its functions are made when they are first called."""
    with uncollected():
        return CompiledPolicy(plan_of(policy), policy.identity, policy=policy)


@contextmanager
def uncollected() -> Iterator[None]:
    """Collect no garbage meanwhile: a plan is many small things that all stay, and looking for others among them takes
    half of the time. Two threads may do this at once: the one that found collecting on turns it on again.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
