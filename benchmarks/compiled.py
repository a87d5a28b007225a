"""Compiled policies: cases per second, beside the same procedure by hand; growth, tables, partial facts, start, memory.

All figures in CPU time of one thread. What is compared is run in turns, so that a busy machine slows both alike. The
cases of a run are checked to be decided alike before anything is measured.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from benchmarks.cancellation import twins
from benchmarks.cancellation.cases import draw as draw_cancellation
from benchmarks.cancellation.cases import policy as cancellation
from benchmarks.grown import chain_of, draw, nested_of, questions_of, table_of, tree_of
from benchmarks.installed import environment
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.vocabulary import Fact
from praxe.engine import CompiledPolicy, Policy
from praxe.engine.walk import walk

Row = tuple[str, float, str]
Facts = Mapping[str, Any]
ROOT = Path(__file__).parents[1]


def lap(work: Callable[[Facts], object], cases: Sequence[Facts]) -> float:
    """Return the seconds that `work` takes on all cases."""
    start = time.process_time()
    for case in cases:
        work(case)
    return time.process_time() - start


def in_turns(works: Mapping[str, Callable[[Facts], object]], cases: Sequence[Facts], rounds: int) -> dict[str, float]:
    """Return cases per second of each, at its best of several rounds."""
    best = dict.fromkeys(works, float("inf"))
    for _ in range(rounds):
        for name, work in works.items():
            best[name] = min(best[name], lap(work, cases))
    return {name: len(cases) / seconds for name, seconds in best.items()}


def run() -> list[Row]:
    """Measure everything."""
    return [*_cancellation(), *_partial(), *_interview(), *_growth(), *_tables(), *_start(), *_memory()]


def _cancellation() -> Iterator[Row]:
    policy = cancellation()
    compiled = policy.compile()
    cases = draw_cancellation(1_500)
    for case in draw_cancellation(2_500, seed=1):
        path = compiled.evaluate(case)
        steps = [each.action for each in path.steps]
        assert twins.usual(case) == (path.outcome, steps)
        outcome, parts = twins.prebuilt(case)
        assert (outcome, [each for part in parts for each in part]) == (path.outcome, steps)
        assert policy.decide(case).to_json() == compiled.decide(case).to_json()
    evaluate, start = compiled.evaluate, policy.program.landings[policy.manifest.entry]

    def answered(case: Facts) -> object:
        path = evaluate(case)
        return path.outcome, path.steps

    def explained(case: Facts) -> object:
        path = evaluate(case)
        return path.outcome, path.steps, path.trace, path.clauses

    known: list[dict[Any, Any]] = [dict(case) for case in cases]
    found = in_turns(
        {
            "by hand, answers prebuilt (no reasons)": twins.prebuilt,
            "by hand, as usual (no reasons)": twins.usual,
            "compiled: outcome, steps and full trace": evaluate,
            "compiled, an object with the facts": compiled.case,
            "compiled, only the outcome taken": lambda case: evaluate(case).outcome,
            "compiled, outcome and steps taken": answered,
            "compiled, outcome, steps, trace, clauses taken": explained,
            "reference walk": lambda case: walk(policy.program, start, case),  # type: ignore[arg-type]
            "compiled.decide, facts checked": compiled.decide,
            "Policy.decide, facts checked": policy.decide,
        },
        known,
        rounds=100,
    )
    yield from ((f"cancellation: {name}", figure, "cases/s") for name, figure in found.items())
    hand, figure = found["by hand, answers prebuilt (no reasons)"], found["compiled: outcome, steps and full trace"]
    yield "cancellation: compiled, as a part of prebuilt", figure / hand, "times"
    told, untold = found["compiled, outcome, steps, trace, clauses taken"], found["compiled, outcome and steps taken"]
    yield "cancellation: explained, as a part of unexplained", told / untold, "times"
    bare = found["compiled, only the outcome taken"]
    yield "cancellation: with full trace, as a part of the outcome alone", figure / bare, "times"
    decisions = [sum(each.kind == "decision" for each in evaluate(case).trace) for case in cases]
    yield "cancellation: questions on a path, on average", sum(decisions) / len(cases), "questions"


def _partial() -> Iterator[Row]:
    compiled = cancellation().compile()
    for share in (0.99, 0.9, 0.7):
        cases = draw_cancellation(3_000, share=share)
        pending = sum(compiled.evaluate(case).asks is not None for case in cases) / len(cases)
        found = in_turns({"": compiled.evaluate}, cases, rounds=30)[""]
        yield f"partial facts, {share:.0%} known, {pending:.0%} ask", found, "cases/s"


def _interview() -> Iterator[Row]:
    """Ask one question after the other, deciding anew from the start each time."""
    grown, facts = tree_of(400)
    for name, compiled, cases in (
        ("cancellation", cancellation().compile(), draw_cancellation(1_000, seed=2)),
        ("400 decisions", Policy(grown).compile(), draw(facts, 200)),
    ):
        for _ in range(2):  # the second time all that is remembered is there
            times: list[int] = []
            for case in cases:
                known: dict[str, Any] = {}
                while True:
                    start = time.perf_counter_ns()
                    asked = compiled.evaluate(known).asks
                    times.append(time.perf_counter_ns() - start)
                    if asked is None:
                        break
                    known[asked] = case[asked]
        times.sort()
        yield f"next question, {name}, median", times[len(times) // 2] / 1e3, "µs"
        yield f"next question, {name}, p99", times[len(times) * 99 // 100] / 1e3, "µs"


def _growth() -> Iterator[Row]:
    for decisions in (40, 400, 4_000):
        yield from grown(f"{decisions:,} decisions", tree_of(decisions), 2_000)
    yield from grown("a tree of 4,095 questions", questions_of(12), 2_000)
    yield from grown("500 levels of nesting", nested_of(500), 500)
    yield from grown("4,000 decisions in a row", chain_of(4_000), 100)


def grown(name: str, made: tuple[CheckedPolicy, list[Fact]], count: int, rounds: int = 10) -> Iterator[Row]:
    """Measure one policy: to compile it and decide a first case, all cases for the first time, and then again.

    Functions are made when a case first comes to them, and a path is told when somebody first looks at it: the first
    time shows what that costs.
    """
    checked, facts = made
    policy, cases = Policy(checked), draw(facts, count)
    compiling: list[float] = []
    first: list[float] = []
    for _ in range(3):
        gc.collect()
        start = time.process_time()
        compiled = policy.compile()
        compiled.evaluate(cases[0])
        compiling.append(time.process_time() - start)
        first.append(lap(compiled.evaluate, cases))
    for case in cases[:20]:
        assert compiled.decide(case).arrival == policy.decide(case).arrival
    path = sum(len(compiled.evaluate(case).picks) for case in cases[:100]) / len(cases[:100])
    yield f"{name}, {path:.0f} on the path", in_turns({"": compiled.evaluate}, cases, rounds)[""], "cases/s"
    yield f"{name}, to compile, with a first case", min(compiling) * 1e3, "ms"
    yield f"{name}, each case for the first time", len(cases) / min(first), "cases/s"


def _tables() -> Iterator[Row]:
    for is_keyed in (True, False):
        name = "a table of 3,721 rows, " + ("keys" if is_keyed else "intervals")
        checked, facts = table_of(3_800, is_keyed=is_keyed)
        compiled = Policy(checked).compile()
        cases = draw(facts, 2_000)
        start = time.process_time()
        compiled.evaluate(cases[0])
        yield f"{name}, built at the first case", (time.process_time() - start) * 1e3, "ms"
        yield name, 1e6 / in_turns({"": compiled.evaluate}, cases, 20)[""], "µs"


_IMPORT = """
import time
start = time.process_time()
from praxe.engine import CompiledPolicy
imported = time.process_time()
CompiledPolicy.load({path!r})
print(imported - start, time.process_time() - imported)
"""


def _start() -> Iterator[Row]:
    with tempfile.TemporaryDirectory() as folder, environment() as installed:
        path = Path(folder) / "promad.json"
        Policy.load(ROOT / "policy" / "promad").compile().save(path)
        found = []
        for _ in range(15):
            command = [sys.executable, "-c", _IMPORT.format(path=str(path))]
            ran = subprocess.run(command, capture_output=True, text=True, check=True, env=installed)
            found.append([float(each) for each in ran.stdout.split()])
        CompiledPolicy.load(path)
        again = min(lap(lambda _: CompiledPolicy.load(path), [{}]) for _ in range(10))
    imported, loaded = (min(each) * 1e3 for each in zip(*found, strict=True))
    yield "import of the run time", imported, "ms"
    yield "load of promad, compiled, in a new process", loaded, "ms"
    yield "load of promad, compiled, again", again * 1e3, "ms"


def _memory() -> Iterator[Row]:
    import tracemalloc

    compiled = cancellation().compile()
    cases = draw_cancellation(5_000, seed=9)
    for case in cases:
        compiled.evaluate(case)
    gc.collect()
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _ in range(200):
        for case in cases:
            compiled.evaluate(case)
    grown = tracemalloc.get_traced_memory()[0] - before
    tracemalloc.stop()
    yield "memory that a million decisions leave behind", grown / 1024, "KiB"
