"""What the scenarios cover, for programs.

In: a coverage. Out: values that `json` writes, and the figures by name.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from praxe.dsl.source import Span
from praxe.engine.coverage import Coverage
from praxe.engine.graph import GraphNode
from praxe.engine.policy import Policy
from praxe.visualize import CoverageWords

_LARGEST_NUMBER: Final = 2**53  # that every reader of JSON keeps exactly; a larger one is written as a text


def coverage_record(coverage: Coverage, policy: Policy, language: str) -> Mapping[str, object]:
    """Return each procedure and branch with its counts, and the summary."""
    words = CoverageWords.of(policy.checked, policy.graph, language)
    nodes = policy.graph.nodes
    return {
        "procedures": [
            {
                "procedure": each.procedure,
                "title": words.title(each.procedure),
                "branches_taken": each.taken,
                "branches": len(each.branches),
            }
            for each in coverage.procedures
        ],
        "branches": [
            {
                **_place(nodes[each.branch.source]),
                "branch": each.branch.key,
                "question": words.question(each.branch),
                "label": words.answer(each.branch),
                "count": each.count,
                **_line(nodes[each.branch.source].span),
            }
            for each in coverage.branches
        ],
        "summary": {**figures(coverage), "untouched": list(_untouched(coverage, policy, words))},
    }


def figures(coverage: Coverage) -> Mapping[str, int | str]:
    """Return the figures by name."""
    paths = coverage.paths
    possible = paths.possible
    return {
        "branches_taken": len(coverage.taken),
        "branches": len(coverage.branches),
        "paths_taken": paths.taken,
        "paths_finished": paths.finished,
        "paths_possible": possible if possible <= _LARGEST_NUMBER else str(possible),
    }


def _untouched(coverage: Coverage, policy: Policy, words: CoverageWords) -> Iterator[Mapping[str, object]]:
    for branch in coverage.untaken:
        node = policy.graph.nodes[branch.source]
        said = {"text": words.question(branch), "branch": branch.key, "label": words.answer(branch)}
        yield {"kind": "branch", **_place(node), **said, **_line(node.span)}
    for step in coverage.untouched_steps:
        yield {"kind": "step", **_place(step), "text": words.step(step), **_line(step.span)}
    for gap in coverage.untouched_gaps:
        yield {"kind": "gap", **_place(gap), "text": words.gap(gap), **_line(gap.span)}


def _place(node: GraphNode) -> Mapping[str, object]:
    return {"procedure": node.procedure, "node": node.id}


def _line(span: Span) -> Mapping[str, object]:
    return {"path": span.path, "line": span.line}
