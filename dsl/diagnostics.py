"""Findings as data: what is wrong, where, and the words that tell it come from `catalogue/`.

In: a code, a place and the author's own words. Out: one `Diagnostic`, rendered by the doors.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import field
from types import MappingProxyType

from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span

_NO_ARGS: Mapping[str, str] = MappingProxyType({})


@record(kw_only=False)
class Related(RecordBase):
    """A second place that a finding points at; `label` is a key of the code's `related` words."""

    span: Span
    label: str


@record(kw_only=False)
class Diagnostic(RecordBase):
    """One finding. `args` fill the placeholders of the catalogue's message and hint."""

    code: str
    span: Span
    args: Mapping[str, str] = field(default_factory=lambda: _NO_ARGS, hash=False)
    related: tuple[Related, ...] = ()


def in_file_order(found: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Return the findings by place, each once."""
    unique = {(each.code, each.span): each for each in found}
    return tuple(sorted(unique.values(), key=lambda each: (each.span, each.code)))
