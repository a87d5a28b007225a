"""Host actions: typed records, each step performed at most once, nothing lost."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from functools import cache
from typing import Any, cast

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.engine import ActionRecord, Host, Learned, Log, Policy, Standing, action_records, log_schema
from praxe.engine.host import EntryStatus, LogError
from tests.engine.spoiled import spoiled
from tests.engine.trees import policy

MONDAY = datetime.datetime(2026, 11, 23, 9)
CALLS = """procedimento inicio:
  faça registrar
  siga aviso
  tente até 3 vezes ligar até atendeu:
    faça marcar(visita) no mesmo dia
    fim aceito
  senão:
    siga aviso
    diga "Ligue já"
    fim negado

procedimento aviso:
  faça avisar
"""
FACTS: dict[str, Any] = {"atendeu": "yes_no", "visita": "date"}


@pytest.fixture(scope="module")
def calls() -> Policy:
    """A policy that acts, tries and says."""
    return policy(CALLS, **FACTS)


class Office:
    """Handlers that note what they are called for."""

    def __init__(self, *answers: object) -> None:
        self.done: list[ActionRecord] = []
        self.answers = list(answers)

    def __call__(self, record: ActionRecord) -> object:
        self.done.append(record)
        answer = self.answers.pop(0) if self.answers else None
        if isinstance(answer, Exception):
            raise answer
        return answer

    @property
    def names(self) -> list[str]:
        """What was done, in order."""
        return [each.action or each.text for each in self.done]


def stored(log: Log) -> Log:
    """Return a log as another process reads it."""
    document = json.loads(json.dumps(log.to_json()))
    jsonschema.validate(document, log_schema())
    return Log.from_json(document)


def test_the_steps_are_performed_in_order_and_logged(calls: Policy) -> None:
    office = Office({"id": Decimal("7.50")})
    host = calls.bind("registrar", office).bind("avisar", office).bind("ligar", office)
    done = host.perform(calls.start(now=MONDAY), case_id="A-1", now=MONDAY)
    assert office.names == ["registrar", "avisar", "ligar"]
    assert [each.status for each in done.log.entries] == [EntryStatus.STARTED, EntryStatus.DONE] * 3
    assert (done.entries[0].result, done.entries[0].at, done.troubles) == ({"id": "7.50"}, "2026-11-23T09:00:00", ())


def test_the_same_case_never_performs_a_step_twice(calls: Policy) -> None:
    office = Office()
    host = Host(policy=calls).bind_others(office)
    here = calls.start().answer("visita", datetime.date(2026, 11, 24))
    first = host.perform(here, case_id="A-1")
    here = calls.resume(json.loads(json.dumps(here.to_json()))).answer("atendeu", False)
    second = host.perform(here, case_id="A-1", log=stored(first.log))
    third = host.perform(here.answer("atendeu", True), case_id="A-1", log=stored(second.log))
    assert office.names == ["registrar", "avisar", "ligar", "ligar", "marcar"]
    assert [each.attempt for each in office.done] == [None, None, 1, 2, None]
    assert third.entries[0].args == {"quando_vai": "2026-11-24"}
    assert office.done[-1].args == {"quando_vai": datetime.date(2026, 11, 24)}
    assert host.perform(here, case_id="B-2").entries  # another case, other steps


def test_a_step_that_comes_twice_is_two_steps(calls: Policy) -> None:
    office = Office()
    failed = calls.start().answer("atendeu", [False, False, False])
    Host(policy=calls).bind_others(office).perform(failed, case_id="A-1")
    assert office.names == ["registrar", "avisar", "ligar", "ligar", "ligar", "avisar", "Ligue já"]
    assert len({each.key for each in office.done}) == 7
    again = action_records(calls, failed.steps, case="A-1")
    assert [each.key for each in again] == [each.key for each in office.done]


def test_a_dry_run_calls_nobody(calls: Policy) -> None:
    office = Office()
    planned = calls.bind("registrar", office).perform(calls.start(), case_id="A-1", dry_run=True)
    assert [each.status for each in planned.entries] == [EntryStatus.PLANNED, EntryStatus.UNBOUND, EntryStatus.UNBOUND]
    assert (office.done, planned.log.entries) == ([], ())


def test_an_action_without_a_handler_stops_and_is_told(calls: Policy) -> None:
    office = Office()
    host = calls.bind("registrar", office).bind("ligar", office)
    assert "avisar" in host.unbound()
    stopped = host.perform(calls.start(), case_id="A-1")
    assert (office.names, [each.action for each in stopped.troubles]) == (["registrar"], ["avisar"])
    gone_on = host.perform(calls.start(), case_id="A-1", log=stopped.log, go_on=True)
    assert (office.names, [each.status for each in gone_on.troubles]) == (["registrar", "ligar"], [EntryStatus.UNBOUND])


def test_what_a_handler_raises_is_logged_and_tried_again_later(calls: Policy) -> None:
    office = Office(RuntimeError("no line"))
    host = Host(policy=calls).bind_others(office)
    failed = host.perform(calls.start(), case_id="A-1")
    assert [each.error for each in failed.troubles] == ["RuntimeError: no line"]
    assert office.names == ["registrar"]
    later = host.perform(calls.start(), case_id="A-1", log=stored(failed.log))
    assert (office.names, later.troubles) == (["registrar", "registrar", "avisar", "ligar"], ())
    assert office.done[0].key == office.done[1].key


def test_a_step_without_an_end_is_in_doubt_and_left_to_people(calls: Policy) -> None:
    journal: list[Log] = []

    def dies(record: ActionRecord) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        calls.bind("registrar", dies).perform(calls.start(), case_id="A-1", journal=journal.append)
    office = Office()
    host = Host(policy=calls).bind_others(office)
    doubtful = host.perform(calls.start(), case_id="A-1", log=stored(journal[-1]))
    assert ([each.action for each in doubtful.in_doubt], office.done) == (["registrar"], [])
    assert doubtful.troubles
    sure = host.perform(calls.start(), case_id="A-1", log=stored(journal[-1]), again=True)
    assert (office.names, sure.troubles) == (["registrar", "avisar", "ligar"], ())


def test_what_a_handler_learns_goes_into_the_conversation(calls: Policy) -> None:
    tries = Office(Learned(succeeded=False), Learned(succeeded=True, facts={"visita": "2026-11-24"}, result="ok"))
    office = Office()
    host = Host(policy=calls).bind_others(office).bind("ligar", tries)
    done = host.perform(calls.start(now=MONDAY), case_id="A-1", now=MONDAY)
    assert done.conversation
    assert (done.conversation.standing, done.conversation.outcome) == (Standing.FINISHED, "aceito")
    assert (tries.names, office.names) == (["ligar", "ligar"], ["registrar", "avisar", "marcar"])
    resumed = host.perform(calls.start(now=MONDAY), case_id="A-1", log=stored(done.log))
    assert resumed.conversation
    assert (resumed.conversation.outcome, len(tries.done), len(office.done)) == ("aceito", 2, 3)


def test_what_is_learned_wrongly_is_told_and_the_step_stays_done(calls: Policy) -> None:
    host = calls.bind("registrar", Office(Learned(facts={"visita": "soon"}))).bind(
        "avisar", Office(Learned(succeeded=True))
    )
    done = host.bind("ligar", Office()).perform(calls.start(), case_id="A-1")
    assert [(each.action, each.status) for each in done.troubles] == [
        ("registrar", EntryStatus.DONE),
        ("avisar", EntryStatus.DONE),
    ]
    assert done.troubles[0].error
    assert "`soon` is not a date" in done.troubles[0].error
    later = host.perform(calls.start(), case_id="A-1", log=stored(done.log))
    assert later.entries == ()


def test_coroutines_are_waited_for(calls: Policy) -> None:
    async def call(record: ActionRecord) -> object:
        await asyncio.sleep(0)
        return Learned(succeeded=record.attempt == 2, facts={"visita": "2026-11-24"})

    host = Host(policy=calls).bind_others(Office()).bind("ligar", call)
    done = asyncio.run(host.perform_async(calls.start(), case_id="A-1"))
    assert done.conversation
    assert done.conversation.outcome == "aceito"
    assert [each.error for each in host.perform(calls.start(), case_id="A-1").troubles] == [
        "TypeError: the handler is a coroutine: use perform_async"
    ]


def test_a_decision_alone_can_be_performed(calls: Policy) -> None:
    office = Office()
    done = Host(policy=calls).bind_others(office).perform(calls.decide({}), case_id="A-1")
    assert (office.names, done.conversation) == (["registrar", "avisar", "ligar"], None)


def test_a_case_handed_over_tells_what_was_done(calls: Policy) -> None:
    host = calls.bind("registrar", Office("7")).bind("avisar", Office(RuntimeError("no line")))
    here = calls.start(language="en")
    done = host.perform(here, case_id="A-1")
    summary = here.handover(log=done.log)
    assert [(each.done, each.result) for each in summary.steps] == [("done", "7"), ("failed", None), (None, None)]
    assert "1. Registrar [done]\n\n2. Avisar [failed]\n" in summary.to_text()


def test_mistakes_of_the_host_are_told(calls: Policy) -> None:
    office = Office()
    with pytest.raises(ValueError, match="did you mean 'registrar'"):
        calls.bind("registar", office)
    with pytest.raises(ValueError, match="of the case 'B', not of 'A'"):
        calls.bind("registrar", office).perform(calls.start(), case_id="A", log=Log(case="B"))
    other = policy("procedimento inicio:\n  faça ligar\n  fim aceito\n")
    with pytest.raises(ValueError, match="the host of"):
        other.bind("ligar", office).perform(calls.start(), case_id="A")


ENTRY: dict[str, Any] = {"key": "k", "status": "done", "text": "t", "node": "n", "action": None, "args": {}}
WRONG: list[Callable[[], object]] = [
    lambda: None,
    dict,
    lambda: {"format": "praxe log 1"},
    lambda: {"format": "praxe log 1", "case": "A", "entries": "x"},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [1]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "status": "over"}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "key": 3}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "args": 3}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "status": []}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "status": {}}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "learned": 0}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "attempt": "2"}]},
    lambda: {"format": "praxe log 1", "case": "A", "entries": [{**ENTRY, "error": ["e"]}]},
]


@pytest.mark.parametrize("document", WRONG)
def test_what_is_no_log_is_refused(document: Callable[[], object]) -> None:
    with pytest.raises(LogError) as caught:
        Log.from_json(document())
    assert caught.value.in_language("pt") != caught.value.in_language("en")


@cache
def _logged() -> tuple[Host, dict[str, Any]]:
    office = Office({"id": [1, {"b": None}]}, Learned(facts={"visita": "2026-11-24"}))
    host = Host(policy=policy(CALLS, **FACTS)).bind_others(office)
    done = host.perform(host.policy.start(now=MONDAY), case_id="A-1", now=MONDAY)
    return host, json.loads(json.dumps(done.log.to_json()))


@given(st.data())
def test_a_log_that_was_spoiled_is_read_or_refused_and_never_a_fault(data: st.DataObject) -> None:
    host, document = _logged()
    try:
        log = Log.from_json(data.draw(spoiled([document])))
    except LogError as error:
        assert error.in_language("pt") != error.in_language("en")
    else:
        jsonschema.validate(json.loads(json.dumps(log.to_json())), log_schema())
        host.perform(host.policy.start(), case_id=log.case, log=log)


# --- whatever a handler does -----------------------------------------------------------------------------------


class UnreadableError(Exception):
    """An exception that cannot be told."""

    def __str__(self) -> str:
        raise KeyError("no words")


class Unreadable(dict[str, object]):
    """A result that cannot be read."""

    def items(self) -> Any:
        raise OSError("gone")


def _cyclic() -> list[object]:
    found: list[object] = []
    found.append(found)
    return found


def _nested() -> object:
    found: object = 1
    for _ in range(5_000):
        found = [found]
    return found


class Rows(list[object]):
    """Rows that end in the middle."""

    def __iter__(self) -> Any:
        raise ConnectionError("lost")


ODD: dict[str, Callable[[], object]] = {
    "cyclic": _cyclic,
    "nested": _nested,
    "learned None": lambda: Learned(facts=cast("Any", None)),
    "learned a list": lambda: Learned(facts=cast("Any", [1])),
    "learned cyclic": lambda: Learned(facts={"visita": _cyclic()}, result="ok"),
    "succeeded in words": lambda: Learned(succeeded=cast("Any", "yes"), result="ok"),
    "result of learned": lambda: Learned(result=_cyclic()),
    "unreadable": lambda: Unreadable(a=1),
    "unreadable rows": lambda: Rows([1]),
    "raises": UnreadableError,
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.parametrize("waits", [False, True])
def test_whatever_a_handler_does_is_told_and_the_log_is_kept(calls: Policy, odd: str, *, waits: bool) -> None:
    journal: list[Log] = []
    host = Host(policy=calls).bind_others(Office()).bind("registrar", Office(ODD[odd]()))
    if waits:
        done = asyncio.run(host.perform_async(calls.start(), case_id="A-1", go_on=True, journal=journal.append))
    else:
        done = host.perform(calls.start(), case_id="A-1", go_on=True, journal=journal.append)
    (wrong,) = done.troubles
    assert wrong.action == "registrar"
    assert wrong.error
    # its handler returned: the step is done, and is not done again; one that raised is
    assert wrong.status is (EntryStatus.FAILED if odd == "raises" else EntryStatus.DONE)
    assert [each.action for each in done.entries] == ["registrar", "avisar", "ligar"]
    assert stored(done.log) == done.log == journal[-1]
    again = Office()
    Host(policy=calls).bind_others(again).perform(calls.start(), case_id="A-1", log=stored(done.log))
    assert again.names == (["registrar"] if odd == "raises" else [])


def test_what_is_wrong_with_what_a_handler_returned_is_said(calls: Policy) -> None:
    def error(odd: str) -> str | None:
        host = calls.bind("registrar", Office(ODD[odd]()))
        return host.perform(calls.start(), case_id="A-1").entries[0].error

    assert error("cyclic") == "ValueError: what was returned holds itself, or is nested more than 100 deep"
    assert error("learned None") == "TypeError: `facts` of what was learned is a mapping, not `null`"
    assert error("succeeded in words") == "`succeeded` is True or False, not `yes`"
    assert error("raises") == "UnreadableError"


def test_a_number_too_long_to_be_written_is_described(calls: Policy) -> None:
    done = calls.bind("registrar", Office([10**5000])).perform(calls.start(), case_id="A-1")
    assert stored(done.log).entries[-2].result == ["int…"]


def test_a_time_that_is_none_is_refused_before_anything_is_done(calls: Policy) -> None:
    office = Office()
    with pytest.raises(TypeError, match="now is a date and time"):
        calls.bind("registrar", office).perform(calls.start(), case_id="A", now=cast("Any", MONDAY.date()))
    assert office.done == []
