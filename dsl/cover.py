"""Boxes over columns: do they hold every combination, and if not, which is the first they leave open?

In: for each column its classes, each an integer whose bits are the boxes that admit it. Out: yes or no, or the first
combination in no box. The question is as hard as a formula's tautology, so it may stay open: `TooManyStepsError`.

A column is split where the fewest boxes admit everything (Brayton et al., Logic Minimization Algorithms for VLSI
Synthesis, 1984, chapter 4). A class in all the boxes of another one needs no look: it is held where the other is.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

_FEW: Final = 24  # classes among which those held anyway are looked for
_WIDE: Final = 4096  # bits that are taken at the cost of one step
_MOST_KEPT: Final = 64 * 2**20  # bytes of answers kept

Split = tuple[int, Collection[int]]  # the number of a column, and its classes


class TooManyStepsError(Exception):
    """The question stays open; never seen outside the rooms' own tables."""


class Cover:
    """Answers about boxes, within a number of steps that they share."""

    def __init__(self, steps: int) -> None:
        self.steps = steps  # that are left

    def first_open(self, boxes: int, columns: Sequence[Sequence[int]]) -> tuple[int | None, ...] | None:
        """Return the first combination in none of `boxes`, a class of each column; None for a column without weight.

        Returns:
            None if every combination is in a box.

        Raises:
            TooManyStepsError: it takes too long to say.
        """
        held = Question(self)
        numbered = list(enumerate(columns))
        if held.is_all(boxes, numbered):
            return None
        found: list[int | None] = []
        for number, classes in numbered:
            if not boxes:
                break
            open_class = next(
                place
                for place, admitting in enumerate(classes)
                if not held.is_all(boxes & admitting, numbered[number + 1 :])
            )
            found.append(open_class)
            boxes &= classes[open_class]
        return (*found, *(None for _ in columns[len(found) :]))

    def is_all(self, boxes: int, columns: Sequence[Collection[int]]) -> bool:
        """Return whether every combination is in one of `boxes`.

        Raises:
            TooManyStepsError: it takes too long to say.
        """
        return Question(self).is_all(boxes, list(enumerate(columns)))


class Question:
    """What is asked of the same columns again and again; `known` are the parts answered with yes, as a no ends it."""

    def __init__(self, cover: Cover) -> None:
        self.cover = cover
        self.known: set[tuple[int, tuple[int, ...]]] = set()
        self.kept = 0  # bytes

    def is_all(self, boxes: int, columns: Sequence[Split]) -> bool:
        """Return whether every combination is in one of `boxes`; the columns are some of the question's, numbered.

        Raises:
            TooManyStepsError: it takes too long to say.
        """
        everywhere = boxes  # those that admit whatever is left
        splits: list[tuple[int, int, set[int]]] = []
        cost = 0
        for number, classes in columns:
            own = {each & boxes for each in classes}
            cost += len(classes)
            if 0 in own:
                return False
            if len(own) == 1:
                boxes = own.pop()
                continue
            wild = boxes
            for each in own:
                wild &= each
            everywhere &= wild
            splits.append((wild.bit_count(), number, own))
        self.cover.steps -= cost * (1 + boxes.bit_length() // _WIDE)
        if self.cover.steps < 0:
            raise TooManyStepsError
        everywhere &= boxes
        if everywhere or not splits:
            return everywhere != 0
        return self._split(boxes, splits)

    def _split(self, boxes: int, splits: list[tuple[int, int, set[int]]]) -> bool:
        key = (boxes, tuple([number for _, number, _ in splits]))
        if key in self.known:
            return True
        _, chosen, classes = min(splits, key=_weight)
        rest = [(number, own) for _, number, own in splits if number != chosen]
        for each in _least(classes):
            if not self.is_all(boxes & each, rest):
                return False
        if self.kept < _MOST_KEPT:
            self.known.add(key)
            self.kept += boxes.bit_length() // 8 + 200
        return True


def _weight(split: tuple[int, int, set[int]]) -> tuple[int, int, int]:
    """Return what is least for the column to split: few boxes that admit all of it, then few classes."""
    wild, number, classes = split
    return wild, len(classes), number


def _least(classes: set[int]) -> list[int]:
    """Return the classes that are not held wherever another is, those in the fewest boxes first."""
    ordered = sorted(sorted(classes), key=int.bit_count)
    if len(ordered) > _FEW:
        return ordered
    least: list[int] = []
    for each in ordered:
        for fewer in least:
            if fewer & each == fewer:
                break
        else:
            least.append(each)
    return least
