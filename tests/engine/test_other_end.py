"""Why not, the smallest change, what if: against all cases of small policies, and in words."""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from itertools import product
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, reject, settings

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import FactError, Policy, load_scenarios
from praxe.engine.explanation import Comparison, OtherEnd, search
from tests.engine.strategies import ANSWERS, OUTCOMES, assuming, facts, fitted, full_facts, policies
from tests.engine.trees import policy

ROOT = Path(__file__).parents[2] / "policy"
NOW = datetime.datetime(2026, 11, 20, 15, 30)
some = settings(max_examples=max(30, settings().max_examples // 2))  # each decides a case many times over


def least_changes(checked: Policy, case: Mapping[str, Any], wanted: str | None, now_so: str | None) -> int | None:
    """Return the least number of facts given that have to be other, by trying every case there is."""
    least: int | None = None
    for answers in product(*ANSWERS.values()):
        other = dict(zip(ANSWERS, answers, strict=True))
        try:
            outcome = checked.decide(fitted(checked, other)).outcome
        except FactError:  # an assumption rules it out
            continue
        if outcome != wanted if wanted else outcome in {None, now_so}:
            continue
        changed = sum(_differs(name, value, other[name]) for name, value in case.items())
        least = changed if least is None else min(least, changed)
    return least


def _differs(name: str, value: Any, other: Any) -> bool:
    """Return whether two answers differ for the policies drawn: of numbers, which side of its limits they are on."""
    if name == "contato":
        return bool(other[: len(value)] != value)
    return bool(value != other)


def is_true(other: OtherEnd, checked: Policy, case: Mapping[str, Any]) -> None:
    """Decide each way that is shown again."""
    for way in other.ways:
        given = {str(name): value for name, value in checked.check(fitted(checked, case)).items()}
        assert {each.fact for each in way.changes} <= given.keys()
        facts = {**given, **{str(each.fact): each.after for each in way.changes}}
        decision = checked.decide({**facts, **{str(each.fact): each.value for each in way.answers}}, now=NOW)
        assert decision.outcome == way.ending.outcome
        if other.wanted in OUTCOMES:
            assert decision.outcome == other.wanted


@some
@given(policies(depth=2), full_facts)
def test_the_smallest_change_is_the_smallest(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    decision = found.decide(fitted(found, case))
    other = decision.nearest()
    least = least_changes(found, case, None, decision.outcome)
    assert other.verdict in ({"no_way", "never"} if least is None else {"changes"})
    assert not other.untried
    assert all(len(way.changes) == least for way in other.ways)
    is_true(other, found, case)


@some
@given(policies(depth=2), facts())
def test_of_a_case_in_part_known_too(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    decision = found.decide(fitted(found, case), now=NOW)
    for wanted in OUTCOMES:
        other = decision.why_not(wanted)
        least = least_changes(found, {name: each for name, each in case.items() if name != "contato"}, wanted, None)
        if decision.outcome == wanted:
            assert (other.verdict, other.ways) == ("so", ())
        elif "contato" not in case:
            assert other.verdict == ("open" if least == 0 else "changes") if least is not None else {"no_way", "never"}
            assert all(len(way.changes) == least for way in other.ways)
        is_true(other, found, case)


@some
@given(assuming(depth=2), full_facts)
def test_the_smallest_change_keeps_the_assumptions(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    try:
        decision = found.decide(fitted(found, case))
    except FactError:
        reject()  # the case itself is ruled out
    other = decision.nearest()
    least = least_changes(found, case, None, decision.outcome)
    assert other.verdict in ({"no_way", "never"} if least is None else {"changes"})
    assert not other.untried
    assert all(len(way.changes) == least for way in other.ways)
    is_true(other, found, case)


@some
@given(policies(depth=2), full_facts)
def test_what_stands_against_a_step_is_told_too(checked: CheckedPolicy, case: dict[str, Any]) -> None:
    found = Policy(checked)
    decision = found.decide(fitted(found, case))
    given = {str(name): value for name, value in decision.facts.items()}
    for action in ("ligar", "levar"):
        other = decision.why_not(action)
        assert (other.verdict == "so") is any(action in {each.action, each.text} for each in decision.steps)
        for way in other.ways:
            changed = {str(each.fact): each.after for each in way.changes}
            answered = {str(each.fact): each.value for each in way.answers}
            steps = found.decide({**given, **changed, **answered}).steps
            assert any(action in {each.action, each.text} for each in steps)


@pytest.mark.parametrize("name", ["rc", "promad"])
def test_in_the_real_policies_another_end_is_found(name: str) -> None:
    found = Policy.load(ROOT / name)
    chance = random.Random(5)
    scenarios = chance.sample(load_scenarios(ROOT / name, found).scenarios, 12)
    for each in scenarios:
        decision = found.decide(each.facts, start=each.start, now=each.now)
        other = decision.nearest()
        for way in other.ways:
            changes = {str(each.fact): each.after for each in way.changes}
            answers = {str(each.fact): each.value for each in way.answers}
            again = decision.what_if({**changes, **answers})
            assert again.after == way.ending
            assert again.after.outcome not in {None, decision.outcome}
        assert other.verdict in {"changes", "open", "no_way", "not_found"}


COMPARED = """procedimento inicio:
  se atraso = 15:
    fim negado
  se atraso = limite ou nome é apelido ou volta = ida:
    faça ligar
  fim aceito
"""


def test_values_that_facts_are_compared_with_are_tried() -> None:
    days = (0, 40)
    found = policy(COMPARED, atraso=days, limite=days, ida="date", volta="date", nome="text", apelido="text")
    case = {"atraso": 3, "limite": 37, "ida": "2026-03-09", "volta": "2026-11-20", "nome": "Ana", "apelido": "Bia"}
    decision = found.decide(case)
    assert _changes(decision.why_not("negado")) == [[("atraso", 15)]]
    other = decision.why_not("ligar")
    assert _changes(other) == [[("atraso", 37)], [("limite", 3)], [("ida", "2026-11-20")]]
    assert other.more == 3


def test_texts_that_facts_are_compared_with_are_tried() -> None:
    found = policy(
        "procedimento inicio:\n  se nome é apelido:\n    fim negado\n  fim aceito\n", nome="text", apelido="text"
    )
    other = found.decide({"nome": "Ana", "apelido": "Bia"}).why_not("negado")
    assert _changes(other) == [[("nome", "Bia")], [("apelido", "Ana")]]


def _changes(other: OtherEnd) -> list[list[tuple[str, Any]]]:
    return [[(str(each.fact), each.after) for each in way.changes] for way in other.ways]


def test_where_not_every_value_is_tried_nothing_is_said_of_the_others() -> None:
    found = policy(
        "procedimento inicio:\n  se vale + deve = 1000:\n    fim negado\n  fim aceito\n", vale=(0, 999), deve=(0, 999)
    )
    other = found.decide({"vale": 3, "deve": 333}, language="en").why_not("negado")
    assert other.untried == ("Vale", "Deve")
    assert "With the values tried, " in other.text()


FACTS: dict[str, Any] = {
    "quem": ["titular", "terceiro"],
    "atraso": (0, 3650),
    "valor": {"type": "decimal", "min": 0, "max": 1000, "unit": "reais"},
    "volta": "date",
    "itens": ("pao", "leite", "cafe", "cha", "sal"),
    "x": "yes_no",
}
LATE = """procedimento inicio "Pedido":
  se atraso > 15:
    faça cobrar
    fim negado
  se valor >= 99.5 e quem é titular:
    fim negado
  fim aceito

procedimento outro:
  faça ligar
  fim aceito
"""


def test_of_a_number_the_nearest_is_chosen() -> None:
    found = policy(LATE, **FACTS)
    other = found.decide({"atraso": 20, "valor": 10, "quem": "titular"}).why_not("aceito")
    ((change,),) = (way.changes for way in other.ways)
    assert (change.before, change.after, change.after_text) == (20, 15, "15")
    other = found.decide({"atraso": 3, "valor": "120.25", "quem": "titular"}).nearest("aceito")
    assert [[(each.fact, each.after) for each in way.changes] for way in other.ways] == [
        [("quem", "terceiro")],
        [("valor", "99.49")],
    ]
    assert other.ways[1].changes[0].after_text == "99,49 reais"
    assert found.decide({"atraso": 15, "valor": 10, "quem": "titular"}).nearest("cobrar").ways[0].changes[0].after == 16


def test_two_facts_where_one_is_not_enough() -> None:
    decision = policy(LATE, **FACTS).decide({"atraso": 16, "valor": 200, "quem": "titular"})
    other = decision.nearest("aceito")
    assert [[each.fact for each in way.changes] for way in other.ways] == [["quem", "atraso"], ["atraso", "valor"]]
    assert decision.nearest("aceito", most=1).verdict == "not_found"


def test_of_a_date_the_nearest_is_chosen() -> None:
    text = "procedimento inicio:\n  se dias entre hoje e volta > 30:\n    fim negado\n  fim aceito\n"
    decision = policy(text, **FACTS).decide({"volta": "2027-03-01"}, now=NOW)
    other = decision.nearest()
    assert other.ways[0].changes[0].after == "2026-12-20"
    assert other.untried == ("Volta",)  # not every date was tried: what is shown leads there, and is told as such


def test_of_a_set_the_nearest_is_chosen() -> None:
    text = "procedimento inicio:\n  se itens contém pao ou itens contém cafe:\n    fim negado\n  fim aceito\n"
    decision = policy(text, **FACTS).decide({"itens": ["pao", "cha", "sal"]})
    assert decision.nearest().ways[0].changes[0].after == ["cha", "sal"]


def test_what_cannot_be_is_said() -> None:
    found = policy(
        LATE.replace("    faça cobrar\n    fim negado\n", "    nada\n").replace("fim negado", "fim aceito"), **FACTS
    )
    decision = found.decide({"atraso": 3, "valor": 1, "quem": "titular"})
    assert decision.why_not("negado").verdict == "no_way"
    assert decision.why_not("ligar").verdict == "no_way"  # only another procedure does it
    never = "procedimento inicio:\n  se x:\n    se não x:\n      fim negado\n  fim aceito\n"
    other = policy(never, **FACTS).decide({"x": True}).why_not("negado")
    assert other.verdict == "never"
    assert "Nenhum caso chega lá, sejam quais forem os fatos." in other.text()


def test_what_is_open_is_said() -> None:
    other = policy(LATE, **FACTS).decide({"atraso": 2}).why_not("negado")
    assert other.verdict == "open"
    assert [(each.fact, each.value) for each in other.ways[0].answers] == [("valor", "99.5"), ("quem", "titular")]


def test_a_search_too_large_says_how_far_it_came(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"f{number}" for number in range(12)]
    text = "procedimento inicio:\n" + "".join(f'  se {name}:\n    faça enviar("{name}")\n' for name in names)
    text += f"  se {' e '.join(names)}:\n    fim negado\n  fim aceito\n"
    decision = policy(text, **dict.fromkeys(names, "yes_no")).decide(dict.fromkeys(names, False))
    assert (decision.nearest(most=2).verdict, decision.nearest(most=2).searched) == ("not_found", 2)
    monkeypatch.setattr(search, "MOST_WORK", 4_000)
    other = decision.nearest()
    assert (other.verdict, other.searched) == ("not_found", 1)
    assert "Mudando um só fato, não se chega lá." in other.text()


def test_an_unknown_name_is_refused() -> None:
    decision = policy(LATE, **FACTS).decide({})
    with pytest.raises(ValueError, match="did you mean 'aceito'"):
        decision.why_not("aceit")


# --- what if


def compared(before: Mapping[str, object], **changes: object) -> Comparison:
    text = """procedimento inicio "Pedido":
  faça avisar em até 2 dias úteis
  se x:  [c.1]
    faça registrar no mesmo dia
    fim aceito
  se atraso > 5:
    faça enviar("fila")
  fim negado
"""
    return policy(text, **FACTS).decide(before, now=NOW).what_if(changes)


def test_what_changes_is_told() -> None:
    found = compared({"x": True}, x=False, atraso=9)
    assert (found.before.text, found.after.text, found.same) == ("Aceito", "Negado", False)
    assert (found.removed, found.added, found.kept) == (("Registrar, no mesmo dia",), ("Enviar fila",), 1)
    assert [each.because[0].text for each in found.parted] == ["Sim", "Não"]
    assert [(each.fact, each.before, each.after) for each in found.changes] == [("atraso", None, 9), ("x", True, False)]
    assert found.text().startswith(
        "E se… Atraso: 9; X: Não, em vez de Sim?\n\nComo está, o caso termina assim: Aceito.\n"
    )


def test_what_changes_nothing_is_told() -> None:
    found = compared({"x": True}, quem="terceiro")
    assert found.same
    assert "Nada mudaria" in found.text()
    assert compared({"x": True}).changes == ()


def test_a_fact_forgotten_leads_back_to_its_question() -> None:
    found = compared({"x": False, "atraso": 1}, atraso=None)
    assert (found.after.status, found.after.fact) == ("asks", "atraso")


def test_a_deadline_that_moves_is_told() -> None:
    text = "procedimento inicio:\n  aguarde x até volta:\n    fim aceito\n  senão:\n    fim negado\n"
    found = policy(text, **FACTS).decide({"volta": "2027-01-10"}, now=NOW).what_if({"volta": "2027-01-20"})
    assert (found.before.text, found.after.text) == ("X, até 10/01/2027", "X, até 20/01/2027")
    assert not found.same
