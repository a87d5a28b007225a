"""What each place of a policy reads, and what is read from there on.

In: a prepared policy. Out: sets of facts, as the bits of a number. Nothing depends on a case: what is read from a place
on counts every way.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import Definition, Duration, FactName, Table
from praxe.engine.graph import Decision, Question, Retry, Wait
from praxe.engine.needed import facts_read

if TYPE_CHECKING:
    from praxe.engine.program import Spot, Way

Bits = int

NONE: Final[Bits] = 0


class Reads:
    """The facts read at and below the places of one policy; each place is looked at when it is first asked about."""

    def __init__(self, definitions: Mapping[FactName, Definition | Table], facts: Iterable[FactName]) -> None:
        self._definitions = definitions
        self._bit: dict[FactName, Bits] = {name: 1 << number for number, name in enumerate(facts)}
        self._at: dict[Spot, Bits] = {}
        self._below: dict[Spot, Bits] = {}
        self._shown: dict[Spot, Bits] = {}

    def bits(self, facts: Iterable[FactName]) -> Bits:
        """Return a set of facts as bits; what is no fact of the policy has none."""
        found = NONE
        for name in facts:
            found |= self._bit.get(name, NONE)
        return found

    def names(self, bits: Bits) -> frozenset[FactName]:
        """Return the facts of a set."""
        return frozenset(name for name, bit in self._bit.items() if bit & bits)

    def at(self, spot: Spot) -> Bits:
        """Return the facts that a place reads."""
        if spot not in self._at:
            self._at[spot] = self.bits(self._read(spot))
        return self._at[spot]

    def below(self, spot: Spot, calls: Sequence[Way | None] = ()) -> Bits:
        """Return the facts that may be read from a place on, those after the calls under way included."""
        return self._from_all(spot, calls, self._below, self.at)

    def shown_below(self, spot: Spot, calls: Sequence[Way | None] = ()) -> Bits:
        """Return the facts that the arguments of steps may name from a place on: their value is seen."""
        return self._from_all(spot, calls, self._shown, self._named)

    def _from_all(
        self, spot: Spot, calls: Sequence[Way | None], met: dict[Spot, Bits], at: Callable[[Spot], Bits]
    ) -> Bits:
        found = self._from(spot, met, at)
        for way in calls:
            if way:
                found |= self._from(way.target, met, at)
        return found

    def _from(self, spot: Spot, met: dict[Spot, Bits], at: Callable[[Spot], Bits]) -> Bits:
        stack = [spot]
        while stack:
            here = stack[-1]
            following = [way.target for way in here.ways] + ([here.callee] if here.callee else [])
            missing = [] if here in met else [each for each in following if each not in met]
            if missing:
                stack.extend(missing)
                continue
            if here not in met:
                found = at(here)
                for each in following:
                    found |= met[each]
                met[here] = found
            stack.pop()
        return met[spot]

    def _named(self, spot: Spot) -> Bits:
        named = (facts_read(value, self._definitions) for _, value, _ in spot.arguments)
        return self.bits(name for each in named for name in each)

    def _read(self, spot: Spot) -> Iterator[FactName]:
        node, definitions = spot.node, self._definitions
        match node:
            case Decision():
                yield from node.facts
            case Question() | Retry():
                yield from self._facts_of(node.fact)
            case Wait():
                yield from self._facts_of(node.fact)
                if not isinstance(node.deadline, Duration):
                    yield from facts_read(node.deadline, definitions)
            case _:
                pass  # beside its arguments, no other node reads a fact
        for _, value, _ in spot.arguments:
            yield from facts_read(value, definitions)

    def _facts_of(self, name: FactName) -> tuple[FactName, ...]:
        """Return a fact itself, or those that a derived fact is worked out from."""
        definitions = self._definitions
        return facts_read(definitions[name], definitions) if name in definitions else (name,)
