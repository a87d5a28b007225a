"""One case out of many: the way back from a node to the start, with as few answers as will do.

In: which cases reach which node. Out: a choice of classes (axis -> class), each case of which reaches the node. At each
node on the way back the branch is taken that asks the fewest further answers. Facts do not change on the way, so the
choices add up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from praxe.engine.graph import Call
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.reach import Reach

Choice = dict[int, int]
Few = Callable[[int], Choice | None]


class _Place(NamedTuple):
    """A node on the way back, and whether what had to be passed was passed there already (then `of` says so)."""

    of: Reach
    number: int


def choice_reaching(
    found: Reach,
    number: int,
    *,
    few: Few | None = None,
    among: int = EVERY_CASE,
    chosen: Mapping[int, int] | None = None,
) -> Choice | None:
    """Return a choice whose cases reach a node and are in `among`; None if there is none.

    Args:
        few: what chooses the classes of some cases, if not all combinations of them can be.
        chosen: classes that are chosen already.
    """
    diagrams = found.flow.diagrams
    few = few or diagrams.smallest
    choice: Choice = dict(chosen or {})
    first = few(diagrams.given(diagrams.both(found.at[number], among), choice))
    if first is None:
        return None
    choice |= first
    here: _Place | None = _Place(found, number)
    calls: list[_Place] = []  # that have to be reached besides
    seen: set[tuple[bool, int]] = set()  # a procedure called twice must not lead round in a circle
    while here is not None:
        seen.add((here.of.before is None, here.number))
        best: tuple[Choice, _Place | None, _Place | None] | None = None
        for before, cases, call in _ways_back(here):
            if before is not None and (before.of.before is None, before.number) in seen:
                continue
            small = few(diagrams.given(cases, choice))
            if small is not None and (best is None or len(small) < len(best[0])):
                best = (small, before, call)
        if best is None:
            return None  # facts were forgotten on the way: what is left is no case
        choice |= best[0]
        here = best[1]
        if best[2]:
            calls.append(best[2])
    for call in calls:
        more = choice_reaching(call.of, call.number, few=few, chosen=choice)
        if more is None:
            return None
        choice = more
    return choice


def _ways_back(here: _Place) -> Iterator[tuple[_Place | None, int, _Place | None]]:
    """Yield each place that leads here (None: the start), the cases that come from there, and a call still to reach."""
    found, number = here
    flow, both = found.flow, found.flow.diagrams.both
    if found.before is None:
        for name, cases in found.entering.items():
            if flow.start_of(name) == number:
                yield None, cases, None
    for source, place in flow.sources[number]:
        if source in found.avoided:
            continue
        edge, node = flow.cases_of[source][place], flow.nodes[source]
        back = found.returns[node.callee] if isinstance(node, Call) else EVERY_CASE
        yield _Place(found, source), both(both(found.at[source], edge), back), None
        if found.before is None:
            continue
        if source in found.passed:
            yield _Place(found.before, source), both(both(found.before.at[source], edge), back), None
        last = flow.return_of(node.callee) if isinstance(node, Call) else None
        if last is not None:
            cases = both(both(found.at[last], edge), found.before.at[source])
            yield (_Place(found, last), cases, _Place(found.before, source)) if cases else (None, NO_CASE, None)
    for call in flow.callers.get(number, ()):
        if call not in found.avoided:
            yield _Place(found, call), found.at[call], None
