"""A comparison told in one language: what is different, for whom, and before and after on one customer.

In: a `PolicyDifference` and both versions. Out: `ToldDifference`, which is JSON, plain text or Markdown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace

from praxe.dsl.tree import FactName, ProcedureName
from praxe.dsl.vocabulary import Assumption, Fact
from praxe.engine.decision import Decision
from praxe.engine.diff.records import (
    AlsoChanged,
    Behind,
    ChangedGroup,
    ChangeKind,
    Example,
    OnlyAsked,
    Place,
    PolicyDifference,
    WordChange,
)
from praxe.engine.diff.tell_calendar import ToldCalendar, told_calendar
from praxe.engine.diff.texts import REFUSED
from praxe.engine.explanation.compare import Steps
from praxe.engine.explanation.records import CitedFact, Ending, Moved
from praxe.engine.explanation.sentences import sentences
from praxe.engine.explanation.voice import Voice
from praxe.engine.policy import Policy
from praxe.engine.values import Json, plain_decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDefinition:
    """A definition or table through which a place means something else."""

    name: str
    label: str
    place: str
    is_gone: bool  # whether only the old version has it


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldBehind:
    """What else is written otherwise, and met by none but the customers of one group."""

    kind: ChangeKind
    place: str
    node: str | None
    is_gone: bool
    definitions: tuple[ToldDefinition, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAlso:
    """An edit that makes a difference only to customers who are in some group already."""

    start: str
    place: str
    node: str | None
    is_gone: bool
    definitions: tuple[ToldDefinition, ...]
    decisive: tuple[CitedFact, ...] = ()  # of an example; empty without one, and where anybody will do
    facts: tuple[CitedFact, ...] = ()
    passed_by: tuple[str, ...] = ()  # the versions, `old` and `new`, in which the example comes by the place


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldLimits:
    """The limits of a number that changed; None: there is none."""

    fact: str
    label: str
    old_least: str | None
    old_most: str | None
    new_least: str | None
    new_most: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldAsked:
    """Customers to whom the edit of a group makes no other difference than what they are asked, with one of them."""

    start: str
    share: float  # of all cases that the policies can tell apart, 0 to 1
    decisive: tuple[CitedFact, ...]
    facts: tuple[CitedFact, ...]
    asked_added: tuple[str, ...]
    asked_removed: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldGroup:
    """One group of customers. Without an example, what follows `behind` is empty."""

    kind: ChangeKind
    start: str
    place: str  # file, line and column, of the new version where it has one
    node: str | None
    share: float  # of all cases that the policies can tell apart, 0 to 1
    share_of_kind: float  # those of them for whom `kind` is different; for the others it is less
    is_gone: bool = False  # whether the place is one of the old version
    definitions: tuple[ToldDefinition, ...] = ()
    behind: tuple[ToldBehind, ...] = ()
    decisive: tuple[CitedFact, ...] = ()
    facts: tuple[CitedFact, ...] = ()  # the others of the same customer
    before: Ending | None = None  # None: the version knows no such answer
    after: Ending | None = None
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    moved: tuple[Moved, ...] = ()
    asked_added: tuple[str, ...] = ()
    asked_removed: tuple[str, ...] = ()
    has_example: bool = False
    scenarios_touched: tuple[str, ...] = ()  # names
    asked: ToldAsked | None = None
    limits: ToldLimits | None = None  # through which one version refuses these customers


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldDifference:
    """A whole comparison."""

    language: str
    title: str
    old: Mapping[str, str]  # name, version and digest
    new: Mapping[str, str]
    is_same: bool
    is_exact: bool
    doors: tuple[str, ...]  # procedures with which a case may begin in one version only
    has_questions: bool
    groups: tuple[ToldGroup, ...]
    also: tuple[ToldAlso, ...]
    words: tuple[WordChange, ...]
    scenarios_touched: tuple[str, ...]
    scenarios_total: int
    calendar: ToldCalendar | None = None

    def to_json(self) -> dict[str, Json]:
        """Return the comparison for programs."""
        written = asdict(self)
        for group, told in zip(written["groups"], self.groups, strict=True):
            group["kind"] = told.kind.value
            for key in ("limits", "asked"):
                if group[key] is None:
                    del group[key]
            for behind, of in zip(group["behind"], told.behind, strict=True):
                behind["kind"] = of.kind.value
        if self.calendar is None:
            del written["calendar"]
        return written

    def text(self, width: int = 88) -> str:
        """Return the comparison as plain text."""
        from praxe.engine.diff.layout import blocks_of
        from praxe.engine.explanation.layout import as_text

        return as_text(blocks_of(self), width)

    def markdown(self) -> str:
        """Return the comparison as Markdown, for a review."""
        from praxe.engine.diff.layout import blocks_of
        from praxe.engine.explanation.layout import as_markdown

        return as_markdown(blocks_of(self))


def tell(difference: PolicyDifference, old: Policy, new: Policy, language: str) -> ToldDifference:
    """Put a comparison of two versions into words.

    Raises:
        ValueError: there is no such language.
    """
    telling = _Telling(old, new, language)
    return ToldDifference(
        language=language,
        title=new.manifest.title.in_language(language),
        old=dict(old.identity),
        new=dict(new.identity),
        is_same=difference.is_same,
        is_exact=difference.is_exact,
        doors=difference.doors,
        has_questions=difference.has_questions,
        groups=tuple(map(telling.group, difference.groups)),
        also=tuple(map(telling.also, difference.also)),
        words=difference.words,
        scenarios_touched=difference.scenarios_touched,
        scenarios_total=difference.scenarios_total,
        calendar=told_calendar(difference.calendar, (old, new), language) if difference.calendar else None,
    )


class _Telling:
    def __init__(self, old: Policy, new: Policy, language: str) -> None:
        self._policies = (old, new)
        self._language = language
        self._voices = (Voice(old, sentences(language)), Voice(new, sentences(language)))

    def group(self, group: ChangedGroup) -> ToldGroup:
        place, node = self._place(group.place, group.start)
        if group.by is not None:
            return self._refusing(group, group.by)
        told = ToldGroup(
            kind=group.kind,
            start=group.start,
            place=place,
            node=node,
            share=float(group.share),
            share_of_kind=float(group.share_of_kind),
            is_gone=group.place.is_gone,
            definitions=tuple(map(self._definition, group.definitions)),
            behind=tuple(self._behind(each, group.start) for each in group.behind),
            scenarios_touched=group.scenarios,
            asked=None if group.asked is None else self._asked(group.asked),
        )
        return told if group.example is None else self._with_example(told, group.example)

    def also(self, also: AlsoChanged) -> ToldAlso:
        place, node = self._place(also.place, also.start)
        told = ToldAlso(
            start=also.start,
            place=place,
            node=node,
            is_gone=also.place.is_gone,
            definitions=tuple(map(self._definition, also.definitions)),
        )
        example = also.example
        if example is None:
            return told
        return replace(
            told,
            decisive=tuple(self._cited(example, name) for name in example.decisive),
            facts=tuple(self._cited(example, name) for name in example.facts if name not in example.decisive),
            passed_by=tuple(name for name, passes in zip(("old", "new"), also.passed_by, strict=True) if passes),
        )

    def _with_example(self, told: ToldGroup, example: Example) -> ToldGroup:
        old, new = (self._again(each) for each in (example.old, example.new))
        steps = Steps.of(old, new, self._voices[1]) if old and new else None
        others = [name for name in example.facts if name not in example.decisive]
        return replace(
            told,
            decisive=tuple(self._cited(example, name) for name in example.decisive),
            facts=tuple(self._cited(example, name) for name in others),
            before=self._voices[0].ending(old) if old else None,
            after=self._voices[1].ending(new) if new else None,
            added=steps.added if steps else (),
            removed=steps.removed if steps else (),
            moved=tuple(each for each in steps.moved if each.before != each.after) if steps else (),
            asked_added=self._asked_only_by(example.asked_new, example.asked_old),
            asked_removed=self._asked_only_by(example.asked_old, example.asked_new),
            has_example=True,
        )

    def _asked(self, asked: OnlyAsked) -> ToldAsked:
        example = asked.example
        return ToldAsked(
            start=asked.start,
            share=float(asked.share),
            decisive=tuple(self._cited(example, name) for name in example.decisive),
            facts=tuple(self._cited(example, name) for name in example.facts if name not in example.decisive),
            asked_added=self._asked_only_by(example.asked_new, example.asked_old),
            asked_removed=self._asked_only_by(example.asked_old, example.asked_new),
        )

    def _asked_only_by(self, one: Sequence[FactName], other: Sequence[FactName]) -> tuple[str, ...]:
        return tuple(self._label(name) for name in one if name not in other)

    def _refusing(self, group: ChangedGroup, by: Assumption | Fact) -> ToldGroup:
        """Tell of customers whom one version refuses."""
        told = ToldGroup(
            kind=group.kind,
            start=group.start,
            place=str(self._policies[1].facts[by.name].span if isinstance(by, Fact) else by.span),
            node=None,
            share=float(group.share),
            share_of_kind=float(group.share_of_kind),
            is_gone=isinstance(by, Assumption) and group.kind is ChangeKind.ACCEPTED,
            scenarios_touched=group.scenarios,
            limits=self._limits(by.name) if isinstance(by, Fact) else None,
        )
        if group.example is None or group.example.refusal is None:
            return told
        told, refusal = self._with_example(told, group.example), group.example.refusal
        refused = Ending(
            status=REFUSED,
            outcome=None,
            fact=FactName(refusal.problems[0].fact),
            text=refusal.in_language(self._language).replace("\n", "; "),
            clauses=by.clauses,
        )
        is_new = group.kind is ChangeKind.REFUSED
        return replace(told, after=refused) if is_new else replace(told, before=refused)

    def _limits(self, name: FactName) -> ToldLimits:
        old, new = (each.facts[name] for each in self._policies)
        ends = (old.minimum, old.maximum, new.minimum, new.maximum)
        texts = [None if each is None else plain_decimal(each) for each in ends]
        return ToldLimits(
            fact=name,
            label=self._label(name),
            old_least=texts[0],
            old_most=texts[1],
            new_least=texts[2],
            new_most=texts[3],
        )

    def _cited(self, example: Example, name: FactName) -> CitedFact:
        return self._voice_of(name).cited(name, example.facts[name])

    def _label(self, name: FactName) -> str:
        return self._voice_of(name).label(name)

    def _voice_of(self, name: FactName) -> Voice:
        return self._voices[1] if name in self._policies[1].facts else self._voices[0]

    def _again(self, decision: Decision | None) -> Decision | None:
        """Return the same decision in the language asked for, without a date: its deadlines are then terms."""
        if decision is None:
            return None
        return Decision(
            decision.policy,
            decision.arrival,
            decision.known,
            start=decision.start,
            now=None,
            language=self._language,
        )

    def _behind(self, behind: Behind, start: ProcedureName) -> ToldBehind:
        place, node = self._place(behind.place, start)
        return ToldBehind(
            kind=behind.kind,
            place=place,
            node=node,
            is_gone=behind.place.is_gone,
            definitions=tuple(map(self._definition, behind.definitions)),
        )

    def _definition(self, name: FactName) -> ToldDefinition:
        old, new = (each.checked.definitions for each in self._policies)
        is_gone = name not in new
        definition = old[name] if is_gone else new[name]
        checked = self._policies[0 if is_gone else 1].checked
        label = checked.derived[name].label.in_language(self._language)
        return ToldDefinition(name=name, label=label, place=str(definition.name_span), is_gone=is_gone)

    def _place(self, place: Place, start: ProcedureName) -> tuple[str, str | None]:
        for policy, name in ((self._policies[1], place.new), (self._policies[0], place.old)):
            if name is not None:
                return str(policy.graph.nodes[name].span), name
        return str(self._policies[1].checked.procedures[start].name_span), None
