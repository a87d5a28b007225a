"""What the vocabulary's assumptions leave possible of a case whose facts are changed.

In: a policy and the facts given of a case. Out: whether some answers are ruled out, and which of the facts given, left
as it is, rules them out. No new case is shown that `decide` would refuse.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from praxe.dsl.tree import FactName
from praxe.engine.needed import facts_read, needed
from praxe.engine.values import Known

if TYPE_CHECKING:
    from praxe.engine.policy import Policy


class Possible:
    """The assumptions of a policy, for one case."""

    def __init__(self, policy: Policy, given: Known) -> None:
        """Prepare.

        Args:
            given: the facts of the case, with today's date.
        """
        evaluator = policy.program.evaluator
        self._evaluator = evaluator
        self._assumed = policy.assumed
        self._given = given
        conditions = [each for assumption in policy.checked.assumptions for each in assumption.conditions]
        self.reads = frozenset(name for each in conditions for name in facts_read(each, evaluator.definitions))

    def is_ruled_out(self, answers: Known) -> bool:
        """Return whether answers break an assumption, whatever the other facts are."""
        return bool(self._assumed.broken(dict(answers)))

    def in_the_way(self, answers: Known) -> FactName | None:
        """Return the first fact given, and not answered, that has to be looked at for the answers to be possible."""
        for assumption in self._assumed.broken({**self._given, **answers}):
            for condition in assumption.conditions:
                for name in needed(condition, dict(answers), self._evaluator):
                    if name in self._given:
                        return name
        return None
