"""The orders in which questions may be asked."""

from __future__ import annotations

from enum import Enum


class Order(Enum):
    """In which order the open questions are asked. None asks what cannot change what follows."""

    AUTHOR = "author"  # as the procedure reads them
    FEWEST = "fewest"  # so that as few as can be expected are asked
    CHEAPEST = "cheapest"  # so that they cost as little as can be expected, by the vocabulary's `cost`
