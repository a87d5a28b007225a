"""The parameters of `policy.yaml`: values that may change while the procedures stay.

In: the keys of the manifest. Out: each parameter by name; one with a mistake is noted and left out.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from praxe.dsl.load_clauses import cited_clauses
from praxe.dsl.load_facts import NUMBERS
from praxe.dsl.vocabulary import FactType, PolicyParameter, Words
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_names import is_name
from praxe.dsl.yaml_nodes import Entry
from praxe.dsl.yaml_report import Report, first_line

TYPES: Final = tuple(kind.value for kind in (FactType.INTEGER, FactType.DECIMAL, FactType.DATE, FactType.TEXT))

_REQUIRED: Final = ("type", "value", "label")
_KEYS: Final = (*_REQUIRED, "unit", "clauses")


def read_parameters(found: Fields) -> Mapping[str, PolicyParameter]:
    """Read the block `parameters` of a manifest."""
    read = (_parameter(found.report, entry) for entry in found.entries("parameters"))
    return {each.name: each for each in read if each}


def _parameter(report: Report, entry: Entry) -> PolicyParameter | None:
    can_be_named = is_name(report, entry.key)
    found = fields(report, entry.key, entry.value, keys=_KEYS, required=_REQUIRED)
    kind = found.one_of("type", TYPES) if found else None
    if not found or kind is None:
        return None
    value = _value(found, FactType(kind))
    label, unit, unit_entry = found.words("label"), found.words("unit"), found.entry("unit")
    if unit_entry and FactType(kind) not in NUMBERS:
        report.add("PX171", first_line(unit_entry.key.span), key="unit", type="@" + kind)
    if value is None or not can_be_named:
        return None
    return PolicyParameter(
        name=entry.key.text,
        type=FactType(kind),
        value=value,
        label=label or Words({report.language: entry.key.text}),
        unit=unit,
        clauses=cited_clauses(found, None),
        span=entry.key.span,
    )


def _value(found: Fields, kind: FactType) -> int | Decimal | datetime.date | str | None:
    match kind:
        case FactType.INTEGER:
            return found.whole("value")
        case FactType.DECIMAL:
            return found.decimal("value")
        case FactType.DATE:
            return found.date("value")
        case _:
            return found.text("value")
