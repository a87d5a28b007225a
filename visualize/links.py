"""Which links a drawing may carry.

In: where a caller wants a card to lead. Out: the same, safe to stand in a file that a browser opens, or nothing.
"""

from __future__ import annotations

import re
from urllib.parse import quote

_UNSAFE = re.compile(r"(?!https?:|mailto:)[^/?#]*:|//", re.IGNORECASE)  # another scheme, or another host's
_KEPT = "/#?&=:;@+,%.~-_!$()*[]"


def safe_link(target: str | None) -> str | None:
    """Return `target` with every odd character encoded, if it is http, https, mailto, a place here or relative."""
    plain = "".join(each for each in (target or "").strip() if each.isprintable() or each == " ")
    if not plain or _UNSAFE.match(plain):
        return None
    return quote(plain, safe=_KEPT)
