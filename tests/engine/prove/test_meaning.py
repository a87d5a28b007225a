"""Conditions as sets of cases agree with the evaluator, on every sort of fact, and with z3 where it is installed."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.passes import check_policy_texts
from praxe.dsl.tree import FactName
from praxe.engine import Policy
from praxe.engine.graph import Decision
from praxe.engine.prove.cases import Facts
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.proofs import Proofs
from praxe.engine.values import Known

MANIFEST = 'name: p\ntitle: P\nversion: "1"\nlanguage: pt\nentry: p\ncalendar: {name: c, holidays: [2026-01-20]}\n'
VOCABULARY = """\
facts:
  n: {type: integer, label: N, question: N?, min: 0, max: 40}
  m: {type: integer, label: M, question: M?}
  v: {type: decimal, label: V, question: V?}
  w: {type: decimal, label: W, question: W?, min: 0, max: 10}
  ini: {type: date, label: A, question: A?}
  ter: {type: date, label: B, question: B?}
  s: {type: text, label: S, question: S?}
  c: {type: one_of, label: C, question: C?, values: {x: X, y: Y, z: Z}}
  k: {type: set_of, label: K, question: K?, values: {x: X, y: Y}}
  t: {type: yes_no, label: T, question: T?}
outcomes: {fim_a: {label: A}, fim_b: {label: B}}
"""
CONDITIONS = (
    "n > 3", "n >= 3 e n < 9", "n entre 2 e 5", "n = 7", "n em {1, 4}", "n + 2 <= 8", "10 - n > 4", "m <= -3",
    "n > m", "n - m >= 4", "n + m = 6", "v > 2.5", "v - 1.5 <= w", "w = 3", "w entre 0.5 e 7",
    "ini > 2026-01-10", "ini - 3 dias <= 2026-01-10", "ini + 1 mês > 2026-03-01", "ini + 2 dias úteis >= 2026-01-21",
    "dias entre ini e ter > 5", "dias úteis entre ini e 2026-01-30 >= 3", "dias úteis entre ini e ter > 2", "ini < ter",
    "hoje > ini", "dias entre ini e hoje <= 7", 's = "sim"', 's não é "oi"', "c é x", "c em {x, y}", "k contém x",
    "t", "não t", "t = sim", "d", "d2 > 4", "d3 é y", "não d ou n > 5 e c é z", "tab é x",
)  # fmt: skip
DEFINITIONS = """
defina d:
  quando n > 4: c é x
  senão: k contém y
defina d2:
  quando t: n + 1
  quando m > 2: m
  senão: 4
defina d3:
  quando d2 > 6: y
  senão: c
tabela tab primeira:
  | n      | c    | k | tab |
  | 0 a 4  | x, y | - | x   |
  | -      | z    | x | y   |
  | 5+     | -    | - | z   |
  | -      | -    | - | x   |
"""


def policy_with(*conditions: str) -> Policy:
    lines = [f'  se {each}:\n    faça "{number}"\n' for number, each in enumerate(conditions)]
    procedure = "procedimento p:\n" + "".join(lines) + "  fim fim_a\n"
    files = {"policy.yaml": MANIFEST, "vocabulary.yaml": VOCABULARY, "p.praxe": procedure + DEFINITIONS}
    checked, found = check_policy_texts("p", MappingProxyType(files))
    assert checked, [(each.code, str(each.span), dict(each.args)) for each in found]
    return Policy(checked)


POLICY = policy_with(*CONDITIONS)
PROOFS = Proofs(POLICY)
DAY = datetime.date(2026, 1, 12)
_days = st.integers(-25, 60).map(lambda gap: DAY + datetime.timedelta(days=gap))
_decimals = st.decimals(-4, 12, places=2)
known_facts = st.fixed_dictionaries(
    {
        "n": st.integers(0, 40),
        "m": st.integers(-9, 12),
        "v": _decimals,
        "w": st.decimals(0, 10, places=2),
        "ini": _days,
        "ter": _days,
        "hoje ": _days,
        "s": st.sampled_from(["sim", "oi", "outro"]),
        "c": st.sampled_from("xyz"),
        "k": st.frozensets(st.sampled_from("xy")),
        "t": st.booleans(),
    }
)


@given(known_facts)
def test_a_condition_holds_just_in_the_cases_of_its_set(facts: Mapping[str, Any]) -> None:
    typed: Facts = {FactName(name): value for name, value in facts.items()}
    known: Known = dict(typed)
    choice = PROOFS.cases.choice_of(typed)
    assert len(choice) == len(PROOFS.space.axes)
    for node in POLICY.graph.nodes.values():
        if isinstance(node, Decision):
            truth = PROOFS.meaning.truth(node.test)
            value = POLICY.program.evaluator.value(node.test, dict(known))
            assert (PROOFS.diagrams.given(truth.yes, choice) == EVERY_CASE) is (value is True), node.test
            assert (PROOFS.diagrams.given(truth.no, choice) == EVERY_CASE) is (value is False), node.test


@pytest.mark.parametrize("number", range(len(CONDITIONS)), ids=CONDITIONS)
def test_facts_are_found_for_either_answer(number: int) -> None:
    proofs = Proofs(policy_with(CONDITIONS[number]))
    test = next(node.test for node in proofs.policy.graph.nodes.values() if isinstance(node, Decision))
    truth = proofs.meaning.truth(test)
    for cases, wanted in ((truth.yes, "0"), (truth.no, None)):
        choice = proofs.diagrams.smallest(cases)
        assert choice is not None
        decision = proofs.cases.walk(choice)
        assert decision is not None, choice
        assert [step.text for step in decision.steps] == ([wanted] if wanted else [])


@given(
    st.lists(
        st.tuples(st.sampled_from(["n", "m"]), st.sampled_from([">", ">=", "<", "<=", "="]), st.integers(-3, 9)),
        min_size=1,
        max_size=4,
    )
)
def test_whether_conditions_go_together_is_what_z3_says(drawn: list[tuple[str, str, int]]) -> None:
    z3 = pytest.importorskip("z3", reason="z3 is not installed")
    conditions = [f"{name} {sign} {max(number, 0) if name == 'n' else number}" for name, sign, number in drawn]
    proofs = Proofs(policy_with(" e ".join(conditions)))
    test = next(node.test for node in proofs.policy.graph.nodes.values() if isinstance(node, Decision))
    facts = {"n": z3.Int("n"), "m": z3.Int("m")}
    solver = z3.Solver()
    solver.add(facts["n"] >= 0, facts["n"] <= 40)
    compare = {">": "__gt__", ">=": "__ge__", "<": "__lt__", "<=": "__le__", "=": "__eq__"}
    for text in conditions:
        name, sign, number = text.split()
        solver.add(getattr(facts[name], compare[sign])(int(number)))
    assert bool(proofs.meaning.truth(test).yes) == (solver.check() == z3.sat)


def test_decimals_are_cut_exactly() -> None:
    proofs = Proofs(policy_with("v > 0.1", "v <= 0.3"))
    (axis,) = [each for each in proofs.space.axes if each.facts == ("v",)]
    assert [axis.class_of(Decimal(each)) for each in ("0.1", "0.10001", "0.3", "0.30001")] == [0, 1, 1, 2]
