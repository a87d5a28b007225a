"""What each check finds in small policies, and what assumptions change about it."""

from __future__ import annotations

import random
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.passes import check_policy_texts
from praxe.engine import Policy
from praxe.engine.graph import Step
from praxe.engine.prove.findings import Check
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.run import CHEAP, prove, ruled_out_by_assumptions
from praxe.engine.prove.together import Together
from praxe.engine.prove.verdict import Verdict
from tests.dsl.example import example_files
from tests.engine.prove.enumeration import FEW, Tried
from tests.engine.strategies import policies
from tests.test_policies import POLICIES, policy

ROOT = Path(__file__).parents[3]


def example(text: str, assumptions: str = "", **files: str) -> Policy:
    """Return the shared example policy with `text` as its procedures."""
    known: Mapping[str, str] = {name: each for name, each in example_files().items() if not name.endswith(".praxe")}
    vocabulary = known["vocabulary.yaml"] + (f"assumptions:\n{assumptions}" if assumptions else "")
    texts = {**known, "vocabulary.yaml": vocabulary, "p.praxe": text, **files}
    checked, found = check_policy_texts("example", MappingProxyType(texts))
    assert checked, [(each.code, str(each.span), dict(each.args)) for each in found]
    return Policy(checked)


def codes(found: Policy, *only: Check) -> list[tuple[str, int]]:
    """Return code and line of everything that is found."""
    done = prove(found, only) if only else prove(found)
    return [(each.diagnostic.code, each.diagnostic.span.line) for one in done for each in one.findings]


DATED = """facts:
  inicio: {type: date, label: Início, question: Quando?}
  termino: {type: date, label: Término, question: Quando?}
"""
DAYS = "procedimento atendimento:\n  se inicio < termino:\n    fim cancelado\n  fim encerrado\n"


@pytest.mark.parametrize(
    ("assumed", "verdict"),
    [
        (("dias úteis entre inicio e termino > 5", "dias entre inicio e termino < 5"), Verdict.UNKNOWN),
        (("dias úteis entre inicio e termino > 5", "inicio > termino"), Verdict.UNKNOWN),
        (("dias úteis entre inicio e termino > 5", "dias entre inicio e termino > 5"), None),
        (("dias entre inicio e termino > 5", "dias entre inicio e termino < 5"), Verdict.PROVED),
    ],
)
def test_assumptions_without_a_case_at_hand_are_not_said_to_go_together(
    assumed: tuple[str, ...], verdict: Verdict | None
) -> None:
    dated = {"vocabulary.yaml": example_files()["vocabulary.yaml"].replace("facts:\n", DATED, 1)}
    dated["vocabulary.yaml"] += "assumptions:\n" + "".join(f"  - then: {each}\n" for each in assumed)
    done = next(iter(prove(example(DAYS, **dated))))
    assert done.check is Check.ASSUMPTIONS
    assert [each.answer.verdict for each in done.findings] == ([verdict] if verdict else [])


def test_a_branch_without_a_case_at_hand_is_left_open() -> None:
    text = """\
procedimento atendimento:
  se dias úteis entre inicio e termino > 5:
    se dias entre inicio e termino < {}:
      fim cancelado
  fim encerrado
"""
    dated = {"vocabulary.yaml": example_files()["vocabulary.yaml"].replace("facts:\n", DATED, 1)}
    (done,) = prove(example(text.format(5), **dated), [Check.BRANCHES])
    assert [(each.is_unknown, each.diagnostic.span.line) for each in done.findings] == [(True, 3)]
    (done,) = prove(example(text.format(9), **dated), [Check.BRANCHES])
    assert done.findings == ()


AFTER_CHAT = """\
procedimento atendimento:
  se canal é chat:
    fim cancelado
  se cliente_confirmou:
    faça ligar_cliente
  fim encerrado
"""


def test_an_assumption_is_respected_and_what_it_alone_rules_out_is_listed() -> None:
    assumed = example(AFTER_CHAT, "  - when: canal não é chat\n    then: não cliente_confirmou\n")
    assert codes(assumed) == [("PX412", 4)]
    assert codes(example(AFTER_CHAT)) == []
    rule = AFTER_CHAT + "\nnunca ligar_cliente quando dias_atraso > 5\n"
    freed = example(rule, "  - when: cliente_confirmou\n    then: dias_atraso <= 5\n")
    assert codes(freed, Check.RULES) == []
    assert [each.diagnostic.code for each in ruled_out_by_assumptions(freed, [Check.RULES])] == ["PX404"]


def test_assumptions_that_contradict_each_other_stop_everything_else() -> None:
    assumptions = "  - then: dias_atraso > 9\n  - then: canal é chat\n  - then: dias_atraso < 3\n"
    (done,) = prove(example(AFTER_CHAT, assumptions))
    (found,) = done.findings
    assert found.diagnostic.code == "PX403"
    assert [place.span.line for place in found.diagnostic.related] == [found.diagnostic.span.line - 2]


def test_a_mistake_in_an_assumption_points_into_the_vocabulary() -> None:
    known = dict(example_files())
    lines = known["vocabulary.yaml"].count("\n")
    for written, code, column in (("canal é chta", "PX206", 19), ("canal é é", "PX1", 0), ('"cor é x"', "PX2", 12)):
        vocabulary = known["vocabulary.yaml"] + f"assumptions:\n  - then: {written}\n"
        checked, found = check_policy_texts("example", MappingProxyType({**known, "vocabulary.yaml": vocabulary}))
        assert checked is None
        assert [each.code for each in found if each.code.startswith(code)]
        assert {(each.span.path, each.span.line) for each in found} == {("example/vocabulary.yaml", lines + 2)}
        assert not column or column in {each.span.column for each in found}


def test_conflicts_name_actions_that_are_there() -> None:
    known = dict(example_files())
    vocabulary = known["vocabulary.yaml"].replace("conflicts: [cancelar_boleto]", "conflicts: [cancelar_boletos]")
    _, found = check_policy_texts("example", MappingProxyType({**known, "vocabulary.yaml": vocabulary}))
    assert [(each.code, each.args["near"]) for each in found] == [("PX202", "cancelar_boleto")]


def test_steps_in_a_procedure_called_twice_are_told_twice() -> None:
    text = """\
procedimento aviso:
  se dias_atraso > 5:
    faça ligar_cliente

procedimento atendimento:
  siga aviso
  se canal é chat:
    siga aviso
  fim encerrado
"""
    (done,) = prove(example(text), [Check.STEPS])
    (found,) = done.findings
    assert (found.diagnostic.code, found.diagnostic.span.line) == ("PX420", 3)
    assert found.case
    assert found.case.facts == {"dias_atraso": 6, "canal": "chat"}
    assert [step.action for step in found.case.decision.steps] == ["ligar_cliente", "ligar_cliente"]
    apart = text.replace("  se canal é chat:\n    siga aviso\n", "  se dias_atraso < 3:\n    siga aviso\n")
    assert codes(example(apart), Check.STEPS) == []


def test_a_loop_that_says_one_thing_for_each_value_means_to() -> None:
    text = """\
procedimento atendimento:
  para cada servico em servicos:
    faça ligar_cliente
  fim encerrado
"""
    assert codes(example(text), Check.STEPS) == []


def test_a_question_without_use_and_one_with() -> None:
    text = "procedimento atendimento:\n  pergunte canal\n  faça ligar_cliente\n  fim encerrado\n"
    assert codes(example(text)) == [("PX417", 2)]
    read = text.replace("  faça", "  se canal é chat:\n    nada\n  senão:\n    faça cobrar_cliente\n  faça")
    assert codes(example(read)) == []


def test_day_16_is_found_from_the_rules_alone() -> None:
    (done,) = prove(policy("promad"), [Check.CLASHES])
    (found,) = [each for each in done.findings if each.diagnostic.code == "PX422"]
    assert found.case
    assert found.case.facts["dias_atraso_boleto"] == 16  # type: ignore[index]
    assert found.diagnostic.args["known"] == "F01"


@pytest.mark.parametrize("name", POLICIES)
def test_the_real_policies_have_none_of_the_findings_that_check_tells(name: str) -> None:
    assert codes(policy(name), *CHEAP) == []


@FEW
@given(policies(), st.randoms(use_true_random=False))
def test_two_steps_go_together_just_when_some_case_passes_both(checked: CheckedPolicy, chance: random.Random) -> None:
    tried = Tried(Policy(checked))
    proofs = Proofs(tried.policy)
    steps = [number for number, node in enumerate(proofs.flow.nodes) if isinstance(node, Step)]
    pairs = [(chance.choice(steps), chance.choice(steps)) for _ in range(6)] if steps else []
    ways = {way.nodes for _, way in tried.ways()}
    for one, other in pairs:
        first, second = proofs.flow.nodes[one].id, proofs.flow.nodes[other].id
        passed = [way for way in ways if (way.count(first) > 1 if one == other else {first, second} <= {*way})]
        assert (Together(proofs).answer(one, other).verdict is Verdict.REFUTED) is bool(passed)


@pytest.mark.parametrize("check", list(Check), ids=lambda check: check.value)
def test_each_check_can_be_asked_alone(check: Check) -> None:
    (done,) = prove(policy("rc"), [check])
    assert done.check is check


def test_a_wait_for_what_is_known_either_way_waits_for_nothing() -> None:
    text = """\
procedimento atendimento:
  se retorno_cliente:
    faça ligar_cliente
  aguarde retorno_cliente em até 4 dias úteis:
    faça enviar_email("voltou")
  senão:
    faça cobrar_cliente
  fim encerrado
"""
    assert codes(example(text), Check.EVENTS) == [("PX418", 4)]
    on_one_way = text.replace("  se retorno_cliente:", "  se canal é chat e retorno_cliente:")
    assert codes(example(on_one_way), Check.EVENTS) == []


UNKNOWN = """\
procedimento atendimento:
  se data_pedido > data_fim e dias úteis entre data_pedido e data_fim > 5:
    faça ligar_cliente
  fim encerrado

nunca ligar_cliente quando canal é chat
"""


def test_what_cannot_be_shown_is_left_open_and_never_passes() -> None:
    (done,) = prove(example(UNKNOWN), [Check.RULES])
    ((_, answer),) = done.rules
    assert answer.verdict is Verdict.UNKNOWN
    (found,) = done.findings
    assert found.is_unknown
    assert found.diagnostic.code == "PX405"
    assert found.diagnostic.args["why"] == "@no_facts"
    shown = UNKNOWN.replace("data_pedido > data_fim e ", "")
    ((_, refuted),) = next(prove(example(shown), [Check.RULES])).rules
    assert refuted.verdict is Verdict.REFUTED


BY_PHONE_OR_IN_WRITING = """\
procedimento por_telefone:
  se dias_atraso > 15:
    faça cobrar_cliente

procedimento por_escrito:
  se dias_atraso < 17:
    faça cancelar_boleto

procedimento atendimento:
  se canal é telefone:
    siga por_telefone
  senão:
    siga por_escrito
  fim encerrado
"""


def test_two_procedures_that_treat_the_same_customer_in_contrary_ways() -> None:
    (done,) = prove(example(BY_PHONE_OR_IN_WRITING), [Check.CLASHES])
    (found,) = done.findings
    assert (found.diagnostic.code, found.diagnostic.span.line) == ("PX426", 7)
    assert [each.span.line for each in found.diagnostic.related] == [3]
    assert found.diagnostic.args["example"] == "`dias_atraso` = `16`"
    assert found.case
    assert [step.action for step in found.case.decision.steps] == ["cancelar_boleto"]
    agreeing = BY_PHONE_OR_IN_WRITING.replace("< 17", "<= 15")
    assert codes(example(agreeing), Check.CLASHES) == []
    apart = BY_PHONE_OR_IN_WRITING.replace("se dias_atraso < 17:", "se cliente_confirmou:")
    assert codes(example(apart), Check.CLASHES) == []  # they go by other answers
    in_turn = BY_PHONE_OR_IN_WRITING.replace("  senão:\n    siga por_escrito\n", "  siga por_escrito\n")
    assert codes(example(in_turn), Check.CLASHES) == []
    assert codes(example(in_turn), Check.STEPS) == [("PX421", 7)]


def test_a_procedure_that_cases_come_in_by_is_compared_too() -> None:
    text = """\
procedimento por_telefone:
  se dias_atraso > 15:
    faça cobrar_cliente
  fim encerrado

procedimento atendimento:
  se dias_atraso < {}:
    faça cancelar_boleto
  fim encerrado
"""
    manifest = example_files()["policy.yaml"] + "\ndoors: [por_telefone]\n"
    (done,) = prove(example(text.format(17), **{"policy.yaml": manifest}), [Check.CLASHES])
    (found,) = done.findings
    assert (found.diagnostic.code, found.diagnostic.args["example"]) == ("PX426", "`dias_atraso` = `16`")
    assert found.case
    assert codes(example(text.format(16), **{"policy.yaml": manifest}), Check.CLASHES) == []


def test_limits_of_a_procedure_that_cases_come_in_by_are_compared_too() -> None:
    text = """\
procedimento por_telefone:
  se dias_atraso > {}:
    faça cobrar_cliente
  fim encerrado

procedimento atendimento:
  se dias_atraso > 16:
    faça cobrar_cliente
  fim encerrado
"""
    manifest = example_files()["policy.yaml"] + "\ndoors: [por_telefone]\n"
    (done,) = prove(example(text.format(15), **{"policy.yaml": manifest}), [Check.CLASHES])
    (found,) = done.findings
    assert (found.diagnostic.code, found.diagnostic.args["example"]) == ("PX425", "`dias_atraso` = `16`")
    assert found.case
    assert found.case.decision.start == "por_telefone"
    assert codes(example(text.format(16), **{"policy.yaml": manifest}), Check.CLASHES) == []


def test_duties_of_one_wait_contradict_each_other_too() -> None:
    text = """\
procedimento atendimento:
  aguarde retorno_cliente em até 4 dias úteis:
    faça ligar_cliente
  enquanto isso:
    faça cobrar_cliente
    faça cancelar_boleto
  fim encerrado
"""
    assert codes(example(text), Check.STEPS) == [("PX421", 2)]


def test_a_second_retry_with_more_attempts_is_not_settled_by_the_first() -> None:
    text = """\
procedimento atendimento:
  tente até 1 vezes ligar_cliente até contato_telefone:
    fim encerrado
  senão:
    faça cobrar_cliente
  tente até {} vezes ligar_cliente até contato_telefone:
    fim cancelado
  fim encerrado
"""
    assert codes(example(text.format(3)), Check.EVENTS) == []
    assert codes(example(text.format(1)), Check.EVENTS) == [("PX419", 6)]


def test_what_a_called_procedure_asked_is_known_after_it() -> None:
    text = """\
procedimento perguntas:
  se retorno_cliente:
    faça ligar_cliente

procedimento atendimento:
  siga perguntas
  aguarde retorno_cliente em até 4 dias úteis:
    faça cobrar_cliente
  fim encerrado
"""
    assert codes(example(text), Check.EVENTS) == [("PX418", 7)]


def test_a_rule_about_an_order_asks_how_the_case_ends() -> None:
    text = """\
procedimento atendimento:
  se canal é chat:
    fim cancelado
  faça ligar_cliente
  fim encerrado

sempre ligar_cliente antes de fim cancelado quando desfecho é cancelado
sempre cobrar_cliente antes de ligar_cliente quando desfecho é cancelado
sempre cobrar_cliente antes de ligar_cliente quando desfecho é encerrado
"""
    (done,) = prove(example(text), [Check.RULES])
    assert [answer.verdict for _, answer in done.rules] == [Verdict.REFUTED, Verdict.PROVED, Verdict.REFUTED]


DAYS = """\
procedimento atendimento:
  se dias entre data_pedido e data_fim > 10:
    se data_fim < 2026-03-05 e data_pedido > 2026-03-01:
      faça ligar_cliente
  fim encerrado

nunca ligar_cliente
"""


def test_days_that_do_not_go_together_are_no_case() -> None:
    assert codes(example(DAYS), Check.BRANCHES) == [("PX412", 3)]
    (done,) = prove(example(DAYS), [Check.RULES])
    assert [answer.verdict for _, answer in done.rules] == [Verdict.PROVED]
    possible = example(DAYS.replace("< 2026-03-05", "< 2026-03-14"))
    (done,) = prove(possible, [Check.RULES])
    ((_, answer),) = done.rules
    assert answer.case
    facts = answer.case.facts
    assert (facts["data_fim"] - facts["data_pedido"]).days > 10  # type: ignore[index, operator, union-attr]


def test_assumptions_about_several_facts_contradict_each_other() -> None:
    assumptions = "  - then: dias_atraso > valor\n  - then: valor > 20\n  - then: dias_atraso < 10\n"
    (done,) = prove(example(AFTER_CHAT, assumptions))
    (found,) = done.findings
    assert found.diagnostic.code == "PX403"
    assert len(found.diagnostic.related) == 2
