"""The words of a policy as the glossary tells them: facts, actions, outcomes, named values.

In: the vocabulary, and where in the text each place is. Out: entries, in the order of the vocabulary.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import assert_never

from praxe.dsl.tree import ActionName, ClauseRef, FactName, OutcomeName
from praxe.dsl.vocabulary import Fact, FactType, Words
from praxe.engine.graph import DecisionGraph, End, GraphNode, NodeId
from praxe.visualize.pages.entries import ActionEntry, Answer, FactEntry, OutcomeEntry, Place, Quote, ValueEntry
from praxe.visualize.pages.mentions import asked_at, done_at
from praxe.visualize.pages.wording import kind_text, parameter_value, worked
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """Writes the entries of one glossary."""

    voice: Voice
    words: Lexicon
    graph: DecisionGraph
    places: Mapping[NodeId, Place]

    def facts(self) -> Iterator[FactEntry]:
        """Yield the facts: those of the vocabulary, then the derived ones."""
        checked, where = self.voice.checked, self._where_asked()
        for name, fact in checked.vocabulary.facts.items():
            if name not in checked.definitions:
                yield self._fact(fact, tuple(where[name]))
        for name, made in checked.definitions.items():
            entry = self._fact(checked.fact(name), tuple(where[name]))
            cited = dict.fromkeys(ref.name for ref in made.descendants() if isinstance(ref, ClauseRef))
            how = worked(self.voice, self.words, made)
            yield replace(entry, worked=how, clauses=checked.clauses_among(cited))

    def actions(self) -> Iterator[ActionEntry]:
        """Yield the actions."""
        where = self._where_done()
        for name, action in self.voice.checked.vocabulary.actions.items():
            natures = self.words.has(f"nature.{action.nature}")
            yield ActionEntry(
                name=name,
                label=self._say(action.label),
                text=self._maybe(action.text),
                actor=self._maybe(action.actor),
                nature=self.words.say(f"nature.{action.nature}") if natures else None,
                kept=self._maybe(action.kept),
                details=tuple(self._say(each.label) for each in action.parameters),
                clauses=action.clauses,
                places=tuple(where[name]),
            )

    def outcomes(self) -> Iterator[OutcomeEntry]:
        """Yield the outcomes."""
        where: defaultdict[OutcomeName, list[Place]] = defaultdict(list)
        for node, place in self._placed():
            if isinstance(node, End):
                where[node.outcome].append(place)
        for name, outcome in self.voice.checked.vocabulary.outcomes.items():
            yield OutcomeEntry(
                name=name,
                label=self._say(outcome.label),
                meaning=self._maybe(outcome.meaning),
                color=outcome.color.value,
                kept=self._maybe(outcome.kept),
                places=tuple(where[name]),
            )

    def values(self) -> Iterator[ValueEntry]:
        """Yield the named values."""
        for name, parameter in self.voice.checked.manifest.parameters.items():
            value = parameter_value(self.voice, parameter)
            yield ValueEntry(name=name, label=self._say(parameter.label), value=value, clauses=parameter.clauses)

    def _fact(self, fact: Fact, places: tuple[Place, ...]) -> FactEntry:
        return FactEntry(
            name=fact.name,
            label=self._say(fact.label),
            question=self._say(fact.question),
            kind=kind_text(self.voice, self.words, fact),
            help=self._maybe(fact.help),
            answers=tuple(self._answers(fact)),
            examples=tuple(
                Quote(says=self._say(each.says), answer=self._answer(fact, each.answer)) for each in fact.examples
            ),
            system=self._maybe(fact.system),
            kept=self._maybe(fact.kept),
            clauses=fact.clauses,
            places=places,
        )

    def _answers(self, fact: Fact) -> Iterator[Answer]:
        match fact.type:
            case FactType.YES_NO:
                yield from (Answer(name=each, label=each) for each in map(self.voice.value, (True, False)))
            case FactType.ONE_OF | FactType.SET_OF:
                yield from (Answer(name=each.name, label=self._say(each.label)) for each in fact.values)
            case FactType.INTEGER | FactType.DECIMAL | FactType.DATE | FactType.TEXT:
                pass
            case _:
                assert_never(fact.type)

    def _answer(self, fact: Fact, answer: str) -> str:
        """An example's answer in words; it is written as in a facts file, yes and no in either language."""
        if fact.type is FactType.YES_NO:
            return self.voice.value(answer in {"yes", "sim", "true"})
        return fact.value_label(answer, self.voice.language)

    def _where_asked(self) -> defaultdict[FactName, list[Place]]:
        found: defaultdict[FactName, list[Place]] = defaultdict(list)
        for node, place in self._placed():
            for name in asked_at(node, self.voice.checked.definitions):
                found[name].append(place)
        return found

    def _where_done(self) -> defaultdict[ActionName, list[Place]]:
        found: defaultdict[ActionName, list[Place]] = defaultdict(list)
        for node, place in self._placed():
            for name in done_at(node):
                found[name].append(place)
        return found

    def _placed(self) -> Iterator[tuple[GraphNode, Place]]:
        for name, node in self.graph.nodes.items():
            if name in self.places:
                yield node, self.places[name]

    def _say(self, words: Words) -> str:
        return words.in_language(self.voice.language)

    def _maybe(self, words: Words | None) -> str | None:
        return self._say(words) if words else None
