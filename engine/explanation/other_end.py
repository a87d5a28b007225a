"""Another end for a case: why it is not there, and the smallest change of facts that leads to it.

In: a decision, and an outcome, an action or the text of a step; or nothing, for any other outcome. Out: an `OtherEnd`.
What it shows was found by `search` and decided again before it is shown.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from praxe.dsl.tree import ClauseId, FactName
from praxe.engine.explanation.answers_near import AnswersNear
from praxe.engine.explanation.compare import Steps, change_of, decided_with
from praxe.engine.explanation.goal import Goal, goal_of, told_goal
from praxe.engine.explanation.nearer import nearest_value
from praxe.engine.explanation.possible import Possible
from praxe.engine.explanation.records import CitedClause, CitedFact, Ending, Reason, WayThere, as_json
from praxe.engine.explanation.search import MOST_CHANGES, Found, Result, Search
from praxe.engine.explanation.story import Story, facts_of
from praxe.engine.explanation.voice import Voice
from praxe.engine.facts import FactError
from praxe.engine.values import TODAY, Json, Known, Value

if TYPE_CHECKING:
    from praxe.engine.decision import Decision

MOST_SHOWN: Final = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherEnd:
    """How a case stands to an end that it has not.

    `verdict`: `so` (it has it), `open` (facts not yet known may still lead there), `changes` (other facts lead there),
    `no_way` (no way in the policy leads there from its start), `never` (no facts do), `not_found` (none was found).
    """

    kind: str  # why_not, nearest
    policy: Mapping[str, str]
    language: str
    wanted: str | None  # None: any other outcome
    wanted_text: str
    verdict: str
    now_so: Ending
    ways: tuple[WayThere, ...]  # the nearest, in the order of the vocabulary
    more: int  # further ways with as few changes
    searched: int  # up to so many changes, every way was tried; -1: not even those without a change
    untried: tuple[str, ...]  # labels of facts that were not tried with every value that could count
    clauses: tuple[CitedClause, ...]

    def to_json(self) -> dict[str, Json]:
        """Return it as `explanation.schema.json` describes it."""
        return {name: as_json(getattr(self, name)) for name in self.__dataclass_fields__}

    def text(self, width: int = 88) -> str:
        """Return it as plain text, in lines of at most `width` characters where words allow it."""
        from praxe.engine.explanation.layout import as_text
        from praxe.engine.explanation.tell_others import told_other_end

        return as_text(told_other_end(self), width)

    def markdown(self) -> str:
        """Return it as Markdown."""
        from praxe.engine.explanation.layout import as_markdown
        from praxe.engine.explanation.tell_others import told_other_end

        return as_markdown(told_other_end(self))


def why_not(decision: Decision, wanted: str) -> OtherEnd:
    """Return what stands against an outcome, or against a step.

    Raises:
        ValueError: the policy knows neither an outcome, nor an action, nor a step of that name.
    """
    return _Asked(decision, goal_of(decision.policy, wanted), "why_not").answer(MOST_CHANGES)


def nearest(decision: Decision, wanted: str | None = None, *, most: int = MOST_CHANGES) -> OtherEnd:
    """Return the smallest changes of facts that lead to an outcome or step; without one, to any other outcome.

    Args:
        most: changes to try.

    Raises:
        ValueError: the policy knows neither an outcome, nor an action, nor a step of that name.
    """
    goal = Goal(kind="other", name=decision.outcome) if wanted is None else goal_of(decision.policy, wanted)
    return _Asked(decision, goal, "nearest").answer(most)


class _Asked:
    """One question after another end."""

    def __init__(self, decision: Decision, goal: Goal, kind: str) -> None:
        self._decision = decision
        self._goal = goal
        self._kind = kind
        self._voice = Voice.of(decision)
        self._near = AnswersNear(decision.policy, dict(decision.known))

    def answer(self, most: int) -> OtherEnd:
        """Return what is to be said."""
        policy, nothing = self._decision.policy, Result(found=(), searched=-1, exhausted=False, untried=())
        if self._goal.is_met(self._decision):
            return self._told("so", nothing, ())
        fixed: Known = {name: value for name, value in self._decision.known.items() if name == TODAY}
        facts: Known = {**self._decision.facts}
        possible = Possible(policy, {**fixed, **facts})
        goals = self._goal.spots(policy)
        search = Search(policy.program, self._near, possible, facts=facts, fixed=fixed, goals=goals)
        start = policy.program.starts[policy.procedure(self._decision.start)]
        if not search.reach.can_come(start, ()):
            return self._told("no_way", nothing, ())
        result = search.run(start, most=most)
        ways = tuple(islice(filter(None, map(self._shown, result.found)), MOST_SHOWN))
        if not ways:
            return self._told("never" if result.exhausted and not result.untried else "not_found", result, ())
        return self._told("changes" if ways[0].changes else "open", result, ways)

    def _told(self, verdict: str, result: Result, ways: tuple[WayThere, ...]) -> OtherEnd:
        voice = self._voice
        cited = [name for way in ways for reason in way.against for name in _clauses_of(reason)]
        return OtherEnd(
            kind=self._kind,
            policy=dict(self._decision.policy.identity),
            language=self._decision.language,
            wanted=None if self._goal.kind == "other" else self._goal.name,
            wanted_text=told_goal(self._goal, voice),
            verdict=verdict,
            now_so=voice.ending(self._decision),
            ways=ways,
            more=max(0, len(result.found) - MOST_SHOWN) if ways else 0,
            searched=result.searched,
            untried=tuple(map(voice.label, result.untried)),
            clauses=voice.clauses(cited),
        )

    def _shown(self, found: Found) -> WayThere | None:
        """Return a way that was decided and does lead there, with as little in it as it takes."""
        if not self._leads_there(found.changes, found.answers):
            return None
        answers = self._needed(found)
        changes = self._nearest(found.changes, answers)
        other = decided_with(self._decision, {**answers, **changes})
        steps = Steps.of(self._decision, other, self._voice)
        given, in_order = self._decision.facts, [name for name in self._decision.policy.facts if name in changes]
        return WayThere(
            changes=tuple(change_of(each, given[each], changes[each], self._voice) for each in in_order),
            answers=tuple(self._answered(name, value) for name, value in answers.items()),
            ending=self._voice.ending(other),
            added=steps.added,
            removed=steps.removed,
            against=self._against(other, in_order),
        )

    def _answered(self, name: FactName, value: Value) -> CitedFact:
        cited = self._voice.cited(name, value)
        return replace(cited, text=self._voice.say("any")) if self._near.is_free(name) else cited

    def _leads_there(self, *facts: Mapping[FactName, Value]) -> bool:
        together = {name: value for part in facts for name, value in part.items()}
        try:
            return self._goal.is_met(decided_with(self._decision, together))
        except FactError:  # facts that cannot go together
            return False

    def _needed(self, found: Found) -> dict[FactName, Value]:
        """Return the answers without those that make no difference."""
        answers = dict(found.answers)
        for name in reversed(list(answers)):
            fewer = {each: value for each, value in answers.items() if each != name}
            if self._leads_there(fewer, found.changes):
                answers = fewer
        return answers

    def _nearest(self, changes: Mapping[FactName, Value], answers: Mapping[FactName, Value]) -> dict[FactName, Value]:
        """Return the changes with each number and date as near as it goes to the one given."""
        near = dict(changes)
        for name, found in changes.items():

            def leads_there(value: Value, name: FactName = name) -> bool:
                return self._leads_there(answers, near, {name: value})

            near[name] = nearest_value(self._decision.facts[name], found, leads_there)
        return near

    def _against(self, other: Decision, changed: Collection[FactName]) -> tuple[Reason, ...]:
        """Return the turns of the case as it is at which the other one takes another way."""
        taken = {visit.node: visit.branch for visit in other.trace}
        reasons = Story(self._decision).reasons_with(changed)
        branches = {visit.node: visit.branch for visit in self._decision.trace}
        turned = [each for each in reasons if taken.get(each.node, "") != branches[each.node]]
        parted = [each for each in turned if each.node in taken]
        return tuple(_one_for_each(parted or turned[:1] or reasons[:1], changed))


def _clauses_of(reason: Reason) -> Iterator[ClauseId]:
    yield from reason.clauses
    for opened in reason.opened:
        yield from opened.clauses


def _one_for_each(reasons: Iterable[Reason], changed: Collection[FactName]) -> Iterator[Reason]:
    """Yield the turns that are the first to read one of the facts changed."""
    left = set(changed)
    for each in reasons:
        if not left.isdisjoint(facts_of(each)):
            left -= facts_of(each)
            yield each
