"""The loop of `praxe ask`: shows what is new, asks, listens.

In: a conversation and lines of standard input. Out: the conversation as it ended. Nothing is saved unless somebody
asked for it; whoever leaves is told how to go on.
"""

from __future__ import annotations

import datetime
import io
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from typing import Final

from praxe.cli.answers import Command, command_of, understood, volunteered
from praxe.cli.ask_text import AskText
from praxe.cli.decide_text import DecisionText
from praxe.cli.resume import Resume, command_line, save
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.report_line import safe
from praxe.engine.conversation import Conversation, Standing
from praxe.engine.facts import FactError
from praxe.engine.records import Asked, DecidedStep, Waiting

_PROMPT: Final = "> "


class _Left(Exception):  # noqa: N818 - the way out of the loop, never seen outside this file
    """The person left, or there is no more input."""


class Dialogue:
    """One conversation between a person and a policy."""

    def __init__(
        self, conversation: Conversation, terminal: Terminal, resume: Resume, *, write: Callable[[str], None]
    ) -> None:
        self.conversation = conversation
        self.terminal = terminal
        self.resume = resume
        self.write = write
        self.steps_shown: tuple[DecidedStep, ...] = ()
        self.first = 0 if conversation.resumed else len(conversation.turns)  # facts given are no answers to take back
        self.is_commands_shown = False
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(errors="replace")
        if sys.stdin.isatty():
            with suppress(ImportError):  # Windows has none
                import_module("readline")  # so that a typed line can be edited

    def run(self) -> Conversation:
        """Converse until the case is decided or the person leaves."""
        self._lines([DecisionText(self.conversation.decision, self.terminal).heading(), ""])
        if self.conversation.ledger.answers:
            self._lines([self.terminal.words.count("ask.resumed", len(self.conversation.ledger.answers)), ""])
        self._lines(AskText(self.conversation, self.terminal).resumed())
        try:
            while self._turn():
                pass
        except _Left:
            pass
        except (KeyboardInterrupt, EOFError):
            self._tell_left()
        return self.conversation

    def _turn(self) -> bool:
        """Take one turn; return whether there is another."""
        self._show_new_steps()
        conversation = self.conversation
        if conversation.question:
            self._ask(conversation.question)
            return True
        if conversation.waits:
            return self._ask_about_wait(conversation.waits)
        if conversation.standing is Standing.UNRESOLVED:
            return self._is_unstuck()
        self._finish()
        return False

    # --- what is shown

    def _show_new_steps(self) -> None:
        steps = self.conversation.steps
        first = _shared(self.steps_shown, steps)
        if steps[first:]:
            self.write(self.terminal.paint(self.terminal.say("ask.do"), Style.BOLD, Style.GREEN))
            text = DecisionText(self.conversation.decision, self.terminal)
            self._lines([*text.steps(steps[first:], first=first + 1), ""])
        self.steps_shown = steps

    def _finish(self) -> None:
        text = DecisionText(self.conversation.decision, self.terminal)
        self._lines(text.end())
        self._lines(text.section("decide.why", text.why()))
        self._lines(text.section("decide.settled", text.settled()))
        self._saved_if_wanted()

    # --- questions

    def _ask(self, asked: Asked) -> None:
        text = AskText(self.conversation, self.terminal)
        self._lines(text.question(asked))
        if not self.is_commands_shown:
            self.write(text.commands())
            self.is_commands_shown = True
        while True:
            line = self._listen()
            told = volunteered(line, self.conversation.policy, self.terminal, today=self._today())
            if told:
                if self._is_accepted(*told):
                    return
                continue
            meant = understood(line, asked, self.terminal, today=self._today())
            match meant:
                case Command.HELP:
                    self._lines(text.help(asked))
                case Command.WHY:
                    self._lines(text.why(asked))
                case Command():
                    if self._obeyed(meant, asked):
                        return
                case None:
                    self._puzzled(self.terminal.say("ask.not_understood"))
                case _:
                    if self._is_accepted(asked, meant):
                        return

    def _obeyed(self, command: Command, asked: Asked) -> bool:
        """Do what was asked for; return whether the question is left."""
        match command:
            case Command.BACK:
                return self._went_back()
            case Command.UNKNOWN:
                return self._took(self.conversation.unknown(asked.fact))
            case Command.WITHHELD:
                return self._took(self.conversation.withheld(asked.fact))
            case Command.SUMMARY:
                self._lines(AskText(self.conversation, self.terminal).summary())
                return False
            case Command.LEAVE:
                self._save_and_leave()
                return True
            case _:
                return False

    def _is_accepted(self, asked: Asked, answer: object) -> bool:
        try:
            return self._took(self.conversation.answer(asked.fact, answer))
        except FactError as error:
            self._puzzled(error.in_language(self.terminal.language))
            return False

    def _took(self, after: Conversation) -> bool:
        """Take a turn, and tell what it changed."""
        is_turn = after is not self.conversation
        self.conversation = after
        if is_turn:
            self._lines(AskText(after, self.terminal).change(after.change))
        self.write("")
        return True

    def _today(self) -> datetime.date:
        now = self.conversation.now
        assert now  # INVARIANT: `praxe ask` begins every conversation at a time
        return now.date()

    def _ask_about_wait(self, waits: Waiting) -> bool:
        """Ask how a wait ended; return whether to go on, False if it has not."""
        self._lines(DecisionText(self.conversation.decision, self.terminal).end(waits))
        options = [self.terminal.say(f"ask.wait.{each}") for each in ("came", "passed", "waiting")]
        self._lines(
            f"  {self.terminal.paint(str(number), Style.CYAN)}  {each}" for number, each in enumerate(options, 1)
        )
        while True:
            line = self._listen().strip()
            if line in {"1", "2"}:
                here = self.conversation
                return self._took(here.came(waits.fact) if line == "1" else here.passed(waits.fact))
            told = volunteered(line, self.conversation.policy, self.terminal, today=self._today())
            if told and self._is_accepted(*told):
                return True
            command = command_of(line)
            if command is Command.BACK:
                if self._went_back():
                    return True
            elif command is Command.LEAVE:
                self._save_and_leave()
            elif line == "3" or command is Command.UNKNOWN:
                self._tell_how_to_go_on(self._saved_if_wanted())
                return False
            elif not told:
                self._puzzled(self.terminal.say("ask.wait.which"))

    def _is_unstuck(self) -> bool:
        """Say what is missing and nobody knows; return whether the person wants to answer after all."""
        self._lines(AskText(self.conversation, self.terminal).missing())
        self.write(self.terminal.paint(f"  {self.terminal.say('ask.stuck.options')}", Style.DIM))
        while True:
            line = self._listen()
            match command_of(line):
                case Command.BACK:
                    if self._went_back():
                        return True
                case Command.LEAVE:
                    self._save_and_leave()
                case None if not line.strip():
                    return self._took(self.conversation.reopen())
                case _:
                    self._puzzled(self.terminal.say("ask.stuck.options"))

    def _went_back(self) -> bool:
        before = self.conversation.back()
        if before is self.conversation or len(before.turns) < self.first:
            self._puzzled(self.terminal.say("ask.at_start"))
            return False
        latest = self.conversation.turns[len(before.turns)].fact
        self.conversation = before
        self.steps_shown = self.steps_shown[: _shared(self.steps_shown, before.steps)]
        label = before.policy.facts[latest].label.in_language(self.terminal.language) if latest else ""
        self._lines([self.terminal.paint(self.terminal.say("ask.went_back", label=safe(label)), Style.DIM), ""])
        return True

    # --- leaving

    def _save_and_leave(self) -> None:
        path = self.resume.file or self._chosen_file()
        self._save(path)
        self._tell_how_to_go_on(path)
        raise _Left

    def _saved_if_wanted(self) -> Path | None:
        """Save the answers if the command line said so; return the file."""
        if not self.resume.is_save_wanted or not self.resume.file:
            return None
        self.write("")
        self._save(self.resume.file)
        return self.resume.file

    def _save(self, path: Path) -> None:
        try:
            save(self.conversation, path, self.terminal)
        except OSError:
            self._tell_how_to_go_on()  # with the answers in the command, so that none is lost
            raise
        self.write(self.terminal.say("ask.saved", path=path.as_posix()))

    def _chosen_file(self) -> Path:
        while True:
            default = _free_name(self.terminal.say("ask.file"))
            self.write(self.terminal.say("ask.which_file", default=default))
            path = Path(self._listen().strip() or default)
            if not path.exists():
                return path
            self._puzzled(self.terminal.say("ask.file_exists", path=path.as_posix()))

    def _tell_left(self) -> None:
        self._lines(["", self.terminal.say("ask.left")])
        self._tell_how_to_go_on()

    def _tell_how_to_go_on(self, file: Path | None = None) -> None:
        line = command_line(self.resume, self.conversation, self.terminal, file=file)
        self._lines([self.terminal.say("ask.go_on"), f"  {self.terminal.paint(line, Style.CYAN)}"])

    # --- lines

    def _listen(self) -> str:
        """Return the next line; what comes from a file or pipe is shown, so that the conversation reads as one."""
        if sys.stdin.isatty() and sys.stdout.isatty():
            return input(_PROMPT)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        self.write(f"{_PROMPT}{safe(line.rstrip())}")
        return line

    def _puzzled(self, text: str) -> None:
        for line in text.splitlines():
            self.write(self.terminal.paint(f"  {safe(line)}", Style.AMBER))

    def _lines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)


def _shared(one: Sequence[DecidedStep], other: Sequence[DecidedStep]) -> int:
    """Return how many steps two lists begin with together."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (a, b) in pairs if a != b), min(len(one), len(other)))


def _free_name(stem: str) -> str:
    """Return the first of `caso.yaml`, `caso-2.yaml`, … that is not taken."""
    number, name = 1, f"{stem}.yaml"
    while Path(name).exists():
        number += 1
        name = f"{stem}-{number}.yaml"
    return name
