"""What a person types in a conversation, understood.

In: a line and the question it answers. Out: the value for `Policy.decide`, a `Command`, or None where it is neither.
Whether a value is in bounds is the engine's to say.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from enum import Enum
from typing import Final

from praxe.cli.terminal import Terminal
from praxe.cli.words import LANGUAGES, lexicon
from praxe.dsl.keywords import unaccented
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import FactType
from praxe.engine.conversation import question_for
from praxe.engine.policy import Policy
from praxe.engine.records import Asked, Choice

_QUOTED: Final = re.compile(r"[\"“](.*)[\"”]")
_NUMBER: Final = re.compile(r"([+-]?\d+)(?:\s+\D+)?", re.ASCII)  # with or without its unit: `15`, `15 dias`
_DAY_FIRST: Final = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})", re.ASCII)


class Command(Enum):
    """What can be typed instead of an answer; the value is the key of its words."""

    HELP = "help"
    WHY = "why"
    BACK = "back"
    UNKNOWN = "unknown"
    WITHHELD = "withheld"
    SUMMARY = "summary"
    LEAVE = "leave"


def understood(line: str, asked: Asked, terminal: Terminal, *, today: datetime.date) -> object | Command | None:
    """Return what `line` means; a listed answer comes before a command: `n` to a yes/no question is no."""
    text = line.strip()
    chosen = _chosen(text, asked, terminal)
    if chosen is not None:
        return chosen
    command = command_of(text)
    return command or _free(text, asked, terminal, today=today)


def command_of(text: str) -> Command | None:
    """Return the command that `text` is, in any language."""
    folded = _folded(text)
    for language in LANGUAGES:
        words = lexicon(language)
        for command in Command:
            if folded in map(_folded, words.say(f"ask.command.{command.value}").split("|")):
                return command
    return None


def volunteered(line: str, policy: Policy, terminal: Terminal, *, today: datetime.date) -> tuple[Asked, object] | None:
    """Return the fact that `line` tells of itself (`motivo = tecnico`) with its value, None if it tells of none."""
    name, sign, value = line.partition("=")
    fact = policy.facts.get(FactName(name.strip()))
    if not sign or fact is None:
        return None
    asked = question_for(policy, fact.name, terminal.language)
    meant = understood(value, asked, terminal, today=today)
    return asked, value.strip() if meant is None or isinstance(meant, Command) else meant


def _chosen(text: str, asked: Asked, terminal: Terminal) -> object | None:
    """Return the listed answer that `text` names by number, name or label."""
    if asked.type == FactType.SET_OF.value:
        return _several(text, asked.choices, terminal)
    if asked.type == FactType.YES_NO.value:
        for value in (True, False):
            key = "ask.yes" if value else "ask.no"
            if _folded(text) in map(_folded, terminal.say(key).split("|")):
                return value
    return _one(text, asked.choices)


def _one(text: str, choices: Sequence[Choice]) -> object | None:
    if text.isascii() and text.isdigit():
        return choices[int(text) - 1].value if len(text) < 4 and 0 < int(text) <= len(choices) else None
    folded = _folded(text)
    return next((each.value for each in choices if folded in {_folded(str(each.value)), _folded(each.label)}), None)


def _several(text: str, choices: Sequence[Choice], terminal: Terminal) -> list[object] | None:
    if _folded(text) in map(_folded, terminal.say("ask.none").split("|")):
        return []
    whole = _one(text, choices)
    if whole is not None:
        return [whole]
    members = [_one(each, choices) for each in re.split(r"[\s,;+]+", text) if each]
    return list(dict.fromkeys(members)) if members and None not in members else None


def _free(text: str, asked: Asked, terminal: Terminal, *, today: datetime.date) -> object | None:
    """Return the value of an answer that cannot be listed."""
    match FactType(asked.type):
        case FactType.INTEGER:
            number = _NUMBER.fullmatch(text)
            return int(number[1]) if number and len(number[1]) <= 40 else text or None
        case FactType.DECIMAL:
            return text.replace(",", ".") if text.count(",") == 1 and "." not in text else text or None
        case FactType.DATE:
            return _date(text, terminal, today) or text or None
        case FactType.TEXT:
            quoted = _QUOTED.fullmatch(text)
            return quoted[1] if quoted else text or None
        case FactType.YES_NO | FactType.ONE_OF | FactType.SET_OF:
            return None


def _date(text: str, terminal: Terminal, today: datetime.date) -> str | None:
    if _folded(text) in map(_folded, terminal.say("ask.today").split("|")):
        return today.isoformat()
    day_first = _DAY_FIRST.fullmatch(text)
    return f"{day_first[3]}-{int(day_first[2]):02}-{int(day_first[1]):02}" if day_first else None


def _folded(text: str) -> str:
    return unaccented(" ".join(text.split())).casefold()
