"""What stands on each card.

In: a node of the graph, or a chain of steps. Out: its `Card`, every text in the reader's language.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import assert_never

from praxe.dsl.tree import ClauseId, Duration, Expression, FactRef, ProcedureName
from praxe.dsl.vocabulary import Color, Words
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    DecisionGraph,
    End,
    Gap,
    GraphNode,
    Question,
    Retry,
    Return,
    Start,
    Step,
    Wait,
)
from praxe.visualize.chart import Card, Chip, ChipKind, Row, Tab
from praxe.visualize.links import safe_link
from praxe.visualize.phrases import ask, clause, pattern, term
from praxe.visualize.steps import action_text, deadline_text, step_text
from praxe.visualize.style import shape_of
from praxe.visualize.voice import Voice

Links = Callable[[ProcedureName], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class CardWriter:
    """Writes the cards of one chart."""

    voice: Voice
    graph: DecisionGraph
    ids: Mapping[str, str]  # node id, or node id and branch key, -> id in the drawing
    links: Links
    called: frozenset[ProcedureName]  # procedures that others call

    def card(self, name: str, nodes: Sequence[GraphNode]) -> Card:
        """Return the card of a node, or of a chain of steps."""
        voice, node = self.voice, nodes[0]
        match node:
            case Step():
                steps = tuple(self._step(each) for each in nodes if isinstance(each, Step))
                card_id = steps[0].id if len(steps) == 1 else f"steps-{steps[0].id}"
                return Card(name=name, id=card_id, shape=shape_of(node), rows=steps)
            case Start():
                return self._card(name, node, voice.say("pill.start"))
            case Return():
                return self._card(
                    name, node, voice.say("pill.return" if node.procedure in self.called else "pill.finish")
                )
            case Decision():
                asked = ask(voice, node.test)
                return self._card(name, node, asked.title, statements=asked.statements)
            case Question():
                return self._card(name, node, voice.question(node.fact), tag=voice.say("tag.ask"))
            case Call():
                text, href = procedure_title(voice, node.callee), safe_link(self.links(node.callee))
                return self._card(name, node, text, tag=voice.say("tag.call"), href=href)
            case Retry():
                text = action_text(voice, node.action, node.arguments)
                tag = voice.lexicon.count("tag.retry", node.attempts)
                return self._card(name, node, text, tag=tag, notes=(voice.question(node.fact),))
            case Wait():
                return self._wait(name, node)
            case End():
                outcome = voice.checked.vocabulary.outcomes[node.outcome]
                return self._card(name, node, self._words(outcome.label), color=outcome.color)
            case Gap():
                return self._card(name, node, voice.text(node.text), tag=voice.say("tag.gap"))
            case _:
                assert_never(node)

    def _card(  # noqa: PLR0913 - one keyword for each thing a card may hold
        self,
        name: str,
        node: GraphNode,
        text: str,
        *,
        tag: str | None = None,
        statements: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
        duties: tuple[Row, ...] = (),
        color: Color | None = None,
        href: str | None = None,
    ) -> Card:
        return Card(
            name=name,
            id=self.ids[node.id],
            shape=shape_of(node),
            rows=(self._row(node, text, statements=statements, before=notes),),
            tag=tag,
            tabs=self._tabs(node),
            duties=duties,
            duties_tag=self.voice.say("tag.meanwhile"),
            color=color,
            href=href,
        )

    def _row(
        self,
        node: GraphNode,
        text: str,
        *,
        statements: tuple[str, ...] = (),
        chips: tuple[Chip, ...] = (),
        before: tuple[str, ...] = (),
    ) -> Row:
        return Row(
            node=node.id,
            id=self.ids[node.id],
            text=text,
            tag=self.voice.say("tag.say") if isinstance(node, Step) and node.is_script else None,
            statements=statements,
            notes=(*before, *(self.voice.text(note) for note in node.notes)),
            chips=chips,
            source=self._source(node.clauses),
        )

    def _step(self, step: Step) -> Row:
        chips = []
        if step.deadline is not None:
            chips.append(Chip(ChipKind.DUE, deadline_text(self.voice, step.deadline)))
        actor = self.voice.checked.vocabulary.actions[step.action].actor if step.action is not None else None
        if actor is not None:
            chips.append(Chip(ChipKind.ACTOR, self._words(actor)))
        return self._row(step, step_text(self.voice, step), chips=tuple(chips))

    def _wait(self, name: str, wait: Wait) -> Card:
        duties = tuple(self._step(step) for step in wait.meanwhile)
        return self._card(
            name, wait, self.voice.label(wait.fact), tag=wait_text(self.voice, wait.deadline), duties=duties
        )

    def _tabs(self, node: GraphNode) -> tuple[Tab, ...]:
        voice, branches = self.voice, self.graph.branches.get(node.id, ())
        return tuple(
            Tab(key=each.key, id=self.ids[f"{node.id}--{each.key}"], text=answer_text(voice, node, each))
            for each in branches
            if each.kind is not BranchKind.NEXT
        )

    def _source(self, clauses: tuple[ClauseId, ...]) -> str:
        """Where the source text says so: section and place, each once."""
        known = self.voice.checked.vocabulary.clauses
        found = [known[name] for name in clauses if name in known]
        places = dict.fromkeys(f"{each.section}, {each.locator}" if each.locator else each.section for each in found)
        return "; ".join(places)

    def _words(self, words: Words) -> str:
        return words.in_language(self.voice.language)


def procedure_title(voice: Voice, name: ProcedureName) -> str:
    """Return what a procedure is called: its title, or its name if it has none."""
    title = voice.checked.procedures[name].title
    return voice.text(title) if title else name


def wait_text(voice: Voice, deadline: Duration | Expression) -> str:
    """Return `Aguardar · 4 dias úteis`."""
    if isinstance(deadline, Duration):
        return voice.say("tag.wait", deadline=voice.duration(deadline))
    return voice.say("tag.wait", deadline=voice.say("tag.wait_until", date=term(voice, deadline)))


def statement_text(voice: Voice, node: GraphNode, branch: Branch) -> str:
    """Return in a few words what holds where `branch` is taken: `Canal: telefone`, `Tem período a utilizar: sim`."""
    match node:
        case Decision() if branch.kind in {BranchKind.YES, BranchKind.NO}:
            return clause(voice, node.test, negated=branch.kind is BranchKind.NO)
        case Decision(test=FactRef(name=name)) | Retry(fact=name) | Wait(fact=name):
            return voice.say("condition.is", left=voice.label(name), right=answer_text(voice, node, branch))
        case _:
            return answer_text(voice, node, branch)


def answer_text(voice: Voice, node: GraphNode, branch: Branch) -> str:
    """Return what the answer says that leads along `branch`; nothing for the only way on."""
    match branch.kind:
        case BranchKind.YES | BranchKind.NO:
            asked = ask(voice, node.test) if isinstance(node, Decision) else None
            if asked is None:
                return voice.say(f"answer.{branch.kind.value}")
            return asked.yes if branch.kind is BranchKind.YES else asked.no
        case BranchKind.VALUE:
            assert isinstance(node, Decision) and isinstance(node.test, FactRef)
            return pattern(voice, branch.patterns, voice.checked.fact(node.test.name))
        case BranchKind.OTHERWISE | BranchKind.SUCCEEDED | BranchKind.CAME | BranchKind.PASSED:
            return voice.say(f"answer.{branch.kind.value}")
        case BranchKind.EXHAUSTED:
            return voice.lexicon.count("answer.exhausted", node.attempts if isinstance(node, Retry) else 1)
        case BranchKind.NEXT:
            return ""
        case _:
            assert_never(branch.kind)
