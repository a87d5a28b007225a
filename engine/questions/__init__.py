"""Which question comes next, and which can still matter."""

from praxe.engine.questions.order import Order
from praxe.engine.questions.strategies import Questions

__all__ = ["Order", "Questions"]
