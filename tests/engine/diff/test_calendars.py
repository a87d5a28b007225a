"""Other days off are a difference just where some text counts business days; an example is decided by both versions."""

from __future__ import annotations

import datetime
import json

import jsonschema
import pytest

from praxe.dsl import check_policy_texts
from praxe.engine import Policy
from praxe.engine.diff import compare, difference_schema
from praxe.engine.diff.tell import tell
from praxe.engine.values import TODAY

VOCABULARY = """\
facts:
  due_day: {type: date, label: Due, question: "Due?"}
  paid: {type: yes_no, label: Paid, question: "Paid?"}
actions:
  act: {label: Act}
  plan: {label: Plan, text: "Plan {at_day}", params: {at_day: {type: date, label: Day}}}
outcomes:
  one: {label: One}
  two: {label: Two}
"""
BOTH = """\
procedure p "P":
  do act within 2 business days
  if business days between today and due_day > 3:
    end one
  else:
    end two
"""
ENDS = "  if paid:\n    end one\n  else:\n    end two\n"
SAO_PAULO = "calendar: {country: BR, state: SP}"
MORE = "calendar: {country: BR, state: SP, holidays: [2026-11-24, 2026-11-25]}"
RIO = "calendar: {country: BR, state: RJ}"
NONE = ""


def version(text: str, calendar: str, vocabulary: str = VOCABULARY) -> Policy:
    manifest = f'name: p\ntitle: P\nversion: "1"\nlanguage: en\nentry: p\n{calendar}\n'
    files = {"policy.yaml": manifest, "vocabulary.yaml": vocabulary, "p.praxe": text}
    checked, diagnostics = check_policy_texts("p", files)
    assert checked, diagnostics
    return Policy(checked)


def told(old: Policy, new: Policy, language: str) -> str:
    return " ".join(tell(compare(old, new), old, new, language).text().split())


def test_days_off_that_only_one_version_has_are_told_with_the_places_and_a_case() -> None:
    old, new = version(BOTH, SAO_PAULO), version(BOTH, MORE)
    found = compare(old, new)
    assert not found.is_same
    assert not found.groups
    assert found.calendar
    assert found.calendar.days_added == (datetime.date(2026, 11, 24), datetime.date(2026, 11, 25))
    assert found.calendar.days_gone == ()
    places = [(each.what.value, str(each.span), each.is_gone) for each in found.calendar.places]
    assert places == [("deadline", "p/p.praxe:2:3", False), ("condition", "p/p.praxe:3:6", False)]
    example = found.calendar.example
    assert example
    facts = {str(name): value for name, value in example.facts.items() if name != TODAY}
    today = example.facts[TODAY]
    assert isinstance(today, datetime.date)
    now = datetime.datetime.combine(today, datetime.time(12))
    before, after = (each.decide(facts, now=now) for each in (old, new))
    assert (before.outcome, after.outcome) == ("one", "two")
    assert [step.deadline and step.deadline.due for each in (before, after) for step in each.steps] == [
        "2026-11-25",
        "2026-11-27",
    ]


def test_it_is_told_in_both_languages() -> None:
    old, new = version(BOTH, SAO_PAULO), version(BOTH, MORE)
    text = told(old, new, "en")
    assert "Apart from what is counted in business days, nothing changes for any customer." in text
    assert "every case was compared" not in text
    assert "Days off only now: 2026-11-24, 2026-11-25." in text
    assert "• deadline of a step (p/p.praxe:2:3) • condition (p/p.praxe:3:6)" in text
    assert "For example, on 2026-11-23: Due: 2026-11-27 • Before: One • Now: Two • Act: 2026-11-27 instead of" in text
    text = told(old, new, "pt")
    assert "Fora o que se conta em dias úteis, nada muda para quem é atendido." in text
    assert "Feriados só agora: 24/11/2026, 25/11/2026." in text
    assert "Por exemplo, em 23/11/2026: Due: 27/11/2026 • Antes: One • Agora: Two • Act: 27/11/2026, em vez" in text
    assert "### Another calendar" in tell(compare(old, new), old, new, "en").markdown()


@pytest.mark.parametrize(("old", "new"), [(SAO_PAULO, RIO), (SAO_PAULO, NONE), (NONE, RIO), (MORE, SAO_PAULO)])
def test_another_state_and_no_country_are_other_calendars(old: str, new: str) -> None:
    for text in (BOTH, f'procedure p "P":\n  do act within 2 business days\n{ENDS}'):
        versions = (version(text, old), version(text, new))
        found = compare(*versions)
        assert not found.is_same
        assert found.calendar
        assert found.calendar.days_added or found.calendar.days_gone
        assert found.calendar.example
        for language in ("pt", "en"):
            record = json.loads(json.dumps(tell(found, *versions, language).to_json()))
            jsonschema.validate(record, difference_schema())
            assert record["is_same"] is False
            assert record["calendar"]["example"]["day"]


@pytest.mark.parametrize(
    ("text", "what", "place"),
    [
        ("  wait for paid within 2 business days:\n    end one\n  else:\n    end two\n", "wait", 2),
        ("  do plan(goes)\n  end one\ndefine goes: due_day + 2 business days\n", "definition", 4),
        ("  wait for paid until due_day + 2 business days:\n    end one\n  else:\n    end two\n", "wait", 2),
        (
            "  if late:\n    end one\n  end two\ndefine late: business days between due_day and today > 3\n",
            "definition",
            5,
        ),
    ],
)
def test_each_kind_of_place_is_named_and_shown(text: str, what: str, place: int) -> None:
    old, new = (version(f'procedure p "P":\n{text}', each) for each in (SAO_PAULO, MORE))
    found = compare(old, new)
    assert found.calendar
    ((kind, span),) = [(each.what.value, each.span) for each in found.calendar.places]
    assert kind == what
    assert span.line == place
    assert found.calendar.example
    assert "For example, on " in told(old, new, "en")


def test_a_place_of_the_old_version_only_is_named_too() -> None:
    old = version(f'procedure p "P":\n  do act within 2 business days\n{ENDS}', SAO_PAULO)
    new = version(f'procedure p "P":\n  do act within 2 days\n{ENDS}', MORE)
    found = compare(old, new)
    assert found.groups
    assert found.calendar
    assert [each.is_gone for each in found.calendar.places] == [True]
    assert "deadline of a step (in the old version: p/p.praxe:2:3)" in told(old, new, "en")


def test_who_counts_no_business_days_sees_no_difference() -> None:
    text = f'procedure p "P":\n  do act within 2 days\n{ENDS}'
    found = compare(version(text, SAO_PAULO), version(text, MORE))
    assert found.calendar is None
    assert found.is_same


def test_the_same_days_off_in_other_words_are_no_difference() -> None:
    named = "calendar: {country: BR, state: SP, name: ours, holidays: [2026-11-22]}"  # a Sunday
    found = compare(version(BOTH, SAO_PAULO), version(BOTH, named))
    assert found.calendar is None
    assert found.is_same


def test_an_assumption_that_counts_business_days_is_a_place() -> None:
    vocabulary = f"{VOCABULARY}assumptions:\n  - then: business days between today and due_day < 9\n"
    text = f'procedure p "P":\n  ask due_day\n{ENDS}'
    found = compare(version(text, SAO_PAULO, vocabulary), version(text, MORE, vocabulary))
    assert found.calendar
    assert [each.what.value for each in found.calendar.places] == ["condition"]
    assert not found.is_same
