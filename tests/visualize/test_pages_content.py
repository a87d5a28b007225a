"""The book of a policy: what its pages say, before they look like anything."""

from __future__ import annotations

from functools import cache

import pytest

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine import Policy, load_scenarios
from praxe.engine.records import Asked
from praxe.visualize.pages.book import Book, ProcedurePage
from praxe.visualize.pages.content import book
from praxe.visualize.pages.entries import FactEntry
from tests.docs.pages import ROOT

FULL = {"pt": ROOT / "docs/exemplo/etapa10/pausa", "en": ROOT / "docs/exemplo/english/step3/pause"}
CHAT = ProcedureName("promad_chat")


@cache
def of(name: str, language: str) -> Book:
    """Return the book of a real policy."""
    policy = Policy.load(f"policy/{name}")
    scenarios = load_scenarios(f"policy/{name}", policy).scenarios
    return book(policy, scenarios, language=language, links=lambda _: None)


def of_promad() -> Book:
    """Return the book of promad in Portuguese."""
    return of("promad", "pt")


@cache
def of_guide(language: str) -> Book:
    """Return the book of the guide's policy."""
    policy = Policy.load(FULL[language])
    scenarios = load_scenarios(FULL[language], policy).scenarios
    return book(policy, scenarios, language=language, links=lambda _: None)


def page(name: str) -> ProcedurePage:
    """Return the page of a procedure of promad."""
    return next(each for each in of_promad().procedures if each.name == name)


def fact(found: Book, name: str) -> FactEntry:
    """Return the entry of a fact."""
    return next(each for each in found.facts if each.name == name)


def test_procedures_come_in_the_order_of_their_calls() -> None:
    names = [each.name for each in of_promad().procedures]
    assert names[:3] == ["promad_atendimento", "promad_responsabilidade", "promad_telefone"]
    assert names[-1] == "promad_indicacao"  # another door
    assert len(names) == 20
    assert of_promad().entry == "promad_atendimento"


def test_a_page_knows_who_calls_it_and_whom_it_calls() -> None:
    chat = page(CHAT)
    assert chat.called_by == ("promad_atendimento",)
    assert chat.calls == ("promad_terceiro", "promad_argumentacao", "promad_avisar_socios", "promad_efetivar")
    assert not chat.is_entry
    assert page("promad_indicacao").is_door


def test_deadlines_waits_and_attempts() -> None:
    found = [(each.kind, each.limit, each.place.number) for each in page(CHAT).times]
    assert found == [
        ("retry", "Repetir · até 3 vezes", 3),
        ("wait", "Aguardar · 30 dias", 5),
        ("retry", "Repetir · até 3 vezes", 9),
    ]
    assert "deadline" in {each.kind for each in page("promad_efetivar").times}


def test_questions_have_their_answers_examples_and_places() -> None:
    who = next(each for each in page(CHAT).questions if each.name == "quem_solicita")
    assert [each.label for each in who.answers][:2] == ["Titular", "Sócio-administrador"]
    assert who.examples[0].answer == "Terceiro"
    assert {each.procedure for each in who.places} == {CHAT}
    assert 1 in [each.number for each in who.places]
    everywhere = fact(of_promad(), "quem_solicita")
    assert len({each.procedure for each in everywhere.places}) > 5


def test_a_fact_that_only_fills_in_a_step_is_asked_there_too() -> None:
    due = fact(of_promad(), "referencia_boleto")
    assert due.places


def test_gaps_and_findings_are_those_of_the_policy() -> None:
    found = of_promad()
    assert len(found.gaps) == 26
    assert len(found.findings) == 85
    cited = {name for gap in found.gaps for name in gap.clauses}
    assert {each.name for each in found.findings} & cited
    chosen = next(each for each in found.findings if each.name == "F32")
    assert chosen.reading
    assert chosen.places
    assert chosen in page(CHAT).findings


def test_every_cited_clause_of_a_page_is_told_on_it() -> None:
    for each in of_promad().procedures:
        told = {clause.name for clause in each.clauses}
        known = of_promad().clauses
        for point in each.outline.walk():
            assert {name for name in point.clauses if name in known} <= told


@pytest.mark.parametrize(("name", "language"), [("promad", "pt"), ("rc", "en")])
def test_examples_show_what_a_procedure_does(name: str, language: str) -> None:
    found = of(name, language)
    assert len(found.examples) == len({each.id for each in found.examples})
    assert all(each.passed for each in found.examples)
    for each in found.procedures:
        assert 0 < len(each.examples) <= 8
        assert each.passing >= len(each.examples)


def test_an_example_says_where_its_case_stands() -> None:
    waits = next(each for each in of_promad().examples if each.end_kind == "waits")
    assert waits.stopped
    assert waits.steps
    assert all(step.place for step in waits.steps)
    assert {each.end_kind for each in of_promad().examples} >= {"finished", "asks", "waits", "gap"}


def test_an_attempt_is_counted_not_told_again() -> None:
    steps = [step for each in of_promad().examples for step in each.steps]
    assert max(each.times for each in steps) == 3


def test_the_words_of_a_decision_and_of_its_example_agree() -> None:
    policy = Policy.load("policy/rc")
    scenario = load_scenarios("policy/rc", policy).scenarios[0]
    decision = policy.decide(scenario.facts, start=scenario.start, now=scenario.now, language="en")
    example = of("rc", "en").examples[0]
    assert example.name == scenario.name
    assert [step.text for step in example.steps for _ in range(step.times)] == [each.text for each in decision.steps]
    if isinstance(decision.asks, Asked):
        assert example.end == decision.asks.question


@pytest.mark.parametrize(
    ("language", "rule"),
    [
        ("pt", "Sempre “Confirmar o nome e a data de nascimento do aluno” antes de “Plano pausado”."),
        ("en", "Always “Confirm the member's name and date of birth” before “Plan paused”."),
    ],
)
def test_rules_are_sentences(language: str, rule: str) -> None:
    assert rule in [each.text for each in of_guide(language).rules]


def test_rules_stand_with_what_they_concern() -> None:
    found = of_guide("en")
    never = next(each for each in found.rules if each.text == "Never “Plan paused”, when Fees paid: no.")
    assert never.procedures == ("pause",)
    assert never in next(each for each in found.procedures if each.name == "pause").rules


def test_definitions_and_tables_say_how_they_are_worked_out() -> None:
    found = of_guide("en")
    approves = fact(found, "who_approves").worked
    assert approves
    assert [value for _, value in approves.rows] == ["front desk", "manager"]
    assert approves.rows[0][0].startswith("Days wanted: at most")
    assert approves.rows[-1][0] == "otherwise"
    limit = fact(found, "limit_of_days").worked
    assert limit
    assert limit.is_table
    assert limit.columns[-1] == "Limit of days for a pause"
    assert limit.rows[0][1] == "any"
    assert len(limit.rows) == 3


def test_kinds_of_answers_are_told_with_their_bounds() -> None:
    kinds = {each.name: each.kind for each in of_promad().facts}
    assert kinds[FactName("socios_administradores")] == "um número inteiro, de 1 a 500 pessoas"
    assert kinds[FactName("canal")] == "uma das respostas"
    assert fact(of("rc", "en"), "apoio_necessario").kind == "one or more of the answers, or none"


def test_an_unknown_language_is_refused() -> None:
    policy = Policy.load("policy/rc")
    with pytest.raises(ValueError, match="fr"):
        book(policy, (), language="fr", links=lambda _: None)
