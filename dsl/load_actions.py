"""The actions of `vocabulary.yaml`.

In: one key of the file and what stands after it. Out: the `Action`, None if its name or a parameter cannot be made out.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final

from praxe.dsl.load_clauses import cited_clauses
from praxe.dsl.load_facts import read_values
from praxe.dsl.quoting import short
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ActionName
from praxe.dsl.vocabulary import Action, FactType, Parameter, Words
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_names import is_name
from praxe.dsl.yaml_nodes import Entry, Mapping, Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_report import Report

NATURES: Final = ("execution", "communication", "record", "wait", "check")

_KEYS: Final = ("label", "text", "nature", "actor", "params", "conflicts", "clauses", "kept")
_PLACE: Final = re.compile(r"\{([^{}]*)\}")


def read_action(source: SourceText, report: Report, entry: Entry, clauses: Collection[str] | None) -> Action | None:
    """Read one action; a label that is missing is replaced by its name, so that it can still be used."""
    can_be_named = is_name(report, entry.key)
    found = fields(report, entry.key, entry.value, keys=_KEYS, required=("label",))
    if not found:
        return None
    written = found.entries("params")
    parameters = tuple(filter(None, (_parameter(report, each) for each in written)))
    _check_places(source, found, [each.key.text for each in written])
    action = Action(
        name=ActionName(entry.key.text),
        label=found.words("label") or Words({report.language: entry.key.text}),
        text=found.words("text"),
        nature=found.one_of("nature", NATURES),
        actor=found.words("actor"),
        parameters=parameters,
        conflicts=tuple(map(ActionName, found.texts("conflicts"))),
        clauses=cited_clauses(found, clauses),
        kept=found.words("kept"),
        span=entry.key.span,
    )
    # with a parameter left out, the arguments of every use would seem wrong
    return action if can_be_named and len(parameters) == len(written) else None


def check_conflicts(report: Report, entries: Iterable[Entry], known: Collection[str]) -> None:
    """Find each name under `conflicts` that is no action."""
    for entry in entries:
        pairs = entry.value if isinstance(entry.value, Mapping) else ()
        node = next((value for key, value in pairs if key == "conflicts"), None)
        for item in node.items if isinstance(node, ListNode) else ():
            if isinstance(item, Scalar) and item.text not in known:
                report.add("PX202", item.span, name=short(item.text), near=report.near(item.text, known))


def _parameter(report: Report, entry: Entry) -> Parameter | None:
    can_be_named = is_name(report, entry.key)
    found = fields(report, entry.key, entry.value, keys=("type", "label", "values"), required=("type", "label"))
    if not found:
        return None
    kind, label = found.member("type", FactType), found.words("label")
    values = read_values(found, kind)
    if not can_be_named or kind is None or values is None:
        return None
    return Parameter(
        name=entry.key.text,
        type=kind,
        label=label or Words({report.language: entry.key.text}),
        values=values,
        span=entry.key.span,
    )


def _check_places(source: SourceText, found: Fields, parameters: Sequence[str]) -> None:
    """Find each `{place}` of the action's text that is none of its parameters."""
    for node in _texts(found.node("text")):
        for match in _PLACE.finditer(node.text):
            if match[1] not in parameters:
                choices = ", ".join(f"`{name}`" for name in parameters)
                span = _span_of(source, node, match[0])
                near = found.report.near(match[1], parameters)
                found.report.add("PX176", span, name=short(match[1]), action=found.name, near=near, choices=choices)


def _texts(node: YamlNode | None) -> Iterator[Scalar]:
    match node:
        case Scalar():
            yield node
        case Mapping():
            yield from (value for _, value in node if isinstance(value, Scalar))
        case _:
            return  # nothing written, or no text: told elsewhere


def _span_of(source: SourceText, node: Scalar, place: str) -> Span:
    """Return where `place` stands within a text; a text cut by a line end inside it is marked whole."""
    for number in range(node.span.line, node.span.end_line + 1):
        start = source.line(number).find(place, node.span.column - 1 if number == node.span.line else 0)
        if start >= 0:
            return Span(source.path, number, start + 1, number, start + len(place) + 1)
    return node.span
