"""What a scenario expects: how its case ends, and which steps come.

In: the block `expect` of a scenario. Out: `Expected`, its names known to the policy; what does not fit is reported.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import field, replace
from typing import Final, assert_never

from praxe.dsl.near import nearest
from praxe.dsl.quoting import short
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.tree import ActionCall, ActionName, Do, FactName, OutcomeName
from praxe.dsl.yaml_fields import Fields
from praxe.dsl.yaml_nodes import Scalar
from praxe.dsl.yaml_report import first_line
from praxe.engine.expected_steps import ExpectedStep, Fits, fits_by_name
from praxe.engine.graph import Gap, NodeId
from praxe.engine.scenario_names import Names, place
from praxe.engine.step_texts import StepTexts
from praxe.engine.walk import Status

EXPECT_KEYS: Final = ("status", "outcome", "asks", "waits", "until", "gap", "steps", "order", "without")
Moment = datetime.datetime | datetime.date  # a date: whatever the hour


@record(kw_only=False)
class ExpectedGap(RecordBase):
    """A gap as the author named it, by a part of its text or by what it cites, and the gaps that this fits."""

    text: str
    nodes: frozenset[NodeId]


@record
class Expected(RecordBase):
    """What a scenario expects; None and empty: nothing in particular."""

    status: Status | None = None
    outcome: OutcomeName | None = None
    asks: FactName | None = None
    waits: FactName | None = None
    until: Moment | None = None
    gap: ExpectedGap | None = None
    steps: tuple[str, ...] = ()  # actions, or texts of steps, that must appear
    order: tuple[str, ...] = ()  # that must appear in this order; others may stand between
    without: tuple[str, ...] = ()  # that must not appear; outcomes too, that must not be reached
    exactly: Mapping[str, ExpectedStep] = field(default_factory=dict)  # those of all three written with what they carry

    def test_of(self, wanted: str) -> Fits:
        """Return the test whether a step is the one that a word of `steps`, `order` or `without` names."""
        return self.exactly[wanted].fits if wanted in self.exactly else fits_by_name(wanted)


def fits_moment(expected: Moment, came: str | None) -> bool:
    """Return whether a wait until `came` (an ISO date, or date and time) ends when it was expected to."""
    if not came:
        return False
    moment = datetime.datetime.fromisoformat(came)
    return moment == expected if isinstance(expected, datetime.datetime) else moment.date() == expected


class Expectations:
    """Reads what the scenarios of one file expect."""

    def __init__(self, names: Names, texts: StepTexts) -> None:
        self._names = names
        self._policy = names.policy
        self._report = names.report
        self._texts = texts
        self._gaps = tuple(node for node in self._policy.graph.nodes.values() if isinstance(node, Gap))
        self._exactly: dict[str, ExpectedStep] = {}

    def read(self, found: Fields) -> Expected:
        """Return what one scenario expects."""
        outcome = self._names.known(found, "outcome", self._policy.vocabulary.outcomes)
        asks, waits, until = self._names.fact(found, "asks"), self._names.fact(found, "waits"), self._until(found)
        gap = self._gap(found)
        steps, order, without = (tuple(self._steps(found, key)) for key in ("steps", "order", "without"))
        status = found.member("status", Status)
        named = {Status.FINISHED: outcome, Status.ASKS: asks, Status.WAITS: waits or until, Status.GAP: gap}
        implied = [each for each, what in named.items() if what is not None]
        if len({*implied, *([status] if status else [])}) > 1 or {*steps, *order, outcome} & {*without}:
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
            exactly={each: self._exactly[each] for each in (*steps, *order, *without) if each in self._exactly},
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
        outcomes = self._policy.vocabulary.outcomes if key == "without" else {}
        for item in found.items(key):
            if not isinstance(item, Scalar):
                self._report.add("PX165", first_line(item.span), key=key, expected="@text")
            elif ActionName(item.text) in actions or OutcomeName(item.text) in outcomes or item.text in self._texts:
                yield item.text
            elif "(" in item.text or '"' in item.text or " " in item.text.strip():
                if self._read_step(item):
                    yield item.text
            else:
                nothing = "@no_step_or_outcome" if outcomes else "@no_step"
                near = nearest(item.text, [*actions, *outcomes])
                self._report.add("PX353", item.span, name=short(item.text), near=near, nothing=nothing)

    def _read_step(self, item: Scalar) -> bool:
        """Read a step written with what it carries; return whether the policy could have it."""
        step, found = self._texts.read(item.text)
        for each in found:
            self._report.pass_on(replace(each, span=_inside(item, each.span)))
        if step is None:
            return False
        expected = self._expected(step)
        if expected.action is None and expected.text not in self._texts:
            self._report.add("PX353", item.span, name=short(item.text), nothing="@no_step")
            return False
        self._exactly[item.text] = expected
        return True

    def _expected(self, step: Do) -> ExpectedStep:
        match step.step:
            case ActionCall(action=action, arguments=given):
                parameters = self._policy.vocabulary.actions[action.name].parameters
                arguments = tuple(
                    (each.parameter or parameters[place].name, each.value) for place, each in enumerate(given)
                )
                return ExpectedStep(action=action.name, text=None, arguments=arguments, deadline=step.deadline)
            case str() as text:
                return ExpectedStep(action=None, text=text, deadline=step.deadline)
            case _:
                assert_never(step.step)


def _inside(item: Scalar, span: Span) -> Span:
    """Return the place of a part of an item of one line; of a longer one its beginning."""
    whole = first_line(item.span)
    if whole is not item.span:
        return whole
    start = whole.column + item.quoted + span.column - 1
    return Span(whole.path, whole.line, start, whole.line, start + span.end_column - span.column)
