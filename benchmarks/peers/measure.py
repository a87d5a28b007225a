"""Checking and timing the engines side by side.

Timed is processor time, all threads of the process together, in short rounds that take turns; of each the best counts.
"""

from __future__ import annotations

import importlib
import platform
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from importlib.metadata import version
from typing import Any

from benchmarks.cancellation import cases, twins
from benchmarks.peers import Peer
from benchmarks.peers.ours import peers as ours

CASES = 2_500
ROUNDS = 15
ROUND = 0.06  # seconds
OTHERS = (
    ("cel_rust", {}, "common-expression-language"),
    ("zen_tables", {}, "zen-engine"),
    ("zen_tables", {"trace": True}, "zen-engine"),
    ("cedar", {}, "cedarpy"),
    ("rego", {}, "regopy"),
    ("spiff", {}, "SpiffWorkflow"),
)


def contenders() -> Iterator[tuple[Peer, str]]:
    """Yield each engine that is installed, with its version."""
    for peer in ours():
        yield peer, version("praxe") if peer.name.startswith("Praxe") else platform.python_version()
    for module, how, package in OTHERS:
        try:
            yield importlib.import_module(f"benchmarks.peers.{module}").peer(**how), version(package)
        except ImportError:
            print(f"{package} is not installed: pip install -e '.[bench]'", file=sys.stderr)


def check(peer: Peer, drawn: Sequence[dict[str, Any]]) -> None:
    """Make sure that an engine gives what the usual Python gives, on every case."""
    for case in drawn:
        outcome, steps = peer.read(peer.decide(peer.given(case)))
        if (outcome, list(steps)) != twins.usual(case):
            raise SystemExit(f"{peer.name} differs on {case}: {outcome}, {steps}; not {twins.usual(case)}")


def timed(peer: Peer, given: Sequence[Any], first: int, count: int) -> float:
    """Return the processor time of deciding so many cases, in seconds."""
    decide = peer.decide
    chosen = [given[(first + number) % len(given)] for number in range(count)]
    start = time.process_time()
    for facts in chosen:
        decide(facts)
    return time.process_time() - start


def measure(found: Sequence[Peer], drawn: Sequence[dict[str, Any]]) -> list[float]:
    """Return the cases a second of each engine: the best of rounds that take turns."""
    given = [[peer.given(case) for case in drawn] for peer in found]
    runs = [partial(timed, peer, facts) for peer, facts in zip(found, given, strict=True)]
    sizes = [max(1, round(ROUND / max(run(0, 20) / 20, 1e-8))) for run in runs]
    best = [0.0] * len(runs)
    for number in range(ROUNDS):
        for place, (run, size) in enumerate(zip(runs, sizes, strict=True)):
            best[place] = max(best[place], size / max(run(number * size, size), 1e-9))
    return best


def table(found: Sequence[tuple[Peer, str]], figures: Sequence[float]) -> str:
    """Return the results as Markdown; each beside the compiled policy."""
    lines = [
        "| engine | version | cases/s | Praxe, compiled, is faster by | told of the reasons |",
        "|---|---|---:|---:|---|",
    ]
    for (peer, number), figure in zip(found, figures, strict=True):
        ratio = figures[0] / figure
        times = f"{ratio:,.0f} ×" if ratio >= 10 else f"{ratio:.2f} ×"
        lines.append(f"| {peer.name} | {number} | {figure:,.0f} | {times} | {peer.explains} |")
    return "\n".join(lines)


def compare() -> tuple[list[tuple[Peer, str]], list[float]]:
    """Check that all agree, and return them with their cases a second."""
    drawn = cases.draw(CASES)
    found = list(contenders())
    for peer, _ in found:
        check(peer, drawn)
        print(f"agrees on {len(drawn):,} cases: {peer.name}", file=sys.stderr)
    return found, measure([peer for peer, _ in found], drawn)
