"""Decision tables as sets of cases: which cases each answer of a table stands for.

In: a table, and what its cells mean. Out: the cases of each answer. A table whose columns are plain facts is read
column by column with the rows still alive as the bits of one number, as its coverage is checked; any other, row by row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

from praxe.dsl.tree import Expression, FactRef, HitPolicy, Pattern, Row, Table
from praxe.dsl.vocabulary import FactType
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.prove.leaves import pattern_key
from praxe.engine.prove.truth import Truth
from praxe.engine.wording import text_of

if TYPE_CHECKING:
    from praxe.engine.prove.meaning import Meaning

_Decide = Callable[[int], str | None]

FEW_ROWS: Final = 12  # up to so many, row by row costs less


MOST_ROWS: Final = 400  # that are put together row by row
MOST_STATES: Final = 5_000  # columns and rows still alive that are told apart


class _TooLargeError(Exception):
    """A way out of a table with too many kinds of cases, never seen outside this file."""


class _Column(NamedTuple):
    """One column: the rows (bits) that each class of its axis leaves alive."""

    axis: int
    alive: tuple[int, ...]


def table_pieces(table: Table, meaning: Meaning) -> list[tuple[int, Expression]]:
    """Return the cases of each answer; a case without an answer, or with two that differ, is in none.

    Of a table too large for that every case may have any answer, and the meaning is no longer exact: what then cannot
    happen, cannot happen indeed.
    """
    columns = _columns(table, meaning) if len(table.rows) > FEW_ROWS else None
    answers: dict[str, Expression] = {}
    for row in table.rows:
        answers.setdefault(text_of(row.output), row.output)
    sets = _by_columns(table, columns, meaning.diagrams) if columns else _by_rows(table, meaning)
    if sets is None:
        meaning.is_exact = False
        sets = dict.fromkeys(answers, EVERY_CASE)
    found: list[tuple[int, Expression]] = []
    for text, cases in sets.items():
        of = meaning.pieces(answers[text]) if not meaning.leaves.is_condition(answers[text]) else None
        if of is None:
            found.append((cases, answers[text]))
        else:
            found += [(both, leaf) for piece, leaf in of if (both := meaning.diagrams.both(cases, piece))]
    return found


def row_truths(table: Table, meaning: Meaning) -> list[Truth]:
    """Return, for each row, where it matches and where it does not."""
    return [_row(table, row, meaning) for row in table.rows]


def first_hits(table: Table, meaning: Meaning) -> list[int]:
    """Return, for each row of a table, the cases in which no row above it matches and it does."""
    left, found = EVERY_CASE, []
    for truth in row_truths(table, meaning):
        found.append(meaning.diagrams.both(left, truth.yes))
        left = meaning.diagrams.both(left, truth.no)
    return found


def _row(table: Table, row: Row, meaning: Meaning) -> Truth:
    yes, no = EVERY_CASE, NO_CASE
    for subject, cell in zip(table.inputs, row.cells, strict=True):
        if cell.patterns:
            truth = meaning.admits(subject, cell.patterns)
            yes, no = meaning.diagrams.both(yes, truth.yes), meaning.diagrams.either(no, truth.no)
    return Truth(yes, no)


def _by_rows(table: Table, meaning: Meaning) -> dict[str, int] | None:
    diagrams = meaning.diagrams
    if len(table.rows) > MOST_ROWS:
        return None
    sets: dict[str, int] = {}
    if table.hit_policy is HitPolicy.FIRST:
        for row, cases in zip(table.rows, first_hits(table, meaning), strict=True):
            text = text_of(row.output)
            sets[text] = diagrams.either(sets.get(text, NO_CASE), cases)
        return sets
    maybe: dict[str, int] = {}  # where it is not known whether a row with this answer matches
    for row, truth in zip(table.rows, row_truths(table, meaning), strict=True):
        text = text_of(row.output)
        sets[text] = diagrams.either(sets.get(text, NO_CASE), truth.yes)
        unknown = diagrams.without(diagrams.either(truth.yes, truth.no))
        maybe[text] = diagrams.either(maybe.get(text, NO_CASE), unknown)
    clear = {}
    for text, cases in sets.items():
        others = diagrams.any_of(each for other in sets if other != text for each in (sets[other], maybe[other]))
        clear[text] = diagrams.minus(cases, others)
    return clear


# --- column by column ----------------------------------------------------------------------------------------------


def _columns(table: Table, meaning: Meaning) -> list[_Column] | None:
    """Return the columns in the order of their axes; None if one is no plain fact with an axis of its own."""
    found = []
    for place, subject in enumerate(table.inputs):
        if not _is_plain(subject, meaning):
            return None
        number = meaning.axis_of(subject.name)
        if number is None:
            if any(row.cells[place].patterns for row in table.rows):
                return None
            continue
        classes = len(meaning.listed[number].classes)
        alive = [0] * classes
        admitted: dict[object, Sequence[int]] = {}
        for index, row in enumerate(table.rows):
            for each in _classes(subject, row.cells[place].patterns, number, meaning, admitted):
                alive[each] |= 1 << index
        found.append(_Column(number, tuple(alive)))
    if len({each.axis for each in found}) < len(found):
        return None
    return sorted(found)


def _is_plain(subject: FactRef, meaning: Meaning) -> bool:
    fact = meaning.leaves.checked.fact(subject.name)
    return subject.name not in meaning.leaves.checked.definitions and fact.type is not FactType.SET_OF


def _classes(
    subject: FactRef,
    patterns: tuple[Pattern, ...],
    number: int,
    meaning: Meaning,
    admitted: dict[object, Sequence[int]],
) -> Sequence[int]:
    key = tuple(map(pattern_key, patterns))
    if key not in admitted:
        size = meaning.diagrams.sizes[number]
        yes = meaning.admits(subject, patterns).yes if patterns else EVERY_CASE
        parts = meaning.diagrams.parts[yes] if yes > 1 else (yes,) * size
        admitted[key] = [place for place, each in enumerate(parts) if each == EVERY_CASE]
    return admitted[key]


def _by_columns(table: Table, columns: list[_Column], diagrams: Diagrams) -> dict[str, int] | None:
    texts = [text_of(row.output) for row in table.rows]
    decide = _first(texts) if table.hit_policy is HitPolicy.FIRST else _only(texts)
    wild = _wild_in_the_rest(columns, len(table.rows))
    known: dict[tuple[int, int], dict[str, int]] = {}

    def sets(place: int, alive: int) -> dict[str, int]:
        if not alive:
            return {}
        if (table.hit_policy is HitPolicy.FIRST and alive & -alive & wild[place]) or place == len(columns):
            answer = decide(alive)
            return {answer: EVERY_CASE} if answer is not None else {}
        found = known.get((place, alive))
        if found is None and len(known) > MOST_STATES:
            raise _TooLargeError
        if found is None:
            axis, masks = columns[place]
            below = [sets(place + 1, alive & each) for each in masks]
            names = dict.fromkeys(name for each in below for name in each)
            found = {name: diagrams.test(axis, tuple([each.get(name, NO_CASE) for each in below])) for name in names}
            known[place, alive] = found
        return found

    try:
        return sets(0, (1 << len(table.rows)) - 1)
    except _TooLargeError:
        return None


def _wild_in_the_rest(columns: list[_Column], rows: int) -> list[int]:
    """Return, for each column, the rows that admit everything from there on."""
    wild = [(1 << rows) - 1]
    for column in reversed(columns):
        everywhere = wild[-1]
        for each in column.alive:
            everywhere &= each
        wild.append(everywhere)
    return wild[::-1]


def _first(texts: list[str]) -> _Decide:
    return lambda alive: texts[(alive & -alive).bit_length() - 1]


def _only(texts: list[str]) -> _Decide:
    masks: dict[str, int] = {}
    for index, text in enumerate(texts):
        masks[text] = masks.get(text, 0) | 1 << index
    return lambda alive: next((text for text, mask in masks.items() if not alive & ~mask), None)
