"""What the vocabulary's assumptions leave possible.

In: what is known of a case. Out: whether some whole case keeps every assumption: found out by trying the answers that
stand for all (`classes`). Where they cannot be tried, or are more than `MOST_TRIED`, the case counts as possible; so
what is called impossible surely is.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Assumption
from praxe.engine.evaluate import Evaluator
from praxe.engine.needed import facts_read, needed
from praxe.engine.values import Known, Value

MOST_TRIED: Final = 256

AnswersOf = Callable[[FactName, Known], Sequence[Value] | None]  # None where no few stand for all


class Allowed:
    """The assumptions of one policy, as far as trying can tell."""

    def __init__(self, assumptions: Sequence[Assumption], evaluator: Evaluator, answers: AnswersOf) -> None:
        self._assumptions = tuple(assumptions)
        self._evaluator = evaluator
        self._answers = answers
        read = (facts_read(each, evaluator.definitions) for one in assumptions for each in one.conditions)
        self.facts = frozenset(name for names in read for name in names)  # that are tied to others

    def is_possible(self, known: Known) -> bool:
        """Return False if no whole case with these facts keeps the assumptions."""
        tried = 0
        stack = [known]
        while stack:
            here = stack.pop()
            lacking = self._lacking(here)
            if lacking is None:
                continue
            tried += 1
            answers = self._answers(lacking[0], known) if lacking else None
            if answers is None or tried > MOST_TRIED:
                return True
            stack += (self._evaluator.with_answers(here, {lacking[0]: each}) for each in reversed(answers))
        return False

    def _lacking(self, known: Known) -> tuple[FactName, ...] | None:
        """Return the facts on which it depends whether the assumptions are kept; None if one is broken."""
        found: tuple[FactName, ...] = ()
        value = self._evaluator.value
        for each in self._assumptions:
            when = True if each.when is None else value(each.when, known)
            then = None if when is False else value(each.then, known)
            if when is False or then is True:
                continue
            if when is True and then is False:
                return None
            conditions = [each.then] if each.when is None or when else [each.when, each.then]
            found = found or tuple(name for one in conditions for name in needed(one, known, self._evaluator))
        return found
