"""Whether the facts of a case keep the assumptions of a policy: generated code, where all that they read is known.

In: the assumptions of a plan, and typed facts. Out: True if none is broken; False if one is, or where a fact that they
read is not known: then `praxe.engine.assumed` looks, which knows what is sure nevertheless, and has the words.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from praxe.engine.compile.arithmetic import Dates
from praxe.engine.compile.plan import Plan
from praxe.engine.compile.terms import Terms
from praxe.engine.compile.workshop import function_of


class Keeper:
    """Looks at the assumptions of one plan."""

    def __init__(self, plan: Plan, dates: Dates) -> None:
        self._terms = Terms(plan, dates, self._define)
        lines = ["def kept(F):"]
        for when, then in plan.assumptions:
            condition = "" if when is None else f"{self._terms.text(when)} and "
            lines.append(f" if {condition}not {self._terms.text(then)}: return False")
        self._kept = self._define("kept", "\n".join([*lines, " return True"]))

    def are_kept(self, facts: Mapping[str, Any]) -> bool:
        """Return True if it is known that no assumption is broken."""
        try:
            return bool(self._kept(facts))
        except KeyError:  # a fact is not known
            return False

    def _define(self, name: str, source: str) -> Any:
        return function_of(name, source, self._terms.constants, self._terms.names)
