"""The walk, form by form: what each statement means on a case."""

from __future__ import annotations

import datetime

import pytest

from praxe.engine import FactError, Status
from tests.engine.trees import actions, policy

NOW = datetime.datetime(2026, 11, 20, 15, 30)  # a Friday


def test_steps_until_the_end() -> None:
    p = policy("""procedimento inicio "Começo":
  faça ligar
  diga "Olá"
  faça "Ligue já" em até 4 dias úteis
  fim aceito
""")
    decision = p.decide({}, now=NOW)
    assert decision.status is Status.FINISHED
    assert decision.outcome == "aceito"
    assert actions(decision.steps) == ["ligar", "Olá", "Ligue já"]
    assert [each.kind for each in decision.steps] == ["do", "say", "do"]
    assert decision.steps[0].text == "Ligar"
    due = decision.steps[2].deadline
    assert due
    assert (due.kind, due.amount, due.unit, due.due, due.text) == (
        "within",
        4,
        "business_day",
        "2026-11-26",
        "em até 4 dias úteis",
    )


def test_words_come_in_the_language_asked_for() -> None:
    p = policy("""procedimento inicio "Começo":
  faça "Ligue já" em até 1 dia
  fim aceito
""")
    step = p.decide({}, language="en").steps[0]
    assert step.text == "Call now"
    assert step.deadline
    assert step.deadline.text == "within 1 day"
    assert step.deadline.due is None
    with pytest.raises(ValueError, match="fr"):
        p.decide({}, language="fr")


def test_a_condition_asks_until_it_is_known() -> None:
    p = policy(
        """procedimento inicio:
  se urgente:
    faça ligar
  senão se atraso > 15:
    faça cobrar
  senão:
    faça avisar
  fim aceito
""",
        urgente="yes_no",
        atraso=(0, 90),
    )
    asks = p.decide({}).asks
    assert asks
    assert asks.fact == "urgente"
    assert asks.also_open == ("atraso",)
    assert [(each.value, each.label) for each in asks.choices] == [(True, "Sim"), (False, "Não")]
    assert actions(p.decide({"urgente": True}).steps) == ["ligar"]
    asks = p.decide({"urgente": "não"}).asks
    assert asks
    assert (asks.fact, asks.minimum, asks.maximum, asks.choices) == ("atraso", 0, 90, ())
    assert actions(p.decide({"urgente": "nao", "atraso": 16}).steps) == ["cobrar"]
    assert actions(p.decide({"urgente": False, "atraso": 15}).steps) == ["avisar"]


def test_case_takes_the_branch_of_the_value() -> None:
    p = policy(
        """procedimento inicio:
  caso cor:
    azul, verde:
      faça ligar
    senão:
      faça avisar
  caso atraso:
    0 a 15:
      faça cobrar
    16+:
      nada
  fim aceito
""",
        cor=["azul", "verde", "roxo", "preto"],
        atraso=(0, 90),
    )
    assert actions(p.decide({"cor": "verde", "atraso": 15}).steps) == ["ligar", "cobrar"]
    assert actions(p.decide({"cor": "preto", "atraso": 16}).steps) == ["avisar"]
    assert [each.branch for each in p.decide({"cor": "azul", "atraso": 3}).trace if each.kind == "decision"] == [
        "azul|verde",
        "0..15",
    ]


def test_an_earlier_guard_that_is_unknown_waits() -> None:
    p = policy(
        """procedimento inicio:
  regra:
    faça ligar
    fim aceito
  salvo se urgente:
    fim negado
  salvo se atraso > 15:
    faça cobrar
    fim negado
""",
        urgente="yes_no",
        atraso=(0, 90),
    )
    asks = p.decide({"atraso": 20}).asks
    assert asks
    assert asks.fact == "urgente"
    assert p.decide({"atraso": 20, "urgente": False}).outcome == "negado"
    assert actions(p.decide({"atraso": 3, "urgente": False}).steps) == ["ligar"]


def test_calls_return_where_they_were_made() -> None:
    p = policy(
        """procedimento inicio:
  siga parte
  faça avisar
  siga parte
  siga fecho

procedimento parte:
  se urgente:
    faça ligar

procedimento fecho:
  faça registrar
  fim aceito
""",
        urgente="yes_no",
    )
    assert actions(p.decide({"urgente": True}).steps) == ["ligar", "avisar", "ligar", "registrar"]
    assert p.decide({"urgente": False}).outcome == "aceito"
    part = p.decide({"urgente": True}, start="parte")
    assert (part.status, part.outcome, actions(part.steps)) == (Status.FINISHED, None, ["ligar"])
    with pytest.raises(ValueError, match="parte"):
        p.decide({}, start="partes")


def test_a_loop_runs_over_the_members_in_the_declared_order() -> None:
    p = policy(
        """procedimento inicio:
  para cada item em itens:
    faça tratar(item)
    se item é leite:
      faça ligar
  fim aceito
""",
        itens=("pao", "leite", "cafe"),
    )
    steps = p.decide({"itens": ["cafe", "leite"]}).steps
    assert [(each.action, dict(each.args)) for each in steps] == [
        ("tratar", {"item": "leite"}),
        ("ligar", {}),
        ("tratar", {"item": "cafe"}),
    ]
    assert steps[0].text == "Tratar Leite"
    assert p.decide({"itens": []}).steps == ()


def test_a_case_over_the_loops_variable_is_decided_beforehand() -> None:
    p = policy(
        """procedimento inicio:
  para cada item em itens:
    caso item:
      pao, cafe:
        faça tratar(item)
      leite:
        faça ligar
  fim aceito
""",
        itens=("pao", "leite", "cafe"),
    )
    decision = p.decide({"itens": ["pao", "leite"]})
    assert [(each.action, dict(each.args)) for each in decision.steps] == [("tratar", {"item": "pao"}), ("ligar", {})]
    assert [each.branch for each in decision.trace if each.kind == "decision"] == ["yes", "yes", "no"]


RETRY = """procedimento inicio:
  tente até 3 vezes ligar até contato:
    faça avisar
  senão:
    faça registrar
  se contato:
    faça cobrar
  fim aceito
"""


@pytest.mark.parametrize(
    ("given", "steps"),
    [
        (True, ["ligar", "avisar", "cobrar"]),
        ([True], ["ligar", "avisar", "cobrar"]),
        ([False, "sim"], ["ligar", "ligar", "avisar", "cobrar"]),
        (False, ["ligar", "ligar", "ligar", "registrar"]),
        ([False, False, False], ["ligar", "ligar", "ligar", "registrar"]),
    ],
)
def test_a_retry_takes_one_step_for_each_attempt(given: object, steps: list[str]) -> None:
    decision = policy(RETRY, contato="yes_no").decide({"contato": given})
    assert decision.outcome == "aceito"
    assert actions(decision.steps) == steps


def test_a_retry_asks_for_the_next_attempt() -> None:
    decision = policy(RETRY, contato="yes_no").decide({"contato": [False, False]})
    assert decision.asks
    assert (decision.asks.fact, decision.asks.attempt) == ("contato", 3)
    assert [(each.action, each.attempt) for each in decision.steps] == [("ligar", 1), ("ligar", 2), ("ligar", 3)]
    first = policy(RETRY, contato="yes_no").decide({})
    assert first.asks
    assert (first.asks.attempt, actions(first.steps)) == (1, ["ligar"])


@pytest.mark.parametrize("given", [[False] * 4, [True, False], [False, True, True], "talvez", [None]])
def test_impossible_attempts_are_refused(given: object) -> None:
    with pytest.raises(FactError, match="contato"):
        policy(RETRY, contato="yes_no").decide({"contato": given})


WAIT = """procedimento inicio:
  aguarde resposta em até 4 dias úteis:
    fim aceito
  enquanto isso:
    faça avisar
  senão:
    faça cobrar
    fim negado
"""


def test_a_wait_holds_until_it_came_or_passed() -> None:
    p = policy(WAIT, resposta="yes_no")
    decision = p.decide({}, now=NOW)
    assert decision.status is Status.WAITS
    assert decision.waits
    assert (decision.waits.fact, decision.waits.until) == ("resposta", "2026-11-26")
    assert [(each.action, each.meanwhile) for each in decision.steps] == [("avisar", True)]
    assert decision.waits.meanwhile == decision.steps
    assert p.decide({"resposta": True}).outcome == "aceito"
    assert actions(p.decide({"resposta": False}).steps) == ["avisar", "cobrar"]


def test_a_wait_until_a_date_asks_for_the_date() -> None:
    p = policy(
        """procedimento inicio:
  aguarde resposta até vencimento + 1 mês:
    fim aceito
  senão:
    fim negado
""",
        resposta="yes_no",
        vencimento="date",
    )
    asks = p.decide({}).asks
    assert asks
    assert asks.fact == "vencimento"
    waits = p.decide({"vencimento": "2027-01-31"}, language="en").waits
    assert waits
    assert (waits.until, waits.deadline.kind, waits.deadline.text) == ("2027-02-28", "until", "until 2027-02-28")
    assert p.decide({"resposta": True}).outcome == "aceito"


def test_a_gap_says_what_is_open() -> None:
    p = policy(
        """procedimento inicio:
  se urgente:
    nota "Ver com a chefia"
    lacuna "O texto cala"   [c.1]
  fim aceito
""",
        urgente="yes_no",
    )
    gap = p.decide({"urgente": True}).gap
    assert gap
    assert (gap.text, gap.clauses, gap.notes) == ("O texto cala", ("c.1",), ("Ver com a chefia",))
    assert p.decide({"urgente": True}).status is Status.GAP


def test_a_question_is_asked_although_nothing_needs_it() -> None:
    p = policy(
        """procedimento inicio:
  pergunte cor
  faça ligar
  fim aceito
""",
        cor=["azul", "verde"],
    )
    asks = p.decide({}).asks
    assert asks
    assert (asks.fact, asks.also_open, p.decide({}).steps) == ("cor", (), ())
    assert p.decide({"cor": "azul"}).outcome == "aceito"


def test_an_argument_that_is_not_known_is_asked_for() -> None:
    p = policy(
        """procedimento inicio:
  faça contar(atraso)
  fim aceito
""",
        atraso=(0, 90),
    )
    asks = p.decide({}).asks
    assert asks
    assert asks.fact == "atraso"
    step = p.decide({"atraso": 7}).steps[0]
    assert (dict(step.args), step.text) == ({"total": 7}, "Contar 7")


def test_today_comes_from_now_only() -> None:
    p = policy(
        """procedimento inicio:
  se dias úteis entre vencimento e hoje > 4:
    fim negado
  fim aceito
""",
        vencimento="date",
    )
    with pytest.raises(FactError, match="now"):
        p.decide({"vencimento": "2026-11-13"})
    assert p.decide({"vencimento": "2026-11-13"}, now=NOW).outcome == "negado"
    assert p.decide({"vencimento": "2026-11-16"}, now=NOW).outcome == "aceito"
    with pytest.raises(TypeError, match="now"):
        p.decide({"vencimento": "2026-11-16"}, now=NOW.date())  # type: ignore[arg-type]


def test_definitions_and_tables_are_worked_out() -> None:
    p = policy(
        """procedimento inicio:
  caso faixa:
    alta:
      faça cobrar
    baixa:
      faça avisar
  se atrasado:
    fim negado
  fim aceito

defina atrasado:
  quando urgente: não
  quando atraso > 15: sim
  senão: não

tabela faixa:
  | cor  | atraso | faixa |
  | azul | -    | baixa |
  | roxo | 0 a 9 | baixa |
  | roxo | 10+  | alta  |
""",
        urgente="yes_no",
        atraso=(0, 90),
        cor=["azul", "roxo"],
    )
    done = p.decide({"cor": "azul", "urgente": False, "atraso": 20})
    assert (actions(done.steps), done.outcome) == (["avisar"], "negado")
    asks = p.decide({"cor": "roxo"}).asks
    assert asks
    assert asks.fact == "atraso"
    first = p.decide({"atraso": 20}).asks
    assert first
    assert (first.fact, first.also_open) == ("cor", ("urgente",))
    trace = [each for each in done.trace if each.kind == "decision"]
    assert [(dict(each.facts), dict(each.derived)) for each in trace] == [
        ({"cor": "azul"}, {"faixa": "baixa"}),
        ({"urgente": False, "atraso": 20}, {"atrasado": True}),
    ]


def test_where_a_walk_stopped_is_shown_in_a_line() -> None:
    p = policy("procedimento inicio:\n  se urgente:\n    fim aceito\n  senão:\n    fim negado\n", urgente="yes_no")
    arrival = p.decide({}).arrival
    assert repr(arrival.spot) == f"<Spot {arrival.spot.node.id}>"
    assert repr(arrival.spot.ways[0]) == f"<Way {arrival.spot.node.id} {arrival.spot.ways[0].branch.key}>"


def test_what_a_definition_was_worth_is_in_the_trace_of_the_walk_and_of_the_code() -> None:
    p = policy(
        """
procedimento inicio:
  se invertido:
    fim aceito
  senão:
    fim negado

defina invertido:
  quando urgente e urgente: não
  senão: urgente
""",
        urgente="yes_no",
    )
    for decide in (p.decide, p.compile().decide):
        visits = [each for each in decide({"urgente": True}).trace if each.kind == "decision"]
        assert [dict(each.derived) for each in visits] == [{"invertido": False}]
