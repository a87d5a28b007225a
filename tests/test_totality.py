"""A form of the language is done when it has all of: grammar, words, method, golden cases, a row in the guide.

The type checker counts the places that treat the tree (`make types`); here are those it cannot see.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from praxe.dsl import tree
from praxe.dsl.build import Build
from praxe.dsl.keywords import faces
from praxe.engine.graph import GraphNode
from praxe.engine.lower import lower
from praxe.visualize import bpmn, graph_json
from praxe.visualize.style import Shape
from tests.test_golden import checked

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
GUIDE = ROOT / "docs" / "guia.md"
KINDS = [each.__name__ for each in (*get_args(tree.Statement), *get_args(tree.Item))]
RULES = {"Definition": "define", "If": "if_"}  # where a rule is not simply the class's name in snake case
OPENING = re.compile(r"--> .*?:(\d+):\d+$", re.MULTILINE)  # `--> file:line:column` of a reported mistake

NODES = [each.__name__ for each in get_args(GraphNode)]

every_kind = pytest.mark.parametrize("kind", KINDS)


def rule_of(kind: str) -> str:
    """Return the name of the grammar rule for a class of the tree."""
    return RULES.get(kind) or re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


@cache
def grammar() -> dict[str, str]:
    """Return the rules of the grammar: name -> what it says."""
    text = (ROOT / "dsl" / "grammar.lark").read_text(encoding="utf-8")
    return dict(re.findall(r"^[!?]?([a-z_]+): *(.*)$", text, re.MULTILINE))


def terminal_of(kind: str) -> str:
    """Return the keyword that a form begins with, as the grammar calls it."""
    return grammar()[rule_of(kind)].split()[0]


def terminal_of_line(line: str) -> str | None:
    """Return the keyword that a line of a policy begins with."""
    words = re.findall(r"\w+", line.partition("#")[0])
    found = (face.match(words) for face in faces().values() if words)
    return next((match[0] for match in found if match), None)


@cache
def terminals_in_good_cases() -> frozenset[str | None]:
    """Return the keywords that some line of some good case begins with."""
    texts = [path.read_text(encoding="utf-8") for path in GOLDEN.glob("good/*/input.praxe")]
    return frozenset(terminal_of_line(line) for text in texts for line in text.splitlines())


@cache
def terminals_in_reported_lines() -> frozenset[str | None]:
    """Return the keywords that begin a line in which some bad case has a mistake."""
    found = set()
    for case in GOLDEN.glob("bad/*"):
        lines = (case / "input.praxe").read_text(encoding="utf-8").splitlines()
        reported = OPENING.findall((case / "diagnostics.pt.txt").read_text(encoding="utf-8"))
        found |= {terminal_of_line(lines[int(number) - 1]) for number in reported if int(number) <= len(lines)}
    return frozenset(found)


@every_kind
def test_it_has_a_grammar_rule_and_a_method_that_builds_it(kind: str) -> None:
    assert rule_of(kind) in grammar()
    assert callable(getattr(Build, rule_of(kind), None))


@every_kind
@pytest.mark.parametrize("language", ["pt", "en"])
def test_it_has_its_words(kind: str, language: str) -> None:
    face = faces()[language]
    one, many = face.words[terminal_of(kind)]
    assert one
    assert many
    assert face.forms[terminal_of(kind)].startswith(one)


@every_kind
def test_it_has_a_good_golden_case(kind: str) -> None:
    assert terminal_of(kind) in terminals_in_good_cases(), f"no input.praxe under {GOLDEN.name}/good has a `{kind}`"


@every_kind
def test_it_has_a_bad_golden_case(kind: str) -> None:
    assert terminal_of(kind) in terminals_in_reported_lines(), f"no case under {GOLDEN.name}/bad has a wrong `{kind}`"


@every_kind
def test_it_has_a_row_in_the_guide(kind: str) -> None:
    word = faces()["pt"].words[terminal_of(kind)][0]
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert any(re.search(rf"`{word}\b", row) for row in rows), f"{GUIDE.name} has no table row with `{word} …`"


@cache
def exported() -> dict[str, tuple[set[str], set[str], set[str]]]:
    """Return, for each kind of node, its nodes in the good cases: all of them, those in BPMN, those in JSON."""
    found: dict[str, tuple[set[str], set[str], set[str]]] = {kind: (set(), set(), set()) for kind in NODES}
    for case in sorted(GOLDEN.glob("good/*")):
        policy, _ = checked(case)
        assert policy
        graph = lower(policy)
        bpmn_text = "".join(bpmn(policy, graph, name, language="pt") for name in policy.procedures)
        in_json = {each["id"]: each["kind"] for each in graph_json(policy, graph)["nodes"]}
        for node in graph.nodes.values():
            kind = type(node).__name__
            every, in_bpmn, told = found[kind]
            every.add(f"{case.name}: {node.id}")
            if f'<praxe:node id="{node.id}"' in bpmn_text:
                in_bpmn.add(f"{case.name}: {node.id}")
            if in_json.get(node.id) == kind.lower():
                told.add(f"{case.name}: {node.id}")
    return found


@pytest.mark.parametrize("kind", NODES)
def test_every_kind_of_node_is_exported(kind: str) -> None:
    every, in_bpmn, told = exported()[kind]
    assert every, f"no case under {GOLDEN.name}/good has a {kind}"
    assert in_bpmn == every
    assert told == every
    shapes = {shape.value for shape in Shape} & {kind.lower(), {"Decision": "question"}.get(kind, "")}
    charts = "".join(path.read_text(encoding="utf-8") for path in GOLDEN.glob("good/*/flow.mmd"))
    assert any(re.search(rf":::k_{shape}\b|:::k_{shape}_", charts) for shape in shapes), f"no chart shows a {kind}"


def test_the_languages_have_the_same_words() -> None:
    tables = [(face.words.keys(), face.forms.keys()) for face in faces().values()]
    assert all(each == tables[0] for each in tables)
