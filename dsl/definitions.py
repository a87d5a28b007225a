"""`defina` and `tabela`: derived facts, in the order of their dependence. Part of pass 2.

In: the definitions of all files. Out: the same resolved, each after those it reads; the scope learns the kind and
values of each. The vocabulary may describe a derived fact (label, values); else its values are those it gives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from graphlib import CycleError, TopologicalSorter
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Related
from praxe.dsl.expressions import check_fact, resolve, resolve_condition
from praxe.dsl.patterns import resolve_pattern
from praxe.dsl.scope import KIND_OF, UNKNOWN, Kind, Scope, Typed
from praxe.dsl.vocabulary import Fact, FactType, Value, Words

_TYPE_OF: Final = {
    Kind.YES_NO: FactType.YES_NO,
    Kind.NUMBER: FactType.DECIMAL,
    Kind.DATE: FactType.DATE,
    Kind.TEXT: FactType.TEXT,
    Kind.ONE_OF: FactType.ONE_OF,
    Kind.SET_OF: FactType.SET_OF,
}


def resolve_definitions(
    definitions: Sequence[t.Definition | t.Table], scope: Scope
) -> Mapping[t.FactName, t.Definition | t.Table]:
    """Resolve every definition, dependencies first, and add the facts they give to the scope."""
    by_name = {item.name: item for item in reversed(definitions)}
    resolved: dict[t.FactName, t.Definition | t.Table] = {}
    made: t.Definition | t.Table
    for name in _in_order(by_name, scope):
        item = by_name[name]
        match item:
            case t.Definition():
                made, typed, values = _definition(item, scope)
            case t.Table():
                made, typed, values = _table(item, scope)
            case _:
                assert_never(item)
        resolved[name] = made
        if typed.kind in _TYPE_OF:
            scope.derived[name] = _derived_fact(made, typed, values, scope)
    return resolved


def _in_order(by_name: Mapping[t.FactName, t.Definition | t.Table], scope: Scope) -> list[t.FactName]:
    graph = {name: sorted(_reads(item) & by_name.keys()) for name, item in sorted(by_name.items())}
    try:
        return list(TopologicalSorter(graph).static_order())
    except CycleError as error:
        cycle: list[t.FactName] = list(reversed(error.args[1]))
        first = min(cycle)
        ring = [*cycle[cycle.index(first) : -1], *cycle[: cycle.index(first)], first]
        scope.report("PX262", by_name[first].name_span, cycle=" → ".join(ring))
        return [name for name in sorted(by_name) if name not in cycle]


def _reads(item: t.Definition | t.Table) -> set[t.FactName]:
    return {t.FactName(node.name) for node in item.descendants() if isinstance(node, t.Name | t.FactRef)}


def _definition(item: t.Definition, scope: Scope) -> tuple[t.Definition, Typed, tuple[t.ValueRef, ...]]:
    declared = scope.vocabulary.facts.get(item.name)
    results = _Results(declared, scope)
    cases = tuple(
        replace(case, condition=resolve_condition(case.condition, scope), value=results.add(case.value, is_result=True))
        for case in item.cases
    )
    otherwise = results.add(item.otherwise, is_result=bool(item.cases))
    return replace(item, cases=cases, otherwise=otherwise), results.typed, tuple(results.values.values())


def _table(item: t.Table, scope: Scope) -> tuple[t.Table, Typed, tuple[t.ValueRef, ...]]:
    inputs = [check_fact(ref, scope) for ref in item.inputs]
    results = _Results(scope.vocabulary.facts.get(item.name), scope)
    rows = []
    for row in item.rows:
        cells = tuple(
            replace(cell, patterns=tuple(resolve_pattern(pattern, fact, scope) for pattern in cell.patterns))
            for cell, fact in zip(row.cells, inputs, strict=True)
        )
        rows.append(replace(row, cells=cells, output=results.add(row.output, is_result=True)))
    return replace(item, rows=tuple(rows)), results.typed, tuple(results.values.values())


class _Results:
    """The results of one definition: all of one kind; bare words that name nothing else are its values."""

    def __init__(self, declared: Fact | None, scope: Scope) -> None:
        self.scope = scope
        self.declared = declared
        self.typed = Typed(KIND_OF[declared.type], declared) if declared else UNKNOWN
        self.values: dict[str, t.ValueRef] = {}
        self.first: t.Expression | None = None

    def add(self, expression: t.Expression, *, is_result: bool) -> t.Expression:
        if isinstance(expression, t.Name) and is_result and self._is_new_value(expression.name):
            value = t.ValueRef(span=expression.span, name=expression.name)
            self.values.setdefault(expression.name, value)
            self._agree(Typed(Kind.ONE_OF), expression)
            return value
        resolved, typed = resolve(expression, self.scope, self.typed if self.typed.kind is not Kind.UNKNOWN else None)
        self._agree(typed, expression)
        return resolved

    def _is_new_value(self, name: str) -> bool:
        scope = self.scope
        return not self.declared and not scope.fact(name) and not scope.is_derived(name)

    def _agree(self, typed: Typed, expression: t.Expression) -> None:
        if self.typed.kind is Kind.UNKNOWN:
            self.typed, self.first = typed, expression
        elif typed.kind not in (self.typed.kind, Kind.UNKNOWN):
            first, second = "@" + self.typed.kind.value, "@" + typed.kind.value
            related = [Related(self.first.span, "first")] if self.first else []
            self.scope.report("PX241", expression.span, *related, first=first, second=second)


def _derived_fact(item: t.Definition | t.Table, typed: Typed, found: tuple[t.ValueRef, ...], scope: Scope) -> Fact:
    declared = scope.vocabulary.facts.get(item.name)
    if declared:
        return declared
    words = Words({"": item.title or item.name.replace("_", " ")})
    values = tuple(
        Value(name=each.name, label=Words({"": each.name.replace("_", " ")}), span=each.span) for each in found
    )
    if typed.fact and not values:
        values = typed.fact.values
    return Fact(
        name=item.name,
        type=_TYPE_OF[typed.kind],
        label=words,
        question=words,
        values=values,
        unit=typed.fact.unit if typed.fact else None,
        minimum=typed.fact.minimum if typed.fact and not isinstance(item, t.Table) else None,
        maximum=typed.fact.maximum if typed.fact and not isinstance(item, t.Table) else None,
        span=item.name_span,
    )
