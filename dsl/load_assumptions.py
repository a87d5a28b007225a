"""The assumptions of `vocabulary.yaml`: what cannot happen in the world, so that no proof need look at it.

In: the list `assumptions`, each with `then` and perhaps `when`, conditions of the language. Out: `WrittenAssumption`,
later parsed as if each condition stood in a file of its own; every mistake points into the YAML file.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keywords import faces
from praxe.dsl.load_clauses import cited_clauses
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import Expression, Never, Node
from praxe.dsl.vocabulary import Assumption, WrittenAssumption
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_nodes import Scalar

_KEYS: Final = ("when", "then", "label", "clauses")
_TARGET: Final = "x"  # of the rule in which a condition is parsed


def read_assumptions(found: Fields, clauses: Collection[str] | None) -> tuple[WrittenAssumption, ...]:
    """Read the list `assumptions` of a vocabulary; one without `then` is noted and left out."""
    read = []
    for node in found.items("assumptions"):
        each = fields(found.report, "assumptions", node, keys=_KEYS, required=("then",))
        then = _condition(each, "then") if each else None
        if each and then:
            read.append(
                WrittenAssumption(
                    when=_condition(each, "when"),
                    then=then,
                    label=each.words("label"),
                    clauses=cited_clauses(each, clauses),
                    span=then.span,
                )
            )
    return tuple(read)


def parse_assumptions(
    written: Sequence[WrittenAssumption], *, language: str, cache: Path | None = None
) -> tuple[tuple[Assumption, ...], tuple[Diagnostic, ...]]:
    """Return assumptions with their conditions as trees, and the mistakes in them.

    Args:
        language: of the conditions, `pt` or `en`.
        cache: a file for the grammar's tables.
    """
    parsed: list[Assumption] = []
    mistakes: list[Diagnostic] = []
    for each in written:
        then = _parsed(each.then, language, cache, mistakes)
        when = _parsed(each.when, language, cache, mistakes) if each.when else None
        if then and (when or each.when is None):
            parsed.append(Assumption(when=when, then=then, label=each.label, clauses=each.clauses, span=each.span))
    return tuple(parsed), tuple(mistakes)


def _condition(found: Fields, key: str) -> Scalar | None:
    """Return a condition as it is written; one that is no text is noted."""
    node = found.node(key)
    return node if found.text(key) is not None and isinstance(node, Scalar) else None


def _parsed(text: Scalar, language: str, cache: Path | None, mistakes: list[Diagnostic]) -> Expression | None:
    face = faces()[language]
    head = f"{face.word('NEVER')} {_TARGET} {face.word('WHEN')} "
    line = " ".join(text.text.split())
    file, found = parse(SourceText.of(text.span.path, head + line), language=language, cache=cache)
    mistakes += (_moved_finding(each, text, len(head)) for each in found)
    rule = next((item for item in file.items if isinstance(item, Never)), None)
    if found or rule is None or rule.condition is None:
        return None
    moved: Expression = _moved(rule.condition, text, len(head))
    return moved


def _moved_finding(finding: Diagnostic, text: Scalar, head: int) -> Diagnostic:
    related = tuple(replace(each, span=_place(each.span, text, head)) for each in finding.related)
    return replace(finding, span=_place(finding.span, text, head), related=related)


def _moved(tree: Any, text: Scalar, head: int) -> Any:
    """Return a part of the tree with all its places in the YAML file."""
    if isinstance(tree, tuple):
        return tuple(_moved(each, text, head) for each in tree)
    if not isinstance(tree, Node):
        return tree
    changes = {each.name: _moved(getattr(tree, each.name), text, head) for each in fields_of(tree)}
    return replace(tree, **{**changes, "span": _place(tree.span, text, head)})


def _place(span: Span, text: Scalar, head: int) -> Span:
    """Return where a stretch of the parsed line stands in the YAML file; all of the text where lines were joined."""
    whole = text.span
    written = whole.end_column - whole.column
    if whole.line != whole.end_line or written - len(text.text) not in (0, 2):
        return whole
    shift = whole.column - 1 - head + (1 if written > len(text.text) else 0)
    start, end = max(span.column + shift, whole.column), min(span.end_column + shift, whole.end_column)
    return Span(whole.path, whole.line, start, whole.line, max(end, start + 1))
