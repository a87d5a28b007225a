"""Reading the language: the tables of its grammar, made and loaded; a long policy read and checked; its growth."""

from __future__ import annotations

import time
from collections.abc import Callable

from benchmarks.generated import policy_of
from praxe.dsl.lalr import new_grammar
from praxe.dsl.language_tables import grammar_tables
from praxe.dsl.passes import check_policy_texts

Row = tuple[str, float, str]


def best_of(times: int, work: Callable[[], object]) -> float:
    """Return the shortest time of some runs, in seconds."""
    found = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


def run() -> list[Row]:
    """Measure; the goals are in the issue tracker and in benchmarks/RESULTS.md."""
    made, loaded = best_of(3, grammar_tables), best_of(5, new_grammar)
    rows = [("the grammar's tables, made by Lark", made, "s"), ("the grammar's tables, loaded", loaded, "s")]
    seconds = {}
    for lines in (2_500, 10_000):
        texts = policy_of(lines)

        def check(texts: dict[str, str] = texts) -> None:
            policy, _ = check_policy_texts("grande", texts)
            assert policy

        seconds[lines] = best_of(3, check)
        rows.append((f"parse and check, {texts['grande.praxe'].count(chr(10)):,} lines", seconds[lines], "s"))
    rows.append(("growth: 4 times the lines take", seconds[10_000] / seconds[2_500], "times as long"))
    return rows
