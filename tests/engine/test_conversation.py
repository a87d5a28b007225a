"""Conversations: any order, corrections, what nobody knows, waits, a document to go on with."""

from __future__ import annotations

import datetime
import json
import os
import pickle
from dataclasses import replace
from functools import cache
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Conversation, FactError, Policy, Standing, conversation_schema, handover_schema
from praxe.engine.conversation import DocumentError
from tests.engine.spoiled import spoiled
from tests.engine.strategies import ANSWERS, fitted, full_facts, policies
from tests.engine.test_properties import seen
from tests.engine.trees import actions, policy

MONDAY = datetime.datetime(2026, 11, 23, 9)
REASONS = """procedimento inicio:
  faça ligar
  caso motivo:
    tecnico:
      se abre:
        faça avisar
        fim aceito
      fim negado
    outro:
      pergunte detalhe
      se detalhe é preco:
        faça cobrar
      fim negado
"""
FACTS: dict[str, Any] = {
    "motivo": ["tecnico", "outro"],
    "abre": "yes_no",
    "detalhe": ["preco", "mudanca", "nao_quer_dizer"],
}
WAITING = """procedimento inicio:
  tente até 3 vezes ligar até atendeu:
    aguarde respondeu em até 2 dias úteis:
      fim aceito
    enquanto isso:
      faça avisar no mesmo dia
    senão:
      se culpa:
        faça cobrar
      fim negado
  senão:
    fim negado
"""
EVENTS: dict[str, Any] = {"atendeu": "yes_no", "respondeu": "yes_no", "culpa": "yes_no"}


@pytest.fixture(scope="module")
def reasons() -> Policy:
    """A policy with two branches."""
    return policy(REASONS, **FACTS)


@pytest.fixture(scope="module")
def waiting() -> Policy:
    """A policy that tries and waits."""
    return policy(WAITING, **EVENTS)


def asked(conversation: Conversation) -> str | None:
    """Return the fact that is asked for."""
    return conversation.question.fact if conversation.question else None


# --- answers ---------------------------------------------------------------------------------------------------


def test_one_question_after_the_other(reasons: Policy) -> None:
    start = reasons.start()
    assert (start.standing, asked(start)) == (Standing.ASKS, "motivo")
    then = start.answer("motivo", "tecnico")
    assert asked(then) == "abre"
    end = then.answer("abre", "sim")
    assert (end.standing, end.outcome, actions(end.steps)) == (Standing.FINISHED, "aceito", ["ligar", "avisar"])
    assert asked(start) == "motivo"  # no turn changes the conversation it is taken in


def test_answers_in_any_order(reasons: Policy) -> None:
    early = reasons.start().answer("abre", True)
    assert asked(early) == "motivo"
    assert early.answer("motivo", "tecnico").outcome == "aceito"
    assert reasons.start().tell({"motivo": "tecnico", "abre": False}).outcome == "negado"


def test_an_answer_that_does_not_fit_is_refused_and_changes_nothing(reasons: Policy) -> None:
    start = reasons.start()
    for wrong in ({"motivo": "tecnca"}, {"abre": 3}, {"nada": True}, {"motivo": "tecnico", "abre": 3}):
        with pytest.raises(FactError):
            start.tell(wrong)
    assert (start.turns, start.answers) == ((), ())


def test_a_correction_reopens_only_what_depends_on_it_and_says_what(reasons: Policy) -> None:
    done = reasons.start().tell({"motivo": "tecnico", "abre": True})
    corrected = done.answer("motivo", "outro")
    change = corrected.change
    assert change.is_correction
    assert (change.before, change.after) == ("tecnico", "outro")
    assert change.reopened == ("detalhe",)
    assert change.set_aside == ("abre",)
    assert actions(change.dropped) == ["avisar"]
    assert [each.fact for each in corrected.set_aside] == ["abre"]
    assert [each.fact for each in corrected.answers] == ["motivo"]
    back = corrected.answer("motivo", "tecnico")
    assert back.change.taken_up == ("abre",)
    assert (back.standing, back.outcome) == (Standing.FINISHED, "aceito")


def test_the_same_answer_again_is_no_turn(reasons: Policy) -> None:
    once = reasons.start().answer("abre", True)
    assert once.answer("abre", "sim") is once


def test_an_answer_taken_back(reasons: Policy) -> None:
    done = reasons.start().tell({"motivo": "tecnico", "abre": True})
    taken = done.retract("abre")
    assert (asked(taken), taken.change.is_correction, taken.change.before) == ("abre", True, True)
    with pytest.raises(ValueError, match="no answer"):
        reasons.start().retract("abre")


def test_back_undoes_the_latest_turn(reasons: Policy) -> None:
    start = reasons.start()
    then = start.answer("motivo", "tecnico").unknown("abre")
    assert asked(then.back()) == "abre"
    assert then.back().back().turns == ()
    assert start.back() is start


# --- what nobody knows -----------------------------------------------------------------------------------------

UNDECIDED = """procedimento inicio:
  se x:
    se y:
      fim aceito
  senão se z:
    fim aceito
  fim negado
"""


def test_not_knowing_leaves_a_fact_open_and_asks_what_still_matters() -> None:
    start = policy(UNDECIDED, x={"type": "yes_no", "system": "Ficha"}, y="yes_no", z="yes_no").start()
    first = start.unknown("x")
    assert (first.standing, asked(first)) == (Standing.ASKS, "y")
    second = first.withheld("y")
    assert asked(second) == "z"
    stuck = second.answer("z", True)
    assert (stuck.standing, stuck.question) == (Standing.UNRESOLVED, None)
    assert [(each.fact, each.left, each.system) for each in stuck.lacking] == [
        ("x", "unknown", "Ficha"),
        ("y", "withheld", None),
    ]
    assert stuck.decision.status.value == "asks"  # nothing was made up
    assert asked(stuck.reopen()) == "x"
    assert asked(stuck.reopen("y")) == "y"
    assert stuck.answer("x", False).outcome == "aceito"


def test_not_knowing_does_not_stand_in_the_way_of_an_end() -> None:
    start = policy(UNDECIDED, x="yes_no", y="yes_no", z="yes_no").start()
    assert start.unknown("x").answer("y", False).answer("z", False).outcome == "negado"


def test_a_fact_may_have_a_value_of_its_own_for_not_saying(reasons: Policy) -> None:
    here = reasons.start().answer("motivo", "outro")
    assert here.withheld("detalhe").outcome == "negado"
    assert here.withheld("detalhe").facts["detalhe"] == "nao_quer_dizer"
    assert here.unknown("detalhe").standing is Standing.UNRESOLVED


# --- waits and attempts ----------------------------------------------------------------------------------------


def test_attempts_come_one_by_one(waiting: Policy) -> None:
    here = waiting.start(now=MONDAY)
    assert here.question
    assert here.question.attempt == 1
    here = here.answer("atendeu", False).answer("atendeu", "não")
    assert here.question
    assert (here.question.attempt, actions(here.steps)) == (3, ["ligar", "ligar", "ligar"])
    assert not here.change.is_correction
    assert here.answer("atendeu", False).outcome == "negado"
    assert here.answer("atendeu", [True]).change.is_correction
    assert here.answer("atendeu", True).standing is Standing.WAITS


def test_a_deadline_counts_from_the_arrival_and_passes(waiting: Policy) -> None:
    here = waiting.start(now=MONDAY).answer("atendeu", True, now=MONDAY)
    later = here.at(MONDAY + datetime.timedelta(days=1))
    assert later.waits
    assert (later.standing, later.waits.until) == (Standing.WAITS, "2026-11-25")
    assert later.decision.waits
    assert later.decision.waits.until == "2026-11-26"  # a decision alone knows no earlier time
    assert [each.deadline.due for each in later.steps if each.deadline] == ["2026-11-23"]
    assert later.at(datetime.datetime(2026, 11, 25, 23, 59)).standing is Standing.WAITS
    over = later.at(datetime.datetime(2026, 11, 26))
    assert (over.standing, asked(over)) == (Standing.ASKS, "culpa")
    assert over.back().standing is Standing.WAITS
    assert here.came(now=MONDAY).outcome == "aceito"
    assert asked(here.passed("respondeu")) == "culpa"


def test_what_comes_too_late_does_not_come(waiting: Policy) -> None:
    here = waiting.start(now=MONDAY).answer("atendeu", True)
    with pytest.raises(ValueError, match="deadline had passed"):
        here.came(now=MONDAY + datetime.timedelta(days=9))
    with pytest.raises(ValueError, match="does not wait"):
        here.came("culpa")


def test_time_does_not_run_backwards(waiting: Policy) -> None:
    here = waiting.start(now=MONDAY)
    with pytest.raises(ValueError, match="lies before"):
        here.answer("atendeu", True, now=MONDAY - datetime.timedelta(days=1))
    with pytest.raises(ValueError, match="time zone"):
        here.at(MONDAY.replace(tzinfo=datetime.UTC))
    with pytest.raises(TypeError):
        here.at("2026-11-24")  # type: ignore[arg-type]


# --- written down ----------------------------------------------------------------------------------------------


@cache
def validator() -> Any:
    """Return what checks a document against the schema."""
    return jsonschema.Draft202012Validator(conversation_schema())


def again(conversation: Conversation, **others: Any) -> Conversation:
    """Return a conversation resumed from its text."""
    document = json.loads(json.dumps(conversation.to_json()))
    validator().validate(document)
    return conversation.policy.resume({**document, **others})


def test_paused_and_resumed(waiting: Policy) -> None:
    here = (
        waiting.start(now=MONDAY, language="en", order="fewest").answer("culpa", True).answer("atendeu", [False, True])
    )
    resumed = again(here)
    assert resumed.to_json() == here.to_json()
    assert resumed.resumed
    assert not resumed.resumed.is_other_policy
    assert resumed.at(MONDAY + datetime.timedelta(days=30)).outcome == "negado"
    assert pickle.loads(pickle.dumps(here)).to_json() == here.to_json()


def test_another_version_says_so_and_checks_every_answer(reasons: Policy) -> None:
    here = reasons.start().tell({"motivo": "outro", "detalhe": "preco", "abre": True})
    new = policy(REASONS.replace("preco", "juros"), motivo=["tecnico", "outro"], abre="yes_no", detalhe=["juros"])
    resumed = new.resume(here.to_json())
    assert resumed.resumed
    assert resumed.resumed.is_other_policy
    assert resumed.resumed.recorded == dict(reasons.identity)
    assert [(each.turn.fact, "preco" in each.why) for each in resumed.resumed.refused] == [("detalhe", True)]
    assert resumed.resumed.set_aside == ("abre",)
    assert resumed.resumed.stood == "finished"
    assert asked(resumed) == "detalhe"
    document = resumed.to_json()
    jsonschema.validate(document, conversation_schema())
    assert document["refused"][0]["value"] == "preco"


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"format": "praxe conversation 1"},
        {"turns": None},
        {"turns": "abc"},
        {"turns": [3]},
        {"turns": [{"turn": "said", "fact": "abre"}]},
        {"turns": [{"turn": "answered", "value": True}]},
        {"turns": [{"turn": "answered", "fact": "abre"}]},
        {"turns": [{"turn": "answered", "fact": "", "value": True}]},
        {"turns": [{"turn": "unknown", "fact": ""}]},
        {"turns": [{"turn": "reopened", "fact": ""}]},
        {"turns": [{"turn": "time", "at": "yesterday"}]},
        {"turns": [{"turn": "time", "at": "2026-11-24"}, {"turn": "time", "at": "2026-11-23"}]},
        {"start": "nada"},
        {"order": "any"},
        {"language": "de"},
        {"policy": "rc"},
        {"began": 3},
    ],
    ids=repr,
)
def test_what_is_no_conversation_is_refused_in_both_languages(reasons: Policy, document: Any) -> None:
    given = document
    if isinstance(document, dict) and document and "format" not in document:
        given = {**reasons.start().to_json(), **document}
    with pytest.raises(DocumentError) as caught:
        reasons.resume(given)
    assert caught.value.in_language("pt") != caught.value.in_language("en")
    assert str(pickle.loads(pickle.dumps(caught.value))) == str(caught.value)


@cache
def _documents() -> tuple[Policy, list[dict[str, Any]]]:
    waiting = policy(WAITING, **EVENTS)
    called = waiting.start(now=MONDAY).answer("atendeu", True, now=MONDAY)
    late = called.at(MONDAY + datetime.timedelta(days=7)).unknown("culpa").reopen().answer("culpa", True)
    return waiting, [
        json.loads(json.dumps(each.to_json())) for each in (called, called.came(), late, late.retract("culpa"))
    ]


@given(st.data())
def test_a_document_that_was_spoiled_is_taken_up_or_refused_and_never_a_fault(data: st.DataObject) -> None:
    waiting, documents = _documents()
    document = data.draw(spoiled(documents))
    try:
        resumed = waiting.resume(document)
    except DocumentError as error:
        assert error.in_language("pt") != error.in_language("en")
    else:
        assert waiting.resume(json.loads(json.dumps(resumed.to_json()))).facts == resumed.facts


def test_a_turn_about_a_word_that_is_gone_is_told(reasons: Policy) -> None:
    turns = [{"turn": "unknown", "fact": "gone"}, {"turn": "answered", "fact": "abre", "value": [1]}]
    resumed = again(reasons.start(), turns=turns)
    assert resumed.resumed
    assert [each.turn.fact for each in resumed.resumed.refused] == ["gone", "abre"]


# --- handed over -----------------------------------------------------------------------------------------------


def test_handed_over(reasons: Policy) -> None:
    here = reasons.start().answer("abre", True, now=MONDAY).answer("motivo", "outro").unknown("detalhe")
    summary = here.handover()
    text = summary.to_text()
    for part in ("Motivo: Outro", "detalhe? (não se sabe)", "1. Ligar", "23/11/2026 09:00: Abre: Sim"):
        assert part in text
    assert "Sem saber o que falta" in text
    assert here.handover("en").to_json()["state"] == "The case cannot be decided without what is still open."
    document = json.loads(json.dumps(summary.to_json()))
    jsonschema.validate(document, handover_schema())
    assert document["open"][0]["left"] == "unknown"


def test_what_people_said_is_text_in_markdown() -> None:
    made = policy("procedimento inicio:\n  pergunte nome\n  pergunte x\n  fim aceito\n", nome="text", x="yes_no")
    markdown = made.start().answer("nome", "<b>*Ana*</b> [x](y)\n# Z").handover().to_markdown()
    assert r"\<b\>\*Ana\*\</b\> \[x\](y) \# Z" in markdown


# --- for every policy ------------------------------------------------------------------------------------------


@settings(max_examples=500 if os.environ.get("PRAXE_DEEP") else 8)
@given(policies(), full_facts, st.permutations(sorted(ANSWERS)), st.data())
def test_the_order_of_the_answers_makes_no_difference(
    checked: CheckedPolicy, drawn: dict[str, Any], order: list[str], data: st.DataObject
) -> None:
    made = Policy(checked)
    case = fitted(made, drawn)
    here = made.start()
    for name in order:
        before = fitted(made, {**drawn, name: data.draw(st.sampled_from(ANSWERS[name]))})[name]
        here = here.answer(name, before).answer(name, case[name])  # the second corrects the first
    assert seen(here.decision) == seen(made.decide(case))
    in_use = {each.fact: each.value for each in here.answers}
    assert seen(made.decide({str(name): value for name, value in in_use.items()})) == seen(here.decision)
    assert again(here).to_json() == here.to_json()
    assert seen(replace(here).back().answer(order[-1], case[order[-1]]).decision) == seen(here.decision)


TURNS = st.sampled_from("answer other unknown withheld retract reopen back event hours days again".split())


@settings(max_examples=1_000 if os.environ.get("PRAXE_DEEP") else 15)
@given(checked=policies(depth=2), turns=st.lists(TURNS, max_size=12), case=full_facts)
def test_whatever_happens_the_turns_are_all_there_is(
    checked: CheckedPolicy, turns: list[str], case: dict[str, Any]
) -> None:
    here = Policy(checked).start(now=MONDAY)
    for turn in turns:
        here = turned(here, turn, fitted(here.policy, case))
    assert again(here).to_json() == here.to_json()
    assert here.standing in Standing
    open_facts = {each.fact for each in here.open_facts}
    assert here.question is None or here.question.fact in open_facts - here.ledger.left.keys()
    assert here.standing is not Standing.UNRESOLVED or here.lacking
    assert here.steps == tuple(here.steps)
    assert actions(here.steps) == actions(here.decision.steps)
    assert here.handover().to_markdown()


def turned(here: Conversation, turn: str, case: dict[str, Any]) -> Conversation:
    """Return a conversation after a turn of some kind, if it is its turn."""
    fact = asked(here)
    match turn:
        case "answer" if fact:
            made = here.facts.get(fact, ())
            return here.answer(fact, case[fact][len(made)] if fact in here.policy.attempts else case[fact])
        case "other":
            name = sorted(case)[len(here.turns) % len(case)]
            return here if case[name] is None else here.answer(name, case[name])
        case "unknown" | "withheld" if fact:
            return here.unknown(fact) if turn == "unknown" else here.withheld(fact)
        case "retract" if here.answers:
            return here.retract(here.answers[-1].fact)
        case "reopen":
            return here.reopen()
        case "back":
            return here.back()
        case "event" if here.waits:
            return here.came() if case[here.waits.fact] else here.passed()
        case "hours" | "days":
            assert here.now
            return here.at(here.now + datetime.timedelta(**{turn: 5}))
        case "again":
            return again(here)
        case _:
            return here
