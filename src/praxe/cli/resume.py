"""A conversation kept in a file, and how to go on with it.

In: a conversation. Out: a small YAML file of its answers that a person can read and change, or, where the file's name
ends in `.json`, the whole conversation with its turns; or a command line that says the same.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from praxe.cli.files import write_whole
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.load import read_text
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine.conversation import Conversation


@dataclass(frozen=True, kw_only=True)
class Resume:
    """What a command line needs to say to go on: the policy, where to begin, the file."""

    policy: Path
    start: str | None
    file: Path | None  # where facts were read from, or are to be written
    is_save_wanted: bool = False  # also at the end, without being asked


def facts_text(conversation: Conversation, terminal: Terminal) -> str:
    """Return the facts as YAML: a line each, in the order in which they were answered."""
    facts = conversation.policy.facts
    lines = [f"{name}: {_written(value, facts[FactName(name)], terminal)}\n" for name, value in _known(conversation)]
    return "".join(lines) or "{}\n"


def save(conversation: Conversation, path: Path, terminal: Terminal) -> None:
    """Write the conversation to `path`."""
    if is_document(path):
        text = json.dumps(conversation.to_json(), ensure_ascii=False, indent=2) + "\n"
    else:
        text = facts_text(conversation, terminal)
    write_whole(path, text.encode("utf-8"))


def is_document(path: Path) -> bool:
    """Whether a file holds a whole conversation, by its name."""
    return path.suffix.lower() == ".json"


def read_document(path: Path) -> object:
    """Return what a file holds as JSON.

    Raises:
        Misuse: it holds none.
    """
    source, _ = read_text(path)
    try:
        return json.loads(source.text if source else "")
    except (ValueError, RecursionError):
        raise Misuse("misuse.no_conversation", path=path.as_posix()) from None


def command_line(resume: Resume, conversation: Conversation, terminal: Terminal, *, file: Path | None) -> str:
    """Return the command that goes on: with the facts of `file`, or with each fact spelled out."""
    from shlex import quote

    words = ["praxe", "ask", resume.policy.as_posix()]
    if file and is_document(file):
        return " ".join(map(quote, [*words, "--resume", file.as_posix()]))
    if resume.start:
        words += ["--start", resume.start]
    if file:
        words += ["--facts", file.as_posix()]
    else:
        facts = conversation.policy.facts
        for name, value in _known(conversation):
            words += ["--fact", f"{name}={_plain(value, facts[FactName(name)], terminal)}"]
    return " ".join(map(quote, words))


def _known(conversation: Conversation) -> list[tuple[str, object]]:
    return [(name, value) for name, value in conversation.ledger.answers.items() if value is not None]


def _written(value: object, fact: Fact, terminal: Terminal) -> str:
    """Return a value as YAML; a text in quotes, so that whatever it says is read back as it is."""
    if fact.type is FactType.TEXT:
        return json.dumps(value, ensure_ascii=False)
    return _plain(value, fact, terminal)


def _plain(value: object, fact: Fact, terminal: Terminal) -> str:
    match value:
        case bool():
            return terminal.say("answer.yes" if value else "answer.no")
        case list():
            return f"[{', '.join(_plain(each, fact, terminal) for each in value)}]"
        case _:
            return str(value)
