"""Lines of definitions and rows of tables that answer no case.

In: what is possible at all. Out: findings, true of every case. Definitions are read from anywhere, so the cases are
all those that break no assumption.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.tree import Definition, HitPolicy, Table
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.table_sets import MOST_ROWS, first_hits, row_truths


def idle_lines(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the `quando` lines, last lines and rows that never give their value."""
    for definition in proofs.policy.checked.definitions.values():
        if isinstance(definition, Table):
            if len(definition.rows) <= MOST_ROWS:  # of larger ones the checker has looked at the rows by themselves
                yield from _rows(proofs, definition)
        elif definition.cases:
            yield from _cases(proofs, definition)


def _cases(proofs: Proofs, definition: Definition) -> Iterator[ProofFinding]:
    both = proofs.diagrams.both
    left = proofs.possible
    for each in definition.cases:
        truth = proofs.meaning.truth(each.condition)
        if left != NO_CASE and not both(left, truth.yes):
            yield of_every_case(Check.DEFINITIONS, "PX414", each.condition.span)
        left = both(left, truth.no)
    if left == NO_CASE:
        yield of_every_case(Check.DEFINITIONS, "PX414", definition.otherwise.span)


def _rows(proofs: Proofs, table: Table) -> Iterator[ProofFinding]:
    if table.hit_policy is HitPolicy.FIRST:
        hits = first_hits(table, proofs.meaning)
    else:
        hits = [truth.yes for truth in row_truths(table, proofs.meaning)]
    for row, cases in zip(table.rows, hits, strict=True):
        if not proofs.diagrams.both(proofs.possible, cases):
            yield of_every_case(Check.DEFINITIONS, "PX415", row.span)
