"""The generated code: nothing of a policy in its text, no limit of CPython in its way, whatever the policy's shape."""

from __future__ import annotations

import ast
import datetime
import random
import re
from dataclasses import replace
from typing import Any

import pytest

from benchmarks.grown import (
    HERE,
    block,
    chain_of,
    choose,
    do,
    draw,
    end,
    fact,
    nested_of,
    policy_of,
    questions_of,
    ref,
    tree_of,
)
from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine import Policy
from praxe.engine.compile.layout import DEEPEST, LARGEST
from tests.engine.compile.agreement import agree
from tests.engine.trees import policy as small

NAMES = re.compile(r"[A-Za-z_]\w*")
OURS = re.compile(
    r"([vpcidgfk]\d+|[FKSPnixc]|Case|path|facts|at|missed|lost|asks|stop|stopped|hole|int|KeyError|append|pop)$"
)
OURS_TOO = frozenset("def return if else elif not and or in is None True False try except pass __class__".split())

HOSTILE = (
    "__import__('os').system('x')",
    "'); raise SystemExit #",
    'a"""b',
    "quebra\nde linha\\",
    "k0",
    "F['k1']",
    "\u2028 {F} %s",
)


def sources(policy: Policy) -> list[str]:
    """Return the text of all functions of a policy's entry, made as the first calls make them."""
    machine = policy.compile().machine()
    return [machine.source(prefix, cut) for cut in machine.layout.cuts for prefix in ("v", "p")]


def hostile_policy() -> tuple[CheckedPolicy, list[Fact]]:
    facts = [fact(name, FactType.ONE_OF, HOSTILE) for name in HOSTILE]
    body = [
        choose(
            t.Compare(
                operator=t.Comparison.IS,
                left=ref(name),
                right=t.ValueRef(name=HOSTILE[number - 1], span=HERE),
                span=HERE,
            ),
            block(t.Do(step=f"faça {name}", deadline=None, span=HERE)),
            block(t.Gap(text=name, span=HERE)) if number == 3 else None,
        )
        for number, name in enumerate(HOSTILE)
    ]
    return policy_of(block(*body, end(0)), facts), facts


def test_no_word_of_a_policy_is_in_the_code() -> None:
    checked, facts = hostile_policy()
    policy = Policy(checked)
    compiled = policy.compile()
    for source in sources(policy):
        ast.parse(source)
        assert all(OURS.match(each) or each in OURS_TOO for each in NAMES.findall(source)), source
    for case in draw(facts, 60):
        agree(policy, compiled, case)
        agree(policy, compiled, {name: value for name, value in case.items() if len(name) % 2})


def test_generated_code_sees_no_builtins() -> None:
    machine = small("procedimento inicio:\n  se x:\n    fim aceito\n  fim negado\n", x="yes_no").compile().machine()
    assert machine.full.__globals__["__builtins__"] == {}


def test_a_join_is_written_once_and_adds_only_where_it_must() -> None:
    text = "procedimento inicio:\n" + "".join(f"  se f{n}:\n    faça ligar\n" for n in range(6)) + "  fim aceito\n"
    policy = small(text, **{f"f{n}": "yes_no" for n in range(6)})
    machine = policy.compile().machine()
    assert machine.numbering.paths == 64
    assert machine.source().count("if ") == 6
    keys = {machine.full({f"f{n}": bool(number >> n & 1) for n in range(6)}).key for number in range(64)}
    assert keys == set(range(64))


@pytest.mark.parametrize(
    ("made", "count"),
    [
        (tree_of(40), 60),
        (tree_of(400), 25),
        (questions_of(9), 25),
        (chain_of(130), 10),
        (nested_of(500), 6),
        (chain_of(900), 2),
    ],
    ids=["tree 40", "tree 400", "questions 511", "chain 130", "nested 500", "chain 900"],
)
def test_any_shape(made: tuple[CheckedPolicy, list[Fact]], count: int) -> None:
    policy = Policy(made[0])
    compiled = policy.compile()
    chance = random.Random(4)
    for case in draw(made[1], count):
        walked = policy.decide(case)
        decided = compiled.decide(case)
        assert decided.arrival == walked.arrival
        assert [each.node for each in decided.path.trace] == [each.node for each in walked.trace]  # type: ignore[attr-defined]
        few = {name: value for name, value in case.items() if chance.random() < 0.9}
        asks = policy.decide(few).arrival.asked
        assert compiled.evaluate(few).asks == asks


def test_functions_stay_small() -> None:
    for made in (tree_of(900), nested_of(150)):
        policy = Policy(made[0])
        layout = policy.compile().machine().layout
        assert len(layout.cuts) > 1
        for source in sources(policy)[::2]:
            assert source.count("if ") <= LARGEST
            assert max(len(line) - len(line.lstrip()) for line in source.splitlines()) <= DEEPEST + 4


def test_wide_switches_are_looked_up() -> None:
    values = [f"v{number}" for number in range(40)]
    arms = "".join(f'    v{n}:\n      faça enviar("{n}")\n' for n in range(40))
    policy = small(f"procedimento inicio:\n  caso cor:\n{arms}  fim aceito\n", cor=values)
    compiled = policy.compile()
    assert compiled.machine().source().count("if ") < 45
    for value in values:
        agree(policy, compiled, {"cor": value})
    agree(policy, compiled, {})


RANGES = """procedimento inicio:
  caso atraso:
    0 a 3, 7:
      faça enviar("a")
    4 a 6:
      faça enviar("b")
    8+:
      faça enviar("c")
  se atraso entre 2 e 9 e d1 < d2:
    faça marcar(prazo)
  se dias entre d1 e d2 > 10:
    faça contar(total)
  se dias úteis entre d1 e d2 >= 5 ou antes > d1:
    faça ligar
  fim aceito

defina prazo: d1 + 3 dias úteis

defina antes: d2 - 1 mês

defina total: atraso + 1
"""


def test_numbers_and_dates() -> None:
    policy = small(RANGES, atraso=(0, 40), d1="date", d2="date")
    compiled = policy.compile()
    chance = random.Random(1)
    for _ in range(150):
        case: dict[str, Any] = {"atraso": chance.randint(0, 12)}
        for name in ("d1", "d2"):
            case[name] = datetime.date(2026, 1, 1) + datetime.timedelta(days=chance.randint(0, 60))
        agree(policy, compiled, case)
        case.pop(chance.choice(list(case)))
        agree(policy, compiled, case)


TODAY = """procedimento inicio:
  se vencimento < hoje:
    fim negado
  senão se dias entre hoje e vencimento > 5:
    faça ligar
  fim aceito
"""


def test_today() -> None:
    policy = small(TODAY, vencimento="date")
    compiled = policy.compile()
    now = datetime.datetime(2026, 11, 20, 10, 0)
    for shift in (-3, 0, 3, 9):
        due = now.date() + datetime.timedelta(days=shift)
        agree(policy, compiled, {"vencimento": due}, now=now)
        assert (
            compiled.evaluate({"vencimento": due}, now.date()).outcome
            == policy.decide({"vencimento": due}, now=now).outcome
        )
        assert compiled.case({"vencimento": due}, now.date()).facts["vencimento"] == due
    agree(policy, compiled, {}, now=now)
    for decider in (policy, compiled):
        with pytest.raises(ValueError, match="now"):
            decider.decide({"vencimento": "2026-11-20"})


CALLS = """procedimento inicio:
  siga comum
  se x:
    siga comum
  siga uma_vez
  siga comum
  fim aceito

procedimento uma_vez:
  se y:
    faça ligar

procedimento comum:
  se x e y:
    faça avisar
  siga fundo
  se z:
    fim negado

procedimento fundo:
  se z:
    faça cobrar
"""


def test_procedures_called_from_several_places() -> None:
    policy = small(CALLS, x="yes_no", y="yes_no", z="yes_no")
    compiled = policy.compile()
    for start in (None, "comum", "fundo", "uma_vez"):
        for number in range(27):
            answers = [(None, True, False)[number // 3**place % 3] for place in range(3)]
            agree(policy, compiled, dict(zip("xyz", answers, strict=True)), start=start)


HOLE = """procedimento inicio:
  se t:
    fim aceito
  fim negado

tabela t:
  | x   | t   |
  | sim | sim |
  | não | não |
"""


def test_a_hole_is_left_to_the_walk() -> None:
    policy = small(HOLE, x="yes_no")
    (name, table), *_ = policy.checked.definitions.items()
    assert isinstance(table, t.Table)
    broken = Policy(replace(policy.checked, definitions={FactName(name): replace(table, rows=table.rows[:1])}))
    compiled = broken.compile()
    for case in ({}, {"x": True}, {"x": False}):
        agree(broken, compiled, case)


def test_steps_of_the_cut_parts_are_told() -> None:
    checked, facts = (
        policy_of(block(do(1), choose(ref("f0"), block(do(2)), None), end(3)), [fact("f0", FactType.YES_NO)]),
        None,
    )
    assert facts is None
    path = Policy(checked).compile().evaluate({"f0": True})
    assert [each.action for each in path.steps] == ["passo_1", "passo_2"]
    assert path.clauses == ("c.1", "c.2")
    assert [each.branch for each in path.trace if each.kind == "decision"] == ["yes"]
