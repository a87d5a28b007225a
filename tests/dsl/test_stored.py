"""A checked policy as JSON and back: nothing but the trees of its files is lost, and only its own classes are made."""

from __future__ import annotations

import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given

from benchmarks.grown import draw, nested_of
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.passes import check_policy
from praxe.dsl.source import Span
from praxe.dsl.stored import FORMAT, decode, encode
from praxe.dsl.tree import Procedure
from praxe.engine import CompiledPolicy, Policy
from tests.engine.strategies import assuming, policies

ROOT = Path(__file__).parents[2]


def _checked(name: str) -> CheckedPolicy:
    policy = check_policy(ROOT / "policy" / name, thorough=False).policy
    assert policy is not None
    return policy


@pytest.fixture(scope="module")
def rc() -> CheckedPolicy:
    """The policy `rc`, checked."""
    return _checked("rc")


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_a_policy_comes_back_as_it_was(name: str) -> None:
    policy = _checked(name)
    document = json.dumps(encode(policy), ensure_ascii=False)
    read = decode(json.loads(document))
    assert read == replace(policy, files=())
    assert json.dumps(encode(read), ensure_ascii=False) == document
    assert list(read.procedures) == list(policy.procedures)  # an equal mapping may have another order
    assert list(read.vocabulary.facts) == list(policy.vocabulary.facts)
    for one, other in zip(_nodes(read), _nodes(policy), strict=True):
        assert (type(one), one.span) == (type(other), other.span)  # places never make two nodes differ


def test_a_number_stays_the_kind_it_was(rc: CheckedPolicy) -> None:
    for policy in (rc, _checked("promad")):
        read = decode(json.loads(json.dumps(encode(policy))))
        for name, fact in policy.vocabulary.facts.items():
            assert type(read.vocabulary.facts[name].maximum) is type(fact.maximum)


@pytest.mark.parametrize(
    "change",
    [
        {"format": FORMAT + 1},
        {"records": [{"is": "Path", "of": "x"}]},
        {"records": [{"is": "Words", "by_language": {"is": "map", "of": {}}}]},
        {"records": [{"is": "Words", "by_language": {"to": 0}}]},
        {"records": [{"is": "Words"}]},
        {"records": [{"is": "decimal", "of": "x"}]},
        {"records": [None]},
        {"records": []},
        {"records": None},
        {"paths": []},
    ],
    ids=[
        "another format",
        "a class of others",
        "no policy",
        "a record that holds itself",
        "a record without its fields",
        "no record",
        "nothing",
        "no records",
        "no list",
        "places of no file",
    ],
)
def test_what_is_no_stored_policy_is_refused(rc: CheckedPolicy, change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="stored policy"):
        decode({**encode(rc), **change})


def test_a_document_that_never_ends_is_refused(rc: CheckedPolicy) -> None:
    deep: Any = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(ValueError, match="not a stored policy"):
        decode({**encode(rc), "records": [{"is": "CheckedPolicy", "manifest": deep}]})
    while deep:  # taken apart by hand: letting go of it at once is as deep as building it
        deep = deep.pop()


def test_a_policy_of_five_hundred_levels_is_stored_and_decides_as_before() -> None:
    deep, facts = nested_of(500)
    read = decode(json.loads(json.dumps(encode(deep))))
    assert json.dumps(encode(read)) == json.dumps(encode(deep))
    policy, again = Policy(deep), Policy(read)
    compiled = CompiledPolicy.from_json(json.loads(json.dumps(again.compile().to_json())))
    for case in [*draw(facts, 20), {}]:
        wanted = policy.decide(case).to_json()
        assert again.decide(case).to_json() == wanted
        assert compiled.decide(case).to_json() == wanted


def _nodes(policy: CheckedPolicy) -> list[Any]:
    items: tuple[Procedure | Any, ...] = (*policy.procedures.values(), *policy.definitions.values(), *policy.rules)
    return [node for item in items for node in item.descendants()]


def test_a_policy_of_a_class_made_of_ours_is_stored_as_ours(rc: CheckedPolicy) -> None:
    class Told(CheckedPolicy):
        """A policy that tests show in their own way."""

    told = Told(**{each.name: getattr(rc, each.name) for each in fields(rc)})
    assert encode(told) == encode(rc)
    foreign = Diagnostic("PX203", Span("a.praxe", 1, 1, 1, 2))
    with pytest.raises(TypeError, match="a stored policy has no Diagnostic"):
        encode(replace(rc, manifest=foreign))  # type: ignore[arg-type]  # what it should not hold


@given(policies() | assuming())
def test_any_policy_comes_back_as_it_was(policy: CheckedPolicy) -> None:
    document = json.loads(json.dumps(encode(policy)))
    read = decode(document)
    assert read == replace(policy, files=())
    assert encode(read) == document
