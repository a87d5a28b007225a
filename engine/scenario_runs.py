"""Running scenarios: what each gave, how that differs from what was expected, and what all of them cover.

In: a policy and its scenarios. Out: a `ScenarioReport`; its sentences are made in the language asked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from praxe.engine.coverage import Coverage, measure
from praxe.engine.decision import Decision
from praxe.engine.expectations import Expected, fits_moment
from praxe.engine.facts import FactError
from praxe.engine.policy import Policy
from praxe.engine.scenarios import Scenario
from praxe.engine.walk import Status
from praxe.engine.words import Lexicon, lexicon


@dataclass(frozen=True, slots=True)
class Came:
    """How a decision ended: `kind` is a key of words.json under `came`, `what` fills its place."""

    kind: str
    what: str

    def in_language(self, words: Lexicon) -> str:
        """Return it in words."""
        return words.say(f"came.{self.kind}", what=self.what)


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that a scenario expected and did not get."""

    kind: str  # status, outcome, asks, waits, until, gap, step, order, without, end, refused
    wanted: str = ""
    before: str = ""  # of `order`: the step that stands before the missing one
    came: Came | None = None
    steps: tuple[str, ...] = ()  # that came instead
    error: FactError | None = field(default=None, compare=False)

    def in_language(self, language: str) -> str:
        """Return the difference in words: what was expected, and what came."""
        words = lexicon(language)
        steps = words.listed([f"`{each}`" for each in self.steps], "and")
        got = self.error.in_language(language) if self.error else self.came.in_language(words) if self.came else steps
        wanted = words.say(f"status.{self.wanted}") if self.kind == "status" else self.wanted
        return words.say(f"scenario.{self.kind}", wanted=wanted, before=self.before, got=got)


@dataclass(frozen=True, slots=True)
class ScenarioResult:
    """What one scenario gave."""

    scenario: Scenario
    decision: Decision | None  # None: its facts were refused
    differences: tuple[Difference, ...]

    @property
    def passed(self) -> bool:
        """Whether all came as expected."""
        return not self.differences


@dataclass(frozen=True, slots=True)
class ScenarioReport:
    """What all scenarios gave, in their order."""

    results: tuple[ScenarioResult, ...]
    coverage: Coverage

    @property
    def passed(self) -> bool:
        """Whether every scenario passed."""
        return all(each.passed for each in self.results)


def run_scenarios(policy: Policy, scenarios: Iterable[Scenario]) -> ScenarioReport:
    """Decide every scenario and compare."""
    results = tuple(run_scenario(policy, each) for each in scenarios)
    decisions = [each.decision for each in results if each.decision]
    return ScenarioReport(results, measure(policy, decisions))


def run_scenario(policy: Policy, scenario: Scenario) -> ScenarioResult:
    """Decide one scenario and compare."""
    try:
        decision = policy.decide(scenario.facts, start=scenario.start, now=scenario.now)
    except FactError as error:
        return ScenarioResult(scenario, None, (Difference("refused", error=error),))
    return ScenarioResult(scenario, decision, tuple(_differences(scenario.expected, decision)))


def _differences(expected: Expected, decision: Decision) -> Iterator[Difference]:
    yield from _end(expected, decision)
    for wanted in expected.steps:
        if not _places(wanted, expected, decision):
            yield Difference("step", wanted, steps=_shown(wanted, expected, decision))
    for unwanted in expected.without:
        if decision.outcome == unwanted:
            yield Difference("end", unwanted)
        elif _places(unwanted, expected, decision):
            yield Difference("without", unwanted)
    yield from _order(expected, decision)


def _places(wanted: str, expected: Expected, decision: Decision) -> list[int]:
    """Return where a step that was named comes."""
    fits = expected.test_of(wanted)
    return [place for place, step in enumerate(decision.steps) if fits(step, decision)]


def _shown(wanted: str, expected: Expected, decision: Decision) -> tuple[str, ...]:
    """Return the steps that came: in full those of the action wanted, where what it carries is what differs."""
    exact = expected.exactly.get(wanted)
    alike = [step.text for step in decision.steps if exact and exact.action and step.action == exact.action]
    return tuple(alike) or tuple(each.action or each.text for each in decision.steps)


def _end(expected: Expected, decision: Decision) -> Iterator[Difference]:
    """Yield how the end differs: what was expected of it more closely, or else its kind."""
    came = _came(decision)
    waits, gap = decision.waits, decision.gap
    if expected.outcome:
        if decision.outcome != expected.outcome:
            yield Difference("outcome", expected.outcome, came=came)
    elif expected.asks:
        if not decision.asks or decision.asks.fact != expected.asks:
            yield Difference("asks", expected.asks, came=came)
    elif expected.gap:
        if not gap or gap.node not in expected.gap.nodes:
            yield Difference("gap", expected.gap.text, came=came)
    elif expected.waits and (not waits or waits.fact != expected.waits):
        yield Difference("waits", expected.waits, came=came)
    elif expected.until:
        if not waits or not fits_moment(expected.until, waits.until):
            until = Came("until", waits.until) if waits and waits.until else Came("no_date", "") if waits else came
            yield Difference("until", expected.until.isoformat(), came=until)
    elif expected.status and decision.status is not expected.status:
        yield Difference("status", expected.status.value, came=came)


def _order(expected: Expected, decision: Decision) -> Iterator[Difference]:
    """Yield the first step that does not come after the one before it."""
    place, before = 0, ""
    for wanted in expected.order:
        places = _places(wanted, expected, decision)
        found = next((each for each in places if each >= place), None)
        if found is None:
            kind = "order" if places and before else "step"
            yield Difference(kind, wanted, before=before, steps=_shown(wanted, expected, decision))
            return
        place, before = found + 1, wanted


def _came(decision: Decision) -> Came:
    match decision.status:
        case Status.FINISHED:
            return Came("finished", decision.outcome) if decision.outcome else Came("returned", "")
        case Status.ASKS:
            assert decision.asks
            return Came("asks", decision.asks.fact)
        case Status.WAITS:
            assert decision.waits
            return Came("waits", decision.waits.fact)
        case Status.GAP:
            assert decision.gap
            return Came("gap", decision.gap.text)
