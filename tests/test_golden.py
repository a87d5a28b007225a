"""Golden cases: a folder is a case, each expected file's name says which product is compared with it.

Every case is `input.praxe` beside the shared example policy. `make golden` rewrites the expected files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.format import format_file
from praxe.dsl.messages import Severity, explain
from praxe.dsl.passes import check_policy_texts
from praxe.dsl.report import as_text
from praxe.dsl.source import SourceText
from praxe.dsl.tree import Node
from praxe.engine.lower import lower
from praxe.visualize import graph_json, mermaid
from tests.dsl.example import example_files

GOLDEN = Path(__file__).parent / "golden"
UNUSED = {f"PX{number}" for number in range(211, 219)}  # the shared vocabulary has words a case does not need


@cache
def checked(case: Path) -> tuple[CheckedPolicy | None, tuple[Diagnostic, ...]]:
    """Check a case's text as the only procedures of the example policy."""
    files = {name: text for name, text in example_files().items() if name.endswith(".yaml") and "texts" not in name}
    policy, found = check_policy_texts("case", files | {"input.praxe": (case / "input.praxe").read_text("utf-8")})
    return policy, tuple(each for each in found if each.code not in UNUSED)


def written(node: Node, depth: int = 0) -> str:
    """Return a tree as indented text: the class and plain values of each node."""
    plain = {
        name: value
        for name in node.__dataclass_fields__
        if name not in ("span", "name_span", "path", "language", "layout", "broken", "lacks_items")
        and not isinstance(value := getattr(node, name), Node)
        and not (isinstance(value, tuple) and any(isinstance(each, Node) for each in value))
        and value not in ((), None)
    }
    parts = "".join(f" {name}={value}" for name, value in plain.items())
    line = f"{'  ' * depth}{type(node).__name__}{parts}\n"
    return line + "".join(written(child, depth + 1) for child in node.children())


def graph_text(policy: CheckedPolicy) -> str:
    """Return the graph as it is exported, a node, branch or definition a line."""
    whole = graph_json(policy, lower(policy))
    whole["policy"]["digest"] = "sha256:…"  # of files that the cases share: no change of theirs is one of the case
    lists = [name for name, value in whole.items() if isinstance(value, list)]
    lines = [f'"policy": {json.dumps(whole["policy"], ensure_ascii=False)}']
    lines += (
        f'"{name}": [\n'
        + ",\n".join(f" {json.dumps(each, ensure_ascii=False)}" for each in whole[name])
        + f"{chr(10) if whole[name] else ''}]"
        for name in lists
    )
    return "{\n" + ",\n".join(lines) + "\n}\n"


def charts_text(policy: CheckedPolicy) -> str:
    """Return the Mermaid charts of all procedures, one after the other."""
    graph = lower(policy)
    parts = (mermaid(policy, graph, name, language=policy.manifest.language) for name in policy.procedures)
    return "\n".join(part.text for several in parts for part in several)


def cases(kind: str, product: str) -> pytest.MarkDecorator:
    """Parametrize over the cases that have an expected file."""
    found = sorted(path.parent for path in GOLDEN.glob(f"{kind}/*/{product}"))
    assert found
    return pytest.mark.parametrize("case", found, ids=lambda case: case.name)


@cases("good", "tree.txt")
def test_good_tree(case: Path, golden: Callable[[Path, str], None]) -> None:
    policy, found = checked(case)
    assert policy, found
    assert not found
    golden(case / "tree.txt", written(policy.files[0]))


@cases("good", "outra_lingua.praxe")
def test_good_other_language(case: Path, golden: Callable[[Path, str], None]) -> None:
    policy, _ = checked(case)
    assert policy
    file = policy.files[0]
    other = "en" if file.language == "pt" else "pt"
    golden(case / "outra_lingua.praxe", format_file(file, language=other))


@cases("good", "input.praxe")
def test_good_text_is_canonical(case: Path) -> None:
    policy, _ = checked(case)
    assert policy
    assert format_file(policy.files[0]) == (case / "input.praxe").read_text("utf-8")


@cases("good", "graph.json")
def test_good_graph(case: Path, golden: Callable[[Path, str], None]) -> None:
    policy, _ = checked(case)
    assert policy
    golden(case / "graph.json", graph_text(policy))


@cases("good", "flow.mmd")
def test_good_chart(case: Path, golden: Callable[[Path, str], None]) -> None:
    policy, _ = checked(case)
    assert policy
    golden(case / "flow.mmd", charts_text(policy))


@pytest.mark.parametrize("language", ["pt", "en"])
@cases("bad", "input.praxe")
def test_bad(case: Path, language: str, golden: Callable[[Path, str], None]) -> None:
    _, found = checked(case)
    findings = [explain(each, language) for each in found]
    assert any(finding.severity is Severity.ERROR for finding in findings)
    path = "case/input.praxe"
    sources = {path: SourceText.of(path, (case / "input.praxe").read_text("utf-8"))}
    golden(case / f"diagnostics.{language}.txt", as_text(findings, sources, language))
