"""The book of a policy: everything its pages say, in one language.

In: a policy, its scenarios, a language. Out: a `Book`. What pages look like is the business of `markdown` and `html`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Words
from praxe.engine.graph import Call, DecisionGraph, NodeId
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario
from praxe.visualize import flowchart
from praxe.visualize.chart import Chart, ChipKind, Way
from praxe.visualize.content import Links, procedure_title
from praxe.visualize.drawing import Drawing
from praxe.visualize.mermaid import to_mermaid
from praxe.visualize.pages.book import Book, ProcedurePage
from praxe.visualize.pages.entries import FactEntry, FindingEntry, GapEntry, Place, RuleEntry, TimeEntry
from praxe.visualize.pages.examples import Told, shown, told
from praxe.visualize.pages.names import WORDS
from praxe.visualize.pages.outline import Duty, Outline, Point, outline
from praxe.visualize.pages.register import Register, cited
from praxe.visualize.pages.terms import Terms
from praxe.visualize.style import Shape
from praxe.visualize.voice import Voice
from praxe.visualize.words import Lexicon, lexicon

Ways = Callable[[ProcedureName], tuple[Way, ...]]


def no_ways(_: ProcedureName) -> tuple[Way, ...]:
    """Return no links."""
    return ()


def book(policy: Policy, scenarios: Iterable[Scenario], *, language: str, links: Links, ways: Ways = no_ways) -> Book:
    """Return the book of a policy.

    Args:
        language: `pt` or `en`, of every word; a policy's words that lack it stay in their own.
        links: where the card of a procedure leads, in the charts.
        ways: the links under the title of a procedure's chart.

    Raises:
        ValueError: there is no such language.
    """
    return _Author(policy, language, links, ways).book(tuple(scenarios))


@dataclass(frozen=True, slots=True)
class _Text:
    """A procedure drawn and told, before anything is said about it."""

    name: ProcedureName
    outline: Outline
    points: tuple[Point, ...]


class _Author:
    def __init__(self, policy: Policy, language: str, links: Links, ways: Ways) -> None:
        self._policy = policy
        self._checked: CheckedPolicy = policy.checked
        self._graph: DecisionGraph = policy.graph
        self._words: Lexicon = lexicon(language, WORDS)
        self._voice = Voice.of(policy.checked, language)
        names = policy.checked.procedures
        self._charts = {name: self._chart(name, links, ways(name)) for name in names}
        self._texts = {name: self._text(name) for name in names}
        self._places = {
            point.node: Place(procedure=name, id=point.id, number=point.number)
            for name, text in self._texts.items()
            for point in text.points
        }
        self._register = Register(voice=self._voice, words=self._words, graph=policy.graph)
        self._clauses = self._register.clauses()

    def _chart(self, name: ProcedureName, links: Links, ways: tuple[Way, ...]) -> Chart:
        language = self._voice.language
        return flowchart(self._checked, self._graph, name, language=language, links=links, ways=ways).chart

    def _text(self, name: ProcedureName) -> _Text:
        made = outline(self._charts[name], self._graph)
        return _Text(name, made, tuple(made.walk()))

    def book(self, scenarios: Sequence[Scenario]) -> Book:
        """Write the whole book."""
        checked, manifest, voice = self._checked, self._checked.manifest, self._voice
        cases = told(self._policy, scenarios, voice, {**self._places, **self._duty_places()})
        terms = Terms(voice=voice, words=self._words, graph=self._graph, places=self._places)
        points = [point for text in self._texts.values() for point in text.points]
        facts, rules = tuple(terms.facts()), tuple(self._register.rules())
        findings = tuple(self._register.findings(points, self._places))
        counts = Counter(each.document for each in checked.vocabulary.clauses.values())
        return Book(
            language=voice.language,
            policy_language=manifest.language,
            name=manifest.name,
            title=self._say(manifest.title),
            version=manifest.version,
            digest=checked.digest,
            owner=self._maybe(manifest.owner),
            effective=voice.date(manifest.effective) if manifest.effective else None,
            calendar=manifest.calendar.name,
            documents=tuple((self._say(title), counts[name]) for name, title in manifest.documents),
            procedures=tuple(self._page(each, facts, findings, rules, cases) for each in self._in_call_order()),
            facts=facts,
            actions=tuple(terms.actions()),
            outcomes=tuple(terms.outcomes()),
            values=tuple(terms.values()),
            findings=findings,
            rules=rules,
            examples=tuple(each.example for each in cases),
            clauses=self._clauses,
        )

    def _in_call_order(self) -> Iterator[_Text]:
        """The entry with what it calls, in the order of the calls; then the doors; then what nothing leads to."""
        manifest, seen = self._checked.manifest, set[ProcedureName]()
        for first in (manifest.entry, *manifest.doors, *self._texts):
            stack = [first]
            while stack:
                name = stack.pop()
                if name not in seen:
                    seen.add(name)
                    yield self._texts[name]
                    stack += reversed(self._calls(name))

    def _calls(self, name: ProcedureName) -> tuple[ProcedureName, ...]:
        calls = (each for each in self._graph.nodes.values() if isinstance(each, Call) and each.procedure == name)
        return tuple(dict.fromkeys(each.callee for each in calls))

    # --- one procedure --------------------------------------------------------------------------------------------

    def _page(
        self,
        text: _Text,
        facts: Sequence[FactEntry],
        findings: Sequence[FindingEntry],
        rules: Sequence[RuleEntry],
        cases: Sequence[Told],
    ) -> ProcedurePage:
        name, manifest = text.name, self._checked.manifest
        told_here = tuple(dict.fromkeys((*text.outline.start_clauses, *cited(text.points))))
        examples, passing = shown(cases, name)
        calls = [each for each in self._graph.nodes.values() if isinstance(each, Call)]
        return ProcedurePage(
            name=name,
            title=procedure_title(self._voice, name),
            chart=self._charts[name],
            outline=text.outline,
            questions=tuple(_asked_here(facts, name)),
            times=tuple(self._times(text)),
            gaps=tuple(self._gaps(text)),
            findings=tuple(each for each in findings if each.name in told_here),
            clauses=tuple(self._clauses[each] for each in told_here if each in self._clauses),
            rules=tuple(each for each in rules if name in each.procedures),
            examples=examples,
            passing=passing,
            calls=self._calls(name),
            called_by=tuple(dict.fromkeys(each.procedure for each in calls if each.callee == name)),
            is_entry=name == manifest.entry,
            is_door=name in manifest.doors,
            mermaid=tuple(part.text for part in to_mermaid(Drawing(self._charts[name]))),
        )

    def _times(self, text: _Text) -> Iterator[TimeEntry]:
        for point in text.points:
            place = self._places[point.node]
            if point.shape in {Shape.WAIT, Shape.RETRY}:
                yield TimeEntry(kind=point.shape.value, text=point.text, limit=point.tag or "", place=place)
            rows: tuple[Point | Duty, ...] = (point, *point.duties)
            for row in rows:
                for chip in row.chips:
                    if chip.kind is ChipKind.DUE:
                        yield TimeEntry(kind="deadline", text=row.text, limit=chip.text, place=place)

    def _gaps(self, text: _Text) -> Iterator[GapEntry]:
        for point in text.points:
            if point.shape is Shape.GAP:
                yield GapEntry(text=point.text, place=self._places[point.node], clauses=point.clauses)

    def _duty_places(self) -> Mapping[NodeId, Place]:
        """Where the duties of a wait are told: with it, by its number."""
        points = [point for text in self._texts.values() for point in text.points]
        return {duty.node: replace(self._places[each.node], id=duty.id) for each in points for duty in each.duties}

    def _say(self, words: Words) -> str:
        return words.in_language(self._voice.language)

    def _maybe(self, words: Words | None) -> str | None:
        return self._say(words) if words else None


def _asked_here(facts: Iterable[FactEntry], name: ProcedureName) -> Iterator[FactEntry]:
    for each in facts:
        here = tuple(place for place in each.places if place.procedure == name)
        if here and each.worked is None:
            yield replace(each, places=here)
