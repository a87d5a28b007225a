"""Two versions of a policy compared.

In: two policies, perhaps their scenarios. Out: a `PolicyDifference`: the customers for whom something is different, in
groups by the last place where both versions agreed, each with a smallest example and its share of all cases.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Final

from praxe.dsl.tree import FactName, ProcedureName
from praxe.engine.diff.common import common_procedures
from praxe.engine.diff.examples import Examples, seen
from praxe.engine.diff.parting import Pair, Parting, Walker
from praxe.engine.diff.positions import HOLE, Position
from praxe.engine.diff.questions import asked_otherwise
from praxe.engine.diff.records import Begin, ChangedGroup, ChangeKind, Example, Place, PolicyDifference
from praxe.engine.diff.words_changed import words_changed
from praxe.engine.facts import FactError
from praxe.engine.graph import NodeId
from praxe.engine.policy import Policy
from praxe.engine.prove.cases import Cases
from praxe.engine.prove.diagrams import EVERY_CASE
from praxe.engine.prove.flow import Flow
from praxe.engine.prove.space import Space
from praxe.engine.scenarios import Scenario

MOST_PAIRS: Final = 400_000
_ORDER: Final = tuple(ChangeKind)

_Parted = tuple[Begin, Parting]


def compare(old: Policy, new: Policy, scenarios: Iterable[Scenario] = ()) -> PolicyDifference:
    """Compare two versions of a policy.

    Args:
        scenarios: cases to decide by both, to tell which of them a change touches.

    Raises:
        ValueError: a fact is of another type in one version than in the other.
    """
    common = common_procedures(old, new)
    space = Space(old, new, common=common)
    before = Flow(old, space, space.meanings[0])
    after = Flow(new, space, space.meanings[1], like=before, common=common)
    comparison = _Comparison(old, new, space, (before, after), common)
    groups = comparison.groups()
    touched: dict[str, Mapping[str, object]] = {}
    total = 0
    for each in scenarios:
        total += 1
        if _is_touched(old, new, each):
            touched[each.name] = each.facts
    return PolicyDifference(
        groups=groups,
        words=words_changed(old.checked, new.checked),
        is_exact=comparison.is_exact,
        doors=_doors_of_one(old, new),
        has_questions=comparison.has_questions,
        scenarios_touched=tuple(touched),
        scenarios_total=total,
    )


class _Comparison:
    def __init__(
        self, old: Policy, new: Policy, space: Space, flows: tuple[Flow, Flow], common: frozenset[ProcedureName]
    ) -> None:
        self._flows = flows
        self._diagrams = space.diagrams
        self._weights = [[1] * len(axis.classes) for axis in space.axes]
        self._whole = self._diagrams.weigh(EVERY_CASE, self._weights)
        self._starts = _starts(old, new)
        self._walker = Walker(*flows, most=MOST_PAIRS, starts=self._starts, common=common)
        cases = (Cases(old, space.meanings[0]), Cases(new, space.meanings[1]))
        self._examples = Examples((old, new), cases, space.diagrams)
        self._suspects: dict[Begin, frozenset[FactName]] = {}  # facts that only one version may read
        self.has_questions = True

    @property
    def is_exact(self) -> bool:
        return self._walker.is_exact

    def groups(self) -> tuple[ChangedGroup, ...]:
        """Return the groups, the gravest and largest first."""
        partings: list[_Parted] = []
        for start in self._starts:
            partings += [(start, each) for each in self._walker.partings(start, EVERY_CASE)]
            self._suspects[start] = frozenset(self._walker.suspects)
        found = [self._group(each) for each in self._together(partings)]
        found += filter(None, (self._asked_otherwise(start, partings) for start in self._starts))
        return tuple(sorted(found, key=lambda each: (_ORDER.index(each.kind), -each.share)))

    def _group(self, partings: Sequence[_Parted]) -> ChangedGroup:
        """Return the group of partings that belong together, told for the first procedure that has any."""
        start, first = partings[0]
        own = [each for begun, each in partings if begun == start]
        cases = self._diagrams.any_of(each.cases for each in own)
        gravest = min((each.kind for each in own), key=_ORDER.index)
        of_kind = self._diagrams.any_of(each.cases for each in own if each.kind is gravest)
        example = self._examples.of(of_kind, start) or self._examples.of(cases, start)
        old, new = self._ids(first.agreed)
        return self._made(gravest, start, Place(old=old, new=new), cases, example)

    def _asked_otherwise(self, start: Begin, partings: Sequence[_Parted]) -> ChangedGroup | None:
        """Return the group of those for whom only the questions differ, if one of them can be shown."""
        differ = asked_otherwise(self._flows, self._walker.read, start, self._suspects[start])
        if differ is None or not self._walker.is_exact:
            self.has_questions = False
            return None
        changed = self._diagrams.any_of(each.cases for begun, each in partings if begun == start)
        only = self._diagrams.minus(differ, changed)
        example = self._examples.asked_otherwise(only, start)
        if example is None:
            return None
        return self._made(ChangeKind.QUESTIONS, start, Place(old=None, new=None), only, example)

    def _made(self, kind: ChangeKind, start: Begin, place: Place, cases: int, example: Example | None) -> ChangedGroup:
        share = Fraction(self._diagrams.weigh(cases, self._weights), self._whole)
        return ChangedGroup(kind=kind, start=start.new, place=place, share=share, example=example, cases=cases)

    def _together(self, partings: Sequence[_Parted]) -> Iterable[Sequence[_Parted]]:
        """Put together what parts from the same place, or at the same: most likely it is one edit that does it."""
        if len(partings) < 2:
            return [[each] for each in partings]
        from networkx.utils import UnionFind  # slow to import

        edits: UnionFind[Hashable] = UnionFind()
        for _, each in partings:
            edits.union(("from", *self._ids(each.agreed)), ("at", *self._ids(each.at)))
        found: dict[Hashable, list[_Parted]] = {}
        for start, each in partings:
            found.setdefault(edits["from", *self._ids(each.agreed)], []).append((start, each))
        return found.values()

    def _ids(self, pair: Pair) -> tuple[NodeId | None, NodeId | None]:
        return _id(self._flows[0], pair[0]), _id(self._flows[1], pair[1])


def _starts(old: Policy, new: Policy) -> tuple[Begin, ...]:
    """Return what a case may begin with in both versions: the entry, whatever it is called, and doors of one name."""
    entry = Begin(old.manifest.entry, new.manifest.entry)
    doors = (Begin(each, each) for each in old.manifest.doors if each in new.manifest.doors)
    return tuple(dict.fromkeys((entry, *doors)))


def _doors_of_one(old: Policy, new: Policy) -> tuple[ProcedureName, ...]:
    return tuple(sorted({*old.manifest.doors} ^ {*new.manifest.doors}))


def _id(flow: Flow, position: Position) -> NodeId | None:
    return None if position == HOLE else flow.nodes[position[-1]].id


def _is_touched(old: Policy, new: Policy, scenario: Scenario) -> bool:
    decisions = []
    for policy in (old, new):
        try:
            decisions.append(seen(policy.decide(scenario.facts, start=scenario.start, now=scenario.now)))
        except (FactError, ValueError):
            decisions.append(None)
    return decisions[0] != decisions[1]
