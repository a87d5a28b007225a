"""JSON documents in which something is replaced by something else, or missing."""

from __future__ import annotations

import copy
from collections.abc import Iterator
from typing import Any

from hypothesis import strategies as st

_WORDS = ("", "x", "inicio", "abre", "done", "came", "time", "2026-11-23T09:00:00", "2026-11-23T09:00:00+00:00")
_SMALL: st.SearchStrategy[Any] = st.sampled_from(
    [None, True, False, 0, -1, 1.5, 10**30, [], {}, [[]], [None], {"": None}, *_WORDS]
)
_Place = tuple[Any, ...]


@st.composite
def spoiled(draw: st.DrawFn, documents: list[dict[str, Any]]) -> Any:
    """Draw one of some documents with one to three places changed."""
    document = copy.deepcopy(draw(st.sampled_from(documents)))
    for _ in range(draw(st.integers(1, 3))):
        *above, last = draw(st.sampled_from(sorted(_places(document), key=str)))
        block = document
        for each in above:
            block = block[each]
        if isinstance(block, dict) and draw(st.sampled_from([False, False, True])):
            del block[last]
        else:
            block[last] = copy.deepcopy(draw(_SMALL))
        if not list(_places(document)):
            break
    return document


def _places(value: Any, here: _Place = ()) -> Iterator[_Place]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, each in items:
        yield (*here, key)
        yield from _places(each, (*here, key))
