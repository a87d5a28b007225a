"""The next question, put into words.

In: a decision that asks, and the fact to ask about, which need not be the one that is due. Out: an `Asked`.
"""

from __future__ import annotations

import datetime
from dataclasses import replace
from decimal import Decimal
from typing import assert_never

from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.conversation.records import OpenFact
from praxe.engine.conversation.turns import TurnKind
from praxe.engine.decision import Decision
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.records import Asked, Quote
from praxe.engine.speech import Speech
from praxe.engine.values import Json, json_value
from praxe.engine.words import Lexicon, lexicon


def question_about(decision: Decision, name: FactName) -> Asked:
    """Return the question for an open fact, at the place where the case stands."""
    asked = decision.asks
    assert asked  # INVARIANT: only a decision that asks has open facts to choose from
    if asked.fact == name:
        return asked
    rest = tuple(each for each in (asked.fact, *asked.also_open) if each != name)
    return replace(question_for(decision.policy, name, decision.language), node=asked.node, also_open=rest)


def question_for(policy: Policy, name: FactName, language: str) -> Asked:
    """Return the question for a fact, at no place in particular."""
    fact = policy.facts[name]
    speech = Speech(policy.checked, lexicon(language))
    return Asked(
        fact=name,
        label=speech.words(fact.label),
        question=speech.words(fact.question),
        type=fact.type.value,
        choices=speech.choices(fact),
        help=speech.maybe(fact.help),
        examples=tuple(Quote(says=speech.words(each.says), answer=each.answer) for each in fact.examples),
        unit=speech.maybe(fact.unit),
        minimum=_bound(fact, fact.minimum),
        maximum=_bound(fact, fact.maximum),
        system=speech.maybe(fact.system),
        attempt=None,
        also_open=(),
        clauses=policy.checked.clauses_among(fact.clauses),
        notes=(),
        node=NodeId(""),
    )


def open_fact(policy: Policy, name: FactName, left: TurnKind | None, language: str) -> OpenFact:
    """Return an open fact in words."""
    fact = policy.facts[name]
    return OpenFact(
        fact=name,
        label=fact.label.in_language(language),
        question=fact.question.in_language(language),
        left=left.value if left else None,
        system=fact.system.in_language(language) if fact.system else None,
    )


def value_text(value: Json, fact: Fact, language: str) -> str:
    """Return a fact's value, as JSON writes it, in words."""
    words = lexicon(language)
    match value:
        case bool():
            return words.yes_no(value)
        case list():
            return words.listed([value_text(each, fact, language) for each in value], "and")
        case _:
            return _one_text(str(value), fact, words)


def _one_text(value: str, fact: Fact, words: Lexicon) -> str:
    match fact.type:
        case FactType.ONE_OF | FactType.SET_OF:
            return fact.value_label(value, words.language)
        case FactType.INTEGER | FactType.DECIMAL:
            number = words.number(Decimal(value))
            return f"{number} {fact.unit.in_language(words.language)}" if fact.unit else number
        case FactType.DATE:
            return words.date(datetime.date.fromisoformat(value))
        case FactType.TEXT | FactType.YES_NO:
            return value
        case _:
            assert_never(fact.type)


def _bound(fact: Fact, bound: Decimal | None) -> Json:
    if bound is None:
        return None
    return int(bound) if fact.type is FactType.INTEGER else json_value(bound)
