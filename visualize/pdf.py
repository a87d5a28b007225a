"""Graphviz's PDF made the same every time.

In: a PDF and the date of the policy. Out: the same PDF dated then, not now, so that equal drawings are equal files.
"""

from __future__ import annotations

import datetime
import re

_CREATED = re.compile(rb"(?<=/CreationDate \(D:)[0-9]{14}")
_UNDATED = datetime.date(2000, 1, 1)


def dated(pdf: bytes, date: datetime.date | None) -> bytes:
    """Return `pdf` with `date` as the day it was made; no byte moves, so its table of contents stays right."""
    return _CREATED.sub((date or _UNDATED).strftime("%Y%m%d000000").encode(), pdf)
