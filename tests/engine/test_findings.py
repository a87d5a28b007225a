"""Findings about the source text, shown with the decision that met them; named values; loops written out."""

from __future__ import annotations

import datetime

from praxe.dsl.passes import check_policy_texts
from praxe.dsl.vocabulary import CalendarSpec
from praxe.engine import Policy
from praxe.engine.deadlines import Calendar
from praxe.engine.graph import Decision as DecisionNode

MANIFEST = """\
name: exemplo
title: Exemplo
version: "1"
language: pt
entry: inicio
calendar: {country: BR, state: SP, holidays: [2026-12-24]}
parameters:
  limite: {type: integer, value: 15, label: Limite, unit: dias}
  pessoa: {type: text, value: Diana, label: Pessoa}
readings:
  F1: {pt: "Vale a regra geral, por ser a mais recente.", en: "The general rule holds, being the latest."}
"""
VOCABULARY = """\
facts:
  atraso: {type: integer, label: Atraso, question: Quantos?, min: 0, max: 100}
  servicos: {type: set_of, label: Serviços, question: Quais?, values: {site: Site, email: E-mail, outro: Outro}}
actions:
  avisar: {label: Avisar, text: "Avisar {quem}", params: {quem: {type: text, label: Quem}}}
  desligar: {label: Desligar}
outcomes:
  fim_normal: {label: Fim}
"""
FINDINGS = """\
F1:
  type: contradiction
  severity: high
  title: {pt: Dois limites, en: Two limits}
  why: {pt: "Uma seção diz 15, outra diz 16.", en: "One section says 15, another 16."}
"""
TEXT = """\
procedimento inicio:
  se atraso > limite:  [F1]
    faça avisar(pessoa) em até 2 dias úteis
  para cada servico em servicos:
    caso servico:
      site:
        faça desligar
      email:
        faça avisar("suporte")
      outro:
        nada
  fim fim_normal
"""


def policy() -> Policy:
    """Return the example, ready to decide."""
    files = {"policy.yaml": MANIFEST, "vocabulary.yaml": VOCABULARY, "findings.yaml": FINDINGS, "x.praxe": TEXT}
    checked, found = check_policy_texts("exemplo", files)
    assert checked, found
    assert not found
    return Policy(checked)


def test_a_finding_is_shown_where_the_case_met_it() -> None:
    decision = policy().decide({"atraso": 20, "servicos": []})
    (met,) = decision.findings
    assert (met.finding, met.kind, met.title) == ("F1", "contradiction", "Dois limites")
    assert met.reading == "Vale a regra geral, por ser a mais recente."
    assert "atraso" in met.node
    assert policy().decide({"atraso": 20, "servicos": []}, language="en").findings[0].title == "Two limits"


def test_a_finding_is_no_clause() -> None:
    found = policy().decide({"atraso": 20, "servicos": []}).to_json()
    assert isinstance(found["trace"], list)
    assert all("F1" not in visit["clauses"] for visit in found["trace"] if isinstance(visit, dict))


def test_a_named_value_stands_for_its_value() -> None:
    assert [step.text for step in policy().decide({"atraso": 16, "servicos": []}).steps] == ["Avisar Diana"]
    assert not policy().decide({"atraso": 15, "servicos": []}).steps


def test_a_loop_over_a_case_asks_once_and_does_what_each_value_needs() -> None:
    decision = policy().decide({"atraso": 0, "servicos": ["outro", "email", "site"]})
    assert [step.action for step in decision.steps] == ["desligar", "avisar"]
    tests = [node for node in policy().graph.nodes.values() if isinstance(node, DecisionNode)]
    assert len(tests) == 3  # the limit, the site, the e-mail: nothing is done for the other services


def test_business_days_skip_the_holidays_of_the_country_the_state_and_the_policy() -> None:
    now = datetime.datetime(2026, 12, 23, 9)  # the 24th is the policy's own, the 25th a public holiday
    (step,) = policy().decide({"atraso": 20, "servicos": []}, now=now).steps
    assert step.deadline
    assert (step.deadline.due, step.deadline.calendar) == ("2026-12-29", "BR-SP")
    july = policy().decide({"atraso": 20, "servicos": []}, now=datetime.datetime(2026, 7, 8, 9)).steps[0]
    assert july.deadline
    assert july.deadline.due == "2026-07-13"  # 9 July is a holiday in São Paulo


def test_a_city_has_its_own_holidays() -> None:
    capital = Calendar(CalendarSpec(name="x", country="BR", city="São Paulo"))
    state = Calendar(CalendarSpec(name="x", country="BR", state="SP"))
    founding = datetime.date(2027, 1, 25)  # a Monday
    assert founding.toordinal() in capital.holidays
    assert founding.toordinal() not in state.holidays
