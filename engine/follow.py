"""Going along what is known, and telling the way again.

In: a spot of a prepared policy. Out: the next spot at which something is not known, with the ways that were found out
on the way there; from these, everything that was passed.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, assert_never

from praxe.engine.program import Pace, Spot, Way
from praxe.engine.values import Known

# Looked up once: in Python 3.11 a member of an Enum costs as much to look up as a step of the walk.
_LOOK_UP: Final = Pace.LOOK_UP
_CHOOSE: Final = Pace.CHOOSE
_CALL: Final = Pace.CALL
_RETURN: Final = Pace.RETURN


def advance(spot: Spot, known: Known, picks: list[Way], calls: list[Way | None]) -> Spot:
    """Go on from `spot`, a landing, as far as what is known leads; return the spot where it ends.

    Args:
        picks: the ways found out so far; those of this walk are added.
        calls: the ways on which the calls under way go on, the innermost last.
    """
    take = picks.append
    way: Way | None
    while True:
        pace = spot.pace
        if pace is _LOOK_UP:
            try:
                way = spot.by_value[known[spot.fact]]  # faster than `get`, twice
            except KeyError:
                way = spot.by_value.get(known.get(spot.fact))
        elif pace is _CHOOSE:
            way = spot.choose(known)
        elif pace is _CALL:
            calls.append(spot.onward)
            spot = spot.enters
            continue
        elif pace is _RETURN and calls:
            way = calls.pop()
            assert way  # INVARIANT: a call without a way on never returns, from lower
            spot = way.landing
            continue
        else:
            return spot
        if way is None:
            return spot
        take(way)
        spot = way.landing


def visits(start: Spot, picks: Sequence[Way], calls: Sequence[Way | None] = ()) -> Iterator[tuple[Spot, Way | None]]:
    """Tell a walk again: every spot it passed with the way it took, the last one with None.

    Args:
        picks: the ways that were found out, in order.
        calls: the ways on which the calls that were under way at `start` go on, the innermost last.
    """
    returning = list(calls)
    chosen = iter(picks)
    spot = start
    while True:
        match spot.pace:
            case Pace.GO_ON:
                way: Way | None = spot.ways[0]
            case Pace.LOOK_UP | Pace.CHOOSE | Pace.STOP:
                way = next(chosen, None)
            case Pace.CALL:
                assert spot.callee
                yield spot, None
                returning.append(spot.onward)
                spot = spot.callee
                continue
            case Pace.RETURN:
                way = returning.pop() if returning else None
                yield spot, None
                if way is None:
                    return
                spot = way.target
                continue
            case _:
                assert_never(spot.pace)
        yield spot, way
        if way is None:
            return
        spot = way.target
