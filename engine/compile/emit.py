"""One function of a layout as Python text.

In: a place that begins a function. Out: its source: flat `if`s with early returns; what branches have in common is
written once, after them. A branch adds its number only where branches meet; until then the sum is known while writing.
The text holds names of our own and whole numbers, nothing else (see `terms`).

A full function (`v3`) reads facts as if all were known and leaves with KeyError when one is not; a partial one (`p3`)
stops at the first place whose way is not known.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from praxe.engine.compile.layout import Layout
from praxe.engine.compile.numbering import Numbering
from praxe.engine.compile.plan import PlannedSpot
from praxe.engine.compile.switch import ALWAYS, Switch, by_number, switch_of
from praxe.engine.compile.terms import Terms

MOST_LOOKED_FOR: Final = 3  # facts of a test that are looked for one by one before it is made
_STEP: Final = " "
_KEEP: Final = re.compile(r"\((f\d+) := (F\['k\d+'\])\)")  # a fact is read, and put into a variable
_USE: Final = re.compile(r"\b(f\d+)\b(?! :=)")


class Meeting(NamedTuple):
    """Where branches meet again, and the sum that is taken as read there."""

    place: int
    base: int
    held: frozenset[str]  # facts that have been read by then, and stand in variables


class Sum(NamedTuple):
    """The number of the path so far: a part that is known while writing, and perhaps `n`."""

    known: int
    is_running: bool

    def plus(self, number: int) -> Sum:
        """Return the sum with a number added to the part that is known."""
        return Sum(self.known + number, self.is_running)

    @property
    def text(self) -> str:
        """The number as an expression."""
        if not self.is_running:
            return str(self.known)
        return f"n + {self.known}" if self.known else "n"


class Style(NamedTuple):
    """Which kind of function is written."""

    is_partial: bool
    is_case: bool  # whether the path is returned together with the facts
    path: Callable[[int], str]  # the text of the path with a number that is known while writing
    running: str  # the text of the path with number `n`
    stuck: Callable[[int, Sum, str], str]  # the text of the path that stops at a place; last, what is asked
    leaving: Callable[[int], str]  # the name of the function that finds the way on from a place
    lacking: Callable[[int], str]  # the same, for the place where the one fact that it reads is not known


class Emitter:
    """Writes one function of a layout."""

    def __init__(self, layout: Layout, numbering: Numbering, terms: Terms, style: Style, bases: dict[int, int]) -> None:
        """Prepare.

        Args:
            bases: functions that are reached from one place only, and the sum known there; added to while writing.
        """
        self._layout = layout
        self._flow = layout.flow
        self._adds = numbering.adds
        self._terms = terms
        self._style = style
        self._prefix = "p" if style.is_partial else "v"
        self._lines: list[str] = []
        self._uses_n = False
        self._bases = bases

    def function(self, root: int, name: str) -> str:
        """Return the source of the function that begins at `root`, a cut."""
        in_keys, is_entry = self._layout.in_keys, root == self._flow.root
        base = 0 if in_keys or is_entry else self._bases.get(root)
        self._lines, self._uses_n = [], False
        self._write(root, None, Sum(base or 0, is_running=base is None), "  ", set(), is_root=True)
        lines = [f"def {name}({'F, K, S' if in_keys else 'F, n' if base is None else 'F'}):"]
        if self._uses_n and base is not None:
            lines.append(" n = 0")
        if is_entry and not in_keys:
            written, self._lines = _kept_for_use(self._lines), []
            self._return("  ", "lost(F)" if self._style.is_partial else f"p{root}(F)")
            return "\n".join([*lines, " try:", *written, " except KeyError:", *self._lines])
        return "\n".join([*lines, *(each[1:] for each in _kept_for_use(self._lines))])

    # --- places ------------------------------------------------------------------------------------------------

    def _write(
        self, place: int, end: Meeting | None, total: Sum, indent: str, held: set[str], *, is_root: bool = False
    ) -> None:
        """Write a place and all that is written inside it, up to `end`; `held` is added to.

        INVARIANT: what goes on at the same depth reaches the end if anything does (`Layout.nested`).
        """
        outer: list[Meeting | None] = []  # the ends outside the one that is next
        while True:
            if end is not None and place == end.place:
                self._add_up(total, end.base, indent)
                if not outer:
                    return None
                held = set(end.held)
                total, end = Sum(end.base, is_running=True), outer.pop()
            elif place in self._layout.cuts and not is_root:
                return self._leave(place, total, indent)
            is_root = False
            following = self._flow.following[place]
            if not following:
                return self._end(place, total, indent)
            switch = self._switch(place, total, indent, held)
            meet = self._layout.meets[place]
            if meet is not None:
                outer.append(end)
                end = Meeting(meet, total.known + self._least(place, meet), frozenset(held))
            flat = self._branch(place, switch, end, total, indent, held) if switch else 0
            if flat is not None:
                place, total = following[flat], total.plus(self._adds[place][flat])
                continue
            if end is None or (meet is None and not self._layout.falls[place]) or not outer:
                return None
            self._uses_n, held = True, set(end.held)
            place, total, end = end.place, Sum(end.base, is_running=True), outer.pop()
            is_root = True  # it stands here, not in a function of its own

    def _least(self, place: int, meet: int) -> int:
        """Return the smallest number with which a way of `place` reaches where they meet."""
        ways = zip(self._flow.following[place], self._adds[place], strict=True)
        return min(number for below, number in ways if self._layout.reaches_end(below, meet))

    def _line(self, indent: str, text: str) -> None:
        self._lines.append(indent + text)

    def _add_up(self, total: Sum, base: int, indent: str) -> None:
        """Write that `n` is the sum, but for the base that is taken as read."""
        self._uses_n = True
        number = total.known - base
        if number:  # while nothing has been added, `n` is zero
            self._line(indent, f"n += {number}" if total.is_running else f"n = {number}")

    def _return(self, indent: str, text: str) -> None:
        if self._style.is_case:
            self._lines += [f"{indent}c = Case()", f"{indent}c.path = {text}", f"{indent}c.facts = F"]
            text = "c"
        self._line(indent, f"return {text}")

    def _leave(self, place: int, total: Sum, indent: str) -> None:
        """Go on in another function."""
        name = f"{self._prefix}{place}"
        if self._layout.in_keys:
            self._line(indent, f"K.append({total.text})")
            self._line(indent, f"return {name}")
        elif not total.is_running and self._layout.is_single(place):
            self._bases[place] = total.known
            self._return(indent, f"{name}(F)")
        else:
            self._return(indent, f"{name}(F, {total.text})")

    def _end(self, place: int, total: Sum, indent: str) -> None:
        if not self._layout.in_keys:
            if total.is_running:
                self._add_up(total, 0, indent)
            self._return(indent, self._style.running if total.is_running else self._style.path(total.known))
            return
        self._line(indent, f"K.append({total.text})")
        if not self._flow.is_seam(place):
            self._line(indent, "return None")
        elif place in self._flow.outline.calls:
            inside, after = self._flow.called(place)
            self._line(indent, f"S.append({self._prefix}{after})")
            self._line(indent, f"return {self._prefix}{inside}")
        else:
            self._line(indent, "return S.pop()")

    # --- branches ----------------------------------------------------------------------------------------------

    def _branch(
        self, place: int, switch: Switch, end: Meeting | None, total: Sum, indent: str, held: set[str]
    ) -> int | None:
        """Write the ways; return the one that goes on at the same depth."""
        if switch.before:
            self._line(indent, switch.before)
        ways = zip(self._flow.following[place], self._adds[place], self._layout.nested(place), strict=True)
        bodies = [
            self._body(below, end, total.plus(number), held) if inside else None for below, number, inside in ways
        ]
        if switch.is_number:
            self._search(switch.tests[0], bodies, indent, 0, len(bodies))
            return None
        if len(switch.tests) == 1:
            return self._either(switch.tests[0], bodies, indent)
        return self._one_by_one(switch.tests, bodies, indent)

    def _body(self, below: int, end: Meeting | None, total: Sum, held: set[str]) -> list[str]:
        """Return the lines of a way, not indented."""
        kept, self._lines = self._lines, []
        self._write(below, end, total, "", set(held))
        made, self._lines = self._lines, kept
        return made

    def _inside(self, indent: str, body: Sequence[str]) -> None:
        self._lines += [indent + _STEP + each for each in body] or [indent + _STEP + "pass"]

    def _either(self, test: str, bodies: Sequence[list[str] | None], indent: str) -> int | None:
        yes, no = bodies
        if no is not None and not yes:
            self._line(indent, f"if not ({test}):" if " " in test else f"if not {test}:")
            self._inside(indent, no)
            return 0 if yes is None else None
        self._line(indent, f"if {test}:")
        self._inside(indent, yes or ())
        if no is None:
            return 1
        if no:
            self._line(indent, "else:")
            self._inside(indent, no)
        return None

    def _one_by_one(self, tests: Sequence[str], bodies: Sequence[list[str] | None], indent: str) -> int | None:
        for number, (test, body) in enumerate(zip(tests, bodies, strict=True)):
            if body is None:
                return number
            self._line(indent, "else:" if test == ALWAYS else f"{'elif' if number else 'if'} {test}:")
            self._inside(indent, body)
        return None

    def _search(self, number: str, bodies: Sequence[list[str] | None], indent: str, low: int, high: int) -> None:
        """Write many ways as a search by halves."""
        if high - low == 1:
            self._lines += [indent + each for each in bodies[low] or ()] or [f"{indent}pass"]
            return
        middle = (low + high) // 2
        self._line(indent, f"if {number} < {middle}:")
        self._search(number, bodies, indent + _STEP, low, middle)
        self._line(indent, "else:")
        self._search(number, bodies, indent + _STEP, middle, high)

    # --- what is not known -------------------------------------------------------------------------------------

    def _require(self, place: int, spot: PlannedSpot, total: Sum, indent: str, held: set[str]) -> None:
        """Write that something has to be known, whatever it is worth."""
        if not self._style.is_partial:
            self._lines += [indent + self._terms.text(term) for term in spot.wants]
        elif self._flow.is_sure(place):
            for _, fact in spot.wants:
                self._unless_known(place, fact, total, indent, held)
        else:
            self._ask_for_way(place, total, indent)

    def _switch(self, place: int, total: Sum, indent: str, held: set[str]) -> Switch | None:
        """Return what picks the way on, None where there is only one; write what has to be known first."""
        spot = self._flow.spots[place]
        if spot.test is None:
            self._require(place, spot, total, indent, held)
            return None
        if not self._style.is_partial:
            self._lines += [indent + self._terms.text(term) for term in spot.wants]
            return switch_of(spot, self._terms, held)
        is_sure = self._flow.is_sure(place)
        fact = spot.fact if spot.lookup else spot.test[1] if is_sure and spot.test and spot.kind != "decision" else ""
        if fact:
            asked = self._terms.constant(fact) if is_sure else "None"
            self._unless_known(place, fact, total, indent, held, asked)
            if spot.kind != "retry":
                return switch_of(spot, self._terms, held)
        elif spot.kind == "decision" and not spot.arms and len(spot.facts) <= MOST_LOOKED_FOR:
            return self._test_if_known(place, spot, total, indent, held)
        self._ask_for_way(place, total, indent)
        return by_number("i", len(spot.ways))

    def _test_if_known(self, place: int, spot: PlannedSpot, total: Sum, indent: str, held: set[str]) -> Switch:
        """Write the test of a few facts in the function itself, where they are looked for first."""
        missing = [name for name in spot.facts if name not in held]
        if not missing:
            return switch_of(spot, self._terms, held)
        self._line(indent, f"if {' and '.join([f'{self._terms.constant(name)} in F' for name in missing])}:")
        self._line(indent + _STEP, f"i = 0 if {switch_of(spot, self._terms, set(held)).tests[0]} else 1")
        self._line(indent, "else:")
        find = self._style.lacking if len(spot.facts) == 1 else self._style.leaving
        self._ask_for_way(place, total, indent + _STEP, find)
        return by_number("i", 2)

    def _unless_known(
        self, place: int, fact: str, total: Sum, indent: str, held: set[str], asked: str | None = None
    ) -> None:
        if fact not in held:
            self._line(indent, f"if {self._terms.constant(fact)} not in F:")
            self._stop(place, total, asked or self._terms.constant(fact), indent)

    def _ask_for_way(self, place: int, total: Sum, indent: str, find: Callable[[int], str] | None = None) -> None:
        self._line(indent, f"i = {(find or self._style.leaving)(place)}(F)")
        self._line(indent, "if i.__class__ is not int:")
        self._stop(place, total, "i", indent)

    def _stop(self, place: int, total: Sum, asked: str, indent: str) -> None:
        inner = indent + _STEP
        self._line(inner, f"return {self._style.stuck(place, total, asked)}")


def _kept_for_use(lines: Sequence[str]) -> list[str]:
    """Return the lines of a function, those facts in no variable that are read only once."""
    text = "\n".join(lines)
    used = set(_USE.findall(text))
    return _KEEP.sub(lambda kept: kept[0] if kept[1] in used else kept[2], text).split("\n")


def leaving_source(spot: PlannedSpot, terms: Terms, name: str, otherwise: str) -> str:
    """Return the source of the function from the facts to the number of the way that is taken.

    Args:
        otherwise: the text of what is returned where the way is not simply known.
    """
    lines = [f"def {name}(F):", " try:", *(f"  {terms.text(term)}" for term in spot.wants)]
    if spot.test is None:
        lines.append("  return 0")
    else:
        switch = switch_of(spot, terms)
        lines += [f"  {switch.before}"] if switch.before else []
        if switch.is_number:
            lines.append(f"  return {switch.tests[0]}")
        elif len(switch.tests) == 1:
            lines.append(f"  return 0 if {switch.tests[0]} else 1")
        else:
            lines += [f"  if {test}: return {number}" for number, test in enumerate(switch.tests)]
    return "\n".join([*lines, " except KeyError:", f"  return {otherwise}"])
