"""What a conversation shows beside its questions: help, why something is asked, what an answer leads to.

In: a conversation and its question. Out: lines.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from praxe.cli.answers import Command
from praxe.cli.decide_text import choice_text, kind_text
from praxe.cli.layout import cells, wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.report_line import safe
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import FactType
from praxe.engine.conversation import Change, Conversation
from praxe.engine.decision import Decision
from praxe.engine.facts import FactError
from praxe.engine.records import Asked, Choice
from praxe.engine.walk import Status

_MOST_CLAUSES = 8
_SHOWN = (Command.HELP, Command.WHY, Command.BACK, Command.UNKNOWN, Command.LEAVE)


class AskText:
    """Writes the parts of one conversation."""

    def __init__(self, conversation: Conversation, terminal: Terminal) -> None:
        self.conversation = conversation
        self.terminal = terminal
        self.checked = conversation.policy.checked

    def question(self, asked: Asked) -> Iterator[str]:
        """Yield the question, its numbered answers and its help."""
        attempt = self.terminal.say("decide.attempt", n=asked.attempt) if asked.attempt else ""
        yield from self._text(f"{asked.question}{attempt}", Style.BOLD, margin=0)
        for note in asked.notes:
            yield from self._text(self.terminal.say("decide.note", text=note), Style.DIM)
        if asked.type == FactType.SET_OF.value:
            yield self._numbered(0, self.terminal.say("ask.none").partition("|")[0])
        for number, choice in enumerate(asked.choices, start=1):
            yield self._numbered(number, _label(choice, self.terminal))
        if not asked.choices or asked.type == FactType.SET_OF.value:
            yield from self._text(kind_text(asked, self.terminal), Style.DIM)

    def _numbered(self, number: int, label: str) -> str:
        return f"  {self.terminal.paint(str(number), Style.CYAN)}  {safe(label)}"

    def help(self, asked: Asked) -> Iterator[str]:
        """Yield what helps to judge, and the commands."""
        if asked.help:
            yield from self._text(asked.help)
        for quote in asked.examples:
            said = self.terminal.say("ask.example", says=quote.says, answer=self._answer(asked, quote.answer))
            yield from self._text(said, Style.DIM)
        if asked.system:
            yield from self._text(self.terminal.say("ask.system", system=asked.system))
        for command in Command:
            yield self._command(command)
        yield self._described(self.terminal.say("ask.volunteer"), self.terminal.say("ask.does.volunteer"))

    def commands(self) -> str:
        """Return the commands in one line."""
        shown = [self.terminal.say(f"ask.short.{command.value}") for command in _SHOWN]
        return self.terminal.paint(f"  ({' · '.join(shown)})", Style.DIM)

    def why(self, asked: Asked) -> Iterator[str]:
        """Yield why a question is asked: where, by which clauses, and what each answer leads to."""
        node = self.conversation.policy.graph.nodes[asked.node]
        procedure = self.checked.procedures[node.procedure]
        title = self.checked.words(procedure.title or procedure.name, self.terminal.language)
        place = f"{safe(node.span.path)}:{node.span.line}"
        yield from self._text(self.terminal.say("ask.why.place", title=title, place=place))
        fact = self.conversation.policy.facts[asked.fact]
        clauses = [*asked.clauses, *(each for each in fact.clauses if each not in asked.clauses)]
        yield from self._cited(clauses[:_MOST_CLAUSES])
        yield from self._consequences(asked)

    def _cited(self, clauses: Sequence[ClauseId]) -> Iterator[str]:
        known = self.checked.vocabulary.clauses
        for name in clauses:
            said = known[name].paraphrase.in_language(self.terminal.language) if name in known else ""
            first, *more = wrapped(safe(said), self.terminal.width - 4) or [""]
            yield f"  {self.terminal.paint(name, Style.DIM)}"
            yield from (f"    {line}" for line in (first, *more))

    def _consequences(self, asked: Asked) -> Iterator[str]:
        if asked.type not in {FactType.YES_NO.value, FactType.ONE_OF.value}:
            if asked.also_open:
                facts = ", ".join(safe(self._fact_label(name)) for name in asked.also_open)
                yield from self._text(self.terminal.say("ask.why.open", facts=facts))
            return
        yield from self._text(self.terminal.say("ask.why.answers"))
        labels = [_label(choice, self.terminal) for choice in asked.choices]
        width = max(map(cells, labels))
        for choice, label in zip(asked.choices, labels, strict=True):
            margin = width + 6
            first, *more = wrapped(safe(self._after(asked, choice)), self.terminal.width - margin)
            yield f"    {self.terminal.paint(label, Style.CYAN)}{' ' * (width - cells(label))}  {first}"
            yield from (" " * margin + line for line in more)

    def _after(self, asked: Asked, choice: Choice) -> str:
        try:
            after = self.conversation.answer(asked.fact, choice.value)
        except FactError:  # with what is known, an assumption rules it out
            return self.terminal.say("ask.why.impossible")
        return self._consequence(after.decision)

    def _consequence(self, after: Decision) -> str:
        say = self.terminal.say
        more = len(after.steps) - len(self.conversation.decision.steps)
        steps = self.terminal.words.count("ask.why.steps", more) if more > 0 else ""
        match after.status:
            case Status.FINISHED:
                outcome = self.checked.vocabulary.outcomes[after.outcome] if after.outcome else None
                label = outcome.label.in_language(self.terminal.language) if outcome else say("decide.returned")
                return say("ask.why.ends", label=label) + steps
            case Status.ASKS:
                assert after.asks
                return say("ask.why.asks", question=after.asks.question) + steps
            case Status.WAITS:
                assert after.waits
                return say("ask.why.waits", label=after.waits.label) + steps
            case Status.GAP:
                assert after.gap
                return say("ask.why.gap", text=after.gap.text) + steps
            case _:
                assert_never(after.status)

    def summary(self) -> Iterator[str]:
        """Yield the case as it would be handed to a colleague."""
        for line in self.conversation.handover(self.terminal.language).to_text(self.terminal.width).splitlines():
            yield safe(line)
        yield ""

    def resumed(self) -> Iterator[str]:
        """Yield what taking up a recorded conversation found, when there is something to tell."""
        found, say = self.conversation.resumed, self.terminal.say
        if found is None:
            return
        lines: list[str] = []
        if found.is_other_policy:
            recorded = f"{found.recorded.get('name', '')} {found.recorded.get('version', '')}"
            lines += self._text(say("ask.resumed.other", policy=recorded), Style.AMBER, margin=0)
        for each in found.refused:
            lines += self._text(say("ask.resumed.refused", why=each.why), Style.AMBER)
        if found.set_aside and found.is_other_policy:
            labels = ", ".join(self._fact_label(name) for name in found.set_aside)
            lines += self._text(say("ask.change.set_aside", labels=labels), Style.AMBER)
        yield from [*lines, ""] if lines else []

    def missing(self) -> Iterator[str]:
        """Yield what nobody knows and the case cannot do without."""
        yield from self._text(self.terminal.say("ask.stuck"), Style.BOLD, margin=0)
        for each in self.conversation.lacking:
            yield f"  - {safe(each.label)} {self.terminal.paint(f'({each.fact})', Style.DIM)}"
            if each.system:
                yield from self._text(self.terminal.say("ask.system", system=each.system), Style.DIM, margin=4)

    def change(self, change: Change) -> Iterator[str]:
        """Yield what a correction changed."""
        say, facts = self.terminal.say, self.conversation.policy.facts
        if change.is_correction and change.turn and change.turn.fact:
            label = facts[change.turn.fact].label.in_language(self.terminal.language)
            yield from self._text(say("ask.change.corrected", label=label), Style.DIM)
        for key, names in (("set_aside", change.set_aside), ("taken_up", change.taken_up)):
            if names:
                labels = ", ".join(self._fact_label(name) for name in names)
                yield from self._text(say(f"ask.change.{key}", labels=labels), Style.DIM)
        for step in change.dropped:
            yield from self._text(say("ask.change.dropped", text=step.text), Style.AMBER)

    def _command(self, command: Command) -> str:
        words = self.terminal.say(f"ask.command.{command.value}").split("|")
        return self._described(", ".join(words[:2]), self.terminal.say(f"ask.does.{command.value}"))

    def _described(self, typed: str, does: str) -> str:
        return f"  {self.terminal.paint(typed.ljust(26), Style.CYAN)}{does}"

    def _answer(self, asked: Asked, answer: str) -> str:
        if asked.type == FactType.YES_NO.value:
            return answer
        return next((choice.label for choice in asked.choices if choice.value == answer), answer)

    def _fact_label(self, name: str) -> str:
        facts = self.conversation.policy.facts
        return next(fact.label for key, fact in facts.items() if key == name).in_language(self.terminal.language)

    def _text(self, text: str, *styles: Style, margin: int = 2) -> Iterator[str]:
        for line in wrapped(safe_lines(text), self.terminal.width - margin):
            yield " " * margin + self.terminal.paint(line, *styles)


def safe_lines(text: str) -> str:
    """Return `text` with its line ends, and nothing else that could steer a terminal."""
    return "\n".join(map(safe, text.splitlines()))


def _label(choice: Choice, terminal: Terminal) -> str:
    return choice_text(choice.value, terminal) if isinstance(choice.value, bool) else choice.label
