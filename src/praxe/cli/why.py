"""`praxe why`: why a case is decided as it is, why not otherwise, and what other facts would change.

In: a policy, facts, and perhaps another end or other facts. Out: an explanation as text, Markdown or JSON.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

import click

from praxe.cli.command import command
from praxe.cli.deciding import CaseOptions, case_options, decided, tell_fact_error
from praxe.cli.facts_input import GivenFacts
from praxe.cli.options import PATH, Misuse, OneOf
from praxe.cli.policies import open_policy
from praxe.cli.terminal import Terminal
from praxe.dsl.report_line import safe
from praxe.engine.facts import FactError

if TYPE_CHECKING:
    from praxe.engine.decision import Decision
    from praxe.engine.explanation import Comparison, Explanation, OtherEnd

_PLAINER: Final = str.maketrans({"→": "->", "•": "*", "…": "...", "“": '"', "”": '"'})


@command("why")
@click.argument("policy", type=PATH)
@case_options
@click.option("--not", "unwanted")
@click.option("--if", "others", multiple=True)
@click.option("--nearest", "is_nearest", is_flag=True)
@click.option("--format", "form", type=OneOf("text", "markdown", "json"), default="text")
@click.option("--json", "as_json", is_flag=True)
def why(
    terminal: Terminal,
    policy: Path,
    case: CaseOptions,
    unwanted: str | None,
    others: tuple[str, ...],
    is_nearest: bool,
    form: str,
    as_json: bool,
) -> int:
    """Explain the case; how it ends is told, it is no exit code."""
    if others and (unwanted or is_nearest):
        raise Misuse("misuse.why_one")
    decision = decided(open_policy(policy, terminal), case, terminal)
    if others:
        explanation: Explanation | OtherEnd | Comparison = _what_if(decision, others, terminal)
    elif unwanted or is_nearest:
        explanation = _other_end(decision, unwanted, is_nearest=is_nearest)
    else:
        explanation = decision.why()
    if as_json or form == "json":
        terminal.raw(json.dumps(explanation.to_json(), ensure_ascii=False, indent=2) + "\n")
    elif form == "markdown":
        terminal.raw(explanation.markdown())
    else:
        for line in explanation.text(terminal.width).splitlines():
            terminal.out(safe(line if terminal.is_unicode else line.translate(_PLAINER)))
    return 0


def _other_end(decision: Decision, wanted: str | None, *, is_nearest: bool) -> OtherEnd:
    from praxe.dsl.near import nearest
    from praxe.engine.explanation.goal import known_goals

    known = known_goals(decision.policy)
    if wanted is not None and wanted not in known:
        near = nearest(wanted, known)
        hint = "misuse.near" if near else "misuse.goal.hint"
        outcomes = ", ".join(decision.policy.vocabulary.outcomes)
        raise Misuse("misuse.goal", hint=hint, value=wanted, near=near, known=outcomes)
    return decision.nearest(wanted) if is_nearest or wanted is None else decision.why_not(wanted)


def _what_if(decision: Decision, others: Sequence[str], terminal: Terminal) -> Comparison:
    wrong = next((each for each in others if not each.partition("=")[1]), None)
    if wrong is not None:
        raise Misuse("misuse.if", value=wrong)
    given = GivenFacts(decision.policy.facts, terminal)
    given.read(None, others)
    try:
        return decision.what_if(given.values)
    except FactError as error:
        tell_fact_error(error, given.places, terminal)
        raise click.exceptions.Exit(2) from None


COMMAND = why
