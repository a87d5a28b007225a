"""The benchmark beside other engines compares equals: the tables made for them say what the policy says."""

from __future__ import annotations

import operator
from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, Final

import pytest

COUNT: Final = 1_500
OPERATORS: Final[Mapping[str, Callable[[Any, Any], bool]]] = {
    "==": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "in": lambda value, several: value in several,
    "has": operator.contains,
}


def bench(name: str) -> Any:
    """Import a part of the benchmarks; they are not type-checked."""
    return import_module(f"benchmarks.{name}")


def row_that_fits(rows: Any, case: Mapping[str, Any]) -> int:
    """Return the first row all of whose tests hold."""
    return next(
        number
        for number, row in enumerate(rows)
        if all(OPERATORS[sign](case[fact], value) for fact, sign, value in row.tests)
    )


@pytest.mark.parametrize("name", ["TABLES", "WIDER"])
def test_the_tables_say_what_the_policy_says(name: str) -> None:
    rules, cases = bench("peers.rules"), bench("cancellation.cases")
    tables = getattr(rules, name)
    compiled, twin = cases.policy().compile().evaluate, bench("cancellation.twins").usual
    outcomes = set()
    for case in cases.draw(COUNT, seed=11):
        outcome, steps = rules.answer([row_that_fits(rows, case) for _, rows in tables], tables)
        path = compiled(case)
        assert (outcome, steps) == twin(case) == (path.outcome, [each.action for each in path.steps])
        outcomes.add(outcome)
    assert len(outcomes) == 12


@pytest.mark.parametrize(
    ("name", "package"), [("cel_rust", "cel"), ("zen_tables", "zen"), ("cedar", "cedarpy"), ("rego", "regopy")]
)
def test_an_engine_that_is_installed_agrees(name: str, package: str) -> None:
    pytest.importorskip(package, reason=f"{package} comes with the extra `bench`")
    peer = bench(f"peers.{name}").peer()
    for case in bench("cancellation.cases").draw(60):
        outcome, steps = peer.read(peer.decide(peer.given(case)))
        assert (outcome, list(steps)) == bench("cancellation.twins").usual(case)
