"""Pass 2: every name found, every value of the right kind.

In: the trees of all files and the vocabulary. Out: the same trees with no `Name` left, the facts that definitions
give, and a diagnostic for each name that does not exist and each value that does not fit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from praxe.dsl import tree as t
from praxe.dsl.definitions import resolve_definitions
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.expressions import check_outcome, resolve_condition
from praxe.dsl.record import RecordBase, record
from praxe.dsl.scope import Scope
from praxe.dsl.statements import resolve_block
from praxe.dsl.tree import ActionName, FactName, OutcomeName, ProcedureName
from praxe.dsl.vocabulary import Action, Assumption, Fact, Manifest, Outcome, Vocabulary


@record(kw_only=False)
class Resolved(RecordBase):
    """What pass 2 gives to the next ones."""

    procedures: Mapping[ProcedureName, t.Procedure]
    definitions: Mapping[FactName, t.Definition | t.Table]  # each after those it reads
    derived: Mapping[FactName, Fact]
    rules: tuple[t.Never | t.Always, ...]
    used_parameters: frozenset[str]
    diagnostics: tuple[Diagnostic, ...]
    assumptions: tuple[Assumption, ...] = ()


def resolve_policy(
    files: Sequence[t.File],
    manifest: Manifest,
    vocabulary: Vocabulary,
    *,
    broken: frozenset[str] = frozenset(),
    is_whole: bool = True,
    assumptions: Sequence[Assumption] = (),
) -> Resolved:
    """Resolve all files of a policy against its vocabulary; `broken` are names of it with a mistake already told.

    Args:
        is_whole: no line of the files was lost to a mistake.
        assumptions: those of the vocabulary, parsed.
    """
    items = [item for file in files for item in file.items]
    broken |= frozenset(word for file in files for line in file.broken for word in line.replace('"', " ").split())
    procedures = {item.name: item for item in reversed(items) if isinstance(item, t.Procedure) and item.name}
    definitions = [item for item in items if isinstance(item, t.Definition | t.Table)]
    names = frozenset(str(item.name) for item in definitions)
    lacks_items = any(file.lacks_items for file in files)
    scope = Scope(vocabulary, procedures, names, manifest.parameters, broken, lacks_items=lacks_items)
    _check_duplicates(items, scope)
    ordered = resolve_definitions(definitions, scope)
    resolved: dict[ProcedureName, t.Procedure] = {}
    for item in items:
        if isinstance(item, t.Procedure):
            body = resolve_block(item.body, scope)
            if item.name:
                resolved.setdefault(item.name, replace(item, body=body))
    assumed = tuple(_assumption(each, scope) for each in assumptions)
    scope.is_rule = True
    rules = tuple(_rule(item, scope) for item in items if isinstance(item, t.Never | t.Always))
    _check_clauses(items, scope)
    if manifest.entry not in procedures and is_whole:
        scope.unknown("PX208", manifest.entry_span, manifest.entry, lambda: procedures)
    _check_readings(manifest, scope)
    for door in manifest.doors:
        if door not in procedures and is_whole:
            scope.unknown("PX208", manifest.entry_span, door, lambda: procedures)
    used = frozenset(scope.used_parameters)
    return Resolved(resolved, ordered, scope.derived, rules, used, tuple(scope.diagnostics), assumed)


def _check_duplicates(items: list[t.Item], scope: Scope) -> None:
    first: dict[str, t.Procedure | t.Definition | t.Table] = {}
    for item in items:
        if isinstance(item, t.Never | t.Always) or not item.name:
            continue
        other = first.setdefault(item.name, item)
        vocabulary = scope.vocabulary
        if other is not item:
            scope.report("PX221", item.name_span, Related(other.name_span, "first"), name=item.name)
            continue
        word: Action | Outcome | Fact | None
        word = vocabulary.actions.get(ActionName(item.name)) or vocabulary.outcomes.get(OutcomeName(item.name))
        if isinstance(item, t.Procedure):
            word = word or vocabulary.facts.get(FactName(item.name))
        if word:  # a definition may have the name of a fact: it then gives that fact its value
            scope.report("PX221", item.name_span, Related(word.span, "first"), name=item.name)


def _check_clauses(items: list[t.Item], scope: Scope) -> None:
    known = [*scope.vocabulary.clauses, *scope.vocabulary.findings]
    if not scope.vocabulary.clauses:
        return  # a policy without a register of clauses may cite as it likes
    names = frozenset(known)
    for item in items:
        for node in item.descendants():
            if isinstance(node, t.ClauseRef) and node.name not in names:
                scope.unknown("PX205", node.span, node.name, lambda: known)


def _check_readings(manifest: Manifest, scope: Scope) -> None:
    known = scope.vocabulary.findings
    for name in manifest.readings:
        if name not in known:
            scope.unknown("PX210", manifest.span, name, lambda: known)


def _rule(rule: t.Never | t.Always, scope: Scope) -> t.Never | t.Always:
    target = rule.target if isinstance(rule, t.Never) else rule.before
    if target:
        _check_target(target, scope)
    if isinstance(rule, t.Always) and rule.action.name not in scope.vocabulary.actions:
        scope.unknown("PX202", rule.action.span, rule.action.name, lambda: scope.vocabulary.actions)
    condition = resolve_condition(rule.condition, scope) if rule.condition else None
    return replace(rule, condition=condition)


def _assumption(assumption: Assumption, scope: Scope) -> Assumption:
    when = resolve_condition(assumption.when, scope) if assumption.when else None
    return replace(assumption, when=when, then=resolve_condition(assumption.then, scope))


def _check_target(target: t.Target, scope: Scope) -> None:
    outcomes, actions = scope.vocabulary.outcomes, scope.vocabulary.actions
    if target.is_end:
        check_outcome(t.OutcomeRef(span=target.span, name=OutcomeName(target.name)), scope)
    elif target.name not in outcomes and target.name not in actions:
        scope.unknown("PX402", target.span, target.name, lambda: [*outcomes, *actions])
