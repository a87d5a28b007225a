"""Explanations of decisions: why, why not, what if, and the smallest change that gives another end.

In: a decision. Out: records of plain data with their texts, in the decision's language. All that an explanation claims
of another case has been decided before it is shown.
"""

from __future__ import annotations

from praxe.engine.explanation.compare import Comparison, compare, what_if
from praxe.engine.explanation.other_end import OtherEnd, nearest, why_not
from praxe.engine.explanation.why import Explanation, why

__all__ = ["Comparison", "Explanation", "OtherEnd", "compare", "nearest", "what_if", "why", "why_not"]
