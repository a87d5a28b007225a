"""Versions are compared on the cases that both accept; whom only one of them refuses is told, with a real case."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from itertools import product
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from praxe.dsl import check_policy_texts
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import SourceText
from praxe.dsl.tree import Compare, Comparison, Expression, FactName, FactRef, Not, ValueRef
from praxe.dsl.vocabulary import Assumption
from praxe.engine import Policy
from praxe.engine.decision import Decision
from praxe.engine.diff import ChangeKind, PolicyDifference, compare, difference_schema, part
from praxe.engine.diff.examples import is_seen_alike
from praxe.engine.diff.tell import ToldDifference, tell
from praxe.engine.facts import FactError
from praxe.engine.graph import Wait
from praxe.engine.mutants.score import MutationScore, mutants_of, score
from praxe.engine.scenarios import read_scenarios
from tests.engine.diff.test_comparison import FINER
from tests.engine.prove.enumeration import IS_DEEP
from tests.engine.strategies import HERE, assuming, conditions
from tests.engine.test_properties import facts_used
from tests.engine.trees import policy

Conditions = tuple[Expression | None, Expression]
OTHERS = st.lists(st.tuples(st.none() | conditions(("d", "e")), conditions(("d", "e"))), max_size=2)
TERMS = (ChangeKind.REFUSED, ChangeKind.ACCEPTED)
MOST_CASES = 4_000 if IS_DEEP else 300
TEXTS = {
    "policy.yaml": '{name: p, title: P, version: "1", language: en, entry: p}\n',
    "vocabulary.yaml": """\
facts:
  individual: {type: yes_no, label: Individual, question: "Individual?"}
  partners: {type: integer, label: Partners, question: "How many?", min: 1, max: 9}
actions:
  tell: {label: Tell the partners}
  warn: {label: Warn}
outcomes:
  one: {label: One}
  two: {label: Two}
assumptions:
  - when: individual
    then: partners = 1
""",
    "p.praxe": """\
procedure p "P":
  if individual:
    if partners > 1:
      do tell
    end one
  else:
    end two
""",
}


def version(**edits: str) -> Policy:
    """Return the policy above; `edits` are `vocabulary="old -> new"` or `p="old -> new"`."""
    texts = dict(TEXTS)
    for file, edit in edits.items():
        name = next(each for each in texts if each.startswith(f"{file}."))
        old, _, new = edit.partition(" -> ")
        assert old in texts[name]
        texts[name] = texts[name].replace(old, new)
    checked, diagnostics = check_policy_texts("p", texts)
    assert checked, diagnostics
    return Policy(checked)


def free() -> Policy:
    """Return the policy above without its assumption."""
    return without_assumption(version())


def without_assumption(policy: Policy) -> Policy:
    return Policy(replace(policy.checked, assumptions=()))


def told(old: Policy, new: Policy, language: str = "en") -> ToldDifference:
    return tell(compare(old, new), old, new, language)


def flat(text: str) -> str:
    return " ".join(text.split())


# --- cases that neither version accepts ------------------------------------------------------------------------------


def test_what_only_cases_meet_that_both_refuse_is_no_difference() -> None:
    found = compare(version(), version(p="do tell -> do warn"))
    assert found.is_same
    assert not found.groups
    assert compare(free(), free()).is_same
    (group,) = compare(free(), without_assumption(version(p="do tell -> do warn"))).groups
    assert group.example
    assert group.example.facts[FactName("individual")] is True


def test_mistakes_that_no_allowed_customer_meets_do_not_lower_the_score() -> None:
    scenarios = """\
- name: a
  facts: {individual: yes, partners: 1}
  expect: {outcome: one, without: [tell]}
- name: b
  facts: {individual: no, partners: 3}
  expect: {outcome: two, without: [tell]}
"""
    with_it = _score(version(), scenarios)
    assert with_it.missed == ()
    assert with_it.tried
    assert _score(free(), scenarios).share < 1  # there the same mistakes are mistakes


def test_the_share_is_of_the_cases_that_can_be() -> None:
    (group,) = compare(version(), version(p="end one -> end two")).groups
    assert float(group.share) == pytest.approx(1 / 3)  # of individuals with 1, others with 1, others with more
    assert group.example
    assert group.example.decisive == ("individual",)
    assert group.example.facts[FactName("partners")] == 1  # only such an individual can be


# --- assumptions of one version only ---------------------------------------------------------------------------------


def test_who_is_refused_by_another_assumption_is_told_with_a_case_and_its_line() -> None:
    old, new = version(), version(vocabulary="partners = 1 -> partners = 2")
    found = compare(old, new)
    assert [each.kind for each in found.groups] == [ChangeKind.REFUSED, ChangeKind.ACCEPTED]
    refused, accepted = (each.example for each in found.groups)
    assert refused
    assert accepted
    assert refused.facts == {"individual": True, "partners": 1}
    assert accepted.facts == {"individual": True, "partners": 2}
    text = flat(told(old, new).text())
    assert "1. The new version refuses customers that the old one decided, for" in text
    assert "(p/vocabulary.yaml:12:11) For example: Individual: Yes; Partners: 1 Before: One Now: refused:" in text
    assert "says, as an assumption: when `individual`, always `partners = 2`" in text
    assert "2. The new version decides customers that the old one refused, for" in text
    assert "(in the old version: p/vocabulary.yaml:12:11)" in text
    assert "Nothing changes" not in text
    text = flat(told(old, new, "pt").markdown())
    assert "A versão nova recusa quem a antiga atendia, para" in text
    assert "A versão nova atende quem a antiga recusava, para" in text
    assert "Agora: recusado: " in text
    assert "diz, como pressuposto: " in text


def test_an_assumption_that_is_gone_or_new_is_told() -> None:
    (group,) = compare(version(), free()).groups
    assert group.kind is ChangeKind.ACCEPTED
    (group,) = compare(free(), version()).groups
    assert group.kind is ChangeKind.REFUSED
    weaker = version(vocabulary="partners = 1 -> partners <= 9")
    assert compare(free(), weaker).is_same  # it refuses nobody
    assert compare(version(), version(vocabulary="partners = 1 -> partners < 2")).is_same  # the same in other words


# --- limits of facts -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "kinds", "partners", "en", "pt"),
    [
        ("min: 1, max: 9", "min: 1, max: 5", ["refused"], 6, "from 1 to 5; before, from 1 to 9", "de 1 a 5; antes, de"),
        ("min: 1, max: 5", "min: 1, max: 9", ["accepted"], 6, "from 1 to 9; before, from 1 to 5", "antes, de 1 a 5"),
        ("min: 1, max: 9", "max: 9", ["accepted"], 0, "up to 9; before, from 1 to 9", "até 9; antes, de 1 a 9"),
        ("max: 9", "min: 1", ["refused", "accepted"], 0, "1 or more; before, up to 9", "a partir de 1; antes, até 9"),
        ("min: 1", "max: 9", ["refused", "accepted"], 10, "up to 9; before, 1 or more", "até 9; antes, a partir de 1"),
    ],
)
def test_limits_of_a_number_that_changed_are_told(
    old: str, new: str, kinds: list[str], partners: int, en: str, pt: str
) -> None:
    base = TEXTS["vocabulary.yaml"].partition("assumptions")[0]
    versions = []
    for limits in (old, new):
        checked, _ = check_policy_texts("p", {**TEXTS, "vocabulary.yaml": base.replace("min: 1, max: 9", limits)})
        assert checked
        versions.append(Policy(checked))
    before, after = versions
    found = compare(before, after)
    assert not found.is_same
    assert [each.kind.value for each in found.groups] == kinds
    example = found.groups[0].example
    assert example
    assert example.facts[FactName("partners")] == partners
    for language, said in (("en", en), ("pt", pt)):
        difference = told(before, after, language)
        assert said in flat(difference.text())
        record = json.loads(json.dumps(difference.to_json()))
        jsonschema.validate(record, difference_schema())
        assert record["groups"][0]["limits"]["fact"] == "partners"
        assert record["groups"][0]["place"] == "p/vocabulary.yaml:3:3"


def test_json_of_refusals_is_as_the_schema_says() -> None:
    old, new = version(), version(vocabulary="partners = 1 -> partners = 2")
    for language in ("pt", "en"):
        record = json.loads(json.dumps(told(old, new, language).to_json()))
        jsonschema.validate(record, difference_schema())
        first, second = record["groups"]
        assert (first["kind"], first["after"]["status"], first["after"]["fact"]) == ("refused", "refused", "individual")
        assert (second["kind"], second["before"]["status"], second["is_gone"]) == ("accepted", "refused", True)
        assert "limits" not in first
        assert first["before"]["outcome"] == "one"
    assert "calendar" not in record


def test_an_assumption_on_today_is_told_too() -> None:
    vocabulary = 'facts:\n  born: {type: date, label: Born, question: "When?"}\noutcomes: {one: {label: One}}\n'
    texts = {**TEXTS, "p.praxe": 'procedure p "P":\n  if born > 2000-01-01:\n    end one\n  else:\n    end one\n'}
    old, new = (
        Policy(checked)
        for more in ("", "assumptions:\n  - then: born <= today\n")
        if (checked := check_policy_texts("p", {**texts, "vocabulary.yaml": vocabulary + more})[0])
    )
    (group,) = compare(old, new).groups
    assert group.kind is ChangeKind.REFUSED
    assert group.example
    assert group.example.refusal


def test_an_assumption_on_what_only_an_unchanged_procedure_reads_is_kept() -> None:
    text = """procedimento inicio:
  tente até 2 vezes ligar até contato:
    siga comum
  senão:
    siga comum
  se x:
    fim aceito
  fim negado

procedimento comum:
  tente até 3 vezes avisar até resposta:
    nada
  senão:
    se cor é verde:
      faça cobrar
"""
    named = {"x": "yes_no", "contato": "yes_no", "resposta": "yes_no", "cor": ["azul", "verde"]}
    old = policy(text, **named)
    new = policy(text.replace("fim aceito", "fim negado"), **named)
    cor, resposta = (FactRef(name=FactName(each), span=HERE) for each in ("cor", "resposta"))
    green = Compare(operator=Comparison.IS, left=cor, right=ValueRef(name="verde", span=HERE), span=HERE)
    assumptions = (
        Assumption(then=green, span=HERE),
        Assumption(when=FactRef(name=FactName("x"), span=HERE), then=Not(operand=resposta, span=HERE), span=HERE),
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(f"{part.__name__}._SMALL", 0)
        before, after = (Policy(replace(each.checked, assumptions=assumptions)) for each in (old, new))
        found = compare(before, after)
    (group,) = found.groups
    assert group.example
    assert group.example.facts[FactName("cor")] == "verde"
    assert group.example.facts[FactName("resposta")] == (False, False, False)
    assert group.example.decisive == ("x",)


def test_a_fact_whose_first_answers_are_gone_does_not_hide_another_difference() -> None:
    text = "procedimento inicio:\n  se cor é verde ou n > 8:\n    faça ligar\n  se x:\n    fim aceito\n  fim negado\n"
    old = policy(text, x="yes_no", n=(0, 20), cor=["azul", "verde", "roxo"])
    new = policy(text.replace("fim aceito", "fim negado"), x="yes_no", n=(5, 20), cor=["verde", "roxo"])
    found = compare(old, new)
    (group,) = (each for each in found.groups if each.kind is ChangeKind.OUTCOME and each.place.new)
    assert group.example
    assert group.example.old
    assert group.example.new
    assert (group.example.old.outcome, group.example.new.outcome) == ("aceito", "negado")


# --- all cases, tried one by one -------------------------------------------------------------------------------------


@settings(max_examples=600 if IS_DEEP else 20)
@given(assuming(depth=2), st.none() | st.tuples(OTHERS, st.sampled_from([20, 5, 8])), st.integers(0, 10_000))
def test_every_case_is_compared_or_told_as_refused(
    checked: CheckedPolicy, other: tuple[list[Conditions], int] | None, pick: int
) -> None:
    mutants = list(mutants_of(checked))
    after = mutants[pick % len(mutants)].of(checked) if mutants else checked
    if other is not None:
        assumptions = tuple(Assumption(when=when, then=then, span=HERE) for when, then in other[0])
        number = replace(checked.vocabulary.facts[FactName("n")], maximum=Decimal(other[1]))
        vocabulary = replace(checked.vocabulary, facts={**checked.vocabulary.facts, number.name: number})
        after = replace(after, vocabulary=vocabulary, assumptions=assumptions)
    old, new = Policy(checked), Policy(after)
    found = compare(old, new)
    assert found.is_exact
    seen: dict[str, bool] = {"differ": False, "refused": False, "accepted": False}
    for case in _cases(old, new):
        before, now = _decided(old, case), _decided(new, case)
        if before is not None and now is not None:
            seen["differ"] |= not is_seen_alike(before, now)
        seen["refused"] |= before is not None and now is None
        seen["accepted"] |= before is None and now is not None
    kinds = {each.kind for each in found.groups}
    assert seen["refused"] <= (ChangeKind.REFUSED in kinds)
    assert seen["accepted"] <= (ChangeKind.ACCEPTED in kinds)
    assert seen["differ"] <= bool(kinds - {*TERMS, ChangeKind.QUESTIONS})
    _examples_are_real(found, old, new)


def _examples_are_real(found: PolicyDifference, old: Policy, new: Policy) -> None:
    is_waiting = any(isinstance(node, Wait) for each in (old, new) for node in each.graph.nodes.values())
    for group in found.groups:
        if group.example is None:
            assert is_waiting, group
            continue
        facts = {str(name): value for name, value in group.example.facts.items() if name in FINER}
        refusals = [_refuses(each, _fitted(each, facts)) for each in (old, new)]
        wanted = {ChangeKind.REFUSED: [False, True], ChangeKind.ACCEPTED: [True, False]}.get(group.kind, [False, False])
        assert refusals == wanted, (group.kind, facts)


def _refuses(policy: Policy, facts: Mapping[str, Any]) -> bool:
    try:
        policy.check(facts)
    except FactError:
        return True
    return False


def _fitted(policy: Policy, case: Mapping[str, Any]) -> dict[str, Any]:
    """Return a case as the policy takes it, all of it known: attempts as far as its retries go, or how they ended."""
    contato, bound = case.get("contato"), policy.attempts.get(FactName("contato"))
    if not isinstance(contato, list | tuple):
        return dict(case)
    return {**case, "contato": contato[:bound] if bound else True in contato}


def _cases(*versions: Policy) -> list[dict[str, Any]]:
    named = {
        ref.name
        for each in versions
        for assumption in each.checked.assumptions
        for condition in assumption.conditions
        for ref in condition.descendants()
        if isinstance(ref, FactRef)
    }
    used = [name for name in FINER if name in named or any(name in facts_used(each) for each in versions)]
    used = list(dict.fromkeys([*used, "n"]))
    every = [dict(zip(used, answers, strict=True)) for answers in product(*(FINER[name] for name in used))]
    return every[:: len(every) // MOST_CASES + 1]


def _decided(policy: Policy, case: dict[str, Any]) -> Decision | None:
    try:
        return policy.decide(_fitted(policy, case))
    except FactError:
        return None


def _score(policy: Policy, text: str) -> MutationScore:
    return score(policy, read_scenarios([SourceText("scenarios/a.yaml", text)], policy).scenarios)
