"""Each policy speaks both languages wholly: what a decision says in one has no leftover of the other.

Operational literals (names of queues, templates, systems) stay as they are in either language.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from praxe.engine import Policy, load_scenarios
from praxe.engine.decision import Decision
from praxe.engine.values import Json

ROOT = Path(__file__).parents[1]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))
SPOKEN = ("text", "label", "question", "help", "says", "title", "why", "reading", "notes", "unit", "system", "actor")

# words that only one of the two languages has, frequent enough that hardly a sentence is without one
LEFTOVERS = {
    "en": re.compile(
        r"\b(não|é|são|está|foi|para|com|sem|pelo|pela|dos|das|nos|nas|uma|quem|qual|quando|cliente|pedido|fazer|texto"
        r"|deve|pode|mais|até|também|ainda|já|ao|aos|seu|sua|ele|ela|isso|este|esta)\b",
        re.IGNORECASE,
    ),
    "pt": re.compile(
        r"\b(the|and|is|are|was|not|with|without|from|this|that|these|those|which|who|when|customer|request|must"
        r"|should|may|can|does|already|still|their|his|her|has|have|been|will)\b",
        re.IGNORECASE,
    ),
}


@cache
def policy(name: str) -> Policy:
    """Return a real policy."""
    return Policy.load(ROOT / "policy" / name)


def spoken(value: Json, key: str = "") -> Iterator[str]:
    """Yield what a decision's JSON says to people, not its ids."""
    match value:
        case dict():
            for name, inner in value.items():
                yield from spoken(inner, name)
        case list():
            for inner in value:
                yield from spoken(inner, key)
        case str() if key in SPOKEN:
            yield value
        case _:
            pass


def literals(name: str) -> list[str]:
    """Return the operational literals of a policy, longest first: they are not translated."""
    found = {each for clause in policy(name).vocabulary.clauses.values() for each in clause.literals}
    return sorted(found, key=len, reverse=True)


def without_literals(text: str, name: str) -> str:
    """Return a text without the literals in it, and without what it quotes."""
    for each in literals(name):
        if len(each) > 3:
            text = text.replace(each, "")
    return re.sub(r"“[^”]*”|\"[^\"]*\"|'[^']*'", "", text)


def decisions(name: str, language: str) -> Iterator[Decision]:
    """Yield every scenario of a policy, decided in a language."""
    for scenario in load_scenarios(ROOT / "policy" / name, policy(name)).scenarios:
        start = scenario.start
        yield policy(name).decide(scenario.facts, start=start, now=scenario.now, language=language)


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", POLICIES)
def test_decisions_are_wholly_in_one_language(name: str, language: str) -> None:
    said = set()
    for decision in decisions(name, language):
        told = [value for value in decision.facts.values() if isinstance(value, str)]  # typed in, in any language
        for text in spoken(decision.to_json()):
            said.add(functools.reduce(lambda rest, each: rest.replace(each, ""), told, text))
    assert len(said) > 20
    leftover = {text for text in said if LEFTOVERS[language].search(without_literals(text, name))}
    assert not leftover


@pytest.mark.parametrize("name", POLICIES)
def test_every_word_of_the_vocabulary_is_in_both_languages(name: str) -> None:
    vocabulary, manifest = policy(name).vocabulary, policy(name).manifest
    words = [
        *(
            each
            for fact in vocabulary.facts.values()
            for each in (fact.label, fact.question, fact.help, fact.unit)
            if each
        ),
        *(value.label for fact in vocabulary.facts.values() for value in fact.values),
        *(each for action in vocabulary.actions.values() for each in (action.label, action.text) if each),
        *(each for outcome in vocabulary.outcomes.values() for each in (outcome.label, outcome.meaning) if each),
        *(each.paraphrase for each in vocabulary.clauses.values()),
        *(each for found in vocabulary.findings.values() for each in (found.title, found.why)),
        *manifest.readings.values(),
        *(each.label for each in manifest.parameters.values()),
    ]
    assert all({"pt", "en"} <= set(each.by_language) for each in words)
