"""A policy's scenarios as examples: the case, and what happened in it; and which of them show a procedure best.

In: scenarios that were run, and the numbers of the places in the text. Out: `Example`s in words.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from praxe.dsl.tree import ProcedureName
from praxe.engine.decision import Decision
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.records import DecidedStep
from praxe.engine.scenario_runs import ScenarioResult, run_scenarios
from praxe.engine.scenarios import Scenario
from praxe.engine.walk import Status
from praxe.visualize.identify import slugs
from praxe.visualize.pages.book import Example, StepTaken
from praxe.visualize.pages.entries import Place
from praxe.visualize.pages.wording import fact_value, moment_text
from praxe.visualize.voice import Voice

_MOST = 8  # examples on the page of one procedure

Passed = frozenset[tuple[NodeId, str | None]]  # nodes with the branch taken


@dataclass(frozen=True, slots=True)
class Told:
    """An example, and where its case came by."""

    example: Example
    passed: Passed


def told(
    policy: Policy, scenarios: Iterable[Scenario], voice: Voice, places: Mapping[NodeId, Place]
) -> tuple[Told, ...]:
    """Return all scenarios as examples, in their order; one whose facts are refused is left out."""
    results = run_scenarios(policy, scenarios).results
    ids = slugs(f"caso-{each.scenario.name}" for each in results)
    return tuple(
        Told(_example(result, decision, ids[f"caso-{result.scenario.name}"], voice, places), _passed(decision))
        for result in results
        if (decision := _decision(policy, result, voice.language)) is not None
    )


def shown(cases: Iterable[Told], procedure: ProcedureName) -> tuple[tuple[Example, ...], int]:
    """Return the few examples that together show the most of a procedure, and how many cases come by it."""
    prefix = f"{procedure}/"
    here = [(each, {visit for visit in each.passed if visit[0].startswith(prefix)}) for each in cases]
    here = [(each, visits) for each, visits in here if visits]
    return tuple(each.example for each in _cover(here)), len(here)


def group_of(scenario: Scenario) -> str:
    """Return the file that a scenario is in, without folder and ending."""
    return scenario.span.path.rpartition("/")[2].rpartition(".")[0]


def _cover(cases: Sequence[tuple[Told, set[tuple[NodeId, str | None]]]]) -> Iterator[Told]:
    """Yield the case that shows most of what none before it has shown, until nothing is left or it is enough."""
    seen: set[tuple[NodeId, str | None]] = set()
    for _ in range(min(_MOST, len(cases))):
        best, visits = max(cases, key=lambda each: len(each[1] - seen))  # the first of equals
        if not visits - seen:
            return
        seen |= visits
        yield best


def _decision(policy: Policy, result: ScenarioResult, language: str) -> Decision | None:
    if result.decision is None or result.decision.language == language:
        return result.decision
    scenario = result.scenario
    return policy.decide(scenario.facts, start=scenario.start, now=scenario.now, language=language)


def _passed(decision: Decision) -> Passed:
    return frozenset((visit.node, visit.branch) for visit in decision.trace)


def _example(
    result: ScenarioResult, decision: Decision, name: str, voice: Voice, places: Mapping[NodeId, Place]
) -> Example:
    scenario = result.scenario
    kind, end = _end(decision, voice)
    facts = [
        (name, voice.label(name), fact_value(voice, voice.checked.fact(name), value))
        for name, value in decision.facts.items()
    ]
    return Example(
        id=name,
        group=group_of(scenario),
        name=scenario.name,
        story=scenario.story,
        facts=tuple(facts),
        now=moment_text(voice, scenario.now) if scenario.now else None,
        end_kind=kind,
        end=end,
        stopped=places.get(decision.arrival.spot.node.id),
        steps=tuple(_steps(decision.steps, places)),
        passed=result.passed,
    )


def _steps(steps: Iterable[DecidedStep], places: Mapping[NodeId, Place]) -> Iterator[StepTaken]:
    """The steps, each attempt counted instead of told again."""
    for (node, text, kind), same in groupby(steps, key=lambda step: (step.node, step.text, step.kind)):
        yield StepTaken(text=text, place=places.get(node), is_said=kind == "say", times=len(list(same)))


def _end(decision: Decision, voice: Voice) -> tuple[str, str]:
    match decision.status:
        case Status.FINISHED if decision.outcome is None:
            return "returned", ""
        case Status.FINISHED:
            assert decision.outcome
            return "finished", voice.checked.vocabulary.outcomes[decision.outcome].label.in_language(voice.language)
        case Status.ASKS:
            assert decision.asks
            return "asks", decision.asks.question
        case Status.WAITS:
            assert decision.waits
            return "waits", decision.waits.label
        case Status.GAP:
            assert decision.gap
            return "gap", decision.gap.text
