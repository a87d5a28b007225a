"""Host actions: typed records, each step performed at most once, nothing lost."""

from __future__ import annotations

import asyncio
import datetime
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from praxe.engine import ActionRecord, Host, Learned, Log, Policy, Standing, action_records, log_schema
from praxe.engine.host import EntryStatus, LogError
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
]


@pytest.mark.parametrize("document", WRONG)
def test_what_is_no_log_is_refused(document: Callable[[], object]) -> None:
    with pytest.raises(LogError) as caught:
        Log.from_json(document())
    assert caught.value.in_language("pt") != caught.value.in_language("en")
