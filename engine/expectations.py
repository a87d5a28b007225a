"""What a scenario expects: how its case ends, and which steps come.

In: the block `expect` of a scenario. Out: `Expected`, its names known to the policy; what does not fit is reported.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from praxe.dsl.near import nearest
from praxe.dsl.tree import ActionName, FactName, OutcomeName
from praxe.dsl.yaml_fields import Fields
from praxe.dsl.yaml_mistakes import short
from praxe.dsl.yaml_nodes import Scalar
from praxe.dsl.yaml_report import first_line
from praxe.engine.graph import Gap, NodeId, Step
from praxe.engine.scenario_names import Names, place
from praxe.engine.walk import Status

EXPECT_KEYS: Final = ("status", "outcome", "asks", "waits", "until", "gap", "steps", "order", "without")
Moment = datetime.datetime | datetime.date  # a date: whatever the hour


@dataclass(frozen=True, slots=True)
class ExpectedGap:
    """A gap as the author named it, by a part of its text or by what it cites, and the gaps that this fits."""

    text: str
    nodes: frozenset[NodeId]


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What a scenario expects; None and empty: nothing in particular."""

    status: Status | None = None
    outcome: OutcomeName | None = None
    asks: FactName | None = None
    waits: FactName | None = None
    until: Moment | None = None
    gap: ExpectedGap | None = None
    steps: tuple[str, ...] = ()  # actions, or texts of steps, that must appear
    order: tuple[str, ...] = ()  # that must appear in this order; others may stand between
    without: tuple[str, ...] = ()  # that must not appear


def fits_moment(expected: Moment, came: str | None) -> bool:
    """Return whether a wait until `came` (an ISO date, or date and time) ends when it was expected to."""
    if not came:
        return False
    moment = datetime.datetime.fromisoformat(came)
    return moment == expected if isinstance(expected, datetime.datetime) else moment.date() == expected


class Expectations:
    """Reads what the scenarios of one file expect."""

    def __init__(self, names: Names) -> None:
        self._names = names
        self._policy = names.policy
        self._report = names.report
        nodes = self._policy.graph.nodes.values()
        self._texts = frozenset(node.text for node in nodes if isinstance(node, Step) and node.text)
        self._gaps = tuple(node for node in nodes if isinstance(node, Gap))

    def read(self, found: Fields) -> Expected:
        """Return what one scenario expects."""
        outcome = self._names.known(found, "outcome", self._policy.vocabulary.outcomes)
        asks, waits, until = self._names.fact(found, "asks"), self._names.fact(found, "waits"), self._until(found)
        gap = self._gap(found)
        steps, order, without = (tuple(self._steps(found, key)) for key in ("steps", "order", "without"))
        status = found.member("status", Status)
        named = {Status.FINISHED: outcome, Status.ASKS: asks, Status.WAITS: waits or until, Status.GAP: gap}
        implied = [each for each, what in named.items() if what is not None]
        if len({*implied, *([status] if status else [])}) > 1 or {*steps, *order} & {*without}:
            self._report.add("PX356", found.span, name=found.name)
        return Expected(
            status=implied[0] if implied else status,
            outcome=OutcomeName(outcome) if outcome else None,
            asks=asks,
            waits=waits,
            until=until,
            gap=gap,
            steps=steps,
            order=order,
            without=without,
        )

    def _until(self, found: Fields) -> Moment | None:
        entry = found.entry("until")
        if entry and isinstance(entry.value, Scalar):
            try:
                return datetime.date.fromisoformat(entry.value.text)
            except ValueError:
                pass  # with an hour, or no date at all
        return self._names.moment(found, "until")

    def _gap(self, found: Fields) -> ExpectedGap | None:
        """Return the gaps that cite what is named, or else those whose text has it in any language."""
        named = found.text("gap")
        if not named:
            return None
        vocabulary = self._policy.vocabulary
        cited = {*vocabulary.clauses, *vocabulary.findings}
        nodes = frozenset(
            each.id for each in self._gaps if (named in each.clauses if named in cited else self._says(each, named))
        )
        if not nodes:
            near = nearest(named, dict.fromkeys(name for each in self._gaps for name in each.clauses))
            self._report.add("PX358", place(found, "gap"), name=short(named), near=near)
        return ExpectedGap(named, nodes)

    def _says(self, gap: Gap, part: str) -> bool:
        checked = self._policy.checked
        texts = (gap.text, *(checked.words(gap.text, language) for language in checked.translations))
        return any(part.casefold() in text.casefold() for text in texts)

    def _steps(self, found: Fields, key: str) -> Iterator[str]:
        actions = self._policy.vocabulary.actions
        for item in found.items(key):
            if not isinstance(item, Scalar):
                self._report.add("PX165", first_line(item.span), key=key, expected="@text")
            elif ActionName(item.text) not in actions and item.text not in self._texts:
                self._report.add("PX353", item.span, name=short(item.text), near=nearest(item.text, actions))
            else:
                yield item.text
