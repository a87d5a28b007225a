"""The BPMN elements of each kind of node.

In: a node of the graph. Out: its elements, one after the other, with names, documentation and expressions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import assert_never

from praxe.dsl.tree import ClauseId, Duration, Expression, FactRef, ProcedureName, Unit
from praxe.engine.graph import (
    BranchKind,
    Call,
    Decision,
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
from praxe.visualize.bpmn.dialect import Scribe, variable_name
from praxe.visualize.bpmn.model import Element, Kind, Loop, Message, Timer
from praxe.visualize.content import procedure_title, wait_text
from praxe.visualize.phrases import ask, term
from praxe.visualize.steps import Arguments, action_text, deadline_text, step_text
from praxe.visualize.voice import Voice


@dataclass(frozen=True, slots=True)
class Shapes:
    """Makes the elements of one process."""

    voice: Voice
    scribe: Scribe
    new_id: Callable[[str], str]
    processes: Mapping[ProcedureName, str]

    def of(self, node: GraphNode) -> list[Element]:
        """Return the elements of a node, those of ends apart: flows lead through them in this order."""
        voice = self.voice
        match node:
            case Start():
                return [self._element(node, Kind.START, voice.say("pill.start"))]
            case Step():
                return [self._step(node, step_text(voice, node))]
            case Question():
                said = voice.say("bpmn.ask", text=voice.question(node.fact))
                self.scribe.value(FactRef(name=node.fact, span=node.span))  # so that it is among the variables
                return [self._element(node, Kind.USER_TASK, said, fact=node.fact)]
            case Decision():
                asked = ask(voice, node.test)
                statements = "; ".join(asked.statements)
                name = (
                    voice.say("bpmn.question", title=asked.title, statements=statements) if statements else asked.title
                )
                return [self._element(node, Kind.GATEWAY, name)]
            case Call():
                made = self._element(
                    node, Kind.CALL, procedure_title(voice, node.callee), called=self.processes[node.callee]
                )
                return [made]
            case Retry():
                return self._retry(node)
            case Wait():
                return self._wait(node)
            case Return() | End() | Gap():
                raise AssertionError("an end is made for each flow that leads to it")
            case _:
                assert_never(node)

    def way_out(self, node: GraphNode, kind: BranchKind) -> tuple[str | None, Element | None]:
        """Return the event that a wait goes on by; nothing for other nodes."""
        if not isinstance(node, Wait):
            return None, None
        label = self.voice.label(node.fact)
        if kind is BranchKind.CAME:
            name = self.voice.say("bpmn.came", label=label)
            made = Element(
                id=self.new_id(f"{node.id}--came"),
                kind=Kind.CATCH,
                name=name,
                node=node.id,
                trigger=Message(variable_name(node.fact)),
            )
        else:
            made = Element(
                id=self.new_id(f"{node.id}--passed"),
                kind=Kind.CATCH,
                name=self.voice.say("bpmn.passed", deadline=self._deadline(node.deadline)),
                node=node.id,
                trigger=self._timer(node.deadline),
                documentation=tuple(self._counted(node.deadline)),
            )
        return None, made

    # --- kinds ---------------------------------------------------------------------------------------------------

    def _element(self, node: GraphNode, kind: Kind, name: str, **more: str) -> Element:
        return Element(
            id=self.new_id(node.id),
            kind=kind,
            name=name,
            node=node.id,
            documentation=tuple(self.described(node)),
            called=more.get("called"),
            fact=more.get("fact"),
        )

    def _step(self, step: Step, name: str) -> Element:
        said = self.voice.say("bpmn.say", text=name) if step.is_script else name
        return Element(
            id=self.new_id(step.id),
            kind=Kind.MANUAL_TASK,
            name=said,
            node=step.id,
            action=step.action,
            arguments=self._arguments(step.arguments),
            documentation=tuple(self.described(step)),
        )

    def _retry(self, retry: Retry) -> list[Element]:
        fact = FactRef(name=retry.fact, span=retry.span)
        task = Element(
            id=self.new_id(retry.id),
            kind=Kind.USER_TASK,
            name=action_text(self.voice, retry.action, retry.arguments),
            node=retry.id,
            fact=retry.fact,
            action=retry.action,
            arguments=self._arguments(retry.arguments),
            documentation=(self.voice.say("bpmn.attempts", n=str(retry.attempts)), *self.described(retry)),
            loop=Loop(retry.attempts, self.scribe.fact_is(fact, False)),
        )
        name = self.voice.question(retry.fact)
        return [task, Element(id=self.new_id(f"{retry.id}--outcome"), kind=Kind.GATEWAY, name=name, node=retry.id)]

    def _wait(self, wait: Wait) -> list[Element]:
        duties = [
            self._step(step, self.voice.say("bpmn.meanwhile", text=step_text(self.voice, step)))
            for step in wait.meanwhile
        ]
        name = self.voice.say("bpmn.wait", label=self.voice.label(wait.fact), deadline=self._deadline(wait.deadline))
        self.scribe.value(FactRef(name=wait.fact, span=wait.span))  # so that it is among the variables
        self._timer(wait.deadline)  # and what the deadline reads, too
        return [*duties, self._element(wait, Kind.EVENT_GATEWAY, name, fact=wait.fact)]

    def _arguments(self, arguments: Arguments) -> tuple[tuple[str, str], ...]:
        return tuple((name, self.scribe.value(value)) for name, value in arguments)

    # --- deadlines -----------------------------------------------------------------------------------------------

    def _deadline(self, deadline: Duration | Expression) -> str:
        if isinstance(deadline, Duration):
            return self.voice.duration(deadline)
        return self.voice.say("tag.wait_until", date=term(self.voice, deadline))

    def _timer(self, deadline: Duration | Expression) -> Timer:
        if isinstance(deadline, Duration):
            return Timer("timeDuration", self.scribe.duration(deadline))
        return Timer("timeDate", self.scribe.date(deadline))

    def _counted(self, deadline: Duration | Expression) -> Iterator[str]:
        yield wait_text(self.voice, deadline)
        if isinstance(deadline, Duration) and deadline.unit is Unit.BUSINESS_DAY:
            calendar = self.voice.checked.manifest.calendar.name
            yield self.voice.say("bpmn.business_days", duration=self.voice.duration(deadline), calendar=calendar)

    # --- documentation -------------------------------------------------------------------------------------------

    def described(self, node: GraphNode) -> Iterator[str]:
        """Yield what is told of a node beside its name: deadline, actor, guidance, the clauses behind it."""
        voice = self.voice
        if isinstance(node, Step):
            if node.deadline is not None:
                yield voice.say("bpmn.due", text=deadline_text(voice, node.deadline))
            actor = voice.checked.vocabulary.actions[node.action].actor if node.action else None
            if actor is not None:
                yield voice.say("bpmn.actor", text=actor.in_language(voice.language))
        yield from (voice.text(note) for note in node.notes)
        yield from self.clauses(node.clauses)

    def clauses(self, cited: tuple[ClauseId, ...]) -> Iterator[str]:
        """Yield each clause or finding in its own words."""
        vocabulary, language = self.voice.checked.vocabulary, self.voice.language
        for name in cited:
            if name in vocabulary.clauses:
                clause = vocabulary.clauses[name]
                place = f"{clause.section}, {clause.locator}" if clause.locator else clause.section
                text = clause.paraphrase.in_language(language)
                yield self.voice.say("bpmn.clause", name=name, place=place, text=text)
            elif name in vocabulary.findings:
                yield self.voice.say(
                    "bpmn.finding", name=name, text=vocabulary.findings[name].title.in_language(language)
                )
            else:
                yield f"[{name}]"
