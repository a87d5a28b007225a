"""Facts and conditions as their author writes them: `canal` = `chat`, `dias_atraso` = 16.

In: facts of a case, or what a set of cases leaves possible. Out: short text in the words of the policy's files.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Final

from praxe.dsl.tree import FactName
from praxe.engine.policy import Policy
from praxe.engine.prove.axes import Axis, AxisClass, AxisKind
from praxe.engine.prove.proofs import Proofs
from praxe.engine.values import TODAY, Value, in_declared_order, plain_decimal

_MOST_FACTS: Final = 4  # of a case that a message lists; the story has them all
_MOST_VALUES: Final = 4  # of a fact that a message lists


def case_text(policy: Policy, facts: Mapping[FactName, Value]) -> str:
    """Return the facts of a case, the last few of many: `canal` = `chat`, `dias_atraso` = `16`; of none: any case."""
    told = [f"`{_name(name)}` = {_value_text(policy, name, value)}" for name, value in facts.items()]
    if len(told) > _MOST_FACTS:
        told = ["…", *told[-_MOST_FACTS:]]
    return ", ".join(told) or "@any_case"


def possible_text(proofs: Proofs, cases: int, names: Iterable[FactName]) -> str:
    """Return what some cases leave possible of some facts: `canal` = `chat` | `negocio`; empty if that is all."""
    told = []
    for number in sorted(each for name in names for each in proofs.meaning.axes_of(name)):
        axis = proofs.space.axes[number]
        left = proofs.diagrams.along(cases, number)
        parts = proofs.diagrams.parts[left]
        classes = [each for place, each in enumerate(axis.classes) if left > 1 and parts[place]]
        if 0 < len(classes) <= _MOST_VALUES:
            told.append(_axis_text(axis, classes))
    return ", ".join(told)


def yes_no(policy: Policy, value: bool) -> str:
    """Return yes or no as the policy's files write it."""
    return _WORDS[policy.manifest.language if policy.manifest.language in _WORDS else "pt"][not value]


_WORDS: Final[Mapping[str, tuple[str, str]]] = {"pt": ("sim", "não"), "en": ("yes", "no")}


def _yes_no(value: bool) -> str:
    """Return yes or no; a finding has it in its reader's language."""
    return "@yes" if value else "@no"


def _name(name: FactName) -> str:
    return "hoje" if name == TODAY else name


def _value_text(policy: Policy, name: FactName, value: Value) -> str:
    match value:
        case tuple():
            return f"`[{', '.join(_yes_no(each) for each in value)}]`"
        case frozenset():
            members = in_declared_order(value, policy.facts.get(name))
            return f"`[{', '.join(members)}]`"
        case _:
            return f"`{_plain(value)}`"


def _plain(value: Value | None) -> str:
    match value:
        case bool():
            return _yes_no(value)
        case Decimal():
            return plain_decimal(value)
        case datetime.date():
            return value.isoformat()
        case _:
            return str(value)


def _axis_text(axis: Axis, classes: list[AxisClass]) -> str:
    name = _name(axis.fact)
    if axis.kind is AxisKind.MEMBER:
        return f"`{name}` ∋ `{axis.member}`" if classes[0].low else f"`{name}` ∌ `{axis.member}`"
    if axis.kind is AxisKind.ATTEMPTS:
        return f"`{name}` = " + " | ".join(f"`{_yes_no(each.low is not None)}`" for each in classes)
    return f"`{name}` = " + " | ".join(f"`{_range(each)}`" for each in classes)


def _range(each: AxisClass) -> str:
    if each.low == each.high:
        return _plain(each.low)
    low = "…" if each.low is None else _plain(each.low)
    return f"{low}+" if each.high is None else f"{low}..{_plain(each.high)}"
