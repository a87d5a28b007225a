"""The words of an explanation: facts, clauses and ends as their owner calls them.

In: names and values of one policy. Out: records with their texts, in one language.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, assert_never

from praxe.dsl.source import Span
from praxe.dsl.tree import ClauseId, Duration, FactName
from praxe.dsl.vocabulary import Fact
from praxe.engine.explanation.records import CitedClause, CitedFact, Ending
from praxe.engine.explanation.sentences import sentences
from praxe.engine.records import DecidedStep
from praxe.engine.values import TODAY, Value, in_declared_order, json_value
from praxe.engine.walk import Status
from praxe.engine.words import Lexicon

if TYPE_CHECKING:
    from praxe.engine.decision import Decision
    from praxe.engine.policy import Policy


@dataclass(frozen=True)
class Voice:
    """Speaks of one policy in one language."""

    policy: Policy
    lexicon: Lexicon

    @classmethod
    def of(cls, decision: Decision) -> Voice:
        """Return the voice that a decision speaks with."""
        return cls(decision.policy, sentences(decision.language))

    def say(self, key: str, **places: str) -> str:
        """Return one of the sentences of `words.json`, under `why`."""
        return self.lexicon.say(f"why.{key}", **places)

    def label(self, name: FactName) -> str:
        """Return what a fact is called."""
        return self.say("today") if name == TODAY else self._fact(name).label.in_language(self.lexicon.language)

    def cited(self, name: FactName, value: Value) -> CitedFact:
        """Return a fact with its value."""
        if name == TODAY:
            today = FactName("hoje")
            return CitedFact(fact=today, label=self.label(name), value=json_value(value), text=self._of(value))
        fact = self._fact(name)
        return CitedFact(
            fact=name, label=self.label(name), value=json_value(value, fact), text=self.value_text(name, value)
        )

    def value_text(self, name: FactName, value: Value) -> str:
        """Return a value in words: `Motivo técnico`, `15 dias`, `não, não e sim`."""
        fact = self._fact(name)
        match value:
            case str() if fact.values:
                return fact.value_label(value, self.lexicon.language)
            case str():
                return f"“{value}”"
            case frozenset():
                names = in_declared_order(value, fact)
                return self.lexicon.listed([fact.value_label(each, self.lexicon.language) for each in names], "and")
            case int() | Decimal() if fact.unit and not isinstance(value, bool) and value != 1:  # units are plural
                return f"{self._of(value)} {fact.unit.in_language(self.lexicon.language)}"
            case _:
                return self._of(value)

    def clauses(self, names: Iterable[ClauseId]) -> tuple[CitedClause, ...]:
        """Return clauses in full, each once; a name that the policy does not describe is left out."""
        known, language = self.policy.vocabulary.clauses, self.lexicon.language
        titles = {name: words.in_language(language) for name, words in self.policy.manifest.documents}
        return tuple(
            CitedClause(
                clause=name,
                document=titles.get(clause.document, clause.document),
                place=", ".join(each for each in (clause.section, clause.locator) if each),
                paraphrase=clause.paraphrase.in_language(language),
            )
            for name in dict.fromkeys(names)
            if (clause := known.get(name))
        )

    def place(self, span: Span) -> str:
        """Return the file and line of a place, without the way to the file."""
        return f"{span.path.rpartition('/')[2]}:{span.line}"

    def step(self, step: DecidedStep) -> str:
        """Return a step as one line."""
        text = self.say("said", text=step.text) if step.kind == "say" else step.text
        parts = [text, self.say("attempt", n=str(step.attempt)) if step.attempt else ""]
        parts += [step.deadline.text if step.deadline else "", self.say("meanwhile") if step.meanwhile else ""]
        return ", ".join(each for each in parts if each)

    def outcome(self, name: str) -> str:
        """Return the label of an outcome."""
        outcomes = {str(each): outcome for each, outcome in self.policy.vocabulary.outcomes.items()}
        return outcomes[name].label.in_language(self.lexicon.language) if name in outcomes else name

    def ending(self, decision: Decision) -> Ending:
        """Return how a decision ended."""
        asks, waits, gap = decision.asks, decision.waits, decision.gap
        match decision.status:
            case Status.FINISHED:
                text = self.outcome(decision.outcome) if decision.outcome else self.say("returned")
                clauses = decision.trace[-1].clauses
            case Status.ASKS:
                assert asks
                text = f"{asks.question}{self.say('nth', n=str(asks.attempt)) if asks.attempt else ''}"
                clauses = asks.clauses
            case Status.WAITS:
                assert waits
                text, clauses = f"{waits.label}, {waits.deadline.text}", waits.clauses
            case Status.GAP:
                assert gap
                text, clauses = gap.text, gap.clauses
            case _:
                assert_never(decision.status)
        fact = asks.fact if asks else waits.fact if waits else None
        status = decision.status.value
        return Ending(status=status, outcome=decision.outcome, fact=fact, text=text, clauses=clauses)

    def _fact(self, name: FactName) -> Fact:
        return self.policy.checked.fact(name)

    def _of(self, value: Value) -> str:
        match value:
            case bool():
                return self.lexicon.yes_no(value)
            case int() | Decimal():
                return self.lexicon.number(value)
            case datetime.date():
                return self.lexicon.date(value)
            case tuple():
                return self.lexicon.listed([self.lexicon.yes_no(each) for each in value], "and")
            case Duration():
                return self.lexicon.duration(value)
            case frozenset():
                return self.lexicon.listed(sorted(value), "and")
            case str():
                return value
            case _:
                assert_never(value)
