"""What can be wrong with a drawing, and one thing that is.

The words of each kind come from the catalogue (`praxe explain PX501`); so does whether it is an error, which spoils a
drawing, or a warning, which only makes it harder to read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from types import MappingProxyType

from praxe.dsl.messages import Severity, entry
from praxe.engine.graph import NodeId
from praxe.visualize.layout.geometry import Point

_NO_ARGS: Mapping[str, str] = MappingProxyType({})


class Kind(Enum):
    """What is measured; the value is its code in the catalogue."""

    BOXES_OVERLAP = "PX501"
    TEXTS_OVERLAP = "PX502"
    TEXT_CUT = "PX503"
    LINE_THROUGH_BOX = "PX504"
    LINES_AS_ONE = "PX505"
    LINES_CROSS = "PX511"
    LABEL_LONG = "PX512"
    TEXT_SMALL = "PX513"

    @property
    def is_hard(self) -> bool:
        """Whether it spoils a drawing."""
        return entry(self.value).severity is Severity.ERROR


@dataclass(frozen=True, slots=True, kw_only=True)
class Defect:
    """One thing that is wrong with a drawing."""

    kind: Kind
    element: str  # the id of what is wrong, in the drawing
    place: Point  # in points from the upper left corner of the picture
    node: NodeId | None = None  # what it stands for; None: nothing of the procedure, as a title
    other: str | None = None  # the id of the second element of a clash
    figure: float | None = None  # points cut, lines of a label, points of a type size
    args: Mapping[str, str] = field(default_factory=lambda: _NO_ARGS)  # fill the places of the catalogue's message
