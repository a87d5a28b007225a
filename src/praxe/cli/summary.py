"""What a policy holds, counted: the end of `praxe check`.

In: a checked policy and the number of its scenarios. Out: a `Summary`, as lines or as JSON.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from praxe.cli.layout import wrapped
from praxe.cli.terminal import Style, Terminal
from praxe.dsl.record import RecordBase, record
from praxe.dsl.report_line import safe

if TYPE_CHECKING:
    from praxe.dsl import tree as t
    from praxe.dsl.checked import CheckedPolicy


@record
class FoundGap(RecordBase):
    """One `lacuna`."""

    text: str
    path: str
    line: int


@record
class FoundFinding(RecordBase):
    """One contradiction of the source text, and the first line that cites it."""

    name: str
    title: str
    path: str | None
    line: int | None


@record
class Summary(RecordBase):
    """How much there is of everything."""

    name: str
    title: str
    version: str
    procedures: int
    definitions: int
    rules: int
    facts: int
    actions: int
    outcomes: int
    clauses: int
    cited: int  # by a line of the policy or a word of its vocabulary
    guidance: int  # not cited, but shown elsewhere
    scenarios: int
    gaps: tuple[FoundGap, ...]
    findings: dict[str, int]  # about the source text, by kind
    contradictions: tuple[FoundFinding, ...]

    def record(self) -> dict[str, Any]:
        """Return the summary as JSON has it."""
        return asdict(self)


def summary_of(policy: CheckedPolicy, *, scenarios: int, language: str) -> Summary:
    """Count what `policy` holds."""
    from praxe.dsl import tree as t
    from praxe.dsl.vocabulary import FindingKind

    vocabulary = policy.vocabulary
    nodes = [node for file in policy.files for item in file.items for node in item.descendants()]
    cited = {node.name for node in nodes if isinstance(node, t.ClauseRef)}
    cited |= {name for fact in vocabulary.facts.values() for name in fact.clauses}
    cited |= {name for action in vocabulary.actions.values() for name in action.clauses}
    gaps = [node for node in nodes if isinstance(node, t.Gap)]
    return Summary(
        name=policy.manifest.name,
        title=policy.manifest.title.in_language(language),
        version=policy.manifest.version,
        procedures=len(policy.procedures),
        definitions=len(policy.definitions),
        rules=len(policy.rules),
        facts=len(vocabulary.facts),
        actions=len(vocabulary.actions),
        outcomes=len(vocabulary.outcomes),
        clauses=len(vocabulary.clauses),
        cited=len(cited & vocabulary.clauses.keys()),
        guidance=sum(each.guidance is not None and each.name not in cited for each in vocabulary.clauses.values()),
        scenarios=scenarios,
        gaps=tuple(
            FoundGap(text=policy.words(each.text, language), path=each.span.path, line=each.span.line) for each in gaps
        ),
        findings={
            kind.value: count
            for kind in FindingKind
            if (count := sum(each.kind is kind for each in vocabulary.findings.values()))
        },
        contradictions=tuple(_contradictions(policy, nodes, language)),
    )


def _contradictions(policy: CheckedPolicy, nodes: list[t.Node], language: str) -> Iterator[FoundFinding]:
    from praxe.dsl import tree as t
    from praxe.dsl.vocabulary import FindingKind

    first: dict[str, t.ClauseRef] = {}
    for node in nodes:
        if isinstance(node, t.ClauseRef):
            first.setdefault(node.name, node)
    for each in policy.vocabulary.findings.values():
        if each.kind is FindingKind.CONTRADICTION:
            place = first.get(each.name)
            yield FoundFinding(
                name=each.name,
                title=each.title.in_language(language),
                path=place.span.path if place else None,
                line=place.span.line if place else None,
            )


def summary_lines(summary: Summary, terminal: Terminal) -> Iterator[str]:
    """Yield the summary for people."""
    count, say = terminal.words.count, terminal.say
    yield terminal.paint(say("check.policy", title=safe(summary.title), version=safe(summary.version)), Style.BOLD)
    texts = [count(f"check.{each}", getattr(summary, each)) for each in ("procedures", "definitions", "rules")]
    words = [count(f"check.{each}", getattr(summary, each)) for each in ("facts", "actions", "outcomes")]
    yield f"  {', '.join(texts)}"
    yield f"  {', '.join(words)}"
    yield f"  {_clauses(summary, terminal)}"
    yield f"  {count('check.scenarios', summary.scenarios)}"
    if summary.gaps:
        yield terminal.paint(f"  {count('check.gaps', len(summary.gaps))}:", Style.RED)
    for gap in summary.gaps:
        first, *more = wrapped(safe(gap.text), terminal.width - 6)
        yield f"    - {first}"
        yield from (f"      {each}" for each in more)
        yield terminal.paint(f"      {safe(gap.path)}:{gap.line}", Style.DIM)
    if summary.findings:
        kinds = ", ".join(count(f"check.{kind}", number) for kind, number in summary.findings.items())
        yield terminal.paint(f"  {count('check.findings', sum(summary.findings.values()))}: {kinds}", Style.AMBER)
    for each in summary.contradictions:
        first, *more = wrapped(f"{each.name} {safe(each.title)}", terminal.width - 6)
        yield f"    - {first}"
        yield from (f"      {line}" for line in more)
        if each.path:
            yield terminal.paint(f"      {safe(each.path)}:{each.line}", Style.DIM)


def _clauses(summary: Summary, terminal: Terminal) -> str:
    if not summary.clauses:
        return terminal.say("check.no_clauses")
    cited = terminal.say("check.cited", cited=summary.cited, total=summary.clauses)
    return cited + (terminal.words.count("check.guidance", summary.guidance) if summary.guidance else "")
