"""Names and kinds in the statements of a procedure: part of pass 2."""

from __future__ import annotations

from typing import assert_never

from praxe.dsl import tree as t
from praxe.dsl.actions import resolve_call
from praxe.dsl.diagnostics import Related
from praxe.dsl.expressions import check_fact, check_outcome, resolve, resolve_condition
from praxe.dsl.patterns import resolve_pattern
from praxe.dsl.record import replaced
from praxe.dsl.scope import Kind, Scope
from praxe.dsl.vocabulary import Fact, FactType


def resolve_block(block: t.Block, scope: Scope) -> t.Block:
    """Resolve all statements of a block."""
    return replaced(block, statements=tuple(_statement(each, scope) for each in block.statements))


def _optional(block: t.Block | None, scope: Scope) -> t.Block | None:
    return resolve_block(block, scope) if block else None


def _statement(statement: t.Statement, scope: Scope) -> t.Statement:
    match statement:
        case t.Do(step=t.ActionCall() as call):
            return replaced(statement, step=resolve_call(call, scope))
        case t.Do() | t.Say() | t.Gap() | t.Note() | t.Nothing():
            return statement
        case t.Ask(fact=ref):
            if check_fact(ref, scope) and scope.is_derived(ref.name):
                scope.report("PX240", ref.span, fact=ref.name)
            return statement
        case t.If():
            branches = tuple(
                replaced(each, condition=resolve_condition(each.condition, scope), body=resolve_block(each.body, scope))
                for each in statement.branches
            )
            return replaced(statement, branches=branches, otherwise=_optional(statement.otherwise, scope))
        case t.Case():
            return _case(statement, scope)
        case t.Follow(procedure=ref):
            if ref.name not in scope.procedures:
                scope.unknown("PX201", ref.span, ref.name, lambda: scope.procedures)
            return statement
        case t.ForEach():
            return _for_each(statement, scope)
        case t.Retry():
            _check_yes_no(statement.until, scope)
            return replaced(
                statement,
                call=resolve_call(statement.call, scope),
                body=resolve_block(statement.body, scope),
                otherwise=_optional(statement.otherwise, scope),
            )
        case t.Wait():
            return _wait(statement, scope)
        case t.End(outcome=ref):
            check_outcome(ref, scope)
            return statement
        case t.Rule():
            exceptions = tuple(
                replaced(each, condition=resolve_condition(each.condition, scope), body=resolve_block(each.body, scope))
                for each in statement.exceptions
            )
            return replaced(statement, body=resolve_block(statement.body, scope), exceptions=exceptions)
        case _:
            assert_never(statement)


def _case(statement: t.Case, scope: Scope) -> t.Case:
    subject = statement.subject
    loop = scope.loops.get(subject.name)
    if loop:
        subject = t.LoopRef(span=subject.span, name=subject.name, collection=loop.name)
        fact: Fact | None = replaced(loop, type=FactType.ONE_OF)
    else:
        assert isinstance(subject, t.FactRef)
        fact = check_fact(subject, scope)
    if fact and fact.type in (FactType.SET_OF, FactType.DATE):
        scope.report("PX235", statement.subject.span, fact=fact.name, type="@" + fact.type.value)
        fact = None
    arms = tuple(
        replaced(
            arm,
            patterns=tuple(resolve_pattern(pattern, fact, scope) for pattern in arm.patterns),
            body=resolve_block(arm.body, scope),
        )
        for arm in statement.arms
    )
    return replaced(statement, subject=subject, arms=arms, otherwise=_optional(statement.otherwise, scope))


def _for_each(statement: t.ForEach, scope: Scope) -> t.ForEach:
    fact = check_fact(statement.collection, scope)
    name = statement.variable
    if name in scope.loops or scope.fact(name) or scope.is_derived(name):
        known = scope.loops.get(name) or scope.fact(name)
        scope.report("PX222", statement.span, *([Related(known.span, "first")] if known else []), name=name)
    if fact and fact.type is not FactType.SET_OF:
        scope.report("PX238", statement.collection.span, fact=fact.name, type="@" + fact.type.value)
        fact = None
    outer = scope.loops.get(name)
    if fact:
        scope.loops[name] = fact
    body = resolve_block(statement.body, scope)
    scope.loops.pop(name, None)
    if outer:
        scope.loops[name] = outer
    return replaced(statement, body=body)


def _wait(statement: t.Wait, scope: Scope) -> t.Wait:
    _check_yes_no(statement.fact, scope)
    deadline = statement.deadline
    if not isinstance(deadline, t.Duration):
        deadline, typed = resolve(deadline, scope)
        if typed.kind not in (Kind.DATE, Kind.UNKNOWN):
            scope.report("PX242", deadline.span, type="@" + typed.kind.value)
    return replaced(
        statement,
        deadline=deadline,
        on_time=resolve_block(statement.on_time, scope),
        meanwhile=_optional(statement.meanwhile, scope),
        too_late=_optional(statement.too_late, scope),
    )


def _check_yes_no(ref: t.FactRef, scope: Scope) -> None:
    fact = check_fact(ref, scope)
    if fact and fact.type is not FactType.YES_NO:
        scope.report("PX239", ref.span, fact=fact.name, type="@" + fact.type.value)
    elif fact and scope.is_derived(ref.name):
        scope.report("PX240", ref.span, fact=ref.name)
