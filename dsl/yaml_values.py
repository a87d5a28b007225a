"""One text of a YAML file as what its key asks for: words, a number, a date, one of a few choices.

In: a key and the node after it. Out: the typed value, or None when it does not fit; then that is noted in the report.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from decimal import Decimal
from enum import Enum
from typing import Final, TypeVar

from praxe.dsl.quoting import short
from praxe.dsl.vocabulary import Words
from praxe.dsl.yaml_nodes import Mapping, Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_report import Report, first_line

LANGUAGES: Final = ("pt", "en")
LONGEST_TEXT: Final = 2_000  # code points

_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,18}")
_DECIMAL: Final = re.compile(r"[+-]?[0-9]{1,18}(?:\.[0-9]{1,18})?")
_DATE: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_DAY_FIRST: Final = re.compile(r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})")

Choice = TypeVar("Choice", bound=Enum)


def text(report: Report, key: str, node: YamlNode) -> str | None:
    """Return a text, without the spaces around it."""
    if not isinstance(node, Scalar):
        report.add("PX165", first_line(node.span), key=key, expected="@text")
        return None
    if len(node.text) > LONGEST_TEXT:
        report.add("PX170", first_line(node.span), key=key, limit=str(LONGEST_TEXT), found=str(len(node.text)))
        return None
    return node.text.strip()


def words(report: Report, key: str, node: YamlNode) -> Words | None:
    """Return words in one or more languages: a text of the policy's language, or a block with a key for each.

    The policy's own language comes first, whatever the order in the file.
    """
    match node:
        case Scalar():
            single = text(report, key, node)
            return Words({report.language: single}) if single else None
        case ListNode():
            report.add("PX165", first_line(node.span), key=key, expected="@text")
            return None
        case Mapping():
            found = _by_language(report, key, node)
            own = {language: each for language, each in found.items() if language == report.language}
            return Words(own | found) if found else None


def _by_language(report: Report, key: str, node: Mapping) -> dict[str, str]:
    found: dict[str, str] = {}
    for entry in node.entries:
        language = entry.key.text
        if language not in LANGUAGES:
            report.unknown_choice(key, entry.key, LANGUAGES)
        elif report.is_filled(entry):
            written = text(report, f"{key}.{language}", entry.value)
            found |= {language: written} if written else {}
    if not node.entries:
        report.add("PX169", first_line(node.span), key=key)
    elif found and report.language not in {language for language, _ in node}:
        report.missing_keys(key, node.span, [report.language])
    return found


def one_of(report: Report, key: str, node: YamlNode, choices: Sequence[str]) -> str | None:
    """Return a text that must be one of `choices`."""
    written = text(report, key, node)
    if written is None or written in choices:
        return written
    if isinstance(node, Scalar):
        report.unknown_choice(key, node, choices)
    return None


def member(report: Report, key: str, node: YamlNode, choices: type[Choice]) -> Choice | None:
    """Return the member of an enumeration whose value is written."""
    written = one_of(report, key, node, [each.value for each in choices])
    return None if written is None else choices(written)


def whole(report: Report, key: str, node: YamlNode) -> int | None:
    """Return a whole number of at most 18 digits."""
    written = _written(node)
    if _WHOLE.fullmatch(written):
        return int(written)
    _wrong_kind(report, key, node, "@integer", example="15")
    return None


def decimal(report: Report, key: str, node: YamlNode) -> Decimal | None:
    """Return a number, with a point before its decimals."""
    written = _written(node)
    if _DECIMAL.fullmatch(written):
        return Decimal(written)
    pointed = written.replace(",", ".")
    _wrong_kind(report, key, node, "@number", example=pointed if _DECIMAL.fullmatch(pointed) else "15.5")
    return None


def date(report: Report, key: str, node: YamlNode) -> datetime.date | None:
    """Return a date written year first: `2026-11-22`."""
    written = _written(node)
    found = _date(written) if _DATE.fullmatch(written) else None
    if found is None:
        _wrong_kind(report, key, node, "@date", example=_year_first(written) or "2026-11-22")
    return found


def plain(node: YamlNode) -> object:
    """Return a node as Python's own values: `str`, `int`, `Decimal`, `list`, `dict`, and None for a blank.

    Numbers outside quotes are numbers; anything else is the text as written, also `sim`, `no` and `2026-11-22`.
    """
    match node:
        case Scalar():
            if node.quoted:
                return node.text
            if _WHOLE.fullmatch(node.text):
                return int(node.text)
            return None if node.is_blank else Decimal(node.text) if _DECIMAL.fullmatch(node.text) else node.text
        case ListNode():
            return [plain(item) for item in node.items]  # no deeper than `read_yaml` allows
        case Mapping():
            return {key: plain(value) for key, value in node}


def _written(node: YamlNode) -> str:
    return node.text.strip() if isinstance(node, Scalar) else ""


def _wrong_kind(report: Report, key: str, node: YamlNode, expected: str, *, example: str) -> None:
    report.add("PX165", first_line(node.span), key=key, expected=expected, found=short(_written(node)), example=example)


def _date(written: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(written)
    except ValueError:
        return None


def _year_first(written: str) -> str | None:
    match = _DAY_FIRST.fullmatch(written)
    found = _date(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}") if match else None
    return found.isoformat() if found else None
