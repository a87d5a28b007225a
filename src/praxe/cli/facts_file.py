"""The facts of a case as YAML or JSON says them. Nothing is guessed from how a value looks: `15` is a number only for a
fact that is one.

In: a text and the vocabulary's facts. Out: each fact's value with its place, or the findings.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from praxe.cli.facts_values import Facts, typed
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact
from praxe.dsl.yaml_nodes import Mapping as Block
from praxe.dsl.yaml_nodes import Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_values import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class FactsRead:
    """What a text of facts says."""

    values: Facts = field(default_factory=dict)
    places: Mapping[str, Span] = field(default_factory=dict)
    found: tuple[Diagnostic, ...] = ()


def facts_of(source: SourceText, vocabulary: Mapping[FactName, Fact]) -> FactsRead:
    """Read a text of facts; an empty one knows none."""
    as_json = _json_object(source.text)
    if as_json is not None:
        return FactsRead(values=as_json)
    node, found = read_yaml(source)
    if found:
        return FactsRead(found=found)
    if node is None:
        return FactsRead()
    if not isinstance(node, Block):
        return FactsRead(found=(Diagnostic("PX167", node.span, {"key": source.path}),))
    entries = {entry.key.text: entry.value for entry in node.entries}
    return FactsRead(
        values={name: _value(value, vocabulary.get(FactName(name))) for name, value in entries.items()},
        places={name: value.span for name, value in entries.items()},
    )


def listed(text: str, fact: Fact | None) -> object:
    """Return the list that `[a, b]` is, or the text itself when it is none."""
    node, found = read_yaml(SourceText.of("--fact", text))
    return text if node is None or found else _value(node, fact)


def _json_object(text: str) -> Facts | None:
    """Return the JSON object that `text` is; None if it is none, or has a name twice: YAML's reader says where."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _once_each(pairs: list[tuple[str, object]]) -> Facts:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a name twice")
    return names


def _value(node: YamlNode, fact: Fact | None) -> object:
    match node:
        case Scalar():
            return None if node.is_blank and not node.quoted else typed(node.text, fact)
        case ListNode():
            return [_value(each, fact) for each in node.items]
        case _:
            return plain(node)
