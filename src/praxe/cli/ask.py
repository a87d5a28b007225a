"""`praxe ask`: a case decided in conversation.

In: a policy, the facts known so far, and a person (or a script) on standard input. Out: questions, each step as soon as
it is certain, the end; and, when asked to, the facts in a file to resume from.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType

import click

from praxe.cli.command import command
from praxe.cli.conversation import Conversation, Setting
from praxe.cli.deciding import CaseOptions, case_options, given_facts, tell_fact_error
from praxe.cli.dialogue import Dialogue
from praxe.cli.files import STDIN
from praxe.cli.options import PATH, Misuse
from praxe.cli.policies import known_procedure, open_policy
from praxe.cli.resume import Resume
from praxe.cli.terminal import Terminal
from praxe.engine.facts import FactError


@command("ask")
@click.argument("policy", type=PATH)
@case_options
@click.option("--save", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def ask(
    terminal: Terminal,
    policy: Path,
    case: CaseOptions,
    save: Path | None,
    as_json: bool,
) -> int:
    """Lead the conversation; leaving it in the middle is no mistake."""
    if case.file and str(case.file) == STDIN:
        raise Misuse("misuse.stdin_twice")
    opened = open_policy(policy, terminal)
    given = given_facts(opened, case, terminal)
    setting = Setting(opened, terminal.language, case.now, known_procedure(case.start, opened))
    conversation = Conversation(setting, MappingProxyType(given.values))
    try:
        _ = conversation.decision
    except FactError as error:
        tell_fact_error(error, given.places, terminal)
        return 2
    speaker = replace(terminal, colors_out=terminal.colors_err) if as_json else terminal
    resume = Resume(policy=policy, start=case.start, file=save or case.file, is_save_wanted=save is not None)
    end = Dialogue(conversation, speaker, resume, write=terminal.note if as_json else terminal.out).run()
    if as_json:
        terminal.raw(json.dumps(end.decision.to_json(), ensure_ascii=False, indent=2) + "\n")
    return 0


COMMAND = ask
