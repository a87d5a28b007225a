"""Names that authors give: of facts, actions, values, parameters; and of clauses.

In: a key. Out: whether it can be such a name. If not, that is noted, with the name it could be.
"""

from __future__ import annotations

import re
from typing import Final

from praxe.dsl.quoting import short
from praxe.dsl.yaml_nodes import Scalar
from praxe.dsl.yaml_report import Report

_NAME: Final = re.compile(r"[^\W\d_]\w*")
_CLAUSE: Final = re.compile(r"[^\W\d_]\w*(?:\.\w+)*")
_LONGEST: Final = 100  # code points


def is_name(report: Report, key: Scalar) -> bool:
    """Return whether `key` can be a name in the text of a policy: a plain name, and no word of the language."""
    if not is_plain_name(report, key):
        return False
    if key.text in report.reserved_words:
        report.add("PX175", key.span, name=key.text)
        return False
    return True


def is_plain_name(report: Report, key: Scalar) -> bool:
    """Return whether `key` is made of lower-case letters, digits and `_`, a letter first."""
    if _NAME.fullmatch(key.text) and key.text == key.text.lower() and len(key.text) <= _LONGEST:
        return True
    fixed = re.sub(r"\W+", "_", key.text.strip().lower()).strip("_")
    report.add("PX174", key.span, name=short(key.text), fixed=fixed if _NAME.fullmatch(fixed[:_LONGEST]) else None)
    return False


def is_clause_id(report: Report, key: Scalar) -> bool:
    """Return whether `key` is made of letters, digits and `_`, a letter first, with dots between the parts."""
    if _CLAUSE.fullmatch(key.text) and len(key.text) <= _LONGEST:
        return True
    fixed = re.sub(r"[^\w.]+", "_", key.text.strip())
    report.add("PX174", key.span, name=short(key.text), fixed=fixed if _CLAUSE.fullmatch(fixed[:_LONGEST]) else None)
    return False
