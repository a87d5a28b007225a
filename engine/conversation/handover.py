"""A case handed to a colleague.

In: a conversation. Out: a summary, as text, Markdown or JSON: what is known, what was asked and left aside, what is to
be done or was done, what is open and where it can be looked up, and how the case stands.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import TYPE_CHECKING

from praxe.engine.conversation.asking import value_text
from praxe.engine.conversation.records import Held, OpenFact, Standing
from praxe.engine.conversation.turns import TurnKind
from praxe.engine.explanation.layout import Block, Heading, Paragraph, Points, Title, as_markdown, as_text
from praxe.engine.explanation.layout import Turn as StepLine
from praxe.engine.records import DecidedStep, written
from praxe.engine.values import Json
from praxe.engine.words import Lexicon, lexicon

if TYPE_CHECKING:
    from praxe.engine.conversation.talk import Conversation
    from praxe.engine.host.log import Log


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedStep:
    """A step, and what became of it."""

    step: DecidedStep
    done: str | None  # a status of the host's log, None: the host has no log of it
    result: Json = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One turn, in words."""

    at: str | None
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Handover:
    """The summary of one case."""

    language: str
    title: str
    policy: Mapping[str, str]
    standing: Standing
    state: str  # where the case stands, in words
    answers: tuple[Held, ...]
    set_aside: tuple[Held, ...]
    asked: tuple[Said, ...]
    steps: tuple[HandedStep, ...]
    open: tuple[OpenFact, ...]

    def to_text(self, width: int = 100) -> str:
        """Return the summary as plain text."""
        return as_text(self._blocks(), width)

    def to_markdown(self) -> str:
        """Return the summary as Markdown; what the policy and the people said is escaped."""
        return as_markdown(self._blocks())

    def to_json(self) -> dict[str, Json]:
        """Return the summary as JSON."""
        return {
            "policy": dict(self.policy),
            "title": self.title,
            "status": self.standing.value,
            "state": self.state,
            "answers": [_held(each) for each in self.answers],
            "set_aside": [_held(each) for each in self.set_aside],
            "asked": [{"at": each.at, "text": each.text} for each in self.asked],
            "steps": [{**written(each.step), "done": each.done, "result": each.result} for each in self.steps],
            "open": [
                {
                    "fact": each.fact,
                    "label": each.label,
                    "question": each.question,
                    "left": each.left,
                    "system": each.system,
                }
                for each in self.open
            ],
        }

    def _blocks(self) -> Iterator[Block]:
        words = lexicon(self.language)
        yield Title(self.title)
        yield Paragraph(f"{self.policy['name']} {self.policy['version']}")
        yield Paragraph(self.state)
        if self.answers:
            yield Heading(words.say("handover.known"))
            yield Points(tuple(f"{each.label}: {each.text}" for each in self.answers))
        if self.open:
            yield Heading(words.say("handover.open"))
            yield Points(tuple(_open_text(each, words) for each in self.open))
        if self.steps:
            yield Heading(words.say("handover.steps"))
            for number, each in enumerate(self.steps, start=1):
                yield StepLine(number, _step_text(each, words))
        if self.set_aside:
            yield Heading(words.say("handover.set_aside"))
            yield Points(tuple(f"{each.label}: {each.text}" for each in self.set_aside))
        if self.asked:
            yield Heading(words.say("handover.asked"))
            yield Points(tuple(f"{each.at}: {each.text}" if each.at else each.text for each in self.asked))


def handover_schema() -> Json:
    """Return the schema of `Handover.to_json()`."""
    return json.loads(resources.files("praxe.engine").joinpath("handover.schema.json").read_text("utf-8"))


def handover(conversation: Conversation, log: Log | None = None) -> Handover:
    """Return the summary of a conversation; with a host's log, what became of each step."""
    setting = conversation.setting
    return Handover(
        language=setting.language,
        title=setting.policy.manifest.title.in_language(setting.language),
        policy=setting.policy.identity,
        standing=conversation.standing,
        state=_state(conversation),
        answers=conversation.answers,
        set_aside=conversation.set_aside,
        asked=tuple(_said(conversation)),
        steps=tuple(_steps(conversation, log)),
        open=conversation.open_facts,
    )


def _steps(conversation: Conversation, log: Log | None) -> Iterator[HandedStep]:
    if log is None:
        yield from (HandedStep(step=each, done=None) for each in conversation.steps)
        return
    from praxe.engine.host.actions import action_records

    records = action_records(conversation.policy, conversation.steps, case=log.case)
    for step, record in zip(conversation.steps, records, strict=True):
        entry = log.latest(record.key)
        yield HandedStep(step=step, done=entry.status.value if entry else None, result=entry.result if entry else None)


def _state(conversation: Conversation) -> str:
    words = lexicon(conversation.setting.language)
    question, waits, gap = conversation.question, conversation.waits, conversation.gap
    match conversation.standing:
        case Standing.ASKS:
            return words.say("handover.state.asks", what=question.question if question else "")
        case Standing.WAITS:
            until = _when(waits.until if waits else None, words)
            key = "waits" if until else "waits_open"
            return words.say(f"handover.state.{key}", what=waits.label if waits else "", until=until)
        case Standing.FINISHED:
            outcomes = conversation.policy.vocabulary.outcomes
            name = conversation.outcome
            if name is None:
                return words.say("handover.state.returned")
            return words.say("handover.state.finished", what=outcomes[name].label.in_language(words.language))
        case Standing.GAP:
            return words.say("handover.state.gap", what=gap.text if gap else "")
        case Standing.UNRESOLVED:
            return words.say("handover.state.unresolved")


def _said(conversation: Conversation) -> Iterator[Said]:
    language = conversation.setting.language
    words, facts = lexicon(language), conversation.policy.facts
    for turn in conversation.turns:
        if turn.kind is TurnKind.TIME:
            continue
        fact = facts[turn.fact] if turn.fact else None
        label = fact.label.in_language(language) if fact else ""
        value = value_text(turn.value, fact, language) if fact and turn.kind is TurnKind.ANSWERED else ""
        key = turn.kind.value if fact else "reopened_all"
        text = words.say(f"handover.turn.{key}", label=label, value=value)
        yield Said(at=_when(turn.at.isoformat() if turn.at else None, words) or None, text=text)


def _when(written: str | None, words: Lexicon) -> str:
    """Return a date, or date and time, as the reader writes it."""
    if not written:
        return ""
    moment = datetime.datetime.fromisoformat(written)
    day = words.date(moment.date())
    return day if "T" not in written else f"{day} {moment:%H:%M}"


def _open_text(each: OpenFact, words: Lexicon) -> str:
    left = f" ({words.say(f'handover.left.{each.left}')})" if each.left else ""
    system = f" {words.say('handover.system', system=each.system)}" if each.system else ""
    return f"{each.question}{left}{system}"


def _step_text(handed: HandedStep, words: Lexicon) -> str:
    step = handed.step
    attempt = f" ({words.say('handover.attempt', n=str(step.attempt))})" if step.attempt else ""
    due = f" — {step.deadline.text}" if step.deadline else ""
    done = f" [{words.say(f'handover.done.{handed.done}')}]" if handed.done else ""
    return f"{step.text}{attempt}{due}{done}"


def _held(each: Held) -> dict[str, Json]:
    at = each.at.isoformat() if each.at else None
    return {"fact": each.fact, "label": each.label, "value": each.value, "text": each.text, "at": at}
