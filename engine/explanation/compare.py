"""What changes between two cases: the end, the steps, the question, the deadlines, and the turn at which they part.

In: two decisions of one policy. Out: a `Comparison`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from praxe.dsl.tree import FactName
from praxe.engine.explanation.records import Change, CitedClause, Ending, Moved, Reason, as_json
from praxe.engine.explanation.same_end import again, end_of
from praxe.engine.explanation.story import Story
from praxe.engine.explanation.voice import Voice
from praxe.engine.values import Json, Value, json_value

if TYPE_CHECKING:
    from praxe.engine.decision import Decision
    from praxe.engine.records import DecidedStep, Due


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """What would be otherwise with other facts."""

    policy: Mapping[str, str]
    language: str
    changes: tuple[Change, ...]
    same: bool  # the end, the steps and the deadlines are all the same
    before: Ending
    after: Ending
    added: tuple[str, ...]  # steps
    removed: tuple[str, ...]
    kept: int  # how many steps are in both
    moved: tuple[Moved, ...]  # steps in both, with another deadline
    parted: tuple[Reason, ...]  # where the two stories part: the turn as it is, and as it would be
    clauses: tuple[CitedClause, ...]

    def to_json(self) -> dict[str, Json]:
        """Return the comparison as `explanation.schema.json` describes it."""
        return {"kind": "what_if"} | {name: as_json(getattr(self, name)) for name in self.__dataclass_fields__}

    def text(self, width: int = 88) -> str:
        """Return the comparison as plain text, in lines of at most `width` characters where words allow it."""
        from praxe.engine.explanation.layout import as_text
        from praxe.engine.explanation.tell_others import told_comparison

        return as_text(told_comparison(self), width)

    def markdown(self) -> str:
        """Return the comparison as Markdown."""
        from praxe.engine.explanation.layout import as_markdown
        from praxe.engine.explanation.tell_others import told_comparison

        return as_markdown(told_comparison(self))


def what_if(decision: Decision, facts: Mapping[str, object]) -> Comparison:
    """Compare a decision with that of the same case with some facts changed; None makes a fact unknown.

    Raises:
        FactError: the facts do not fit the vocabulary.
    """
    given: dict[str, object] = {str(name): value for name, value in decision.facts.items()}
    policy = decision.policy
    policy.check(facts, decision.language)
    others = {**given, **facts}
    return compare(decision, policy.decide(others, start=decision.start, now=decision.now, language=decision.language))


def compare(before: Decision, after: Decision) -> Comparison:
    """Compare two decisions of one policy."""
    voice = Voice.of(before)
    steps = Steps.of(before, after, voice)
    parted = tuple(_parted(before, after))
    cited = [name for reason in parted for name in (*reason.whole, *reason.clauses)]
    return Comparison(
        policy=dict(before.policy.identity),
        language=before.language,
        changes=tuple(changes_between(before, after, voice)),
        same=end_of(before) == end_of(after),
        before=voice.ending(before),
        after=voice.ending(after),
        added=steps.added,
        removed=steps.removed,
        kept=steps.kept,
        moved=steps.moved,
        parted=parted,
        clauses=voice.clauses(cited),
    )


def changes_between(before: Decision, after: Decision, voice: Voice) -> Iterator[Change]:
    """Yield the facts that differ, in the order of the vocabulary."""
    for name in before.policy.facts:
        old, new = before.facts.get(name), after.facts.get(name)
        if old != new:
            yield change_of(name, old, new, voice)


def change_of(name: FactName, old: Value | None, new: Value | None, voice: Voice) -> Change:
    """Return a fact's value as it is and as it would be."""
    fact = voice.policy.checked.fact(name)
    return Change(
        fact=name,
        label=voice.label(name),
        before=None if old is None else json_value(old, fact),
        before_text=None if old is None else voice.value_text(name, old),
        after=None if new is None else json_value(new, fact),
        after_text=None if new is None else voice.value_text(name, new),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """How the steps of two decisions differ."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    kept: int
    moved: tuple[Moved, ...]

    @classmethod
    def of(cls, before: Decision, after: Decision, voice: Voice) -> Steps:
        """Compare the steps, as people see them; the clauses behind them do not count."""
        old, new = before.steps, after.steps
        added: list[str] = []
        removed: list[str] = []
        moved: list[Moved] = []
        kept = 0
        matcher = SequenceMatcher(None, list(map(_what, old)), list(map(_what, new)), autojunk=False)
        for kind, low, high, new_low, new_high in matcher.get_opcodes():
            if kind == "equal":
                kept += high - low
                moved += _moved(old[low:high], new[new_low:new_high])
            else:
                removed += map(voice.step, old[low:high])
                added += map(voice.step, new[new_low:new_high])
        return cls(added=tuple(added), removed=tuple(removed), kept=kept, moved=tuple(moved))


def _what(step: DecidedStep) -> tuple[object, ...]:
    return (step.kind, step.action, step.text, step.attempt, step.meanwhile)


def _moved(old: Sequence[DecidedStep], new: Sequence[DecidedStep]) -> Iterator[Moved]:
    for one, other in zip(old, new, strict=True):
        if one.deadline != other.deadline:
            yield Moved(step=one.text, before=_when(one.deadline), after=_when(other.deadline))


def _when(deadline: Due | None) -> str | None:
    return (deadline.due or deadline.text) if deadline else None


def _parted(before: Decision, after: Decision) -> Iterator[Reason]:
    """Yield the turn at which two stories part, as each of them tells it; nothing if they do not."""
    for one, other in zip(before.trace, after.trace, strict=False):
        if one.node != other.node:
            return
        if one.branch != other.branch:
            yield from Story(before).turns_at(one.node)[:1]
            yield from Story(after).turns_at(one.node)[:1]
            return


def decided_with(decision: Decision, facts: Mapping[FactName, Value]) -> Decision:
    """Decide the case of `decision` with other values for some facts."""
    return again(decision, {**decision.facts, **facts})
