"""Drawing: from a procedure to SVG, warm (the second time in a process), and how that grows with its size and shape.

Goals: 50 nodes 0.2 s, 500 nodes 1.5 s, 2,000 nodes 8 s. Processor time, the best of some runs.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator

from benchmarks.generated import MANIFEST, PROCEDURE, VOCABULARY
from benchmarks.text import Row
from praxe.dsl.passes import check_policy_texts
from praxe.dsl.tree import ProcedureName
from praxe.engine.policy import Policy
from praxe.visualize import Drawing, RenderWorker, flowchart, render
from praxe.visualize.check import check_drawing
from tests.visualize import sample
from tests.visualize.stress import STRESS, stress

_ENTRY = ProcedureName("entrada")
_START = "procedimento entrada:\n"
_SIZES = (50, 500, 2_000)
_BLOCK = "".join(PROCEDURE.splitlines(keepends=True)[3:])  # nine nodes, in which the ways part and join again
_EARLY_END = "  se {fact}:\n    faça cobrar\n    fim cancelado\n"  # three nodes
_FACTS, _VALUES = 7, 4
_WIDE_FACTS = "".join(
    f"  f{number}: {{type: one_of, label: F{number}, question: F{number}?, values: {{v1: A, v2: B, v3: C, v4: D}}}}\n"
    for number in range(_FACTS)
)


def run() -> list[Row]:
    """Draw procedures of every shape at each size."""
    checked, graph = sample.email()
    email = flowchart(checked, graph, sample.EMAIL, language="pt")
    rows = [("an e-mail procedure of 54 nodes to SVG", _best(email), "s")]
    for name, shape in (("merging", _merging), ("deep", _deep), ("wide", _wide), ("random", _random)):
        seconds: dict[int, float] = {}
        for size in _SIZES:
            drawing = shape(size)
            cards = len(drawing.chart.cards)
            seconds[cards] = _best(drawing)
            rows.append((f"{name}, {cards:,} boxes to SVG", seconds[cards], "s"))
        small, large = list(seconds)[1:]
        rows.append((f"{name}: {large / small:.1f} times the boxes take", seconds[large] / seconds[small], "times"))
    with RenderWorker() as worker:
        worker.render(email, "svg")
        rows.append(("54 nodes to SVG in a process of its own", _elapsed(lambda: worker.render(email, "svg")), "s"))
    rows.append(("measuring that drawing", _elapsed(lambda: check_drawing(email)), "s"))
    return rows


def _best(drawing: Drawing) -> float:
    times = 5 if len(drawing.chart.cards) < 200 else 2
    found = []
    for _ in range(times + 1):
        start = time.process_time()
        render(drawing, "svg")
        found.append(time.process_time() - start)
    return min(found[1:])


def _elapsed(work: Callable[[], object]) -> float:
    found = []
    for _ in range(5):
        start = time.perf_counter()
        work()
        found.append(time.perf_counter() - start)
    return min(found)


# --- shapes ---------------------------------------------------------------------------------------------------------


def _drawn(text: str, *, facts: str = "") -> Drawing:
    vocabulary = VOCABULARY.replace("facts:\n", f"facts:\n{facts}", 1)
    files = {"policy.yaml": MANIFEST, "vocabulary.yaml": vocabulary, "grande.praxe": text}
    checked, found = check_policy_texts("grande", files)
    assert checked is not None, found
    return flowchart(checked, Policy(checked).graph, _ENTRY, language="pt")


def _merging(size: int) -> Drawing:
    """One block after the other, in each of which the ways part and join again."""
    blocks = "".join(_BLOCK.format(number=number) for number in range(size // 9))
    return _drawn(f"{_START}{blocks}  fim cancelado\n")


def _deep(size: int) -> Drawing:
    """One question below the other, each of which may end the case."""
    ends = "".join(_EARLY_END.format(fact=fact) for _ in range(size // 6) for fact in ("cliente_confirmou", "contato"))
    return _drawn(f"{_START}{ends}  fim cancelado\n")


def _wide(size: int) -> Drawing:
    """Questions of four answers inside one another, with an end under each."""
    text = "".join(_nested(0, size))
    return _drawn(f"{_START}{text}", facts=_WIDE_FACTS)


def _nested(depth: int, size: int) -> Iterator[str]:
    indent = "  " * (2 * depth + 1)
    if size < 2 * _VALUES or depth == _FACTS:
        yield f"{indent}fim cancelado\n"
        return
    yield f"{indent}caso f{depth}:\n"
    for value in ("v1", "v2", "v3", "v4"):
        yield f"{indent}  {value}:\n"
        yield from _nested(depth + 1, size // _VALUES)


def _random(size: int) -> Drawing:
    """Steps, questions, waits and retries at random, whose ends meet anywhere: worse than any text can say."""
    return flowchart(*stress(1, size=size * 4 // 5), STRESS, language="pt")
