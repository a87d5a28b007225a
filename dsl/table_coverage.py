"""Part of pass 3: what a decision table leaves open, decides twice or never reaches.

In: a resolved table, its facts, and what the vocabulary assumes. Out: diagnostics, each with its first example. Rows
are boxes over the columns' classes: an AND over the columns is the rows that meet a row, none is a gap, two an overlap
(see `cover`). An assumption is boxes of cases that cannot be; they are looked at only where something is found.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate
from math import prod
from typing import Final

from praxe.dsl import tree as t
from praxe.dsl.cover import Cover, Question, TooManyStepsError
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import Face
from praxe.dsl.record import RecordBase, record
from praxe.dsl.table_columns import Column, bits
from praxe.dsl.table_grid import Combination, Grid, grid_assuming, grid_of
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Assumption, Fact

MOST_STEPS: Final = 2_000_000  # that one question about a table may take
MOST_BITS: Final = 200 * 2**23  # of a table's columns: 200 MB
_EXCUSED: Final = ("PX306", "PX307")  # what an assumption may rule out: a row without a case stays one


@record
class World(RecordBase):
    """What a policy knows beside its tables: facts, derived ones too, and what is assumed of them."""

    fact: Callable[[FactName], Fact]
    assumptions: Sequence[Assumption] = ()


def check_table(table: t.Table, world: World, face: Face) -> Iterator[Diagnostic]:
    """Yield the gaps, overlaps and unreachable rows of `table`, of the cases that no assumption rules out."""
    freely = _freely(table, world, face)
    yield from (each for each in freely if each.code not in _EXCUSED)
    excused = tuple(each for each in freely if each.code in _EXCUSED)
    yield from _assuming(table, world, face) if excused and _concerning(table, world) else excused


def ruled_out(table: t.Table, world: World, face: Face) -> Iterator[Diagnostic]:
    """Yield the gaps and overlaps of `table` that are there without the assumptions, and not with them."""
    if not _concerning(table, world):
        return
    freely = [each for each in _freely(table, world, face) if each.code in _EXCUSED]
    told = {(each.code, each.span) for each in _assuming(table, world, face)} if freely else set()
    yield from (each for each in freely if (each.code, each.span) not in told)


def _concerning(table: t.Table, world: World) -> tuple[Assumption, ...]:
    if not world.assumptions:
        return ()
    from praxe.dsl.assumed_boxes import concerning

    return concerning(world.assumptions, [ref.name for ref in table.inputs])


def _freely(table: t.Table, world: World, face: Face) -> tuple[Diagnostic, ...]:
    grid = grid_of(table, [world.fact(ref.name) for ref in table.inputs], face)
    if grid.bits > MOST_BITS:
        return _all_unknown(table)
    if table.hit_policy is t.HitPolicy.FIRST:
        masked, live = _masked(grid)
        return (*masked, *_gap(grid, live, is_disjoint=False))
    overlaps = tuple(_overlaps(grid))
    return (*overlaps, *_gap(grid, grid.all_rows, is_disjoint=not overlaps))


def _assuming(table: t.Table, world: World, face: Face) -> Iterator[Diagnostic]:
    try:
        grid: Grid | None = grid_assuming(table, _concerning(table, world), world.fact, face)
    except TooManyStepsError:
        grid = None
    if grid is None or grid.bits > MOST_BITS:
        yield from (each for each in _all_unknown(table) if each.args["what"] != "@table_masked")
        return
    if table.hit_policy is t.HitPolicy.UNIQUE:
        yield from _overlaps(grid)
    yield from _gap(grid, grid.all_rows, is_disjoint=False)


def _all_unknown(table: t.Table) -> tuple[Diagnostic, ...]:
    first = "table_masked" if table.hit_policy is t.HitPolicy.FIRST else "table_overlaps"
    return _unknown(table, first), _unknown(table, "table_gaps")


def _unknown(table: t.Table, what: str) -> Diagnostic:
    return Diagnostic("PX311", table.name_span, {"what": f"@{what}"})


# --- two rows for one case ---------------------------------------------------------------------------------------


def _overlaps(grid: Grid) -> Iterator[Diagnostic]:
    cover = Cover(MOST_STEPS)
    try:
        for index, row in enumerate(grid.table.rows):
            for other in bits(grid.meeting[index] & ((1 << index) - 1)):
                example = _case_of_both(grid, cover, index, other)
                if example:
                    related = (Related(grid.table.rows[other].span, "first"),)
                    yield Diagnostic("PX306", row.span, {"example": grid.named(example)}, related)
                    break
    except TooManyStepsError:
        yield _unknown(grid.table, "table_overlaps")


def _case_of_both(grid: Grid, cover: Cover, one: int, other: int) -> Combination | None:
    shared = grid.shared(one, other)
    broken = grid.broken & grid.meeting[one] & grid.meeting[other]
    if not broken:
        return [stretches[0][0] for stretches in shared]
    places = grid.cut(shared, broken)
    found = cover.first_open(broken, grid.admitting(places))
    return found and [each[chosen or 0] for each, chosen in zip(places, found, strict=True)]


# --- a row without a case ----------------------------------------------------------------------------------------


def _masked(grid: Grid) -> tuple[list[Diagnostic], int]:
    """Return a finding for each row whose cases are decided above it, and the others (bits)."""
    cover, live, found = Cover(MOST_STEPS), grid.all_rows, []
    rows, is_open = grid.table.rows, False
    for index, row in enumerate(rows):
        above = (1 << index) - 1
        try:
            is_masked = _is_masked(grid, cover, index, live & above)
        except TooManyStepsError:
            is_open = True  # the next may be simple
            continue
        if is_masked:
            first = rows[(grid.meeting[index] & above).bit_length() - 1]
            found.append(Diagnostic("PX308", row.span, {}, (Related(first.span, "first"),)))
            live ^= 1 << index  # what it holds, the others hold
    return found + [_unknown(grid.table, "table_masked")] * is_open, live


def _is_masked(grid: Grid, cover: Cover, index: int, above: int) -> bool:
    rivals = grid.meeting[index] & above
    if not rivals or grid.holding[index] & above:
        return bool(rivals)
    if cover.steps < 0:
        raise TooManyStepsError
    return cover.is_all(rivals, grid.choices(index, rivals))


# --- a case without a row ----------------------------------------------------------------------------------------


def _gap(grid: Grid, rows: int, *, is_disjoint: bool) -> Iterator[Diagnostic]:
    try:
        gap = _first_open(grid, rows | grid.broken, is_disjoint=is_disjoint)
    except TooManyStepsError:
        yield _unknown(grid.table, "table_gaps")
        return
    if gap:
        yield Diagnostic("PX307", grid.table.name_span, {"example": grid.named(gap)})


def _first_open(grid: Grid, boxes: int, *, is_disjoint: bool) -> Combination | None:
    """Return the first combination in no box; any class will do where None stands.

    Boxes with fewer cases than there are leave a gap; those that share no case leave one only then.
    """
    boxes = _needed(grid, boxes)
    columns, left = grid.columns, list(bits(boxes))
    rest = [(number, column.admitting) for number, column in enumerate(columns)]
    question = Question(Cover(MOST_STEPS))
    if sum(_cases(columns, left)) >= prod(column.axis.size for column in columns) and (
        is_disjoint or question.is_all(boxes, rest)
    ):
        return None
    gap: list[int | None] = []
    for number, column in enumerate(columns):
        if not left:
            break
        counted, every = _counted(column, columns[number + 1 :], left)
        place = next(
            place
            for place, count in enumerate(counted)
            if count < every
            or not (is_disjoint or question.is_all(boxes & column.admitting[place], rest[number + 1 :]))
        )
        gap.append(place)
        boxes &= column.admitting[place]
        left = [index for index in left if boxes >> index & 1]
    return [*gap, *(None for _ in columns[len(gap) :])]


def _needed(grid: Grid, boxes: int) -> int:
    """Leave out each box that another holds all by itself."""
    for index in bits(boxes):
        if grid.holding[index] & boxes & ~(1 << index):
            boxes ^= 1 << index
    return boxes


def _counted(column: Column, rest: Sequence[Column], boxes: Sequence[int]) -> tuple[Iterator[int], int]:
    """Return how many cases boxes have in the rest of the columns, by class of this one; and how many there are."""
    changes = [0] * (column.axis.size + 1)
    for index, cases in zip(boxes, _cases(rest, boxes), strict=True):
        for first, last in column.cells[index]:
            changes[first] += cases
            changes[last + 1] -= cases
    return accumulate(changes[:-1]), prod(each.axis.size for each in rest)


def _cases(columns: Sequence[Column], boxes: Sequence[int]) -> Iterator[int]:
    """Yield how many combinations of classes each of some boxes admits."""
    for index in boxes:
        yield prod([sum([last - first + 1 for first, last in column.cells[index]]) for column in columns])
