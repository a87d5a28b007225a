"""Source coverage: what became of every clause of the source texts, and of every finding about them.

In: a checked policy and the texts of its files. Out: a `SourceReport`. In the order of the registers each clause is
implemented, guidance, a declared gap, or not accounted for; each finding is met by lines, by a reading, explained, or
unmet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TypeVar, assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId
from praxe.dsl.vocabulary import Action, Clause, Fact, FindingKind, PolicyParameter, SourceFinding, Words
from praxe.engine.source_lines import Line, LineState, Role, policy_lines


class ClauseState(Enum):
    """What became of a clause."""

    IMPLEMENTED = "implemented"  # a line does what it says, or a word of the vocabulary comes from it
    GUIDANCE = "guidance"  # only shown: in a `nota`, or where the register says
    GAP = "gap"  # the lines that cite it, or a finding about it, say what it leaves open
    MISSING = "missing"


class FindingState(Enum):
    """What became of a finding."""

    MET = "met"  # lines cite it
    READING = "reading"  # `policy.yaml` says which reading was chosen
    EXPLAINED = "explained"
    UNMET = "unmet"


class WordKind(Enum):
    """What kind of word of the vocabulary comes from a clause."""

    FACT = "fact"
    ACTION = "action"
    PARAMETER = "parameter"


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A fact, action or parameter that cites a clause."""

    kind: WordKind
    name: str
    label: Words
    span: Span = field(compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ClauseReport:
    """A clause with all that cites it."""

    clause: Clause
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    findings: tuple[ClauseId, ...] = ()  # those about this clause
    cited_findings: tuple[ClauseId, ...] = ()  # of these, the ones that lines cite

    @property
    def state(self) -> ClauseState:
        """What became of it."""
        roles = {line.role for line in self.lines}
        if roles - {Role.NOTE, Role.GAP} or self.words:
            return ClauseState.IMPLEMENTED
        if Role.GAP in roles:
            return ClauseState.GAP
        if roles or self.clause.guidance:
            return ClauseState.GUIDANCE
        return ClauseState.GAP if self.cited_findings else ClauseState.MISSING

    @property
    def leaves_open(self) -> bool:
        """Whether some line says what this clause leaves open."""
        return any(line.role is Role.GAP for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingReport:
    """A finding with what meets it."""

    finding: SourceFinding
    lines: tuple[Line, ...] = ()
    reading: Words | None = None

    @property
    def state(self) -> FindingState:
        """What became of it."""
        if self.lines:
            return FindingState.MET
        if self.reading:
            return FindingState.READING
        return FindingState.EXPLAINED if self.finding.explained else FindingState.UNMET


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """Both ways: from the source texts to the lines, and from the lines to the source texts."""

    clauses: tuple[ClauseReport, ...]
    findings: tuple[FindingReport, ...]
    lines: tuple[Line, ...]

    @property
    def missing(self) -> tuple[ClauseReport, ...]:
        """The clauses that are not accounted for."""
        return self.clauses_in(ClauseState.MISSING)

    @property
    def bare(self) -> tuple[Line, ...]:
        """The lines that no clause stands behind."""
        return self.lines_in(LineState.BARE)

    @property
    def unmet(self) -> tuple[FindingReport, ...]:
        """The findings that nothing meets."""
        return self.findings_in(FindingState.UNMET)

    @property
    def needing(self) -> int:
        """How many lines ask for a clause."""
        return len(self.lines) - len(self.lines_in(LineState.UNNEEDED))

    @property
    def is_complete(self) -> bool:
        """Whether every clause and finding is accounted for; that lines lack a clause is for their owner to judge."""
        return not self.missing and not self.unmet

    def clauses_in(self, state: ClauseState) -> tuple[ClauseReport, ...]:
        """Return the clauses in one state."""
        return tuple(each for each in self.clauses if each.state is state)

    def lines_in(self, state: LineState) -> tuple[Line, ...]:
        """Return the lines in one state."""
        return tuple(each for each in self.lines if each.state is state)

    def findings_in(self, state: FindingState, kind: FindingKind | None = None) -> tuple[FindingReport, ...]:
        """Return the findings in one state, of one kind or of all."""
        return tuple(each for each in self.findings if each.state is state and kind in {None, each.finding.kind})


def percent(part: int, whole: int) -> int:
    """Return how much `part` is of `whole`, rounded down: 100 is said only of all. Of nothing, all is there."""
    return part * 100 // whole if whole else 100


def source_report(policy: CheckedPolicy, sources: Mapping[str, SourceText]) -> SourceReport:
    """Account for every clause, finding and line of a policy.

    Args:
        sources: the texts of the policy's files by path, as `check_policy` gives them.
    """
    lines = policy_lines(policy, sources)
    citing = _by_clause((name, line) for line in lines for name in line.own)
    words = _by_clause((name, _word(each)) for each in _words(policy) for name in each.clauses)
    vocabulary = policy.vocabulary
    about = _by_clause((name, each.name) for each in vocabulary.findings.values() for name in each.clauses)
    return SourceReport(
        clauses=tuple(
            ClauseReport(
                clause=clause,
                lines=tuple(citing[name]),
                words=tuple(words[name]),
                findings=tuple(about[name]),
                cited_findings=tuple(each for each in about[name] if citing[each]),
            )
            for name, clause in vocabulary.clauses.items()
        ),
        findings=tuple(
            FindingReport(finding=each, lines=tuple(citing[name]), reading=policy.manifest.readings.get(name))
            for name, each in vocabulary.findings.items()
        ),
        lines=lines,
    )


_Source = Fact | Action | PolicyParameter
Item = TypeVar("Item")


def _words(policy: CheckedPolicy) -> Iterator[_Source]:
    yield from policy.vocabulary.facts.values()
    yield from policy.vocabulary.actions.values()
    yield from policy.manifest.parameters.values()


def _word(word: _Source) -> Word:
    return Word(kind=_kind(word), name=word.name, label=word.label, span=word.span)


def _kind(word: _Source) -> WordKind:
    match word:
        case Fact():
            return WordKind.FACT
        case Action():
            return WordKind.ACTION
        case PolicyParameter():
            return WordKind.PARAMETER
        case _:
            assert_never(word)


def _by_clause(pairs: Iterable[tuple[ClauseId, Item]]) -> defaultdict[ClauseId, list[Item]]:
    found: defaultdict[ClauseId, list[Item]] = defaultdict(list)
    for name, item in pairs:
        found[name].append(item)
    return found
