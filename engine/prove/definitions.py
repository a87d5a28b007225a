"""Lines of definitions and rows of tables that answer no case.

In: what is possible at all. Out: findings, true of every case; and the lines of which no case at hand shows that they
answer. Definitions are read from anywhere, so the cases are all those that break no assumption.
"""

from __future__ import annotations

from collections.abc import Iterator

from praxe.dsl.source import Span
from praxe.dsl.tree import Definition, HitPolicy, Table
from praxe.engine.prove.confirmed import AtHand, left_open
from praxe.engine.prove.diagrams import NO_CASE
from praxe.engine.prove.findings import Check, ProofFinding, of_every_case
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.table_sets import MOST_ROWS, first_hits, row_truths


def idle_lines(proofs: Proofs) -> Iterator[ProofFinding]:
    """Yield the `quando` lines, last lines and rows that never give their value."""
    at_hand = AtHand(proofs)
    for definition in proofs.policy.checked.definitions.values():
        if isinstance(definition, Table):
            if len(definition.rows) > MOST_ROWS:
                continue  # of larger ones the checker has looked at the rows by themselves
            code, lines = "PX415", _rows(proofs, definition)
        else:
            code, lines = "PX414", _cases(proofs, definition)
        for span, cases in lines:
            if cases == NO_CASE:
                yield of_every_case(Check.DEFINITIONS, code, span)
            elif not at_hand.has(cases):
                yield left_open(Check.DEFINITIONS, code, span)


def _cases(proofs: Proofs, definition: Definition) -> Iterator[tuple[Span, int]]:
    """Yield each line of a definition with the cases that it answers, up to the first that leaves none over."""
    both = proofs.diagrams.both
    left = proofs.possible
    for each in definition.cases:
        if left == NO_CASE:
            break  # that line is told with the last one
        truth = proofs.meaning.truth(each.condition)
        yield each.condition.span, both(left, truth.yes)
        left = both(left, truth.no)
    if definition.cases:
        yield definition.otherwise.span, left


def _rows(proofs: Proofs, table: Table) -> Iterator[tuple[Span, int]]:
    if table.hit_policy is HitPolicy.FIRST:
        hits = first_hits(table, proofs.meaning)
    else:
        hits = [truth.yes for truth in row_truths(table, proofs.meaning)]
    for row, cases in zip(table.rows, hits, strict=True):
        yield row.span, proofs.diagrams.both(proofs.possible, cases)
