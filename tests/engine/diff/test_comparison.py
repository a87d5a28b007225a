"""A comparison finds just the cases that versions treat differently: tried on mutants of random and real policies."""

from __future__ import annotations

import json
import random
from collections.abc import Collection, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine import Policy, load_scenarios
from praxe.engine.diff import ChangeKind, PolicyDifference, compare, comparison, difference_schema, part
from praxe.engine.diff.examples import seen
from praxe.engine.diff.tell import tell
from praxe.engine.graph import Wait
from praxe.engine.mutants.score import mutants_of
from tests.engine.prove.enumeration import IS_DEEP
from tests.engine.strategies import ANSWERS, policies
from tests.engine.test_properties import facts_used
from tests.engine.trees import TRIED, policy

POLICIES = Path(__file__).parents[3] / "policy"
MOST_CASES = 6_000 if IS_DEEP else 400
FINER: dict[str, tuple[Any, ...]] = {
    **ANSWERS,
    "n": (*range(10), 19, 20),  # 20: the most it may be
    "contato": ([True], [False, True], [False, False, True], [False, False, False, True], [False] * 4),
}


def every_case(*versions: Policy) -> Iterator[dict[str, Any]]:
    """Yield every case that the versions could tell apart, attempts as far as either goes."""
    used = [name for name in FINER if any(name in facts_used(each) for each in versions)]
    for answers in product(*(FINER[name] for name in used)):
        yield dict(zip(used, answers, strict=True))


def decided(version: Policy, case: dict[str, Any]) -> Any:
    """Return what a version shows on a case, and at its wait when nobody knows yet how that ends."""
    fitting = dict(case)
    bound = version.attempts.get("contato")  # type: ignore[call-overload]  # a fact's name
    if "contato" in fitting:
        fitting["contato"] = fitting["contato"][:bound] if bound else True in fitting["contato"]
    waiting = {name: value for name, value in fitting.items() if name != "resposta"}
    return seen(version.decide(fitting)), seen(version.decide(waiting)) if "resposta" in fitting else None


def end(shown: Any) -> Any:
    """Return how a case ends of all that `decided` tells of it."""
    (_, outcome, _, _, _, gap), _ = shown
    return outcome, gap


@settings(max_examples=1_000 if IS_DEEP else 25)
@given(policies(depth=2), st.integers(0, 10_000))
def test_a_mutant_is_found_or_proved_the_same(checked: CheckedPolicy, pick: int) -> None:
    mutants = list(mutants_of(checked))
    assume(mutants)
    old, new = Policy(checked), Policy(mutants[pick % len(mutants)].of(checked))
    every = list(every_case(old, new))
    cases = every[:: len(every) // MOST_CASES + 1]
    shown = [(case, decided(old, case), decided(new, case)) for case in cases]
    differing = [case for case, before, after in shown if before != after]
    ending = [case for case, before, after in shown if end(before) != end(after)]
    found = compare(old, new)
    assert found.is_exact
    assert found.is_same or found.groups
    assert len(found.groups) <= 1
    told = [each for each in found.groups if each.kind is not ChangeKind.QUESTIONS]
    assert bool(differing) <= bool(told), differing[:1]
    kinds = {kind for each in told for kind in (each.kind, *(behind.kind for behind in each.behind))}
    assert bool(ending) <= (ChangeKind.OUTCOME in kinds), ending[:1]
    is_waiting = any(isinstance(node, Wait) for each in (old, new) for node in each.graph.nodes.values())
    for each in told:
        assert each.example is not None or each.kind is ChangeKind.DEADLINE
    if not is_waiting and old.attempts == new.attempts:
        examples = [each.example for each in told if each.example]
        assert len(examples) == len(told)
        assert bool(told) <= bool(differing) or len(cases) < len(every)


@settings(max_examples=500 if IS_DEEP else 15)
@given(policies(depth=2), st.integers(0, 10_000))
def test_what_is_not_looked_at_makes_no_difference(checked: CheckedPolicy, pick: int) -> None:
    mutants = list(mutants_of(checked))
    assume(mutants)
    old, new = Policy(checked), Policy(mutants[pick % len(mutants)].of(checked))
    found = []
    for name, value in ((f"{part.__name__}._SMALL", 0), (f"{comparison.__name__}.common_procedures", _none_in_common)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(name, value)
            found.append(compare(old, new))
    some, every = ([(each.kind, each.place, each.behind) for each in each.groups] for each in found)
    assert set(some) == set(every)
    assert found[0].is_same == found[1].is_same


def _none_in_common(_old: Policy, _new: Policy, _facts: Collection[FactName]) -> frozenset[ProcedureName]:
    return frozenset()


def test_what_both_versions_have_in_common_is_passed_where_it_has_to_be() -> None:
    text = """procedimento inicio:
  siga comum
  se atraso > 15:
    fim negado
  fim aceito

procedimento comum:
  se urgente:
    fim negado
"""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{part.__name__}._SMALL", 0)
        (group,) = _changed(text, "> 15", "> 16").groups
        assert group.example
        assert group.example.facts == {"urgente": False, "atraso": 16}
        (group,) = _changed(text, "  se urgente:\n    fim negado\n", "  faça ligar\n").groups
        assert group.example


def test_what_only_parted_customers_meet_is_named_behind() -> None:
    text = """procedimento inicio:
  faça ligar
  se atraso > 15:
    faça avisar
    fim negado
  se urgente:
    faça avisar
  fim aceito
"""
    edited = text.replace("  faça ligar\n", "").replace("    fim negado", "    fim aceito")
    (group,) = compare(_policy(text), _policy(edited)).groups
    assert group.kind is ChangeKind.STEPS
    assert group.place.is_gone
    (behind,) = group.behind
    assert behind.kind is ChangeKind.OUTCOME
    apart = text.replace("  faça ligar\n", "  se calmo:\n    faça ligar\n")
    both = apart.replace("    faça ligar\n", "    nada\n").replace("    fim negado", "    fim aceito")
    groups = compare(_policy(apart), _policy(both)).groups  # some reach the second edit without the first
    assert {each.kind for each in groups} == {ChangeKind.STEPS, ChangeKind.OUTCOME}
    assert not any(each.behind for each in groups)


def test_a_definition_that_changed_is_named_where_it_is_read() -> None:
    text = """procedimento inicio:
  faça ligar
  se atrasado:
    faça avisar
  fim aceito

defina atrasado "Está atrasado": atraso > 15
"""
    old, new = _policy(text), _policy(text.replace("> 15", "> 16"))
    (group,) = compare(old, new).groups
    assert group.definitions == ("atrasado",)
    assert group.place.new
    assert new.graph.nodes[group.place.new].span.line == 3
    told = tell(compare(old, new), old, new, "pt").text()
    assert "Mudou a definição “Está atrasado”: `atrasado`" in told


def test_a_definition_that_changed_makes_one_group_wherever_it_is_read() -> None:
    text = """procedimento inicio:
  se urgente:
    se atrasado:
      faça avisar
  senão:
    se atrasado:
      faça ligar
  fim aceito

defina atrasado "Está atrasado": atraso > 15
"""
    (group,) = _changed(text, "> 15", "> 16").groups
    assert group.definitions == ("atrasado",)
    assert float(group.share) == pytest.approx(1 / 3)


def test_what_behind_and_definitions_say_is_as_the_schema_says() -> None:
    text = """procedimento inicio:
  faça ligar
  se atrasado:
    faça avisar
  fim aceito

defina atrasado "Está atrasado": atraso > 15
"""
    old, new = _policy(text), _policy(text.replace("> 15", "> 16").replace("  faça ligar\n", ""))
    for language in ("pt", "en"):
        record = json.loads(json.dumps(tell(compare(old, new), old, new, language).to_json()))
        jsonschema.validate(record, difference_schema())
        assert record["groups"][0]["behind"][0]["definitions"][0]["name"] == "atrasado"


def test_each_kind_of_change_is_told() -> None:
    text = """procedimento inicio:
  faça ligar no mesmo dia
  se atraso > 15:
    fim negado
  aguarde resposta em até 2 dias úteis:
    fim aceito
  senão:
    fim negado
"""
    for old, new, kind in (
        ("atraso > 15", "atraso > 16", ChangeKind.OUTCOME),  # later, for who answers
        ("no mesmo dia", "imediatamente", ChangeKind.DEADLINE),
        ("em até 2 dias úteis", "em até 3 dias úteis", ChangeKind.DEADLINE),
        ("faça ligar", "faça avisar", ChangeKind.STEPS),
        ("fim aceito", "fim negado", ChangeKind.OUTCOME),
    ):
        found = _changed(text, old, new)
        assert [each.kind for each in found.groups] == [kind], (old, found.groups)
        example = found.groups[0].example
        assert example
        assert seen(example.old) != seen(example.new)


def test_the_limit_moved_by_one_touches_just_that_day() -> None:
    found = _changed("procedimento inicio:\n  se atraso > 15:\n    faça ligar\n  fim aceito\n", "15", "16")
    (group,) = found.groups
    assert group.example
    assert group.example.facts == {"atraso": 16}
    assert group.example.decisive == ("atraso",)
    assert float(group.share) == pytest.approx(1 / 3)  # at most 15, 16, more


def test_attempts_of_one_version_only_are_told_to_the_other_as_it_knows_them() -> None:
    plain = "procedimento inicio:\n  se contato:\n    fim aceito\n  fim negado\n"
    for old, new, ends in (
        (TRIED, TRIED.replace("2 vezes", "3 vezes"), ("negado", "aceito")),
        (TRIED.replace("2 vezes", "3 vezes"), TRIED, ("aceito", "negado")),
        (TRIED, plain, ("aceito", "aceito")),
        (plain, TRIED, ("aceito", "aceito")),
    ):
        (group,) = compare(_policy(old), _policy(new)).groups
        assert group.example
        assert group.example.old
        assert group.example.new
        assert (group.example.old.outcome, group.example.new.outcome) == ends


def test_other_questions_with_the_same_result_are_told_apart() -> None:
    text = "procedimento inicio:\n  se urgente:\n    se calmo:\n      faça ligar\n  fim aceito\n"
    swapped = "procedimento inicio:\n  se urgente e calmo:\n    faça ligar\n  fim aceito\n"
    assert compare(_policy(text), _policy(swapped)).is_same
    more = "procedimento inicio:\n  pergunte contato\n  se urgente:\n    se calmo:\n      faça ligar\n  fim aceito\n"
    (group,) = compare(_policy(text), _policy(more)).groups
    assert group.kind is ChangeKind.QUESTIONS
    assert group.example
    assert set(group.example.asked_new) - set(group.example.asked_old) == {"contato"}


def test_a_wait_on_what_is_known_is_not_seen() -> None:
    text = """procedimento inicio:
  aguarde resposta em até 2 dias:
    nada
  senão:
    nada
  aguarde resposta em até 3 dias:
    fim aceito
  enquanto isso:
    faça avisar
  senão:
    fim negado
"""
    assert not _changed(text, "em até 3 dias", "em até 4 dias").groups
    assert _changed(text, "em até 2 dias", "em até 4 dias").groups
    (group,) = _changed(text, "    faça avisar", "    faça ligar").groups  # its duties are listed all the same
    assert group.kind is ChangeKind.STEPS
    assert group.example
    tested = text.replace("aguarde resposta em até 2 dias:", "se resposta:")
    assert not _changed(tested, "em até 3 dias", "em até 4 dias").groups
    maybe = text.replace("aguarde resposta em até 2 dias:", "se urgente ou resposta:")
    (group,) = _changed(maybe, "em até 3 dias", "em até 4 dias").groups
    assert group.kind is ChangeKind.DEADLINE
    assert group.example


def test_a_policy_is_the_same_as_itself_and_as_its_other_form() -> None:
    for name in ("rc", "promad"):
        real = Policy.load(POLICIES / name)
        assert compare(real, real).is_same
    one = "procedimento inicio:\n  se urgente:\n    faça ligar\n  senão:\n    faça avisar\n  fim aceito\n"
    other = "procedimento inicio:\n  siga outra\n  fim aceito\n\nprocedimento outra:\n  se não urgente:\n"
    other += "    faça avisar\n  senão:\n    faça ligar\n"
    assert compare(_policy(one), _policy(other)).is_same


def test_mutants_of_a_real_policy_are_found_or_proved_the_same() -> None:
    real = Policy.load(POLICIES / "promad")
    scenarios = load_scenarios(POLICIES / "promad", real).scenarios
    mutants = list(mutants_of(real.checked))
    chosen = mutants if IS_DEEP else random.Random(7).sample(mutants, 3)
    for mutant in chosen:
        mutated = Policy(mutant.of(real.checked))
        found = compare(real, mutated, scenarios)
        if found.scenarios_touched:
            assert any(each.kind is not ChangeKind.QUESTIONS for each in found.groups), mutant.edit
            assert found.groups[0].scenarios == found.scenarios_touched, mutant.edit
        assert all(each.example for each in found.groups), mutant.edit
        assert len(found.groups) <= 1, mutant.edit


def test_words_that_changed_are_listed() -> None:
    old = _policy("procedimento inicio:\n  fim aceito\n")
    assert not compare(old, old).words
    real = Policy.load(POLICIES / "rc")
    words = compare(old, real).words if _have_the_same_types(old, real) else ()
    assert any(each.of == "outcomes" and each.old == "Aceito" and each.new is None for each in words)


def test_a_fact_of_another_type_cannot_be_compared() -> None:
    with pytest.raises(ValueError, match="atraso"):
        compare(
            policy("procedimento inicio:\n  se atraso > 1:\n    fim aceito\n  fim negado\n", atraso=(0, 9)),
            policy("procedimento inicio:\n  se atraso:\n    fim aceito\n  fim negado\n", atraso="yes_no"),
        )


def _policy(text: str) -> Policy:
    return policy(text, urgente="yes_no", calmo="yes_no", contato="yes_no", resposta="yes_no", atraso=(0, 90))


def _changed(text: str, old: str, new: str) -> PolicyDifference:
    return compare(_policy(text), _policy(text.replace(old, new)))


def _have_the_same_types(one: Policy, other: Policy) -> bool:
    return all(one.facts[name].type is other.facts[name].type for name in one.facts if name in other.facts)


def test_an_entry_of_another_name_is_still_the_entry() -> None:
    text = "procedimento inicio:\n  se urgente:\n    faça ligar\n  fim aceito\n"
    old = _policy(text)
    renamed = policy(text.replace("inicio", "comeco"), entry="comeco", urgente="yes_no")
    assert compare(old, renamed).is_same
    other = policy(text.replace("inicio", "comeco").replace("ligar", "avisar"), entry="comeco", urgente="yes_no")
    (group,) = compare(old, other).groups
    assert group.kind is ChangeKind.STEPS
    assert group.start == "comeco"
    assert group.example


def test_a_fact_that_only_one_version_has_is_compared_too() -> None:
    text = "procedimento inicio:\n  se urgente:\n    faça ligar\n  fim aceito\n"
    for name, kind in (("nova", "yes_no"), ("conjunto", ("um", "outro"))):
        condition = "nova" if name == "nova" else "conjunto contém um"
        renamed: dict[str, Any] = {name: kind}
        new = policy(text.replace("urgente", condition), **renamed)
        for one, other in ((_policy(text), new), (new, _policy(text))):
            found = compare(one, other)
            assert found.groups
            assert all(each.example for each in found.groups)


def test_a_door_of_one_version_is_told() -> None:
    real = Policy.load(POLICIES / "promad")
    manifest = replace(real.manifest, doors=())
    found = compare(real, Policy(replace(real.checked, manifest=manifest)))
    assert found.doors == real.manifest.doors
    assert not found.is_same
