"""The check that a compiled policy says what the walk says: the whole decision, and the path by itself."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping
from typing import Any

from praxe.engine import CompiledPolicy, Policy, Status
from praxe.engine.compile.decided import CompiledDecision


def agree(
    policy: Policy,
    compiled: CompiledPolicy,
    case: Mapping[str, Any],
    *,
    start: str | None = None,
    now: datetime.datetime | None = None,
) -> None:
    """Assert that walk and generated code decide a case alike, byte for byte."""
    walked = policy.decide(case, start, now)
    decided = compiled.decide(case, start, now)
    assert json.dumps(decided.to_json()) == json.dumps(walked.to_json())
    assert (decided.status, decided.outcome) == (walked.status, walked.outcome)
    if not isinstance(decided, CompiledDecision):
        return
    path = decided.path
    assert (path.status, path.outcome) == (walked.status, walked.outcome)
    assert [each.node for each in path.trace] == [each.node for each in walked.trace]
    assert len({each.node for each in path.steps}) == len({each.node for each in walked.steps})
    if walked.status is Status.ASKS:
        assert path.asks == walked.arrival.asked
    cited = {clause for step in walked.steps for clause in step.clauses}
    assert cited <= set(path.clauses)
