"""Whole verdicts agree with z3, on policies with numbers, amounts and days that may be anything; skipped without z3."""

from __future__ import annotations

import os
from collections import Counter
from itertools import count

import pytest

from praxe.dsl.checked import CheckedPolicy
from praxe.engine import Policy
from praxe.engine.graph import Decision
from praxe.engine.prove.findings import Check
from praxe.engine.prove.run import Proved, prove
from praxe.engine.prove.verdict import Verdict
from tests.engine.prove.drawn import Drawn
from tests.engine.prove.expected import is_turn
from tests.engine.prove.smt import Smt
from tests.engine.prove.test_every_case import told

HOW_MANY = 2_000 if os.environ.get("PRAXE_DEEP") else 12
z3 = pytest.importorskip("z3", reason="z3-solver is not installed")


def test_rules_and_branches_are_what_z3_says_of_them() -> None:
    tally: Counter[str] = Counter()
    differing: list[str] = []
    for seed in count():
        policy = Drawn(seed, is_wide=True).checked()
        if policy is not None:
            differing += [f"{seed}: {each}" for each in differences(policy, tally)]
        if tally["policies"] == HOW_MANY:
            break
    print(told(tally))  # noqa: T201 - how often what was met, for whoever runs it with -s
    assert differing == []
    assert all(tally[name] for name in ("rules proved", "rules refuted", "branches dead", "branches taken")), tally
    assert tally["rules unknown"] <= (tally["rules proved"] + tally["rules refuted"]) / 100 + 1


def differences(checked: CheckedPolicy, tally: Counter[str]) -> list[str]:
    """Return what proofs and z3 say differently of one policy."""
    policy = Policy(checked)
    smt = Smt(policy, z3)
    done = {each.check: each for each in prove(policy, [Check.ASSUMPTIONS, Check.RULES, Check.BRANCHES])}
    tally["policies"] += 1
    is_possible = smt.can_be()
    contradicts = bool(done[Check.ASSUMPTIONS].findings)
    tally["assumptions contradict"] += contradicts
    if contradicts is is_possible:
        return [f"assumptions: told {contradicts}, possible {is_possible}"]
    return [] if contradicts else [*_rules(smt, done[Check.RULES], tally), *_branches(smt, done[Check.BRANCHES], tally)]


def _rules(smt: Smt, done: Proved, tally: Counter[str]) -> list[str]:
    found = []
    for rule, answer in done.rules:
        broken = smt.is_broken(rule)
        tally["z3 does not know"] += broken is None
        tally[f"rules {answer.verdict.value}"] += 1
        if answer.verdict is not Verdict.UNKNOWN and broken is (answer.verdict is Verdict.PROVED):
            found.append(f"{rule.span}: {answer.verdict}, broken {broken}")
    return found


def _branches(smt: Smt, done: Proved, tally: Counter[str]) -> list[str]:
    told = {each.diagnostic.span for each in done.findings if each.diagnostic.code in {"PX411", "PX412"}}
    taken: dict[object, bool] = {}
    for node in smt.graph.nodes.values():
        if not isinstance(node, Decision) or is_turn(node) or smt.can_be(smt.paths().at(node.id)) is not True:
            continue
        for branch in smt.graph.branches[node.id]:
            is_taken = smt.is_taken(node, branch)
            span = branch.patterns[0].span.to(branch.patterns[-1].span) if branch.patterns else branch.span
            key = (node.span if branch.kind.value in {"yes", "no"} else span or node.span, branch.key)
            taken[key] = taken.get(key, False) or is_taken is not False
    tally["branches taken"] += sum(taken.values())
    dead = {key[0] for key, is_taken in taken.items() if not is_taken}  # type: ignore[index]
    tally["branches dead"] += len(dead)
    return [f"branch {span}: told {span in told}, dead {span in dead}" for span in dead ^ told]
