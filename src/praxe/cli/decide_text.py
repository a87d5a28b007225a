"""A decision for people: how it ends, the steps, why, and what is still open.

In: a decision. Out: lines, painted for the terminal or plain. `praxe ask` uses the same parts one by one.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, assert_never

from praxe.cli.layout import cells, wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.cli.values_text import value_text
from praxe.dsl.report_line import safe
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Color
from praxe.engine.decision import Decision
from praxe.engine.records import Asked, DecidedStep, Due, OpenGap, Waiting
from praxe.engine.walk import Status
from praxe.engine.words import lexicon

_COLORS: Final = {
    Color.GREEN: Style.GREEN,
    Color.RED: Style.RED,
    Color.BLUE: Style.BLUE,
    Color.AMBER: Style.AMBER,
    Color.PURPLE: Style.PURPLE,
    Color.GRAY: Style.GRAY,
}


class DecisionText:
    """Writes a decision's parts as lines."""

    def __init__(self, decision: Decision, terminal: Terminal) -> None:
        self.decision = decision
        self.terminal = terminal
        self.checked = decision.policy.checked

    def whole(self) -> Iterator[str]:
        """Yield all of it, the end first: that is what was asked for."""
        yield self.heading()
        yield ""
        yield from self.end()
        yield from self.section("decide.steps", self.steps(self.decision.steps))
        yield from self.section("decide.why", self.why())
        yield from self.section("decide.findings", self.findings())
        yield from self.section("decide.settled", self.settled())
        yield from self.section("decide.open", self._how_to_answer())

    def heading(self) -> str:
        """Return the policy's title and version."""
        manifest = self.checked.manifest
        title = manifest.title.in_language(self.terminal.language)
        return self._dim(self.terminal.say("decide.policy", title=safe(title), version=safe(manifest.version)))

    # --- how it ends

    def end(self, waits: Waiting | None = None) -> Iterator[str]:
        """Yield the status, and what it stands at.

        Args:
            waits: shown as what is waited for; in a conversation its deadline counts from an earlier time.
        """
        decision, say = self.decision, self.terminal.say
        match decision.status:
            case Status.FINISHED:
                yield from self._finished()
            case Status.ASKS:
                assert decision.asks
                yield self._headline("?", say("decide.asks"), Style.CYAN)
                yield from self.question(decision.asks)
            case Status.WAITS:
                waits = waits or decision.waits
                assert waits
                until = until_text(waits.deadline, self.terminal)
                yield self._headline("…", say("decide.waits", until=until), Style.AMBER)
                yield from self._waiting(waits)
            case Status.GAP:
                assert decision.gap
                yield self._headline("!", say("decide.gap"), Style.RED)
                yield from self._gap(decision.gap)
            case _:
                assert_never(decision.status)

    def _finished(self) -> Iterator[str]:
        if self.decision.outcome is None:
            yield self._headline("✓", self.terminal.say("decide.returned"), Style.GREEN)
            return
        outcome = self.checked.vocabulary.outcomes[self.decision.outcome]
        label = outcome.label.in_language(self.terminal.language)
        yield self._headline("✓", safe(label), _COLORS[outcome.color])
        if outcome.meaning:
            yield from self._text(outcome.meaning.in_language(self.terminal.language))

    def question(self, asked: Asked) -> Iterator[str]:
        """Yield a question with its answers and its help."""
        attempt = self.terminal.say("decide.attempt", n=asked.attempt) if asked.attempt else ""
        yield from self._text(f"{asked.question}{attempt}", Style.BOLD)
        width = max((cells(choice_text(each.value, self.terminal)) for each in asked.choices), default=0)
        for each in asked.choices:
            written = choice_text(each.value, self.terminal)
            label = "" if isinstance(each.value, bool) else f"  {safe(each.label)}"
            yield f"    {self.terminal.paint(written, Style.CYAN)}{' ' * (width - cells(written))}{label}".rstrip()
        if not asked.choices:
            yield from self._text(kind_text(asked, self.terminal), Style.CYAN, margin=4)
        if asked.help:
            yield from self._text(asked.help, Style.DIM)
        for note in asked.notes:
            yield from self._text(self.terminal.say("decide.note", text=note), Style.DIM)
        yield from self._clauses(asked.clauses, margin=2)

    def _waiting(self, waits: Waiting) -> Iterator[str]:
        yield from self._text(waits.label, Style.BOLD)
        for note in waits.notes:
            yield from self._text(self.terminal.say("decide.note", text=note), Style.DIM)
        yield from self._clauses(waits.clauses, margin=2)

    def _gap(self, gap: OpenGap) -> Iterator[str]:
        yield from self._text(gap.text, Style.RED)
        for note in gap.notes:
            yield from self._text(self.terminal.say("decide.note", text=note), Style.DIM)
        yield from self._clauses(gap.clauses, margin=2)

    # --- the steps

    def steps(self, steps: Sequence[DecidedStep], *, first: int = 1) -> Iterator[str]:
        """Yield the steps, numbered from `first`."""
        width = len(str(first + len(steps) - 1))
        for number, step in enumerate(steps, start=first):
            margin = width + 4
            marks = [due_text(step.deadline, self.terminal)] if step.deadline else []
            marks += [self.terminal.say("decide.attempt_made", n=step.attempt)] if step.attempt else []
            marks += [self.terminal.say("decide.meanwhile")] if step.meanwhile else []
            text = self.terminal.say("decide.say", text=step.text) if step.kind == "say" else step.text
            actor = f"{step.actor}: " if step.actor else ""
            lead, *more = wrapped(safe(f"{actor}{text}"), self.terminal.width - margin)
            yield f"  {self.terminal.paint(str(number).rjust(width), Style.BOLD)}. {lead}"
            yield from (" " * margin + each for each in more)
            if marks:
                yield " " * margin + "  ".join(self.terminal.paint(each, Style.AMBER) for each in marks)
            for note in step.notes:
                yield from self._text(self.terminal.say("decide.note", text=note), Style.DIM, margin=margin)
            yield from self._clauses(step.clauses, margin=margin)

    # --- why

    def why(self) -> Iterator[str]:
        """Yield the facts that decided, in the order of the walk, each with the clauses it was read for."""
        cited: dict[FactName, dict[str, None]] = {}
        values: dict[FactName, object] = {}
        for visit in self.decision.trace:
            for name, value in (*visit.facts.items(), *visit.derived.items()):
                values.setdefault(name, value)
                cited.setdefault(name, {}).update(dict.fromkeys(visit.clauses))
        labels = {name: safe(self.checked.fact(name).label.in_language(self.terminal.language)) for name in values}
        width = min(36, max(map(cells, labels.values()), default=0))
        for name, value in values.items():
            worth = safe(value_text(self.checked.fact(name), value, self.terminal.language))
            gap = " " * max(0, width - cells(labels[name]))
            yield f"  {labels[name]}{gap}  {self.terminal.paint(worth, Style.BOLD)}"
            yield from self._clauses(tuple(cited[name]), margin=4)

    def findings(self) -> Iterator[str]:
        """Yield what is wrong with the source text that the case ran into, and how the policy reads it."""
        say = self.terminal.say
        for each in self.decision.findings:
            kind = say(f"decide.finding.{each.kind}")
            yield from self._text(f"{each.finding} · {kind}: {each.title}", Style.AMBER)
            yield from self._text(each.why, margin=4)
            if each.reading:
                yield from self._text(say("decide.reading", text=each.reading), margin=4)
            yield from self._clauses(each.clauses, margin=4)

    # --- what is open

    def settled(self) -> Iterator[str]:
        """Yield the facts that nobody has to be asked for, and the assumptions that say so."""
        for each in self.decision.settled:
            fact = self.decision.policy.facts[each.fact]
            value = value_text(fact, each.value, self.terminal.language)
            yield from self._text(f"{each.label}: {value}")
            for reason in each.because:
                yield from self._text(reason, Style.DIM, margin=4)

    def _how_to_answer(self) -> Iterator[str]:
        decision, say = self.decision, self.terminal.say
        fact = decision.asks.fact if decision.asks else decision.waits.fact if decision.waits else None
        if fact is None:
            return
        yield from self._text(say("decide.answer_with", fact=fact))
        if decision.asks and decision.asks.also_open:
            yield from self._text(say("decide.also_open", facts=", ".join(decision.asks.also_open)), Style.DIM)

    # --- lines

    def section(self, key: str, lines: Iterable[str]) -> Iterator[str]:
        """Yield a heading and its lines; nothing if there are none."""
        inside = list(lines)
        if inside:
            yield ""
            yield self.terminal.paint(self.terminal.say(key), Style.BOLD)
            yield from inside

    def _headline(self, sign: str, text: str, style: Style) -> str:
        shown = sign if self.terminal.is_unicode or sign.isascii() else "*"
        return self.terminal.paint(f"{shown} {text}", Style.BOLD, style)

    def _text(self, text: str, *styles: Style, margin: int = 2) -> Iterator[str]:
        for paragraph in text.splitlines() or [""]:
            for line in wrapped(safe(paragraph), self.terminal.width - margin):
                yield " " * margin + self.terminal.paint(line, *styles)

    def _clauses(self, clauses: Sequence[str], *, margin: int) -> Iterator[str]:
        if clauses:
            for line in wrapped(f"[{', '.join(clauses)}]", self.terminal.width - margin, indent=" "):
                yield " " * margin + self._dim(line)

    def _dim(self, text: str) -> str:
        return self.terminal.paint(text, Style.DIM)


def kind_text(asked: Asked, terminal: Terminal) -> str:
    """Return what kind of answer is expected: `um número inteiro, em dias, de 0 a 3650`."""
    parts = [terminal.say(f"decide.kind.{asked.type}")]
    if asked.unit:
        parts.append(terminal.say("decide.kind.unit", unit=asked.unit))
    if asked.minimum is not None and asked.maximum is not None:
        parts.append(terminal.say("decide.kind.range", least=asked.minimum, most=asked.maximum))
    elif asked.minimum is not None:
        parts.append(terminal.say("decide.kind.least", least=asked.minimum))
    elif asked.maximum is not None:
        parts.append(terminal.say("decide.kind.most", most=asked.maximum))
    return ", ".join(parts)


def due_text(deadline: Due, terminal: Terminal) -> str:
    """Return a deadline, with its date where it is one to remember: `em até 4 dias úteis (27/11/2026)`."""
    if deadline.due is None or deadline.kind != "within":
        return deadline.text
    return f"{deadline.text} ({_date_text(deadline.due, terminal)})"


def until_text(deadline: Due, terminal: Terminal) -> str:
    """Return the end of a wait: `até 27/11/2026`, or how long it is when the date is not known."""
    if deadline.due is None or deadline.kind == "until":
        return deadline.text
    return terminal.say("decide.until", date=_date_text(deadline.due, terminal), text=deadline.text)


def _date_text(due: str, terminal: Terminal) -> str:
    moment = datetime.datetime.fromisoformat(due)
    day = lexicon(terminal.language).date(moment.date())
    return day if "T" not in due else f"{day} {moment:%H:%M}"


def choice_text(value: object, terminal: Terminal) -> str:
    """Return an answer as it is to be written."""
    if isinstance(value, bool):
        return terminal.say("answer.yes" if value else "answer.no")
    return safe(str(value))
