"""What to do where a fact is not known: what the walk does, remembered.

In: the facts of a case, and the place where its way is not known. Out: the way taken nevertheless, the fact asked
for, or the path of the whole case. All of it is found out by the walk, and kept by what it depends on: the answers to
the facts that are read at the place, or from there on. Numbers and dates count by the comparisons made with them.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from praxe.engine.compile.machine import Facts, Machine
from praxe.engine.compile.numbering import Key
from praxe.engine.compile.paths import Path, UntoldPath
from praxe.engine.compile.plan import Plan
from praxe.engine.today import TODAY

if TYPE_CHECKING:
    from praxe.engine.policy import Policy
    from praxe.engine.values import Known
    from praxe.engine.witness import Witness

MOST_KEPT: Final = 2**16

Signature = Callable[[Facts], tuple[Any, ...]]


class Walker:
    """Asks the walk, for one beginning of a policy."""

    def __init__(self, plan: Plan, start: str, machine: Machine, policy: Callable[[], Policy]) -> None:
        self._plan = plan
        self._start = start
        self._machine = machine
        self._policy = policy
        self._here: dict[int, Signature] = {}
        self._ahead: dict[int, Signature] = {}
        self._ways: dict[tuple[int, tuple[Any, ...]], int | str | None] = {}
        self._stops: dict[tuple[int, Key, tuple[Any, ...]], Path] = {}

    def way_or_question(self, facts: Facts, place: int) -> int | str | None:
        """Return the way taken at a place, or the fact that is surely asked for, or None."""
        signature = self._here.get(place)
        if signature is None:
            signature = self._here[place] = self._signature(self._plan.spots[place].facts)
        key = (place, signature(facts))
        if key not in self._ways:
            if len(self._ways) >= MOST_KEPT:
                self._ways.clear()
            self._ways[key] = self._find_way(facts, place)
        return self._ways[key]

    def stop(self, facts: Facts, place: int, key: Key) -> Path:
        """Return the path of a case that comes to a place with this key."""
        signature = self._ahead.get(place)
        if signature is None:
            signature = self._ahead[place] = self._signature(self._facts_ahead(place))
        kept = (place, key, signature(facts))
        found = self._stops.get(kept)
        if found is None:
            if len(self._stops) >= MOST_KEPT:
                self._stops.clear()
            asked = self._witness.asked(self._policy().spots[place], self._known(facts), looks_on=True)
            found = self._stops[kept] = self._machine.asks(place, key, asked) if asked else self._walk(facts)
        return found

    def refuse(self, facts: Facts) -> Path:
        """Return the path of a case with a value that no test expects: the walk's, if the value is a fact's at all.

        Raises:
            FactError: it is not.
        """
        return self._walk(facts)

    # --- what an answer depends on -----------------------------------------------------------------------------

    def _signature(self, names: Iterable[str]) -> Signature:
        """Return the function from the facts to what can be told apart about some of them."""
        facts = self._plan.facts
        cuts = {name: each.cuts for name in names if (each := facts.get(name)) and each.cuts is not None}
        plain = (*(name for name in names if name not in cuts), *([TODAY] if self._plan.reads_today else ()))
        classes = tuple(_classes(name, ends) for name, ends in cuts.items())

        def signature(given: Facts) -> tuple[Any, ...]:
            return (*map(given.get, plain), *[each(given) for each in classes])

        return signature

    def _facts_ahead(self, place: int) -> list[str]:
        """Return the facts that may be read from a place on, to the end of the case."""
        flow = self._machine.flow
        found: dict[str, None] = {}
        seen = {place}
        stack = [place]
        while stack:
            here = stack.pop()
            found |= dict.fromkeys(flow.spots[here].facts)
            below: list[int] = list(flow.following[here])
            if flow.is_seam(here):  # wherever it leads: too many facts do no harm
                below += flow.roots if flow.spots[here].kind == "return" else flow.called(here)
            fresh = [each for each in below if each not in seen]
            seen.update(fresh)
            stack += fresh
        return [*found, *sorted(self._policy().program.answers.tied - found.keys())]

    @cached_property
    def _witness(self) -> Witness:
        from praxe.engine.witness import Witness

        return Witness(self._policy().program)

    # --- the walk ----------------------------------------------------------------------------------------------

    def _walk(self, facts: Facts) -> Path:
        from praxe.engine.walk import walk

        policy = self._policy()
        known = self._known(facts)
        program = policy.program
        arrival = walk(program, program.landings[policy.procedure(self._start)], known)
        return UntoldPath(self._machine.paths, -1, stop=arrival.spot.number, asks=arrival.asked, arrival=arrival)

    def _known(self, facts: Facts) -> Known:
        given = {name: value for name, value in facts.items() if name != TODAY}
        known: Any = dict(self._policy().typed(given))
        if TODAY in facts:
            known[TODAY] = facts[TODAY]
        return known  # type: ignore[no-any-return]  # checked just now

    def _find_way(self, facts: Facts, place: int) -> int | str | None:
        spot = self._policy().spots[place]
        planned = self._plan.spots[place]
        known = self._known({name: facts[name] for name in (*planned.facts, TODAY) if name in facts})
        way = spot.leaving(known)
        if way is not None:
            return spot.ways.index(way)
        return self._witness.asked(spot, known, looks_on=False) if self._plan.is_sure(place) else None


def _classes(name: str, ends: tuple[Any, ...]) -> Callable[[Facts], int | None]:
    """Return the function from the facts to the number of the class of one: each end, and each gap beside them."""
    count = len(ends)

    def number(facts: Facts) -> int | None:
        value = facts.get(name)
        if value is None:
            return None
        place = bisect_left(ends, value)
        return 2 * place + (place < count and ends[place] == value)

    return number
