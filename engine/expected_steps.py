"""A step that a scenario expects, written as after `faça`: with arguments, with a deadline.

In: the step as the language reads it, and a decision. Out: whether a step of the decision is that one. Arguments and a
deadline that the scenario leaves out may be any.
"""

from __future__ import annotations

from collections.abc import Callable

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import ActionName, Deadline, Expression, FactRef
from praxe.engine.decision import Decision
from praxe.engine.records import DecidedStep, Due
from praxe.engine.values import json_value


@record
class ExpectedStep(RecordBase):
    """A step with what it carries; `action` None: free text."""

    action: ActionName | None
    text: str | None
    arguments: tuple[tuple[str, Expression], ...] = ()
    deadline: Deadline | None = None

    def fits(self, step: DecidedStep, decision: Decision) -> bool:
        """Return whether `step` of the decision is the one expected."""
        if self.action != step.action or (self.action is None and self.text != step.text):
            return False
        return all(self._is_worth(step, decision, *each) for each in self.arguments) and _is_due(self.deadline, step)

    def _is_worth(self, step: DecidedStep, decision: Decision, parameter: str, value: Expression) -> bool:
        worth = decision.policy.program.evaluator.value(value, decision.known)
        fact = decision.policy.checked.fact(value.name) if isinstance(value, FactRef) else None
        return worth is not None and step.args.get(parameter) == json_value(worth, fact)


Fits = Callable[[DecidedStep, Decision], bool]


def fits_by_name(wanted: str) -> Fits:
    """Return the test of a step named only by its action or its text."""
    return lambda step, _: wanted in {step.action, step.text}


def _is_due(deadline: Deadline | None, step: DecidedStep) -> bool:
    if deadline is None:
        return True
    due: Due | None = step.deadline
    if due is None or due.kind != deadline.promptness.value:
        return False
    length = deadline.duration
    return length is None or (due.amount, due.unit) == (length.amount, length.unit.value)
