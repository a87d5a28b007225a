"""How long comparing two versions of a policy takes, and how that grows: 40 to 40,000 decisions, one edit to twenty.

The policies are those of `benchmarks.prove`; an edit is a mistake as `praxe test --mutants` makes them, each in a
procedure drawn at random. Both versions are loaded already; beside each time stands how many groups were found.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import partial
from typing import Final

from benchmarks.prove import SIZES, best, wide
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format_parts import Parts
from praxe.dsl.keywords import faces
from praxe.dsl.tree import Nothing
from praxe.engine.diff import PolicyDifference, compare
from praxe.engine.mutants.edits import Edits
from praxe.engine.mutants.mistake import Mutant
from praxe.engine.policy import Policy

EDITS: Final = (1, 5, 20)
_OWN: Final = "roteiro_"  # how the procedures that may be edited are called


def run() -> Iterator[tuple[str, float, str]]:
    """Yield name, figure and unit of each measurement."""
    for size in SIZES:
        checked = wide(size)
        old = Policy(checked)
        for count in EDITS:
            new = Policy(edited(checked, count, random.Random(size + count)))
            found: list[PolicyDifference] = []
            work = partial(_compared, old, new, found)
            rounds = 1 if size > 4_000 else 3 if size > 400 else 10
            yield f"{size} decisions, {count} edits", best(work, rounds) * 1e3, "ms"
            yield f"  groups{'' if found[0].is_exact else ' (not all cases)'}", len(found[0].groups), "groups"


def _compared(old: Policy, new: Policy, found: list[PolicyDifference]) -> None:
    found.append(compare(old, new))


def edited(checked: CheckedPolicy, count: int, chance: random.Random) -> CheckedPolicy:
    """Return a policy with so many mistakes in it."""
    names = [name for name in checked.procedures if name.startswith(_OWN)]
    for _ in range(count):
        item = checked.procedures[chance.choice(names)]
        edits = Edits(checked, Parts(faces()[checked.manifest.language]))
        edit = chance.choice([each for each in edits.of(item) if not isinstance(each.old, Nothing)])
        checked = Mutant(edit=edit, item=item).of(checked)
    return checked
