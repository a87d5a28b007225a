"""Conditions in human words: what a decision asks, and what each of its answers says.

In: an expression of the checked tree and a `Voice`. Out: `Asked`, the title of a question card with the text of
each tab; or one sentence. A condition on one fact becomes that fact's own question wherever its answers allow it.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from praxe.dsl.tree import (
    And,
    Arithmetic,
    Between,
    Compare,
    Comparison,
    Contains,
    DaysBetween,
    DurationLiteral,
    Expression,
    FactName,
    FactRef,
    In,
    Literal,
    LoopRef,
    Name,
    Not,
    Or,
    OutcomeIs,
    Pattern,
    RangePattern,
    Today,
    ValuePattern,
    ValueRef,
)
from praxe.dsl.vocabulary import Fact, FactType
from praxe.visualize.voice import Voice

_ENDS = ("?", "!", ".", ":", "…")
_MOST_LISTED = 3  # the other answers of a question are named up to this many, then summed up


@dataclass(frozen=True, slots=True)
class Asked:
    """A condition as a question: its title, the statements it joins (if several), and the answers for yes and no."""

    title: str
    statements: tuple[str, ...]
    yes: str
    no: str


def ask(voice: Voice, test: Expression) -> Asked:
    """Return the condition `test` as a question with two answers."""
    yes, no = voice.say("answer.yes"), voice.say("answer.no")
    match test:
        case Not():
            asked = ask(voice, test.operand)
            return Asked(asked.title, asked.statements, asked.no, asked.yes)
        case FactRef():
            return Asked(_question(voice, test.name), (), yes, no)
        case And() | Or():
            title = voice.say("condition.all" if isinstance(test, And) else "condition.any")
            return Asked(title, tuple(clause(voice, each) for each in test.operands), yes, no)
        case Compare(left=FactRef(name=name), right=Literal(value=bool() as value)):
            agrees = value is not (test.operator is Comparison.NOT_EQUAL)
            return Asked(_question(voice, name), (), *((yes, no) if agrees else (no, yes)))
        case Compare(left=FactRef(name=name), right=ValueRef(name=value)) if _is_one_of(voice, test.left):
            fact = voice.checked.fact(name)
            this, others = _these_and_others(voice, fact, (value,))
            return Asked(_question(voice, name), (), *((others, this) if _negates(test.operator) else (this, others)))
        case In(subject=FactRef(name=name)) if _is_one_of(voice, test.subject):
            fact = voice.checked.fact(name)
            names = tuple(each.name for each in test.members if isinstance(each, ValueRef))
            return Asked(_question(voice, name), (), *_these_and_others(voice, fact, names))
        case _:
            return Asked(voice.say("condition.asked", text=clause(voice, test)), (), yes, no)


def _question(voice: Voice, name: FactName) -> str:
    """A fact's own question; that of a derived fact is its title, perhaps without a question mark."""
    question = voice.question(name)
    return question if question[-1:] in _ENDS else voice.say("condition.asked", text=question)


def clause(voice: Voice, test: Expression, *, negated: bool = False) -> str:
    """Return a condition, or its opposite, as a short statement without a full stop."""
    match test:
        case Not():
            return clause(voice, test.operand, negated=not negated)
        case And() | Or():
            parts = [_grouped(voice, each, negated=negated) for each in test.operands]
            return voice.either(parts, last="and" if isinstance(test, And) is not negated else "or")
        case Compare():
            return _comparison(voice, test, negated=negated)
        case Between():
            fact = _fact_of(voice, test.subject)
            low, high = _beside(voice, test.low, fact, unit=False), _beside(voice, test.high, fact)
            key = "condition.outside" if negated else "condition.between"
            return voice.say(key, left=term(voice, test.subject), low=low, high=high)
        case In():
            fact = _fact_of(voice, test.subject)
            members = [_beside(voice, each, fact) for each in test.members]
            key = "condition.not_in" if negated else "condition.in"
            return voice.say(key, left=term(voice, test.subject), right=voice.either(members))
        case Contains():
            member = _beside(voice, test.member, _fact_of(voice, test.collection))
            key = "condition.contains_not" if negated else "condition.contains"
            return voice.say(key, left=term(voice, test.collection), right=member)
        case OutcomeIs():
            outcome = voice.checked.vocabulary.outcomes[test.outcome.name].label.in_language(voice.language)
            return voice.say("condition.outcome_not" if negated else "condition.outcome", right=outcome)
        case _:
            return voice.say("condition.is", left=term(voice, test), right=voice.value(not negated))


def term(voice: Voice, expression: Expression) -> str:
    """Return an expression that stands for a value: a fact's label, a number, a date, a sum."""
    match expression:
        case FactRef():
            return voice.label(expression.name)
        case Name() | ValueRef() | LoopRef():
            return expression.name
        case Literal():
            return voice.value(expression.value)
        case DurationLiteral():
            return voice.duration(expression.value)
        case Today():
            return voice.say("value.today")
        case DaysBetween():
            key = "value.business_days_between" if expression.business else "value.days_between"
            return voice.say(key, start=term(voice, expression.start), end=term(voice, expression.end))
        case Arithmetic(right=DurationLiteral(value=duration)):
            key = "value.before" if expression.subtract else "value.after"
            return voice.say(key, duration=voice.duration(duration), date=term(voice, expression.left))
        case Arithmetic():
            key = "value.minus" if expression.subtract else "value.plus"
            return voice.say(key, left=term(voice, expression.left), right=term(voice, expression.right))
        case Not() | And() | Or() | Compare() | Between() | In() | Contains() | OutcomeIs():
            return voice.say("value.group", text=clause(voice, expression))


def pattern(voice: Voice, admitted: tuple[Pattern, ...], fact: Fact) -> str:
    """Return what a branch of `caso` admits: `técnico`, `boleto ou cartão`, `0 a 15 ou 30 dias`."""
    texts = [_pattern(voice, each, fact, unit=False) for each in admitted[:-1]]
    return voice.either([*texts, *(_pattern(voice, each, fact) for each in admitted[-1:])])


def _pattern(voice: Voice, admitted: Pattern, fact: Fact, *, unit: bool = True) -> str:
    match admitted:
        case ValuePattern():
            return _beside(voice, admitted.value, fact, unit=unit)
        case RangePattern(high=None):
            return voice.say("value.at_least", low=voice.value(admitted.low, fact, unit=unit))
        case RangePattern():
            low, high = voice.value(admitted.low), voice.value(admitted.high, fact, unit=unit)
            return voice.say("value.range", low=low, high=high)


def _beside(voice: Voice, expression: Expression, fact: Fact | None, *, unit: bool = True) -> str:
    """Return an expression that stands beside `fact`, in that fact's value names and unit."""
    match expression:
        case ValueRef() | Name() if fact:
            return fact.value_label(expression.name, voice.language)
        case Literal(value=str()):
            return voice.say("value.quoted", text=voice.value(expression.value))
        case Literal():
            return voice.value(expression.value, fact, unit=unit)
        case _:
            return term(voice, expression)


_OPPOSITE = {
    Comparison.EQUAL: Comparison.NOT_EQUAL,
    Comparison.IS: Comparison.NOT_EQUAL,
    Comparison.NOT_EQUAL: Comparison.EQUAL,
    Comparison.GREATER: Comparison.LESS_EQUAL,
    Comparison.GREATER_EQUAL: Comparison.LESS,
    Comparison.LESS: Comparison.GREATER_EQUAL,
    Comparison.LESS_EQUAL: Comparison.GREATER,
}
_MIRRORED = {
    Comparison.GREATER: Comparison.LESS,
    Comparison.GREATER_EQUAL: Comparison.LESS_EQUAL,
    Comparison.LESS: Comparison.GREATER,
    Comparison.LESS_EQUAL: Comparison.GREATER_EQUAL,
}


def _comparison(voice: Voice, test: Compare, *, negated: bool) -> str:
    operator = _OPPOSITE[test.operator] if negated else test.operator
    left, right = test.left, test.right
    if _fact_of(voice, left) is None and _fact_of(voice, right) is not None:  # `15 < dias` reads `dias: mais de 15`
        left, right, operator = right, left, _MIRRORED.get(operator, operator)
    fact = _fact_of(voice, left)
    if isinstance(right, Literal) and isinstance(right.value, bool):
        return voice.say(
            "condition.is", left=term(voice, left), right=voice.value(right.value is not _negates(operator))
        )
    dated = "date_" if _is_date(voice, left) or _is_date(voice, right) else ""
    match operator:
        case Comparison.EQUAL | Comparison.IS:
            key = "condition.is"
        case Comparison.NOT_EQUAL:
            key = "condition.is_not"
        case Comparison.GREATER:
            key = f"condition.{dated}greater"
        case Comparison.GREATER_EQUAL:
            key = f"condition.{dated}greater_equal"
        case Comparison.LESS:
            key = f"condition.{dated}less"
        case Comparison.LESS_EQUAL:
            key = f"condition.{dated}less_equal"
    return voice.say(key, left=term(voice, left), right=_beside(voice, right, fact))


def _grouped(voice: Voice, test: Expression, *, negated: bool) -> str:
    """An operand of `e` or `ou`, in brackets if it joins several itself."""
    text = clause(voice, test, negated=negated)
    inner = test.operand if isinstance(test, Not) else test
    return voice.say("value.group", text=text) if isinstance(inner, And | Or) else text


def _these_and_others(voice: Voice, fact: Fact, names: tuple[str, ...]) -> tuple[str, str]:
    these = voice.either([fact.value_label(name, voice.language) for name in names])
    others = [each.label.in_language(voice.language) for each in fact.values if each.name not in names]
    return these, voice.either(others) if 0 < len(others) <= _MOST_LISTED else voice.say("answer.other")


def _negates(operator: Comparison) -> bool:
    return operator is Comparison.NOT_EQUAL


def _is_one_of(voice: Voice, expression: Expression) -> bool:
    return isinstance(expression, FactRef) and voice.checked.fact(expression.name).type is FactType.ONE_OF


def _fact_of(voice: Voice, expression: Expression) -> Fact | None:
    """The fact whose values and unit an expression is told in, if there is one."""
    match expression:
        case FactRef():
            return voice.checked.fact(expression.name)
        case Arithmetic():
            return _fact_of(voice, expression.left)
        case _:
            return None


def _is_date(voice: Voice, expression: Expression) -> bool:
    match expression:
        case Today() | Literal(value=datetime.date()):
            return True
        case FactRef():
            return voice.checked.fact(expression.name).type is FactType.DATE
        case Arithmetic():
            return _is_date(voice, expression.left)
        case _:
            return False
