"""`praxe ask`: a case decided in conversation.

In: a policy, the facts known so far, and a person (or a script) on standard input. Out: questions, each step as soon as
it is certain, the end; and, when asked to, the facts in a file to resume from.
"""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.deciding import CaseOptions, case_options, given_facts, tell_fact_error
from praxe.cli.dialogue import Dialogue
from praxe.cli.files import STDIN
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import known_procedure, open_policy
from praxe.cli.resume import Resume, read_document
from praxe.cli.terminal import Terminal
from praxe.engine.conversation import Conversation
from praxe.engine.facts import FactError
from praxe.engine.policy import Policy
from praxe.engine.questions import Order


@command("ask")
@click.argument("policy", type=PATH)
@case_options
@click.option("--order", type=OneOf(*(each.value for each in Order)))
@click.option("--resume", "document", type=PATH)
@click.option("--save", type=PATH)
@click.option("--json", "as_json", is_flag=True)
def ask(
    terminal: Terminal,
    policy: Path,
    case: CaseOptions,
    order: str | None,
    document: Path | None,
    save: Path | None,
    as_json: bool,
) -> int:
    """Lead the conversation; leaving it in the middle is no mistake."""
    if case.file and str(case.file) == STDIN:
        raise Misuse("misuse.stdin_twice")
    opened = open_policy(policy, terminal)
    conversation = _begun(opened, case, document, terminal)
    if order:
        conversation = conversation.in_order(order)
    speaker = replace(terminal, colors_out=terminal.colors_err) if as_json else terminal
    file = save or document or case.file
    resume = Resume(policy=policy, start=case.start, file=file, is_save_wanted=save is not None)
    end = Dialogue(conversation, speaker, resume, write=terminal.note if as_json else terminal.out).run()
    if as_json:
        terminal.raw(json.dumps(end.decision.to_json(), ensure_ascii=False, indent=2) + "\n")
    return 0


def _begun(policy: Policy, case: CaseOptions, document: Path | None, terminal: Terminal) -> Conversation:
    """Return the conversation to go on with: of a document, or from the facts that are given."""
    given = given_facts(policy, case, terminal)
    try:
        if document is None:
            start = known_procedure(case.start, policy)
            conversation = policy.start(start, now=case.now, language=terminal.language)
        else:
            written = read_document(document)
            conversation = policy.resume(written, language=terminal.language)
            conversation = conversation.at(_not_before(conversation.now, case.now))
        return conversation.tell(given.values)
    except FactError as error:
        tell_fact_error(error, given.places, terminal)
        raise click.exceptions.Exit(2) from None


def _not_before(earlier: datetime.datetime | None, now: datetime.datetime) -> datetime.datetime:
    """Return `now`, with a time zone if the earlier time has one, and no sooner than that."""
    if earlier is None:
        return now
    if (now.tzinfo is None) != (earlier.tzinfo is None):
        now = now.astimezone(earlier.tzinfo) if earlier.tzinfo else now.astimezone().replace(tzinfo=None)
    return max(now, earlier)


COMMAND = ask
