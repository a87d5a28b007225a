"""Compiled policies of the largest size: 40,000 decisions (120,000 nodes), 50,000 in a row, tables of 5,000 rows.

A case of the first has all of its 16,000 facts, 0.8 MB; there are a hundred, so that memory is not what is measured.
"""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.compiled import Row, grown
from benchmarks.grown import chain_of, table_of, tree_of


def run() -> list[Row]:
    """Measure everything; takes a minute, most of it to build the policies."""
    return list(_rows())


def _rows() -> Iterator[Row]:
    yield from grown("40,000 decisions", tree_of(40_000), 100)
    yield from grown("50,000 decisions in a row", chain_of(50_000), 10, rounds=3)
    yield from grown("a table of 5,041 rows, keys", table_of(5_041, is_keyed=True), 2_000)
    yield from grown("a table of 5,041 rows, intervals", table_of(5_041, is_keyed=False), 2_000)
