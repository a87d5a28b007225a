"""Deciding: from a checked policy to its graph, and from facts to a decision that explains itself."""

from praxe.engine.decision import Decision
from praxe.engine.facts import FactError, FactProblem
from praxe.engine.graph import DecisionGraph
from praxe.engine.policy import Policy, PolicyError
from praxe.engine.records import Asked, Choice, DecidedStep, Due, OpenGap, Quote, Visit, Waiting
from praxe.engine.scenario_runs import ScenarioReport, ScenarioResult, run_scenarios
from praxe.engine.scenarios import Scenario, load_scenarios
from praxe.engine.schema import decision_schema, facts_schema
from praxe.engine.walk import Status

__all__ = [
    "Asked",
    "Choice",
    "DecidedStep",
    "Decision",
    "DecisionGraph",
    "Due",
    "FactError",
    "FactProblem",
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
