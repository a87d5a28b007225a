"""The examples of a fact: what a customer says, and the answer to the fact's question that it shows.

In: the keys of a fact, and the fact without its examples. Out: the examples whose answers the fact can have.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, assert_never

from praxe.dsl.quoting import short
from praxe.dsl.vocabulary import Example, Fact, FactType
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_nodes import Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_report import Report
from praxe.dsl.yaml_values import date, decimal, text, whole

_KEYS: Final = ("says", "answer")
_YES_OR_NO: Final = {"pt": ("sim", "não"), "en": ("yes", "no")}
_ALSO: Final = ("sim", "não", "nao", "yes", "no")


def read_examples(found: Fields, fact: Fact | None) -> tuple[Example, ...]:
    """Return the examples written under `examples`; without a fact, only their form is checked."""
    examples: list[Example] = []
    for item in found.items("examples"):
        keys = fields(found.report, "examples", item, keys=_KEYS, required=_KEYS)
        if not keys:
            continue
        says, node = keys.words("says"), keys.node("answer")
        answer = _answer(found.report, node, fact) if node and fact else None
        if says and answer:
            examples.append(Example(says=says, answer=answer))
    return tuple(examples)


def _answer(report: Report, node: YamlNode, fact: Fact) -> str | None:
    """Return the answer as it is written, several joined by commas; None if the fact cannot have it."""
    match fact.type:
        case FactType.YES_NO:
            return _one_of(report, node, fact, _ALSO, listed=_YES_OR_NO.get(report.language, _ALSO))
        case FactType.ONE_OF:
            return _one_of(report, node, fact, [value.name for value in fact.values])
        case FactType.SET_OF:
            names = [value.name for value in fact.values]
            items = node.items if isinstance(node, ListNode) else (node,)
            answers = [_one_of(report, item, fact, names) for item in items]
            return ", ".join(each for each in answers if each) if all(answers) else None
        case FactType.INTEGER | FactType.DECIMAL:
            return _number(report, node, fact)
        case FactType.DATE:
            day = date(report, "answer", node)
            return day.isoformat() if day else None
        case FactType.TEXT:
            return text(report, "answer", node)
        case _:
            assert_never(fact.type)


def _one_of(
    report: Report, node: YamlNode, fact: Fact, names: Sequence[str], *, listed: Sequence[str] | None = None
) -> str | None:
    answer = text(report, "answer", node)
    if answer is None or answer in names or not isinstance(node, Scalar):
        return answer
    choices = ", ".join(f"`{name}`" for name in listed or names)
    near = report.near(answer, names)
    report.add("PX173", node.span, name=short(answer), fact=fact.name, near=near, choices=choices)
    return None


def _number(report: Report, node: YamlNode, fact: Fact) -> str | None:
    read = whole if fact.type is FactType.INTEGER else decimal
    number = read(report, "answer", node)
    if number is None:
        return None
    if fact.minimum is not None and number < fact.minimum:
        report.add("PX173", node.span, name=str(number), fact=fact.name, low=str(fact.minimum))
    elif fact.maximum is not None and number > fact.maximum:
        report.add("PX173", node.span, name=str(number), fact=fact.name, high=str(fact.maximum))
    else:
        return str(number)
    return None
