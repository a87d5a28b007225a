"""`praxe test --mutants`: mistakes made on purpose, and which of them the scenarios would not notice.

In: a policy and its scenarios, all passing. Out: the score, in the terminal or as JSON; exit code 1 below the share
asked for with `--least`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence

import click

from praxe.cli.mutants_text import score_lines, score_record
from praxe.cli.terminal import Terminal
from praxe.engine.mutants.score import MutationScore, score
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario


def tell_mutants(
    policy: Policy, scenarios: Sequence[Scenario], terminal: Terminal, *, least: float, as_json: bool
) -> int:
    """Try all mutants and tell the score; return 1 if it is less than `least` percent."""
    found = _with_progress(policy, scenarios, terminal)
    if as_json:
        terminal.raw(json.dumps(score_record(found, terminal), ensure_ascii=False, indent=2) + "\n")
    else:
        for line in score_lines(found, terminal):
            terminal.out(line)
    return int(found.share * 100 < least)


def _with_progress(policy: Policy, scenarios: Sequence[Scenario], terminal: Terminal) -> MutationScore:
    if not sys.stderr.isatty():
        return score(policy, scenarios)
    with click.progressbar(length=1, label=terminal.say("mutants.progress"), file=sys.stderr, show_pos=True) as bar:

        def show(done: int, total: int) -> None:
            bar.length = total
            bar.update(done - bar.pos)

        return score(policy, scenarios, show)
