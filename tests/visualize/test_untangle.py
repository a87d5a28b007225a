"""Lines that look like one are moved apart."""

from __future__ import annotations

from dataclasses import replace

from praxe.visualize.layout.clash import crossings, look_like_one
from praxe.visualize.layout.geometry import Box, Hint, Point, Sketch, Wire
from praxe.visualize.layout.route import route
from praxe.visualize.layout.untangle import Moves, Place, moved

ONE = Wire("one", "a", "c", (Point(0, 0), Point(0, 20), Point(80, 20), Point(80, 60)))
OTHER = Wire("other", "b", "d", (Point(80, 10), Point(80, 40), Point(0, 40), Point(0, 60)))


def test_what_lies_on_top_of_each_other_is_found() -> None:
    ((one, other),) = look_like_one([ONE, OTHER])
    assert (one.wire.id, one.place, one.is_last, other.place) == ("one", 2, True, 0)
    assert list(look_like_one([ONE, replace(OTHER, head="c")])) == []


def test_crossings_are_counted_by_place() -> None:
    across = Wire("across", "x", "y", (Point(40, 0), Point(40, 60)))
    assert crossings([ONE, across]) == 1
    assert crossings([ONE, replace(ONE, id="twin"), across]) == 1
    assert crossings([ONE, replace(across, head="c")]) == 0
    assert crossings([ONE, replace(across, points=(Point(40, 20), Point(40, 60)))]) == 0


def test_a_move_is_tried_once_a_round_and_never_beyond_a_tab() -> None:
    moves, clashes = Moves(), list(look_like_one([ONE, OTHER]))
    for _ in range(40):
        moves = moved(moves, clashes, tabbed=frozenset({"a", "b"}))
    assert moves.taken == {(Place.HEAD, "c"): 6, (Place.TAIL, "other"): 2}
    assert moves.of(Place.HEAD, "c") == -18.0
    assert moves.of(Place.WAY, "one") == 0.0


def test_crossed_lines_no_longer_share_a_stretch() -> None:
    boxes = [("a", 0, 0), ("b", 100, 0), ("c", 100, 200), ("d", 0, 200)]
    placed = {name: Box(name, x - 30, y - 10, x + 30, y + 10) for name, x, y in boxes}

    def hint(name: str, tail: str, head: str) -> Hint:
        start, end = placed[tail].center, placed[head].center
        return Hint(name, tail, head, Point(start.x, 10), Point(end.x, 190), (start, end))

    layout = route(Sketch(placed, (hint("one", "a", "c"), hint("other", "b", "d"))), tabbed=frozenset("ab"))
    assert list(look_like_one(layout.wires)) == []
    assert crossings(layout.wires) >= 1
