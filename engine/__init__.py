"""Deciding: from a checked policy to its graph, and from facts to a decision that explains itself.

Everything is imported when it is first used: whoever decides by a compiled policy needs neither graph nor words.
"""

from __future__ import annotations

from importlib import import_module

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    from praxe.engine.compile import Case, CompiledError, CompiledPolicy, Path, PathStep, PathVisit
    from praxe.engine.conversation import Conversation, Handover, Standing, conversation_schema, handover_schema
    from praxe.engine.decision import Decision
    from praxe.engine.explanation import Comparison, Explanation, OtherEnd
    from praxe.engine.facts import FactError, FactProblem
    from praxe.engine.graph import DecisionGraph
    from praxe.engine.host import ActionRecord, Host, Learned, Log, Performed, action_records, log_schema
    from praxe.engine.policy import Policy, PolicyError
    from praxe.engine.questions import Order
    from praxe.engine.records import (
        Asked,
        Choice,
        DecidedStep,
        Due,
        MetFinding,
        OpenGap,
        Quote,
        Settled,
        Visit,
        Waiting,
    )
    from praxe.engine.scenario_runs import ScenarioReport, ScenarioResult, run_scenarios
    from praxe.engine.scenarios import Scenario, load_scenarios
    from praxe.engine.schema import decision_schema, explanation_schema, facts_schema
    from praxe.engine.status import Status

__all__ = [
    "ActionRecord",
    "Asked",
    "Case",
    "Choice",
    "Comparison",
    "CompiledError",
    "CompiledPolicy",
    "Conversation",
    "DecidedStep",
    "Decision",
    "DecisionGraph",
    "Due",
    "Explanation",
    "FactError",
    "FactProblem",
    "Handover",
    "Host",
    "Learned",
    "Log",
    "MetFinding",
    "OpenGap",
    "Order",
    "OtherEnd",
    "Path",
    "PathStep",
    "PathVisit",
    "Performed",
    "Policy",
    "PolicyError",
    "Quote",
    "Scenario",
    "ScenarioReport",
    "ScenarioResult",
    "Settled",
    "Standing",
    "Status",
    "Visit",
    "Waiting",
    "action_records",
    "conversation_schema",
    "decision_schema",
    "explanation_schema",
    "facts_schema",
    "handover_schema",
    "load_scenarios",
    "log_schema",
    "run_scenarios",
]

_HOME_OF = {
    "ActionRecord": "host",
    "Asked": "records",
    "Case": "compile",
    "Choice": "records",
    "Comparison": "explanation",
    "CompiledError": "compile",
    "CompiledPolicy": "compile",
    "Conversation": "conversation",
    "DecidedStep": "records",
    "Decision": "decision",
    "DecisionGraph": "graph",
    "Due": "records",
    "Explanation": "explanation",
    "FactError": "facts",
    "FactProblem": "facts",
    "Handover": "conversation",
    "Host": "host",
    "Learned": "host",
    "Log": "host",
    "MetFinding": "records",
    "OpenGap": "records",
    "Order": "questions",
    "OtherEnd": "explanation",
    "Path": "compile",
    "PathStep": "compile",
    "PathVisit": "compile",
    "Performed": "host",
    "Policy": "policy",
    "PolicyError": "policy",
    "Quote": "records",
    "Scenario": "scenarios",
    "ScenarioReport": "scenario_runs",
    "ScenarioResult": "scenario_runs",
    "Settled": "records",
    "Standing": "conversation",
    "Status": "status",
    "Visit": "records",
    "Waiting": "records",
    "action_records": "host",
    "conversation_schema": "conversation",
    "decision_schema": "schema",
    "explanation_schema": "schema",
    "facts_schema": "schema",
    "handover_schema": "conversation",
    "load_scenarios": "scenarios",
    "log_schema": "host",
    "run_scenarios": "scenario_runs",
}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
