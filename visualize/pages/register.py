"""What pages tell of the source texts and of the rules: clauses, findings about them, what holds in every case.

In: a checked policy, its graph, and the points of its procedures with their places. Out: entries, in the order of the
policy's files.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from praxe.dsl.tree import Always, ClauseId, Never, ProcedureName
from praxe.dsl.vocabulary import Clause, Words
from praxe.engine.graph import DecisionGraph, NodeId
from praxe.visualize.pages.entries import ClauseEntry, FindingEntry, Place, RuleEntry
from praxe.visualize.pages.mentions import named_at
from praxe.visualize.pages.outline import Point
from praxe.visualize.pages.wording import rule_text
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """Writes the entries of one policy."""

    voice: Voice
    words: Lexicon
    graph: DecisionGraph

    def clauses(self) -> Mapping[ClauseId, ClauseEntry]:
        """Return the clauses by name."""
        return {name: self._clause(each) for name, each in self.voice.checked.vocabulary.clauses.items()}

    def findings(self, points: Iterable[Point], places: Mapping[NodeId, Place]) -> Iterator[FindingEntry]:
        """Yield the findings, each with the points that cite it."""
        checked = self.voice.checked
        citing: defaultdict[ClauseId, list[Place]] = defaultdict(list)
        for point in points:
            for name in dict.fromkeys(cited([point])):
                citing[name].append(places[point.node])
        for name, finding in checked.vocabulary.findings.items():
            yield FindingEntry(
                name=name,
                kind=finding.kind.value,
                weight=finding.weight.value,
                title=self._say(finding.title),
                why=self._say(finding.why),
                reading=self._maybe(checked.manifest.readings.get(name)),
                explained=self._maybe(finding.explained),
                clauses=finding.clauses,
                places=tuple(citing[name]),
            )

    def rules(self) -> Iterator[RuleEntry]:
        """Yield the rules."""
        for number, rule in enumerate(self.voice.checked.rules, start=1):
            yield RuleEntry(
                number=number,
                text=rule_text(self.voice, self.words, rule),
                clauses=tuple(each.name for each in rule.clauses),
                procedures=tuple(self._concerned(rule)),
            )

    def _clause(self, clause: Clause) -> ClauseEntry:
        document = dict(self.voice.checked.manifest.documents).get(clause.document)
        return ClauseEntry(
            name=clause.name,
            document=self._say(document) if document else clause.document,
            section=clause.section,
            locator=clause.locator,
            paraphrase=self._say(clause.paraphrase),
            literals=clause.literals,
        )

    def _concerned(self, rule: Never | Always) -> Iterator[ProcedureName]:
        """The procedures that do what a rule speaks of."""
        names = {rule.target.name} if isinstance(rule, Never) else {rule.action.name}
        found = (each.procedure for each in self.graph.nodes.values() if names & named_at(each))
        yield from dict.fromkeys(found)

    def _say(self, words: Words) -> str:
        return words.in_language(self.voice.language)

    def _maybe(self, words: Words | None) -> str | None:
        return self._say(words) if words else None


def cited(points: Iterable[Point]) -> Iterator[ClauseId]:
    """Yield every clause and finding that points, their answers and duties cite, in order."""
    for point in points:
        yield from point.clauses
        for duty in point.duties:
            yield from duty.clauses
        for way in point.ways:
            yield from way.clauses
