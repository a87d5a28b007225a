"""Rules, definitions and values of facts in human words.

In: parts of the checked tree and a `Voice`. Out: sentences, and the lines or rows of a definition.
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import assert_never

from praxe.dsl.tree import (
    Always,
    And,
    Between,
    Cell,
    Compare,
    Contains,
    Definition,
    Expression,
    FactRef,
    In,
    Literal,
    Name,
    Never,
    Not,
    Or,
    OutcomeIs,
    OutcomeName,
    Table,
    Target,
    ValueRef,
)
from praxe.dsl.vocabulary import Fact, FactType, PolicyParameter
from praxe.engine.values import Value, in_declared_order
from praxe.visualize.pages.entries import Worked
from praxe.visualize.phrases import clause, pattern, term
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon

_Condition = Not | And | Or | Compare | Between | In | Contains | OutcomeIs


def rule_text(voice: Voice, words: Lexicon, rule: Never | Always) -> str:
    """Return what a rule says, as a sentence."""
    match rule:
        case Never():
            what, before = _target(voice, rule.target), None
        case Always():
            what, before = _action(voice, rule.action.name), rule.before
        case _:
            assert_never(rule)
    word = "never" if isinstance(rule, Never) else "always"
    sentence = words.say(f"rule.{word}", what=what)
    if before is not None:
        sentence = words.say("rule.before", rule=sentence, what=_target(voice, before))
    if rule.condition is not None:
        sentence = words.say("rule.when", rule=sentence, condition=clause(voice, rule.condition))
    return words.say("rule.sentence", rule=sentence)


def worked(voice: Voice, words: Lexicon, made: Definition | Table) -> Worked:
    """Return how a derived fact is worked out."""
    fact = voice.checked.fact(made.name)
    match made:
        case Definition(cases=()):
            return Worked(rows=(("", _value(voice, made.otherwise, fact)),))
        case Definition():
            rows = [(clause(voice, each.condition), _value(voice, each.value, fact)) for each in made.cases]
            return Worked(rows=(*rows, (words.say("worked.otherwise"), _value(voice, made.otherwise, fact))))
        case Table():
            inputs = [voice.checked.fact(each.name) for each in made.inputs]
            columns: tuple[str, ...] = (*(voice.label(each.name) for each in made.inputs), voice.label(made.name))
            cells: list[tuple[str, ...]] = [
                (
                    *(_cell(voice, words, cell, each) for cell, each in zip(row.cells, inputs, strict=True)),
                    _value(voice, row.output, fact),
                )
                for row in made.rows
            ]
            return Worked(columns=columns, rows=tuple(cells), is_table=True)
        case _:
            assert_never(made)


def kind_text(voice: Voice, words: Lexicon, fact: Fact) -> str:
    """Return what kind of answer a fact takes: `um número inteiro, de 0 a 3000 dias`."""
    kind = words.say(f"type.{fact.type.value}")
    numeric = fact.type in {FactType.INTEGER, FactType.DECIMAL}
    low, high = (None if each is None else voice.value(_plain(each)) for each in (fact.minimum, fact.maximum))
    if not numeric or (low is None and high is None):
        return words.say("type.unit", kind=kind, unit=voice.with_unit("", fact).strip()) if _has_unit(fact) else kind
    bounds = "between" if low and high else "least" if low else "most"
    most = voice.with_unit(high or "", fact) if high else ""
    least = voice.with_unit(low or "", fact) if low and not high else low or ""
    return words.say(f"type.{bounds}", kind=kind, low=least, high=most)


def fact_value(voice: Voice, fact: Fact, value: Value) -> str:
    """Return a fact's value as a reader of the policy would say it."""
    match value:
        case frozenset():
            labels = [fact.value_label(each, voice.language) for each in in_declared_order(value, fact)]
            return voice.common.listed(labels, "and")
        case tuple():
            return voice.common.listed([voice.value(each) for each in value], "and")
        case str() if fact.type is FactType.ONE_OF:
            return fact.value_label(value, voice.language)
        case _:
            return voice.value(value, fact)


def parameter_value(voice: Voice, parameter: PolicyParameter) -> str:
    """Return the value of a named value of the policy, with its unit."""
    said = voice.value(parameter.value)
    if parameter.unit is None:
        return said
    return voice.say("value.with_unit", value=said, unit=parameter.unit.in_language(voice.language))


def moment_text(voice: Voice, moment: datetime.datetime) -> str:
    """Return a date, and the time of day unless it is midnight."""
    day = voice.date(moment)
    return f"{day}, {moment:%H:%M}" if moment.hour or moment.minute else day


def _has_unit(fact: Fact) -> bool:
    return fact.unit is not None


def _plain(number: Decimal) -> int | Decimal:
    return int(number) if number == number.to_integral_value() else number


def _value(voice: Voice, expression: Expression, fact: Fact) -> str:
    """An expression that is the value of `fact`."""
    match expression:
        case ValueRef() | Name():
            return fact.value_label(expression.name, voice.language)
        case Literal():
            return voice.value(expression.value, fact)
        case Not() | And() | Or() | Compare() | Between() | In() | Contains() | OutcomeIs():
            return clause(voice, expression)
        case FactRef() if fact.type is FactType.YES_NO:
            return clause(voice, expression)
        case _:
            return term(voice, expression)


def _cell(voice: Voice, words: Lexicon, cell: Cell, fact: Fact) -> str:
    return pattern(voice, cell.patterns, fact) if cell.patterns else words.say("worked.any")


def _target(voice: Voice, target: Target) -> str:
    outcomes = voice.checked.vocabulary.outcomes
    if target.is_end or target.name in outcomes:
        return voice.say("value.quoted", text=outcomes[OutcomeName(target.name)].label.in_language(voice.language))
    return _action(voice, target.name)


def _action(voice: Voice, name: str) -> str:
    actions = {str(each): action for each, action in voice.checked.vocabulary.actions.items()}
    return voice.say("value.quoted", text=actions[name].label.in_language(voice.language))
