"""What a case is wanted to come to: an outcome, a step, or just another outcome than now.

In: a name of the vocabulary, or the text of a free step. Out: a `Goal`: the spots at which it is met, and whether a
decision meets it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from praxe.dsl.near import nearest
from praxe.engine.explanation.voice import Voice
from praxe.engine.graph import End, GraphNode, Retry, Step, Wait
from praxe.engine.program import Spot

if TYPE_CHECKING:
    from praxe.engine.decision import Decision
    from praxe.engine.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """What is wanted: `outcome` or `step`, by name; `other`: any outcome but `name` (which may be none)."""

    kind: str
    name: str | None

    def is_met(self, decision: Decision) -> bool:
        """Return whether a decision comes to it."""
        match self.kind:
            case "outcome":
                return decision.outcome == self.name
            case "other":
                return decision.outcome is not None and decision.outcome != self.name
            case _:
                return any(self.name in {each.action, each.text} for each in decision.steps)

    def spots(self, policy: Policy) -> frozenset[Spot]:
        """Return the spots at which it is met."""
        return frozenset(spot for spot in policy.program.spots.values() if self._is_at(spot.node))

    def _is_at(self, node: GraphNode) -> bool:
        match node:
            case End():
                return self.kind != "step" and (node.outcome == self.name) is (self.kind == "outcome")
            case Step():
                return self.kind == "step" and self.name in {node.action, node.text}
            case Retry():
                return self.kind == "step" and node.action == self.name
            case Wait():
                return self.kind == "step" and any(self.name in {each.action, each.text} for each in node.meanwhile)
            case _:
                return False


def goal_of(policy: Policy, name: str) -> Goal:
    """Return the goal that a name stands for: an outcome, else an action, else the text of a step.

    Raises:
        ValueError: the policy knows neither an outcome, nor an action, nor a step of that name.
    """
    known = known_goals(policy)
    if name in known:
        return Goal(kind="outcome" if name in policy.vocabulary.outcomes else "step", name=name)
    near = nearest(name, known)
    raise ValueError(
        f"no outcome, action or step {name!r} in this policy" + (f"; did you mean {near!r}?" if near else "")
    )


def known_goals(policy: Policy) -> tuple[str, ...]:
    """Return the names of all outcomes, of all actions, and the texts of free steps."""
    steps = [node for node in policy.graph.nodes.values() if isinstance(node, Step)]
    duties = [each for node in policy.graph.nodes.values() if isinstance(node, Wait) for each in node.meanwhile]
    free = (each.text for each in (*steps, *duties) if each.text is not None)
    return (*policy.vocabulary.outcomes, *policy.vocabulary.actions, *dict.fromkeys(free))


def told_goal(goal: Goal, voice: Voice) -> str:
    """Return what a goal is called."""
    if goal.name is None or goal.kind == "other":
        return voice.say("goal.other")
    if goal.kind == "outcome":
        return voice.outcome(goal.name)
    actions = {str(name): action for name, action in voice.policy.vocabulary.actions.items()}
    language = voice.lexicon.language
    if goal.name in actions:
        return actions[goal.name].label.in_language(language)
    return voice.policy.checked.words(goal.name, language)
