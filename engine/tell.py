"""A walk put into words: its steps, what it asks or waits for, the gap it met, and its trace.

In: where a walk went and what was known. Out: the records of a decision, in one language. Nothing is decided here.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from praxe.dsl.tree import ActionName, ClauseId, Duration, Expression, FactRef
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.follow import visits
from praxe.engine.graph import Decision, Gap, NodeId, Retry, Step, Wait
from praxe.engine.observe import attempts_made
from praxe.engine.program import Spot
from praxe.engine.records import Asked, AskedInHaste, DecidedStep, MetFinding, OpenGap, Quote, Visit, Waiting
from praxe.engine.speech import Speech
from praxe.engine.trace import visit_of
from praxe.engine.values import Json, Known, Value, json_value
from praxe.engine.walk import Arrival, Status
from praxe.engine.words import lexicon

if TYPE_CHECKING:
    from praxe.engine.policy import Policy


class Telling:
    """One walk, told in one language."""

    def __init__(
        self,
        policy: Policy,
        arrival: Arrival,
        known: Known,
        *,
        start: str,
        now: datetime.datetime | None,
        language: str,
    ) -> None:
        self._policy = policy
        self._arrival = arrival
        self._given = known
        self._known = policy.program.evaluator.with_answers(known, arrival.assumed or {})
        self._start = policy.program.starts[policy.procedure(start)]
        self._now = now
        self._speech = Speech(policy.checked, lexicon(language))

    def steps(self) -> Iterator[DecidedStep]:
        """Yield what is to be done and said, in order."""
        for spot, way in visits(self._start, self._arrival.picks):
            match spot.node:
                case Step() as node if way:
                    yield self._step(node)
                case Retry() as retry if not self._lacks_arguments(spot):
                    step = self._said(retry, retry.action, retry.arguments)
                    made = attempts_made(retry, self._known)
                    yield from (replace(step, attempt=number) for number in range(1, made + 1))
                case Wait() as wait if way or self._arrival.status is Status.WAITS:
                    yield from (self._step(each, meanwhile=True) for each in wait.meanwhile)
                case _:
                    pass  # no other node has something to do

    def asked(self) -> Asked | None:
        """Return what has to be known first."""
        if self._arrival.asked is None:
            return None
        fact = self._policy.facts[self._arrival.asked]
        node, speech = self._arrival.spot.node, self._speech
        asked = Asked(
            fact=fact.name,
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
            attempt=self._attempt_asked(),
            also_open=(),
            clauses=self._clauses(node.clauses),
            notes=speech.texts(node.notes),
            node=node.id,
        )
        return AskedInHaste.of(asked, lambda: self._arrival.also_open)

    def waiting(self) -> Waiting | None:
        """Return what has to come first."""
        node = self._arrival.spot.node
        if self._arrival.status is not Status.WAITS or not isinstance(node, Wait):
            return None
        fact = self._policy.checked.fact(node.fact)
        speech = self._speech
        if isinstance(node.deadline, Duration):
            deadline = speech.within(node.deadline, self._now, self._policy.calendar)
        else:
            day = self._worth(node.deadline)
            assert isinstance(day, datetime.date)  # INVARIANT: the checker lets only dates follow `até`
            deadline = speech.until(day)
        return Waiting(
            fact=node.fact,
            label=speech.words(fact.label),
            question=speech.words(fact.question),
            until=deadline.due,
            deadline=deadline,
            meanwhile=tuple(self._step(each, meanwhile=True) for each in node.meanwhile),
            clauses=self._clauses(node.clauses),
            notes=speech.texts(node.notes),
            node=node.id,
        )

    def gap(self) -> OpenGap | None:
        """Return what the source text leaves open, or for what the policy has no answer."""
        if self._arrival.status is not Status.GAP:
            return None
        node, speech = self._arrival.spot.node, self._speech
        text = speech.text(node.text) if isinstance(node, Gap) else speech.lexicon.say("hole.text", where=self._hole())
        return OpenGap(text=text, clauses=self._clauses(node.clauses), notes=speech.texts(node.notes), node=node.id)

    def trace(self) -> Iterator[Visit]:
        """Yield every node of the walk, in order."""
        checked, evaluator = self._policy.checked, self._policy.program.evaluator
        for spot, way in visits(self._start, self._arrival.picks):
            is_last = spot is self._arrival.spot and way is None
            is_hole = is_last and self._arrival.status is Status.GAP and not isinstance(spot.node, Gap)
            yield visit_of(spot, way, self._given, checked, evaluator, is_hole=is_hole)

    def findings(self) -> Iterator[MetFinding]:
        """Yield what is wrong with the source texts that the case ran into, each where it met it first."""
        known, readings = self._policy.vocabulary.findings, self._policy.manifest.readings
        met: dict[ClauseId, NodeId] = {}
        for spot, way in visits(self._start, self._arrival.picks) if known else ():
            cited = (*spot.node.clauses, *(way.branch.clauses if way else ()))
            duties = spot.node.meanwhile if isinstance(spot.node, Wait) else ()
            for each in (*cited, *(clause for duty in duties for clause in duty.clauses)):
                if each in known:
                    met.setdefault(each, spot.node.id)
        for name, node in met.items():
            finding = known[name]
            yield MetFinding(
                finding=name,
                kind=finding.kind.value,
                title=self._speech.words(finding.title),
                why=self._speech.words(finding.why),
                reading=self._speech.maybe(readings.get(name)),
                clauses=finding.clauses,
                node=node,
            )

    def _clauses(self, cited: tuple[ClauseId, ...]) -> tuple[ClauseId, ...]:
        return self._policy.checked.clauses_among(cited)

    def _step(self, step: Step, *, meanwhile: bool = False) -> DecidedStep:
        speech = self._speech
        if step.action is None:
            said = self._said(step, None, step.arguments)
            said = replace(said, kind="say" if step.is_script else "do", text=speech.text(step.text or ""))
        else:
            said = self._said(step, step.action, step.arguments)
        due = speech.deadline(step.deadline, self._now, self._policy.calendar) if step.deadline else None
        return replace(said, deadline=due, meanwhile=meanwhile)

    def _said(
        self, node: Step | Retry, name: ActionName | None, arguments: tuple[tuple[str, Expression], ...]
    ) -> DecidedStep:
        speech = self._speech
        action = self._policy.vocabulary.actions[name] if name else None
        worth = {each: (of, value) for each, of in arguments if (value := self._worth(of)) is not None}
        return DecidedStep(
            kind="do",
            action=name,
            args={each: json_value(value, self._fact_of(of)) for each, (of, value) in worth.items()},
            text=speech.sentence(action, worth) if action else "",
            deadline=None,
            clauses=self._clauses(node.clauses),
            node=node.id,
            actor=speech.maybe(action.actor) if action else None,
            notes=speech.texts(node.notes),
        )

    def _attempt_asked(self) -> int | None:
        """Return which attempt is asked about, when the fact asked is that of a retry."""
        asked = self._arrival.asked
        if asked is None or asked not in self._policy.attempts:
            return None
        attempts = self._known.get(asked)
        return len(attempts) + 1 if isinstance(attempts, tuple) else 1

    def _hole(self) -> str:
        """Return what it is that has no answer."""
        node = self._arrival.spot.node
        tests = [node.test] if isinstance(node, Decision) else [of for _, of, _ in self._arrival.spot.arguments]
        read = [each.name for test in tests for each in test.descendants() if isinstance(each, FactRef)]
        labels = [self._speech.words(self._policy.checked.fact(name).label) for name in dict.fromkeys(read)]
        return self._speech.lexicon.listed([f"`{each}`" for each in labels], "and")

    def _worth(self, expression: Expression) -> Value | None:
        return self._policy.program.evaluator.value(expression, self._known)

    def _fact_of(self, expression: Expression) -> Fact | None:
        return self._policy.checked.fact(expression.name) if isinstance(expression, FactRef) else None

    def _lacks_arguments(self, spot: Spot) -> bool:
        return bool(self._policy.program.lacking_arguments(spot, self._known))


def _bound(fact: Fact, bound: Decimal | None) -> Json:
    if bound is None:
        return None
    return int(bound) if fact.type is FactType.INTEGER else json_value(bound)
