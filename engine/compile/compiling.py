"""A policy to its compiled form.

In: a policy. Out: a `CompiledPolicy` with the same decisions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from praxe.engine.compile.planning import Planning
from praxe.engine.compile.runtime import CompiledPolicy
from praxe.engine.compile.uncollected import uncollected

if TYPE_CHECKING:
    from praxe.engine.policy import Policy


def compile_policy(policy: Policy) -> CompiledPolicy:
    """Return the compiled form of a policy; its functions are made when they are first called."""
    with uncollected():
        planning = Planning(policy)
        return CompiledPolicy(planning.document, policy.identity, plan=planning.plan, policy=policy)
