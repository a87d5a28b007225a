"""The two languages of the BPMN export say the same: FEEL, evaluated by `feelin`, and Python, evaluated by Python."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine import DecisionGraph, Policy
from praxe.engine.lower import lower
from praxe.visualize.bpmn import Dialect, bpmn
from praxe.visualize.bpmn.write import NAMESPACES
from tests.engine.strategies import policies
from tests.visualize.node_tools import Reader, reader

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))
PREFIXES = dict(NAMESPACES)
CASES = 5
GIVEN = {"date": datetime.date, "timedelta": datetime.timedelta, "__builtins__": {}}


@pytest.fixture(scope="module")
def feel() -> Iterator[Reader]:
    """An evaluator of FEEL: one process for all tests."""
    with reader("feel.mjs") as started:
        yield started


@cache
def real(name: str) -> Policy:
    return Policy.load(ROOT / "policy" / name)


def expressions(checked: CheckedPolicy, graph: DecisionGraph, dialect: Dialect) -> dict[str, str]:
    """Return every condition, argument and script of a file by its place."""
    root = ET.fromstring(bpmn(checked, graph, checked.manifest.entry, language="pt", dialect=dialect))
    found: dict[str, str] = {}
    for element in root.iterfind("bpmn:process/*", PREFIXES):
        parts = ("bpmn:conditionExpression", ".//bpmn:loopCondition", ".//praxe:argument", "bpmn:script")
        for place, part in enumerate(each for name in parts for each in element.iterfind(name, PREFIXES)):
            found[f"{element.attrib['id']} {place}"] = part.text or ""
    return found


def variables(checked: CheckedPolicy, graph: DecisionGraph) -> Mapping[str, Fact]:
    """Return the facts behind the variables of a file, those that a script gives a value included."""
    root = ET.fromstring(bpmn(checked, graph, checked.manifest.entry, language="pt"))
    names = {each.attrib["name"]: each.attrib["fact"] for each in root.iterfind(".//praxe:variable[@fact]", PREFIXES)}
    names |= {each.attrib["variable"]: each.attrib["variable"] for each in root.iterfind(".//praxe:result", PREFIXES)}
    return {name: checked.fact(FactName(fact)) for name, fact in names.items()}


def drawn(fact: Fact, chance: random.Random) -> Any:
    """Return a value that a fact may have, or None: not yet known."""
    if chance.random() < 0.25:
        return None
    match fact.type:
        case FactType.YES_NO:
            return chance.random() < 0.5
        case FactType.ONE_OF:
            return chance.choice(fact.values).name
        case FactType.SET_OF:
            return [each.name for each in fact.values if chance.random() < 0.4]
        case FactType.INTEGER | FactType.DECIMAL:
            return chance.choice([0, 1, 3, 5, 8, 9, 14, 15, 16, 30, 31, 60])
        case FactType.DATE:
            return datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randint(0, 500))
        case FactType.TEXT:
            return chance.choice(["a", 'b"c', ""])


def told(value: Any) -> Any:
    """Return a value as the other side takes and gives it."""
    return {"date": value.isoformat()} if isinstance(value, datetime.date) else value


def in_python(text: str, case: Mapping[str, Any]) -> Any:
    """Evaluate an expression, or the script that is one, as SpiffWorkflow does."""
    return eval(text.partition(" = ")[2] if " = " in text.partition('"')[0] else text, {**GIVEN, **case})


def same(checked: CheckedPolicy, graph: DecisionGraph, feel: Reader) -> int:
    """Compare all expressions of a policy on drawn cases; return how many there are."""
    one, other = (expressions(checked, graph, each) for each in ("feel", "python"))
    assert one.keys() == other.keys()
    facts = variables(checked, graph)
    chance = random.Random(20261122)
    cases = [{name: drawn(fact, chance) for name, fact in facts.items()} for _ in range(CASES)]
    contexts = [{name: told(value) for name, value in case.items()} for case in cases]
    table = feel({"expressions": [each.removeprefix("=") for each in one.values()], "contexts": contexts})
    for (place, text), worth in zip(other.items(), table, strict=True):
        is_condition = place.startswith("flow-") or place.endswith("loop")
        for case, value in zip(cases, worth, strict=True):
            expected = told(in_python(text, case))
            if is_condition:
                assert (value is True) == bool(expected), (one[place], text, case)
            else:
                assert value == expected, (one[place], text, case)
    return len(one)


@pytest.mark.parametrize("name", POLICIES)
def test_a_real_policy(feel: Reader, name: str) -> None:
    assert same(real(name).checked, real(name).graph, feel) > 20


@settings(max_examples=8)
@given(checked=policies())
def test_a_random_policy(feel: Reader, checked: CheckedPolicy) -> None:
    same(checked, lower(checked), feel)
