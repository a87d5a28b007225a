"""The graph as JSON: it fits the published schema and holds every node and branch, of real and of random policies."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import jsonschema
import pytest
from hypothesis import given, settings

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Policy
from praxe.engine.graph import DecisionGraph, GraphNode
from praxe.engine.lower import lower
from praxe.visualize.graph_json import graph_json, graph_schema
from tests.engine.strategies import policies
from tests.visualize.sample import email

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))


@cache
def validator() -> jsonschema.Draft202012Validator:
    schema = graph_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    return jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker())


def exported(checked: CheckedPolicy, graph: DecisionGraph) -> Any:
    """Return the JSON of a graph as a program reads it, found to fit the schema and the graph."""
    read = json.loads(json.dumps(graph_json(checked, graph), ensure_ascii=False))
    validator().validate(read)
    assert [each["id"] for each in read["nodes"]] == list(graph.nodes)
    assert [(each["source"], each["key"], each["target"]) for each in read["branches"]] == [
        (branch.source, branch.key, branch.target) for outgoing in graph.branches.values() for branch in outgoing
    ]
    assert {each["name"]: each["start"] for each in read["procedures"]} == dict(graph.starts)
    return read


@pytest.mark.parametrize("name", POLICIES)
def test_a_real_policy(name: str) -> None:
    policy = Policy.load(ROOT / "policy" / name)
    read = exported(policy.checked, policy.graph)
    assert read["policy"] | dict(policy.identity) == read["policy"]
    for node, place in ((node, node["span"]) for node in read["nodes"]):
        lines = (ROOT / "policy" / name / Path(place["path"]).name).read_text("utf-8").splitlines()
        assert 1 <= place["line"] <= place["end_line"] <= len(lines), node["id"]
        assert lines[place["line"] - 1][place["column"] - 1 :].strip(), node["id"]
    for node in read["nodes"]:
        assert all(node["text"].values())
    assert [each["name"] for each in read["definitions"]] == list(policy.checked.definitions)
    assert json.dumps(graph_json(policy.checked, policy.graph)) == json.dumps(read)


def test_every_kind_of_node_is_in_the_schema_and_the_sample() -> None:
    kinds = {each.__name__.lower() for each in get_args(GraphNode)}
    assert {
        each["$ref"].rpartition("/")[2] for each in graph_schema()["properties"]["nodes"]["items"]["oneOf"]
    } == kinds
    checked, graph = email()
    assert {each["kind"] for each in exported(checked, graph)["nodes"]} >= kinds - {"question", "return"}


def test_a_mistake_does_not_fit_the_schema() -> None:
    read = graph_json(*email())
    for spoil in ({"kind": "loop"}, {"id": "x"}, {"extra": 1}):
        spoiled = {**read, "nodes": [{**read["nodes"][0], **spoil}]}
        assert not validator().is_valid(spoiled)


def expressions(part: Any) -> Iterator[Any]:
    """Yield every expression in a part of the JSON."""
    if isinstance(part, dict):
        if part.keys() == {"text", "tree"}:
            yield part
        for each in part.values():
            yield from expressions(each)
    elif isinstance(part, list):
        for each in part:
            yield from expressions(each)


@settings(max_examples=500 if os.environ.get("PRAXE_DEEP") else 6)
@given(checked=policies())
def test_a_random_policy(checked: CheckedPolicy) -> None:
    read = exported(checked, lower(checked))
    trees: dict[str, Any] = {}
    for each in expressions(read):
        assert trees.setdefault(each["text"], each["tree"]) == each["tree"]  # one text never means two things
