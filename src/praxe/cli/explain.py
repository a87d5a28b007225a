"""`praxe explain`: what a code of `praxe check` means, with a wrong and a right example.

In: a code, or none. Out: its page, or the list of all codes. The words come from `dsl/catalogue/`.
"""

from __future__ import annotations

import json
import re
from typing import Any

import click

from praxe.cli.command import command
from praxe.cli.layout import wrapped
from praxe.cli.options import Misuse
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.messages import Entry, Severity, all_codes, entry
from praxe.dsl.vocabulary import Words

_COLORS = {Severity.ERROR: Style.RED, Severity.WARNING: Style.AMBER}


@command("explain")
@click.argument("code", required=False)
@click.option("--json", "as_json", is_flag=True)
def explain(terminal: Terminal, code: str | None, as_json: bool) -> int:
    """Explain a code, or list them all."""
    known = [entry(each) for each in ([_full(code)] if code else all_codes())]
    if as_json:
        records = [_record(each, terminal.language) for each in known]
        terminal.raw(json.dumps(records[0] if code else records, ensure_ascii=False, indent=2) + "\n")
    elif code:
        _tell(known[0], terminal)
    else:
        for each in known:
            code_text = terminal.paint(each.code, Style.BOLD, _COLORS[each.severity])
            terminal.out(f"{code_text}  {_said(each.title, terminal)}")
        terminal.note()
        terminal.note(terminal.say("explain.more"))
    return 0


def _full(code: str) -> str:
    """Return the code that is meant: `px203`, `PX-203` and `203` are PX203."""
    digits = re.fullmatch(r"(?:px[-_ ]?)?(\d+)", code.strip(), re.IGNORECASE | re.ASCII)
    full = f"PX{digits[1]}" if digits else code.strip().upper()
    if full in all_codes():
        return full
    raise Misuse("misuse.code", hint="misuse.code.hint", code=code)


def _tell(known: Entry, terminal: Terminal) -> None:
    severity = terminal.say(f"explain.severity.{known.severity.value}")
    head = terminal.paint(f"{severity}[{known.code}]", Style.BOLD, _COLORS[known.severity])
    terminal.out(head + terminal.paint(f": {_said(known.title, terminal)}", Style.BOLD))
    terminal.out()
    for line in wrapped(_said(known.explanation, terminal), terminal.width):
        terminal.out(line)
    for key, text, color in (("explain.wrong", known.wrong, Style.RED), ("explain.right", known.right, Style.GREEN)):
        if text:
            terminal.out()
            terminal.out(terminal.paint(terminal.say(key), Style.BOLD, color))
            terminal.out()
            for line in text.rstrip("\n").splitlines():
                terminal.out(f"    {line}".rstrip())


def _said(words: Words, terminal: Terminal) -> str:
    return words.in_language(terminal.language)


def _record(known: Entry, language: str) -> dict[str, Any]:
    return {
        "code": known.code,
        "severity": known.severity.value,
        "title": known.title.in_language(language),
        "message": known.message.in_language(language),
        "hints": [each.in_language(language) for each in known.hints],
        "explanation": known.explanation.in_language(language),
        "wrong": known.wrong,
        "right": known.right,
        "file": known.example_file,
    }


COMMAND = explain
