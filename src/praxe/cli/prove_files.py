"""What `praxe prove` writes: the way of each case on the flowcharts, and the cases as scenarios.

In: findings that a case shows. Out: files; the path of each that was written.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

from praxe.cli.draw import path_of
from praxe.cli.files import write_whole
from praxe.cli.findings import in_words
from praxe.cli.prove_record import case_record
from praxe.cli.terminal import Terminal
from praxe.dsl.tree import Always, Never, Target
from praxe.dsl.yaml_values import LONGEST_TEXT
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.prove.authors_words import yes_no
from praxe.engine.prove.findings import ProofFinding
from praxe.engine.values import TODAY
from praxe.visualize import flowchart, render


def draw_cases(policy: Policy, found: Sequence[ProofFinding], folder: Path, language: str) -> list[str]:
    """Draw the procedures that each case passes, its way marked; return the files."""
    files = []
    for each in found:
        assert each.case
        path = path_of(each.case.decision)
        passed = dict.fromkeys(policy.graph.nodes[NodeId(node)].procedure for node, _ in path.visited)
        for name in passed:
            drawing = flowchart(policy.checked, policy.graph, name, language=language, path=path, links=lambda _: None)
            span = each.diagnostic.span
            file = folder / f"{each.diagnostic.code}-{Path(span.path).stem}-{span.line}-{name}.svg"
            write_whole(file, render(drawing, "svg"))
            files.append(file.as_posix())
    return files


def save_cases(
    policy: Policy, found: Sequence[ProofFinding], file: Path, terminal: Terminal, *, taken: Collection[str] = ()
) -> str:
    """Write the cases as scenarios that expect what the rule wants, or else what is decided today; return the file.

    Args:
        taken: names that other scenarios have.
    """
    names = set(taken)
    lines: list[str] = []
    for each in found:
        (worded,) = in_words([each.diagnostic], terminal)
        span = each.diagnostic.span
        name = _free_name(f"{worded.title}, {Path(span.path).name}:{span.line}", names)
        names.add(name)
        story = shorten(worded.message.replace("`", ""), LONGEST_TEXT, placeholder="…")
        lines += [*_scenario(policy, each, name, story), ""]
    write_whole(file, "\n".join(lines).encode("utf-8"))
    return file.as_posix()


def _free_name(wanted: str, taken: Collection[str]) -> str:
    named = (wanted, *(f"{wanted} ({number})" for number in range(2, len(taken) + 2)))
    return next(each for each in named if each not in taken)


def _scenario(policy: Policy, found: ProofFinding, name: str, story: str) -> Iterator[str]:
    assert found.case
    record = case_record(found.case, policy.manifest.language)
    yield f"- name: {_text(name)}"
    yield f"  story: {_text(story)}"
    if record["start"] != policy.manifest.entry:
        yield f"  start: {record['start']}"
    if TODAY in found.case.facts or policy.reads_today:
        yield f"  now: {record['now']}"
    yield "  facts:" if record["facts"] else "  facts: {}"
    for fact, value in record["facts"].items():
        yield f"    {fact}: {_value(policy, value)}"
    yield "  expect:"
    for key, wanted in _expected(policy, found, record).items():
        yield f"    {key}: {_text(wanted)}"


def _expected(policy: Policy, found: ProofFinding, record: dict[str, Any]) -> dict[str, Any]:
    assert found.case
    rules = policy.checked.rules if found.diagnostic.code == "PX404" else ()
    actions = policy.vocabulary.actions
    match next((each for each in rules if each.span == found.diagnostic.span), None):
        case Never(target=target):
            return {"without": [target.name]}
        case Always(action=action, before=Target(name=later)) if later in actions:
            # as many times as it comes today: else a case in which it comes before and after would pass
            times = sum(step.action == later for step in found.case.decision.steps)
            return {"order": [action.name, *[later] * times]}
        case Always(action=action):
            return {"steps": [action.name]}
        case None:
            return {"outcome": record["outcome"]} if record["outcome"] else {"status": record["status"]}


def _value(policy: Policy, value: Any) -> str:
    match value:
        case bool():
            return yes_no(policy, value)
        case list():
            return f"[{', '.join(_value(policy, each) for each in value)}]"
        case _:
            return _text(value)


def _text(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)  # JSON is YAML
