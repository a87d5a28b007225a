"""A case that is shown tells no fact to spare."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import partial
from itertools import islice

from praxe.engine import Policy, Status
from praxe.engine.decision import Decision
from praxe.engine.prove.findings import Check
from praxe.engine.prove.proofs import Proofs
from praxe.engine.prove.rules import breaks
from praxe.engine.prove.run import prove
from praxe.engine.prove.verdict import ShownCase
from praxe.engine.prove.witness import Shows
from tests.engine.prove.test_every_case import drawn_policies, with_hole

HOW_MANY = 3_000 if os.environ.get("PRAXE_DEEP") else 60


def shown_cases(policy: Policy) -> Iterator[tuple[ShownCase, Shows]]:
    """Yield the cases shown of places without an answer and of rules that do not hold, with what shows it."""
    for done in prove(policy, [Check.RULES, Check.COMPLETENESS]):
        for rule, answer in done.rules:
            if answer.case:
                yield answer.case, partial(breaks, rule)
        for each in done.findings:
            if each.case and each.diagnostic.code == "PX410":
                yield each.case, partial(_stops_at, each.case.decision.arrival.spot.node.id)


def _stops_at(node: str, decision: Decision) -> bool:
    return decision.status is Status.GAP and decision.arrival.spot.node.id == node


def test_a_case_that_is_shown_tells_no_fact_to_spare() -> None:
    met = 0
    for seed, checked in islice(drawn_policies(), HOW_MANY):
        policy = Policy(with_hole(checked, seed))
        cases = Proofs(policy).cases
        for case, shows in shown_cases(policy):
            assert shows(case.decision), seed
            for name in case.facts:
                fewer = {other: value for other, value in case.facts.items() if other != name}
                decision = cases.decide(fewer, case.decision.start)
                is_so_without = decision.known.items() <= case.decision.known.items() and shows(decision)
                assert name in decision.known or not is_so_without, (seed, name)
                met += 1
    assert met
