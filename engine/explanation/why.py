"""Why a decision is what it is: the facts and clauses that decided, in the order of the story.

In: a decision. Out: an `Explanation`. Complete by construction: its story is that of the case with the cited facts
alone, which was decided again and ends the same (`same_end`).
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from praxe.engine.explanation.records import CitedClause, CitedFact, Ending, Reason, as_json
from praxe.engine.explanation.same_end import again, sufficient
from praxe.engine.explanation.story import Story
from praxe.engine.values import Json

if TYPE_CHECKING:
    from praxe.engine.decision import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a decision is what it is. `facts` suffice for it; with `minimal`, not without any one of them."""

    policy: Mapping[str, str]
    language: str
    start: str
    now: str | None
    ending: Ending
    facts: tuple[CitedFact, ...]
    minimal: bool
    first: tuple[str, ...]  # steps that come before any turn
    reasons: tuple[Reason, ...]
    clauses: tuple[CitedClause, ...]

    @property
    def facts_alone(self) -> dict[str, Json]:
        """The facts that suffice, as `decide` takes them."""
        return {str(each.fact): each.value for each in self.facts}

    def to_json(self) -> dict[str, Json]:
        """Return the explanation as `explanation.schema.json` describes it."""
        return {"kind": "why"} | {name: as_json(getattr(self, name)) for name in self.__dataclass_fields__}

    def text(self, width: int = 88) -> str:
        """Return the explanation as plain text, in lines of at most `width` characters where words allow it."""
        from praxe.engine.explanation.layout import as_text
        from praxe.engine.explanation.tell_why import told

        return as_text(told(self), width)

    def markdown(self) -> str:
        """Return the explanation as Markdown."""
        from praxe.engine.explanation.layout import as_markdown
        from praxe.engine.explanation.tell_why import told

        return as_markdown(told(self))


def why(decision: Decision) -> Explanation:
    """Explain `decision`."""
    facts, minimal = sufficient(decision)
    alone = again(decision, facts)
    story = Story(alone)
    first, reasons = story.told()
    ending = story.voice.ending(alone)
    cited = [*(name for reason in reasons for name in _clauses_of(reason)), *ending.clauses]
    return Explanation(
        policy=dict(decision.policy.identity),
        language=decision.language,
        start=decision.start,
        now=moment(decision.now),
        ending=ending,
        facts=tuple(story.voice.cited(name, value) for name, value in facts.items()),
        minimal=minimal,
        first=first,
        reasons=reasons,
        clauses=story.voice.clauses(cited),
    )


def _clauses_of(reason: Reason):  # type: ignore[no-untyped-def]
    yield from (*reason.whole, *reason.clauses)
    for opened in reason.opened:
        yield from opened.clauses


def moment(now: datetime.datetime | None) -> str | None:
    """Return a moment as JSON has it."""
    return now.isoformat() if now else None
