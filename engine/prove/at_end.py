"""The condition of a rule once a case has come to its end, when it is known whether `desfecho é …` holds.

In: a condition, and the outcome of a case. Out: the condition without a word on the outcome.
"""

from __future__ import annotations

from dataclasses import replace

from praxe.dsl.tree import And, Expression, Not, Or, OutcomeIs, OutcomeName
from praxe.engine.prove.leaves import NO, YES


def at_end(condition: Expression, outcome: OutcomeName | None) -> Expression:
    """Return the condition of a rule as it is for a case that ended with this outcome (None: with none)."""
    match condition:
        case OutcomeIs(outcome=ref):
            return YES if ref.name == outcome else NO
        case Not(operand=operand):
            return replace(condition, operand=at_end(operand, outcome))
        case And(operands=operands) | Or(operands=operands):
            return replace(condition, operands=tuple(at_end(each, outcome) for each in operands))
        case _:
            return condition
