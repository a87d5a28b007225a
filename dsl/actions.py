"""An action and its arguments, against the parameters the vocabulary declares. Part of pass 2."""

from __future__ import annotations

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Related
from praxe.dsl.expressions import resolve, term
from praxe.dsl.record import replaced
from praxe.dsl.scope import KIND_OF, Kind, Scope, Typed
from praxe.dsl.vocabulary import Action, Fact, Parameter, Words


def resolve_call(call: t.ActionCall, scope: Scope) -> t.ActionCall:
    """Resolve an action with its arguments, in the author's order and form."""
    action = scope.vocabulary.actions.get(call.action.name)
    if action is None:
        scope.unknown("PX202", call.action.span, call.action.name, lambda: scope.vocabulary.actions)
        return call
    given: dict[str, t.Argument] = {}
    seen_named = False
    for index, argument in enumerate(call.arguments):
        if argument.parameter is not None:
            seen_named = True
        elif seen_named:
            scope.report("PX256", argument.span)
            return call
        parameter = _parameter(argument, index, action, scope)
        if parameter is None:
            if argument.parameter is None:
                counts = {"found": str(len(call.arguments)), "expected": str(len(action.parameters))}
                scope.report("PX252", argument.span, action=action.name, **counts)
            return call
        if parameter.name in given:
            first = Related(given[parameter.name].span, "first")
            scope.report("PX254", argument.span, first, name=parameter.name)
            return call
        given[parameter.name] = _argument(argument, parameter, action, scope)
    for parameter in action.parameters:
        if parameter.name not in given:
            scope.report("PX251", call.span, action=action.name, parameter=parameter.name)
    return replaced(call, arguments=tuple(given.values()))


def _parameter(argument: t.Argument, index: int, action: Action, scope: Scope) -> Parameter | None:
    if argument.parameter is None:
        return action.parameters[index] if index < len(action.parameters) else None
    found = next((each for each in action.parameters if each.name == argument.parameter), None)
    if found is None:
        known = [each.name for each in action.parameters]
        scope.unknown("PX253", argument.span, argument.parameter, lambda: known, action=action.name)
    return found


def _argument(argument: t.Argument, parameter: Parameter, action: Action, scope: Scope) -> t.Argument:
    expected = Typed(KIND_OF[parameter.type], _values_of(parameter))
    hint = expected if expected.fact and expected.fact.values else Typed(expected.kind)
    value, found = resolve(argument.value, scope, hint)
    if found.kind not in (expected.kind, Kind.UNKNOWN):
        kinds = {"expected": "@" + parameter.type.value, "found": term(found)}
        scope.report("PX255", argument.span, parameter=parameter.name, action=action.name, **kinds)
    return replaced(argument, value=value)


def _values_of(parameter: Parameter) -> Fact:
    # the values of a parameter are looked up as a fact's are
    words = Words({"": parameter.name})
    return Fact(
        name=t.FactName(parameter.name),
        type=parameter.type,
        label=words,
        question=words,
        values=parameter.values,
        span=parameter.span,
    )
