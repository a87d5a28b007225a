"""`praxe scenarios`: scenarios made from the policy itself, few that come by every answer and every limit.

In: a policy. Out: a file of scenarios for the owner to confirm; a file that is there already is not touched.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import click

from praxe.cli.command import command
from praxe.cli.files import STDIN, write_whole
from praxe.cli.options import PATH, Misuse
from praxe.cli.policies import open_policy
from praxe.cli.terminal import Terminal
from praxe.engine.decision import Decision
from praxe.engine.policy import Policy


@command("scenarios")
@click.argument("policy", type=PATH)
@click.option("--generate", "is_generate", is_flag=True)
@click.option("--pairs", "with_pairs", is_flag=True)
@click.option("--missing", "is_missing", is_flag=True)
@click.option("-o", "--output", default=STDIN)
@click.option("--json", "as_json", is_flag=True)
def scenarios(
    terminal: Terminal,
    policy: Path,
    is_generate: bool,
    with_pairs: bool,
    is_missing: bool,
    output: str,
    as_json: bool,
) -> int:
    """Make scenarios, or tell how many goals those that are there meet."""
    from praxe.engine.generate.cover import MadeCases, cover, met_by
    from praxe.engine.generate.goals import goals_of
    from praxe.engine.generate.write import scenarios_text
    from praxe.engine.prove.proofs import Proofs

    opened = open_policy(policy, terminal)
    file = Path(output) if output != STDIN else None
    if file is not None and file.exists():
        raise Misuse("misuse.file_exists", path=output)
    proofs = Proofs(opened)
    goals = tuple(goals_of(proofs, with_pairs=with_pairs))
    met = met_by(proofs, goals, _decisions(policy, opened)) if is_missing or not is_generate else frozenset()
    if not is_generate:
        return _tell_met(terminal, len(met), len(goals), as_json=as_json)
    made: MadeCases = cover(proofs, goals, met, _progress(terminal))
    text = scenarios_text(opened, made.cases)
    record = {"cases": len(made.cases), "goals": len(goals), "met_before": len(met), "unmet": len(made.unmet)}
    if file is not None:
        write_whole(file, text.encode("utf-8"))
        terminal.out(
            json.dumps({**record, "file": output}, ensure_ascii=False, indent=2)
            if as_json
            else terminal.say("scenarios.written", path=output, **record)
        )
    elif as_json:
        terminal.raw(json.dumps({**record, "text": text}, ensure_ascii=False, indent=2) + "\n")
    else:
        terminal.raw(text)
        terminal.note(terminal.say("scenarios.made", **record))
    return int(bool(made.unmet))


def _decisions(folder: Path, policy: Policy) -> Sequence[Decision]:
    from praxe.engine.scenario_runs import run_scenario
    from praxe.engine.scenarios import load_scenarios

    results = (run_scenario(policy, each) for each in load_scenarios(folder, policy).scenarios)
    return [each.decision for each in results if each.decision]


def _tell_met(terminal: Terminal, met: int, total: int, *, as_json: bool) -> int:
    if as_json:
        terminal.raw(json.dumps({"met": met, "goals": total}, indent=2) + "\n")
    else:
        terminal.out(terminal.say("scenarios.met", met=met, goals=total))
        if met < total:
            terminal.out(terminal.say("scenarios.how"))
    return int(met < total)


def _progress(terminal: Terminal) -> Callable[[int, int], None] | None:
    if not sys.stderr.isatty():
        return None
    bar = click.progressbar(length=1, label=terminal.say("scenarios.progress"), file=sys.stderr, show_pos=True)

    def show(done: int, total: int) -> None:
        bar.length = total
        bar.update(done - bar.pos)
        if done == total:
            bar.render_finish()

    return show


COMMAND = scenarios
