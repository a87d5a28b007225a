"""The facts of `vocabulary.yaml`, and what facts share with the parameters of actions: a type and named values.

In: one key of the file and what stands after it. Out: the `Fact`, None if its type or its values cannot be made out.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from decimal import Decimal
from typing import Final

from praxe.dsl.diagnostics import Related
from praxe.dsl.load_clauses import cited_clauses
from praxe.dsl.load_examples import read_examples
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType, Value, Words
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_names import is_name
from praxe.dsl.yaml_nodes import Entry, Mapping
from praxe.dsl.yaml_report import Report, first_line
from praxe.dsl.yaml_values import words

NAMED: Final = frozenset({FactType.ONE_OF, FactType.SET_OF})  # the types that list their values
NUMBERS: Final = frozenset({FactType.INTEGER, FactType.DECIMAL})

_REQUIRED: Final = ("type", "label", "question")
_KEYS: Final = (*_REQUIRED, "help", "values", "examples", "unit", "min", "max", "system", "cost", "clauses", "kept")


def read_fact(report: Report, entry: Entry, clauses: Collection[str] | None) -> Fact | None:
    """Read one fact; words that are missing are replaced by its name, so that it can still be used."""
    can_be_named = is_name(report, entry.key)
    found = fields(report, entry.key, entry.value, keys=_KEYS, required=_REQUIRED)
    if not found:
        return None
    kind = found.member("type", FactType)
    label, question = found.words("label"), found.words("question")
    values = read_values(found, kind)
    minimum, maximum = _bounds(found, kind)
    name = Words({report.language: entry.key.text})
    fact = Fact(
        name=FactName(entry.key.text),
        type=kind or FactType.TEXT,
        label=label or name,
        question=question or label or name,
        help=found.words("help"),
        system=found.words("system"),
        values=values or (),
        unit=found.words("unit"),
        minimum=minimum,
        maximum=maximum,
        cost=_cost(found),
        clauses=cited_clauses(found, clauses),
        kept=found.words("kept"),
        span=entry.key.span,
    )
    examples = read_examples(found, fact if kind and values is not None else None)
    if not can_be_named or kind is None or values is None:
        return None
    return replace(fact, examples=examples)


def read_values(found: Fields, kind: FactType | None) -> tuple[Value, ...] | None:
    """Return the named values in the declared order; None if there should be some and none can be made out."""
    if kind is not None and kind not in NAMED:
        unfit(found, kind, "values")
        return ()
    values = tuple(_value(found.report, entry) for entry in found.entries("values"))
    if kind is None:
        return values
    found.require("values")
    node = found.node("values")
    if isinstance(node, Mapping) and not node.entries:
        found.report.add("PX169", first_line(node.span), key="values")
    return values or None


def _value(report: Report, entry: Entry) -> Value:
    """Read one named value; with a name that will not do it stays, so that no use of it is a second mistake."""
    name = entry.key.text
    is_name(report, entry.key)
    label = words(report, f"values.{name}", entry.value) or Words({report.language: name})
    return Value(name=name, label=label, span=entry.key.span)


def unfit(found: Fields, kind: FactType, *keys: str) -> None:
    """Note those of `keys` that are written, though a fact of this type has no use for them."""
    for key in keys:
        entry = found.entry(key)
        if entry:
            found.report.add("PX171", entry.key.span, key=key, type=kind.value)


def _bounds(found: Fields, kind: FactType | None) -> tuple[Decimal | None, Decimal | None]:
    if kind is not None and kind not in NUMBERS:
        unfit(found, kind, "unit", "min", "max")
        return None, None
    read = found.whole if kind is FactType.INTEGER else found.decimal
    minimum, maximum = _as_decimal(read("min")), _as_decimal(read("max"))
    low, high = found.entry("min"), found.entry("max")
    if low and high and minimum is not None and maximum is not None and minimum > maximum:
        related = (Related(low.value.span, "minimum"),)
        found.report.add("PX172", high.value.span, related=related, low=str(minimum), high=str(maximum))
        return None, None
    return minimum, maximum


def _cost(found: Fields) -> Decimal | None:
    cost, entry = found.decimal("cost"), found.entry("cost")
    if entry and cost is not None and cost < 0:
        found.report.add("PX185", entry.value.span, cost=str(cost))
        return None
    return cost


def _as_decimal(number: int | Decimal | None) -> Decimal | None:
    return None if number is None else Decimal(number)
