"""One step written by itself, as after `faça`: `enviar_para_fila(n2) em até 2 dias úteis`. Scenarios name steps so.

In: its text and the policy whose words it uses. Out: the step with its names resolved, and the findings about it, with
places in the text itself: line 1, columns from 1. Arguments may be left out.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keywords import faces
from praxe.dsl.parse import parse
from praxe.dsl.scope import Scope
from praxe.dsl.source import SourceText, Span
from praxe.dsl.statements import resolve_block
from praxe.dsl.tree import Do, Procedure

_ARGUMENT_LEFT_OUT: Final = "PX251"


def read_step(text: str, policy: CheckedPolicy) -> tuple[Do | None, tuple[Diagnostic, ...]]:
    """Read one step; None with the findings if it is none that the policy could have."""
    face = faces()[policy.manifest.language]
    before = f"  {face.word('DO')} "
    source = SourceText.of("", f'{face.word("PROCEDURE")} passo "":\n{before}{text.replace(chr(10), " ")}\n')
    file, found = parse(source, language=policy.manifest.language)
    steps = [each for item in file.items if isinstance(item, Procedure) for each in item.body.statements]
    if found or len(steps) != 1 or not isinstance(steps[0], Do):
        return None, _in_text(found, len(before))
    scope = Scope(
        policy.vocabulary,
        {},
        frozenset(map(str, policy.definitions)),
        policy.manifest.parameters,
        frozenset(),
        derived=dict(policy.derived),
    )
    (step,) = resolve_block(file.items[0].body, scope).statements  # type: ignore[union-attr]  # a procedure, as above
    told = tuple(each for each in scope.diagnostics if each.code != _ARGUMENT_LEFT_OUT)
    return (None if told or not isinstance(step, Do) else step), _in_text(told, len(before))


def _in_text(found: tuple[Diagnostic, ...], indent: int) -> tuple[Diagnostic, ...]:
    return tuple(replace(each, span=_moved(each.span, indent), related=()) for each in found)


def _moved(span: Span, indent: int) -> Span:
    start = max(span.column - indent, 1) if span.line > 1 else 1
    end = max(span.end_column - indent, start + 1) if span.end_line > 1 else start + 1
    return Span(span.path, 1, start, 1, end)
