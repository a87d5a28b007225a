"""Deciding: from a checked policy to its graph, and from facts to a decision that explains itself.

What a decision does not need (scenarios, schemas) is imported when it is first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from praxe.engine.decision import Decision
from praxe.engine.facts import FactError, FactProblem
from praxe.engine.graph import DecisionGraph
from praxe.engine.policy import Policy, PolicyError
from praxe.engine.records import Asked, Choice, DecidedStep, Due, MetFinding, OpenGap, Quote, Visit, Waiting
from praxe.engine.walk import Status

if TYPE_CHECKING:
    from praxe.engine.scenario_runs import ScenarioReport, ScenarioResult, run_scenarios
    from praxe.engine.scenarios import Scenario, load_scenarios
    from praxe.engine.schema import decision_schema, facts_schema

__all__ = [
    "Asked",
    "Choice",
    "DecidedStep",
    "Decision",
    "DecisionGraph",
    "Due",
    "FactError",
    "FactProblem",
    "MetFinding",
    "OpenGap",
    "Policy",
    "PolicyError",
    "Quote",
    "Scenario",
    "ScenarioReport",
    "ScenarioResult",
    "Status",
    "Visit",
    "Waiting",
    "decision_schema",
    "facts_schema",
    "load_scenarios",
    "run_scenarios",
]

_HOME_OF = {
    "Scenario": "scenarios",
    "ScenarioReport": "scenario_runs",
    "ScenarioResult": "scenario_runs",
    "decision_schema": "schema",
    "facts_schema": "schema",
    "load_scenarios": "scenarios",
    "run_scenarios": "scenario_runs",
}


def __getattr__(name: str) -> object:
    if name not in _HOME_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOME_OF[name]}"), name)
