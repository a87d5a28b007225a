"""Random small policies with every case of theirs tried: what proofs are compared with."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator
from itertools import product
from typing import Any, Final, NamedTuple

from hypothesis import settings

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine import Policy, Status
from praxe.engine.decision import Decision
from praxe.engine.follow import visits
from praxe.engine.graph import Gap
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.space import Space
from praxe.engine.values import Known
from praxe.engine.walk import Arrival, walk
from tests.engine.strategies import ANSWERS
from tests.engine.test_properties import facts_used

IS_DEEP: Final = bool(os.environ.get("PRAXE_DEEP"))
MANY = settings(max_examples=600 if IS_DEEP else 15)  # policies, each with all its cases; `test_every_case` has more
FEW = settings(max_examples=600 if IS_DEEP else 20)


class Way(NamedTuple):
    """Where one case went: nodes in order, branches taken, and the node that left it without an answer."""

    nodes: tuple[str, ...]
    branches: frozenset[tuple[str, str]]
    hole: str | None


class Tried:
    """A policy, ready for proofs, and the walks of all its cases."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.space = Space(policy)
        self.flow = Flow(policy, self.space, self.space.meanings[0])
        self.cases = Cases(policy, self.space.meanings[0])

    def all_cases(self, also: Collection[str] = ()) -> Iterator[Known]:
        """Yield every case, by the facts that any node reads, and those in `also`."""
        used = {*facts_used(self.policy), *also}
        names = [name for name in ANSWERS if name in used]
        for answers in product(*(self._typed(name) for name in names)):
            yield {FactName(name): answer for name, answer in zip(names, answers, strict=True)}

    def ways(self, also: Collection[str] = ()) -> Iterator[tuple[Known, Way]]:
        """Yield every case with where it went."""
        program, manifest = self.policy.program, self.policy.manifest
        for start in (manifest.entry, *manifest.doors):
            for case in self.all_cases(also):
                yield case, way_of(self.policy, walk(program, program.landings[start], dict(case)), start)

    def _typed(self, name: str) -> list[Any]:
        bound = self.policy.attempts.get(FactName(name))
        match ANSWERS[name]:
            case answers if name == "contato" and bound:
                return list(dict.fromkeys(tuple(each)[:bound] for each in answers))
            case answers if name == "contato":
                return [True, False]
            case answers if name == "itens":
                return [frozenset(each) for each in answers]
            case answers:
                return list(answers)


def way_of(policy: Policy, arrival: Arrival, start: ProcedureName) -> Way:
    """Return where a walk went."""
    passed = list(visits(policy.program.starts[start], arrival.picks))
    end = arrival.spot.node
    assert arrival.status in (Status.FINISHED, Status.GAP)
    return Way(
        tuple(spot.node.id for spot, _ in passed),
        frozenset((spot.node.id, way.branch.key) for spot, way in passed if way),
        end.id if arrival.status is Status.GAP and not isinstance(end, Gap) else None,
    )


def way_of_decision(decision: Decision) -> Way:
    """Return where the walk of a decision went."""
    return way_of(decision.policy, decision.arrival, ProcedureName(decision.start))
