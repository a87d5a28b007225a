"""Scenarios: the owner's cases, each with its facts and what is expected of the policy.

In: the YAML files of a policy's `scenarios/`. Out: `Scenario`s, and the diagnostics of what in them does not fit the
policy; a scenario with a mistake is left out. Running them is `scenario_runs`.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import field
from pathlib import Path
from typing import Final

from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.load import read_text, scenario_files
from praxe.dsl.quoting import short
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import FactName, ProcedureName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.dsl.yaml_fields import Fields, blocks
from praxe.dsl.yaml_nodes import Entry, Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report, first_line
from praxe.dsl.yaml_values import plain
from praxe.engine.expectations import EXPECT_KEYS, Expectations, Expected
from praxe.engine.facts import FactError
from praxe.engine.policy import Policy
from praxe.engine.scenario_names import Names
from praxe.engine.step_texts import StepTexts, step_reader, step_texts

_KEYS: Final = ("name", "story", "facts", "expect", "start", "now")


@record
class Scenario(RecordBase):
    """One case."""

    name: str
    story: str | None
    facts: Mapping[str, object]
    expected: Expected
    start: ProcedureName | None
    now: datetime.datetime | None
    span: Span = field(compare=False, repr=False)  # of its name


@record
class Scenarios(RecordBase):
    """The scenarios of a policy, in the order of files and lines, and what is wrong with those files."""

    scenarios: tuple[Scenario, ...]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, SourceText]


def load_scenarios(folder: str | Path, policy: Policy) -> Scenarios:
    """Read the scenarios of the policy in `folder`.

    Raises:
        PraxeError: a file cannot be opened.
    """
    sources: list[SourceText] = []
    unreadable: list[Diagnostic] = []
    for path in scenario_files(Path(folder)):
        source, problems = read_text(path)
        unreadable += problems
        sources += [source] if source else []
    found = read_scenarios(sources, policy)
    return Scenarios(scenarios=found.scenarios, diagnostics=(*unreadable, *found.diagnostics), sources=found.sources)


def read_scenarios(sources: Iterable[SourceText], policy: Policy) -> Scenarios:
    """Read the scenarios in texts of YAML."""
    texts = {source.path: source for source in sources}
    scenarios: list[Scenario] = []
    diagnostics: list[Diagnostic] = []
    first: dict[str, Span] = {}
    of_steps = StepTexts(step_texts(policy), step_reader(policy))
    for source in texts.values():
        read, problems = read_file(source, policy, first, of_steps)
        scenarios += read
        diagnostics += problems
    return Scenarios(scenarios=tuple(scenarios), diagnostics=tuple(diagnostics), sources=texts)


def read_file(
    source: SourceText, policy: Policy, first: dict[str, Span], texts: StepTexts
) -> tuple[list[Scenario], tuple[Diagnostic, ...]]:
    """Read the scenarios of one file.

    Args:
        first: the names met so far, in other files too, with their places; those of this file are added.
        texts: those of the policy's steps.
    """
    node, problems = read_yaml(source)
    report = Report(source.path, language=policy.manifest.language)
    if node is None and problems:
        return [], problems
    reader = _Reader(policy, report, first, texts)
    found = blocks(report, source.path.rpartition("/")[2], node, keys=_KEYS, required=("name", "facts", "expect"))
    scenarios = [each for each in map(reader.scenario, found) if each]
    return scenarios, (*problems, *report.findings())


class _Reader:
    """Reads the scenarios of one file; `first` are the names met so far, in all files."""

    def __init__(self, policy: Policy, report: Report, first: dict[str, Span], texts: StepTexts) -> None:
        self._policy = policy
        self._report = report
        self._first = first
        self._names = Names(policy, report)
        self._expectations = Expectations(self._names, texts)
        self._fitting: set[tuple[FactName, str]] = set()  # facts with values found right: most come again and again

    def scenario(self, found: Fields) -> Scenario | None:
        """Return one scenario, or None if something in it does not fit."""
        before = len(self._report.findings())
        name = found.text("name")
        entry = found.entry("name")
        expect = found.fields("expect", keys=EXPECT_KEYS)
        facts = dict(self._facts(found.entries("facts")))
        story, start, now = found.text("story"), self._start(found), self._names.moment(found, "now")
        expected = self._expectations.read(expect) if expect else None
        if not name or not entry or not expected or "facts" not in found:
            return None
        self._check_name(name, entry)
        if len(self._report.findings()) > before:
            return None
        span = entry.value.span
        return Scenario(name=name, story=story, facts=facts, expected=expected, start=start, now=now, span=span)

    def _check_name(self, name: str, entry: Entry) -> None:
        first = self._first.setdefault(name, entry.value.span)
        if first is not entry.value.span:
            related = (Related(first, "first"),)
            self._report.add("PX355", first_line(entry.value.span), related=related, name=short(name))

    def _facts(self, entries: Iterable[Entry]) -> Iterator[tuple[str, object]]:
        for entry in entries:
            name = FactName(entry.key.text)
            if name not in self._policy.facts:
                self._names.unknown_fact(name, entry.key.span)
                continue
            value = _value(self._policy.facts[name], entry.value)
            if (name, repr(value)) not in self._fitting:
                try:
                    self._policy.check({name: value})
                except FactError as error:
                    self._wrong_value(error, entry)
                    continue
                self._fitting.add((name, repr(value)))
            yield name, value

    def _wrong_value(self, error: FactError, entry: Entry) -> None:
        (problem,) = error.problems
        places = problem.places
        self._report.add(
            "PX352",
            first_line(entry.value.span),
            name=entry.key.text,
            value=problem.value,
            near=places.get("near"),
            choices=", ".join(f"`{each}`" for each in problem.choices),
            low=places.get("least"),
            high=places.get("most"),
        )

    def _start(self, found: Fields) -> ProcedureName | None:
        name = self._names.known(found, "start", self._policy.checked.procedures)
        return ProcedureName(name) if name else None


def _value(fact: Fact, node: YamlNode) -> object:
    """Return what stands after a fact's name, as `decide` takes it: texts as written, numbers as numbers."""
    match node:
        case Scalar() if fact.type is not FactType.INTEGER or node.quoted:
            return node.text
        case ListNode():
            return [item.text if isinstance(item, Scalar) else plain(item) for item in node.items]
        case _:
            return plain(node)
