"""What must hold of the real policies in every case, tried on many cases drawn by chance (always the same ones).

The rules written in the policies (`nunca`, `sempre`) are tried too; `make deep` tries a hundred times as many cases.
"""

from __future__ import annotations

import datetime
import os
import random
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from praxe.dsl import tree as t
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine import Policy
from praxe.engine.decision import Decision

ROOT = Path(__file__).parents[1]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))
CASES = 30_000 if os.environ.get("PRAXE_DEEP") else 300
NOW = datetime.datetime(2026, 11, 18, 10)


@cache
def policy(name: str) -> Policy:
    """Return a real policy."""
    return Policy.load(ROOT / "policy" / name)


def drawn(fact: Fact, chance: random.Random) -> object:
    """Return some value that a fact may have."""
    match fact.type:
        case FactType.YES_NO:
            return chance.random() < 0.5
        case FactType.ONE_OF:
            return chance.choice(fact.values).name
        case FactType.SET_OF:
            return [each.name for each in fact.values if chance.random() < 0.4]
        case FactType.INTEGER | FactType.DECIMAL:
            low, high = int(fact.minimum or 0), int(fact.maximum or 100)
            return chance.choice([low, high, 14, 15, 16, 17, 30, 31, chance.randint(low, high)]) if high > 31 else low
        case FactType.DATE:
            return NOW.date() + datetime.timedelta(days=chance.randint(-40, 40))
        case FactType.TEXT:
            return "texto"


def cases(name: str, **fixed: object) -> Iterator[Decision]:
    """Yield decisions on complete cases drawn by chance, some facts fixed."""
    chance = random.Random(20261122)
    for _ in range(CASES):
        facts: dict[str, object] = {fact.name: drawn(fact, chance) for fact in policy(name).facts.values()}
        yield policy(name).decide({**facts, **fixed}, now=NOW)


def actions_of(decision: Decision) -> list[str]:
    """Return the actions of a decision, in order."""
    return [str(step.action) for step in decision.steps if step.action]


@pytest.mark.parametrize("name", POLICIES)
def test_every_case_ends(name: str) -> None:
    for decision in cases(name):
        assert decision.status.value in ("finished", "gap")
        assert (decision.outcome is None) == (decision.status.value == "gap")


def condition_holds(rule: t.Never | t.Always, decision: Decision) -> bool:
    """Return whether a rule speaks of this case."""
    condition = rule.condition
    match condition:
        case None:
            return True
        case t.OutcomeIs(outcome=outcome):
            return decision.outcome == outcome.name
        case _ if any(isinstance(node, t.OutcomeIs) for node in condition.descendants()):
            return False  # mixed with other facts: left to the proof
        case _:
            return decision.policy.program.evaluator.value(condition, decision.known) is True


def is_kept(rule: t.Never | t.Always, decision: Decision) -> bool:
    """Return whether a case that a rule speaks of keeps it; a case that ends in a gap proves nothing of `sempre`."""
    actions = actions_of(decision)
    match rule:
        case t.Never(target=target):
            return decision.outcome != target.name and (target.is_end or target.name not in actions)
        case t.Always(action=action, before=None):
            return decision.outcome is None or action.name in actions
        case t.Always(action=action, before=before):
            assert before
            if before.is_end or before.name in decision.policy.vocabulary.outcomes:
                return decision.outcome != before.name or action.name in actions
            return before.name not in actions or action.name in actions[: actions.index(before.name)]


@pytest.mark.parametrize("name", POLICIES)
def test_the_rules_of_the_policy_hold(name: str) -> None:
    broken: dict[int, Decision] = {}
    for decision in cases(name):
        for number, rule in enumerate(decision.policy.checked.rules):
            if number not in broken and condition_holds(rule, decision) and not is_kept(rule, decision):
                broken[number] = decision
    rules = policy(name).checked.rules
    assert not {str(rules[number].span): dict(decision.facts) for number, decision in broken.items()}


@pytest.mark.parametrize("channel", ["negocio", "chat"])
def test_a_third_party_never_cancels_by_e_mail_or_chat(channel: str) -> None:
    for decision in cases("promad", quem_solicita="terceiro", canal=channel):
        assert decision.outcome not in ("cancelado", "cancelamento_agendado")


def test_nothing_asks_for_a_password() -> None:
    vocabulary = policy("promad").vocabulary
    for fact in vocabulary.facts.values():
        words = " ".join([fact.name, *fact.label.by_language.values(), *fact.question.by_language.values()]).lower()
        assert fact.type is not FactType.TEXT or not {"senha", "password"} & set(words.split())
    assert vocabulary.facts[t.FactName("forneceu_acesso_registro")].type is FactType.YES_NO
    assert not any("senha" in parameter.name for each in vocabulary.actions.values() for parameter in each.parameters)


def test_the_policies_are_as_large_as_their_sources() -> None:
    assert len(policy("rc").vocabulary.clauses) == 57
    assert len(policy("promad").vocabulary.clauses) == 246
    names = {name for each in POLICIES for name in policy(each).checked.procedures}
    assert len(names) >= 19
    assert len(policy("promad").checked.rules) >= 25
