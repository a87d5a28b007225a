"""Where a condition holds: two sets of cases, apart because a policy may have no answer in the rest."""

from __future__ import annotations

from typing import Final, NamedTuple

from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE


class Truth(NamedTuple):
    """In which cases a condition holds, and in which it does not."""

    yes: int
    no: int


ALWAYS: Final = Truth(EVERY_CASE, NO_CASE)
NEVER: Final = Truth(NO_CASE, EVERY_CASE)
