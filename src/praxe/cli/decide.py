"""`praxe decide`: one case decided from the facts that are known.

In: a policy, or its compiled file, and facts. Out: the decision, for people or as JSON.
"""

from __future__ import annotations

import json
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.decide_text import DecisionText
from praxe.cli.deciding import CaseOptions, case_options, decided
from praxe.cli.options import PATH
from praxe.cli.policies import is_compiled, open_compiled, open_policy
from praxe.cli.terminal import Terminal


@command("decide")
@click.argument("policy", type=PATH)
@case_options
@click.option("--json", "as_json", is_flag=True)
def decide(terminal: Terminal, policy: Path, case: CaseOptions, as_json: bool) -> int:
    """Decide the case; the status is told, it is no exit code."""
    compiled = open_compiled(policy) if is_compiled(policy) else None
    opened = compiled.policy if compiled else open_policy(policy, terminal)
    decision = decided(opened, case, terminal, compiled)
    if as_json:
        terminal.raw(json.dumps(decision.to_json(), ensure_ascii=False, indent=2) + "\n")
    else:
        for line in DecisionText(decision, terminal).whole():
            terminal.out(line)
    return 0


COMMAND = decide
