"""Every edit that anybody notices is named: by a group, behind one, or as seen only by customers who differ already."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest

from praxe.engine import Policy
from praxe.engine.diff import ChangeKind, PolicyDifference, compare, difference_schema
from praxe.engine.diff.examples import is_seen_alike
from praxe.engine.diff.records import Place
from praxe.engine.diff.tell import tell
from praxe.engine.facts import FactError
from praxe.engine.mutants.mistake import MistakeKind, Mutant
from praxe.engine.mutants.score import mutants_of
from tests.engine.prove.enumeration import IS_DEEP
from tests.engine.trees import TRIED, policy

POLICIES = Path(__file__).parents[3] / "policy"
TEXT = """procedimento inicio:
  se urgente:
    siga um
  senão:
    siga outro

procedimento um:
  faça ligar
  se atrasado:
    faça avisar
  fim aceito

procedimento outro:
  faça avisar
  fim negado

defina atrasado "Está atrasado": atraso > 15
"""


def version(text: str) -> Policy:
    return policy(text, urgente="yes_no", calmo="yes_no", contato="yes_no", atraso=(0, 90))


def changed(*edits: tuple[str, str], text: str = TEXT) -> tuple[Policy, Policy]:
    """Return a text as it is and with some edits."""
    edited = text
    for old, new in edits:
        assert edited.count(old) == 1
        edited = edited.replace(old, new)
    return version(text), version(edited)


def lines(version: Policy, place: Place) -> set[int]:
    """Return the lines of a place in a new version, or in the old one where it is gone."""
    nodes = version.graph.nodes
    return {nodes[each].span.line for each in (place.old, place.new) if each is not None and each in nodes}


# --- edits behind a place after which the versions do not meet again -------------------------------------------------


def test_an_edit_that_only_parted_customers_meet_is_named_with_one_of_them() -> None:
    old, new = changed(("se urgente", "se não urgente"), ("  faça ligar\n", "  faça ligar no mesmo dia\n"))
    found = compare(old, new)
    (group,) = found.groups
    assert lines(new, group.place) == {2}
    (also,) = found.also
    assert lines(new, also.place) == {8}
    assert also.example
    assert also.passed_by == (False, True)
    assert also.example.facts["urgente"] is False  # type: ignore[index]  # a fact's name
    assert not is_seen_alike(also.example.old, also.example.new)


def test_a_step_that_is_gone_where_cases_part_anyway_is_named_beside() -> None:
    old, new = changed(("se urgente", "se não urgente"), ("  faça ligar\n", ""))
    found = compare(old, new)
    (group,) = found.groups
    assert lines(new, group.place) == {2}
    assert [each.place.is_gone for each in group.behind] == [True]
    assert lines(old, group.behind[0].place) == {8}
    assert not found.also


def test_a_definition_that_is_read_only_there_is_named() -> None:
    old, new = changed(("se urgente", "se não urgente"), ("atraso > 15", "atraso > 16"))
    (also,) = compare(old, new).also
    assert also.definitions == ("atrasado",)
    assert lines(new, also.place) == {9}


def test_what_is_noticed_is_told_in_both_languages_and_as_the_schema_says() -> None:
    old, new = changed(("se urgente", "se não urgente"), ("atraso > 15", "atraso > 16"))
    for language, title, example in (
        ("pt", "Também mudou, e só nota quem já está acima", "Urgente: Não; passa por aqui na versão nova."),
        ("en", "Also changed, noticed only by customers told of above", "Urgente: No; comes by here in the new"),
    ):
        told = tell(compare(old, new), old, new, language)
        text = " ".join(told.text().split())
        assert title in text
        assert example in text
        assert f"### {title}" in told.markdown()
        record = json.loads(json.dumps(told.to_json()))
        jsonschema.validate(record, difference_schema())
        (also,) = record["also"]
        assert also["place"].endswith(":9:6")
        assert also["passed_by"] == ["new"]
        assert [each["fact"] for each in also["decisive"]] == ["urgente"]


def test_an_edit_that_nobody_can_notice_is_not_named() -> None:
    unread = TEXT.replace("procedimento outro:", "procedimento outro:\n  se calmo e não calmo:\n    faça ligar")
    old, new = changed(("se urgente", "se não urgente"), ("    faça ligar", "    faça cobrar"), text=unread)
    found = compare(old, new)
    assert len(found.groups) == 1
    assert not found.also  # no case comes there


def test_edits_under_two_answers_of_one_condition_are_both_named() -> None:
    text = "procedimento inicio:\n  se urgente:\n    faça ligar\n    fim aceito\n  faça avisar\n  fim negado\n"
    old, new = changed(("    faça ligar\n", ""), ("  faça avisar\n", "  faça cobrar\n"), text=text)
    found = compare(old, new)
    named = [each.place for each in found.groups] + [each.place for group in found.groups for each in group.behind]
    assert {line for each in named for line in lines(old, each)} >= {3, 5}
    assert len(found.groups) <= 2
    assert not found.also


# --- the place of an edit --------------------------------------------------------------------------------------------


def test_a_call_that_is_gone_is_the_place_and_not_what_led_to_it() -> None:
    text = """procedimento inicio:
  se urgente:
    faça cobrar
    siga um
  fim aceito

procedimento um:
  faça ligar
"""
    old, new = changed(("    siga um\n", ""), text=text.replace("  fim aceito", "  siga um\n  fim aceito"))
    (group,) = compare(old, new).groups
    assert group.place.is_gone
    assert lines(old, group.place) == {4}


def test_a_call_after_which_cases_came_to_an_end_is_the_place_when_it_is_gone() -> None:
    text = TEXT.replace("    siga um\n", "    faça cobrar\n    siga um\n").replace(
        "    siga outro\n", "    nada\n  fim negado\n"
    )
    old, new = changed(("    siga um\n", ""), text=text)
    found = compare(old, new)
    (group,) = found.groups
    assert group.place.is_gone
    assert lines(old, group.place) == {4}
    assert not group.behind
    assert not found.also


def test_another_question_has_its_place_too() -> None:
    text = "procedimento inicio:\n  faça ligar\n  se urgente:\n    faça avisar\n  fim aceito\n"
    old, new = changed(("  se urgente", "  pergunte calmo\n  se urgente"), text=text)
    (group,) = compare(old, new).groups
    assert group.kind is ChangeKind.QUESTIONS
    assert lines(new, group.place) == {3}


@pytest.mark.parametrize("gone", [2, 4])
def test_of_two_equal_steps_the_neighbours_tell_which_is_gone(gone: int) -> None:
    text = "procedimento inicio:\n  faça ligar\n  faça avisar\n  faça ligar\n  fim aceito\n"
    kept = "".join(f"{line}\n" for number, line in enumerate(text.splitlines(), start=1) if number != gone)
    old, new = version(text), version(kept)
    (group,) = compare(old, new).groups
    assert lines(old, group.place) == {gone}


def test_another_number_of_attempts_is_one_edit_wherever_the_answer_is_read() -> None:
    old, new = changed(("até 2 vezes", "até 3 vezes"), text=TRIED)
    found = compare(old, new)
    assert len(found.groups) == 1
    assert not found.also


# --- mistakes made on purpose ----------------------------------------------------------------------------------------


def test_one_edit_is_named_once() -> None:
    real = Policy.load(POLICIES / "rc")
    mutants = list(mutants_of(real.checked))
    for mutant in mutants if IS_DEEP else random.Random(2).sample(mutants, 15):
        found = compare(real, Policy(mutant.of(real.checked)))
        assert sum(1 for _ in _named(found)) <= 1, mutant.edit


def test_each_of_two_edits_is_named_where_somebody_notices_it() -> None:
    real = Policy.load(POLICIES / "rc")
    mutants = [each for each in mutants_of(real.checked) if each.edit.kind is not MistakeKind.SWAPPED]
    chance = random.Random(1)
    for _ in range(400 if IS_DEEP else 12):
        one, other = chance.sample(mutants, 2)
        if one.item.name != other.item.name:
            _both_are_named(real, one, other)


def _both_are_named(real: Policy, one: Mutant, other: Mutant) -> None:
    both = Policy(other.of(one.of(real.checked)))
    found = compare(real, both)
    named = list(_named(found))
    items = {item for each in named for item in each}
    assert len(named) <= 2, (one.edit, other.edit)
    for mutant, rest in ((one, other), (other, one)):
        without = Policy(rest.of(real.checked))
        if any(_is_seen(real, both, facts, start) for facts, start in _customers(without, both)):
            assert mutant.item.name in items, (one.edit, other.edit)


def _customers(one: Policy, other: Policy) -> Iterator[tuple[dict[str, object], str]]:
    """Yield customers for whom one of two edits makes a difference, given the other."""
    for group in compare(one, other).groups:
        if group.example and group.kind is not ChangeKind.QUESTIONS:
            yield {str(name): value for name, value in group.example.facts.items()}, group.start


def _is_seen(old: Policy, new: Policy, facts: dict[str, object], start: str) -> bool:
    try:
        return not is_seen_alike(old.decide(facts, start=start), new.decide(facts, start=start))
    except (FactError, ValueError):
        return False


def _named(found: PolicyDifference) -> Iterator[set[str]]:
    """Yield for all that is named the procedures or definitions it is in."""
    told = [(each.place, each.definitions) for each in found.groups if each.kind is not ChangeKind.QUESTIONS]
    told += [(each.place, each.definitions) for group in found.groups for each in group.behind]
    told += [(each.place, each.definitions) for each in found.also]
    for place, definitions in told:
        yield {each.partition("/")[0] for each in (place.old, place.new) if each} | {*definitions}
