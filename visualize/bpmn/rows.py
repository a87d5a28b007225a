"""At which height each cell stands: links straight where they can be, cells close to what they are linked with.

In: cells in columns, in their order. Out: the height of each cell's middle line. Cells are first strung together into
blocks that stand at one height (after Brandes and Köpf), then blocks move towards the middle of what they are linked
with, as far as their neighbours allow.
Source: U. Brandes, B. Köpf, Fast and Simple Horizontal Coordinate Assignment, 2001.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from praxe.visualize.bpmn.cells import Cell
from praxe.visualize.bpmn.columns import Columns

_GAP: Final = 18.0  # between two cells
_ROUNDS: Final = 40


@dataclass(slots=True)
class _Block:
    cells: list[str]
    y: float = 0.0
    above: list[tuple[_Block, float]] = field(default_factory=list)  # what stands over it, and how far at least
    below: list[tuple[_Block, float]] = field(default_factory=list)


def heights(arranged: Columns) -> dict[str, float]:
    """Return the height of each cell's middle line, the least being that of the top."""
    blocks = _blocks(arranged)
    home = {name: block for block in blocks for name in block.cells}
    for column in arranged.columns:
        for upper, lower in pairwise(column):
            distance = _distance(arranged.cells[upper], arranged.cells[lower])
            home[upper].below.append((home[lower], distance))
            home[lower].above.append((home[upper], distance))
    _stack(blocks)
    linked = _linked(arranged, home)
    for number in range(_ROUNDS):
        for block in blocks if number % 2 else reversed(blocks):
            _pull(block, linked[id(block)])
    return {name: block.y for block in blocks for name in block.cells}


def _distance(upper: Cell, lower: Cell) -> float:
    return upper.below + _GAP + lower.above


def _blocks(arranged: Columns) -> list[_Block]:
    """String cells together, each with the one cell before it that it continues, so that no two strings cross."""
    place = {name: index for column in arranged.columns for index, name in enumerate(column)}
    before: Mapping[str, list[str]] = defaultdict(list)
    for source, target in arranged.links:
        before[target].append(source)
    home: dict[str, _Block] = {}
    blocks: list[_Block] = []
    for column in arranged.columns:
        free = 0  # cells of the column before from here on may still be continued
        for name in column:
            sources = sorted((each for each in before[name] if place[each] >= free), key=place.__getitem__)
            chosen = sources[(len(sources) - 1) // 2] if sources else None
            if chosen is not None:
                free = place[chosen] + 1
                home[name] = home[chosen]
                home[name].cells.append(name)
            else:
                home[name] = _Block([name])
                blocks.append(home[name])
    return blocks


def _stack(blocks: list[_Block]) -> None:
    """Put each block as high as what stands over it allows."""
    waiting = {id(block): len(block.above) for block in blocks}
    ready = [block for block in blocks if not block.above]
    while ready:
        block = ready.pop(0)
        block.y = max((upper.y + distance for upper, distance in block.above), default=0.0)
        for lower, _ in block.below:
            waiting[id(lower)] -= 1
            if not waiting[id(lower)]:
                ready.append(lower)


def _linked(arranged: Columns, home: Mapping[str, _Block]) -> Mapping[int, list[_Block]]:
    linked: Mapping[int, list[_Block]] = defaultdict(list)
    for source, target in arranged.links:
        if home[source] is not home[target]:
            linked[id(home[source])].append(home[target])
            linked[id(home[target])].append(home[source])
    return linked


def _pull(block: _Block, linked: list[_Block]) -> None:
    """Move a block to the middle of what it is linked with, as far as it can."""
    if not linked:
        return
    wanted = sum(each.y for each in linked) / len(linked)
    lowest = min((lower.y - distance for lower, distance in block.below), default=wanted)
    highest = max((upper.y + distance for upper, distance in block.above), default=wanted)
    if highest <= lowest:
        block.y = min(max(wanted, highest), lowest)
