"""Facts that break an assumption: refused by the walk, the generated code, conversations and the command line alike."""

from __future__ import annotations

import datetime
import itertools
from collections.abc import Iterator, Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.passes import check_policy_texts
from praxe.engine import CompiledPolicy, FactError, Policy
from tests.engine.strategies import FACTS, assuming, completions, facts, fitted

TEXTS = {
    "policy.yaml": "{name: p, title: P, version: '1', language: pt, effective: 2026-01-01, entry: inicio}\n",
    "vocabulary.yaml": """\
facts:
  pessoa: {type: one_of, label: Pessoa, question: P?, values: {fisica: Física, juridica: Jurídica}}
  socios: {type: integer, label: Sócios, question: Quantos?, min: 0, max: 9}
  bens: {type: set_of, label: Bens, question: Quais?, values: {carro: Carro, casa: Casa}}
  nascimento: {type: date, label: Nascimento, question: Quando?}
outcomes:
  pronto: {label: Pronto}
assumptions:
  - when: pessoa é fisica
    then: socios = 0
    label: {pt: Pessoa física não tem sócios, en: A natural person has no partners}
  - then: nascimento <= hoje
  - when: tem_casa
    then: socios < 5 ou pessoa é juridica
""",
    "a.praxe": """\
defina tem_casa: bens contém casa

procedimento inicio "Início":
  se socios > 2 e nascimento > 2000-01-01:
    faça "Anotar"
  fim pronto
""",
}
NOW = datetime.datetime(2026, 11, 22, 9)
FITS = {"pessoa": "juridica", "socios": 3, "bens": ["casa"], "nascimento": datetime.date(2001, 1, 1)}
SAYS = "p/vocabulary.yaml:{}:11 diz, como pressuposto: "
HOUSE = SAYS.format(14) + "quando `tem_casa`, sempre `socios < 5 ou pessoa é juridica`"
ALONE = SAYS.format(10) + "Pessoa física não tem sócios: quando `pessoa é fisica`, "


@pytest.fixture(name="policy", scope="module")
def _policy() -> Policy:
    checked, diagnostics = check_policy_texts("p", TEXTS)
    assert checked, diagnostics
    return Policy(checked)


@pytest.fixture(name="deciders", scope="module")
def _deciders(policy: Policy) -> tuple[Policy | CompiledPolicy, ...]:
    compiled = policy.compile()
    return policy, compiled, CompiledPolicy.from_json(compiled.to_json())


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"pessoa": "fisica"}, f"`pessoa` = `fisica`, `socios` = `3`: não pode ser; {ALONE}sempre `socios = 0`"),
        (
            {"nascimento": "2026-11-23"},
            f"`nascimento` = `2026-11-23`: não pode ser; {SAYS.format(12)}sempre `nascimento <= hoje`",
        ),
        (
            {"pessoa": "fisica", "socios": 5},
            f"`bens` = `[casa]`, `socios` = `5`, `pessoa` = `fisica`: não pode ser; {HOUSE}",
        ),
    ],
)
def test_it_names_the_assumption_its_place_and_the_facts(
    deciders: tuple[Policy | CompiledPolicy, ...], changes: Mapping[str, Any], told: str
) -> None:
    for decider in deciders:
        with pytest.raises(FactError) as caught:
            decider.decide({**FITS, **changes}, now=NOW)
        assert told in str(caught.value).splitlines()
        assert decider.decide(FITS, now=NOW).outcome == "pronto"


def test_it_speaks_english_and_keeps_the_author_s_words(policy: Policy) -> None:
    with pytest.raises(FactError) as caught:
        policy.check({"pessoa": "fisica", "socios": 1}, "en")
    assert str(caught.value) == (
        "`pessoa` = `fisica`, `socios` = `1`: this cannot be; p/vocabulary.yaml:10:11 says, as an assumption: "
        "A natural person has no partners: when `pessoa é fisica`, always `socios = 0`"
    )


def test_partial_facts_are_refused_as_soon_as_it_is_sure(deciders: tuple[Policy | CompiledPolicy, ...]) -> None:
    for decider in deciders:
        settled = decider.decide({"pessoa": "fisica"}, now=NOW)  # so there are no partners: nothing is left to ask
        assert (settled.outcome, settled.steps) == ("pronto", ())
        assert decider.decide({"socios": 3}, now=NOW).asks
        with pytest.raises(FactError):
            decider.decide({"pessoa": "fisica", "socios": 3}, now=NOW)
        with pytest.raises(FactError):  # `check` too; without `now` nothing is sure about today
            decider.check({"pessoa": "fisica", "socios": 3})
        assert decider.check({"nascimento": datetime.date(9999, 1, 1)})


def test_a_conversation_refuses_the_answer_and_stays_as_it_was(policy: Policy) -> None:
    here = policy.start(now=NOW).answer("pessoa", "fisica")
    with pytest.raises(FactError):
        here.answer("socios", 3)
    assert here.facts == {"pessoa": "fisica"}
    there = here.tell({"socios": 3, "pessoa": "juridica"})  # together they fit, one after the other they would not
    assert there.facts == {"pessoa": "juridica", "socios": 3}
    back = policy.resume(there.to_json(), now=NOW)
    assert back.facts == there.facts
    assert back.resumed
    assert not back.resumed.refused


def test_a_conversation_taken_up_tells_what_a_new_assumption_refuses(policy: Policy) -> None:
    texts = {**TEXTS, "vocabulary.yaml": TEXTS["vocabulary.yaml"].partition("assumptions:")[0]}
    before, _ = check_policy_texts("p", texts)
    assert before
    said = Policy(before).start(now=NOW).answer("pessoa", "fisica").answer("socios", 3).answer("bens", [])
    after = policy.resume(said.to_json(), now=NOW)
    assert after.facts == {"pessoa": "fisica", "bens": []}
    assert after.resumed
    (refused,) = after.resumed.refused
    assert refused.turn.fact == "socios"
    assert "sempre `socios = 0`" in refused.why


# --- random policies: the walk, the generated code and all completions agree ---------------------------------------


@given(assuming(), st.lists(facts(), min_size=1, max_size=4))
def test_walk_and_code_refuse_alike_and_only_what_no_completion_mends(
    checked: CheckedPolicy, cases: list[dict[str, Any]]
) -> None:
    policy = Policy(checked)
    compiled = policy.compile()
    for case in cases:
        told = [_refusal(each, fitted(policy, case)) for each in (policy, compiled)]
        assert told[0] == told[1]
        if told[0] is not None:
            assert all(_refusal(policy, each) for each in itertools.islice(_wholes(policy, case), 40))


def _refusal(decider: Policy | CompiledPolicy, case: Mapping[str, Any]) -> str | None:
    try:
        decider.decide(case)
    except FactError as error:
        return str(error)
    return None


def _wholes(policy: Policy, case: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    return (fitted(policy, each) for each in completions(case, tuple(FACTS)))
