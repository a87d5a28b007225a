"""What `praxe prove` writes: the way of each case on the flowcharts, and the cases as scenarios.

In: findings that a case shows. Out: files; the path of each that was written.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from praxe.cli.draw import path_of
from praxe.cli.files import write_whole
from praxe.cli.findings import in_words
from praxe.cli.prove_record import case_record
from praxe.cli.terminal import Terminal
from praxe.dsl.tree import Always, Never
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


def save_cases(policy: Policy, found: Sequence[ProofFinding], file: Path, terminal: Terminal) -> str:
    """Write the cases as scenarios that expect what the rule wants, or else what is decided today; return the file."""
    lines = [line for each in found for line in (*_scenario(policy, each, terminal), "")]
    write_whole(file, "\n".join(lines).encode("utf-8"))
    return file.as_posix()


def _scenario(policy: Policy, found: ProofFinding, terminal: Terminal) -> Iterator[str]:
    assert found.case
    (worded,) = in_words([found.diagnostic], terminal)
    record = case_record(found.case, terminal.language)
    span = found.diagnostic.span
    yield f"- name: {_text(f'{worded.title}, {Path(span.path).name}:{span.line}')}"
    yield f"  story: {_text(worded.message.replace('`', ''))}"
    if record["start"] != policy.manifest.entry:
        yield f"  start: {record['start']}"
    if TODAY in found.case.facts:
        yield f"  now: {record['now']}"
    yield "  facts:"
    for name, value in record["facts"].items():
        yield f"    {name}: {_value(policy, value)}"
    yield "  expect:"
    for key, value in _expected(policy, found, record).items():
        yield f"    {key}: {_text(value)}"


def _expected(policy: Policy, found: ProofFinding, record: dict[str, Any]) -> dict[str, Any]:
    rule = next((each for each in policy.checked.rules if each.span == found.diagnostic.span), None)
    outcomes = policy.vocabulary.outcomes
    match rule:
        case Never(target=target) if not target.is_end and target.name not in outcomes:
            return {"without": [target.name]}
        case Always(action=action):
            return {"steps": [action.name]}
        case _:
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
