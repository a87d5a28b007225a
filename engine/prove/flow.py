"""A policy's graph with its conditions as sets of cases: what reachability runs on.

In: a policy and its space. Out: a `Flow`: nodes by number, callers before those they call, each procedure's in an order
in which every branch leads on; for each branch the cases that take it, for each node those that it leaves without an
answer, and the axes that some later condition still reads.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from functools import cached_property
from typing import Any, Final, NamedTuple, TypeVar, assert_never

from praxe.dsl.tree import Expression, FactRef, ProcedureName, Table
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    End,
    Gap,
    GraphNode,
    Question,
    Retry,
    Return,
    Step,
    Wait,
)
from praxe.engine.policy import Policy
from praxe.engine.prove.axes import AxisKind
from praxe.engine.prove.cuts import key_of_fact
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE
from praxe.engine.prove.lanes import Targets, laid_out
from praxe.engine.prove.meaning import Meaning
from praxe.engine.prove.space import Space

_YES: Final = BranchKind.YES
_YES_NO: Final = (BranchKind.YES, BranchKind.NO)
_ANSWERING: Final = (Call, End, Gap, Return)  # whatever the case
STRAIGHT_ON: Final = (EVERY_CASE,)  # of a node that only passes cases on
_ASKING: Final[tuple[type[Question | Retry | Wait], ...]] = (Question, Retry, Wait)
_Kind = TypeVar("_Kind", bound=GraphNode)


class Edge(NamedTuple):
    """A branch, the number of the node it leads to, and the cases that take it."""

    branch: Branch
    target: int
    cases: int


class Edges:
    """The branches of each node by its number, put together where somebody asks: most nodes only pass cases on."""

    def __init__(
        self, branches: Sequence[Sequence[Branch]], targets: Sequence[Targets], cases: Sequence[Targets]
    ) -> None:
        self._branches = branches
        self._targets = targets
        self._cases = cases
        self._made: dict[int, tuple[Edge, ...]] = {}

    def __getitem__(self, number: int) -> tuple[Edge, ...]:
        """Return the branches of a node."""
        found = self._made.get(number)
        if found is None:
            parts = zip(self._branches[number], self._targets[number], self._cases[number], strict=True)
            found = self._made[number] = tuple([Edge(*each) for each in parts])
        return found


class Flow:
    """One policy of a space, ready for proofs."""

    def __init__(
        self,
        policy: Policy,
        space: Space,
        meaning: Meaning,
        *,
        like: Flow | None = None,
        common: Collection[ProcedureName] = (),
    ) -> None:
        """Prepare.

        Args:
            like: another version in the same space, from which the sets of cases of `common` procedures are taken over.
        """
        self.policy = policy
        self.space = space
        self.meaning = meaning
        self.diagrams = space.diagrams
        lanes = laid_out(policy)
        self.order = lanes.order
        self.nodes = lanes.nodes
        self.lanes = lanes.lanes
        self.number = lanes.number
        self.branches = lanes.branches
        self.targets = lanes.targets  # of each node the nodes its branches lead to
        self._kinds: defaultdict[type, list[tuple[int, Any]]] = defaultdict(list)
        for each in enumerate(self.nodes):
            self._kinds[type(each[1])].append(each)
        self.decisions = self.nodes_of(Decision)
        self.callees: list[int | None] = [None] * len(self.nodes)
        self.procedure_of: list[ProcedureName] = [node.procedure for node in self.nodes]  # of a call: the one called
        self._choices: dict[int, int] = {}  # decisions that are no condition, and the cases they leave without answer
        for number, call in self.nodes_of(Call):
            self.callees[number] = self.lanes[call.callee].start
            self.procedure_of[number] = call.callee
        self.cases_of: Sequence[Targets] = self._read_branches(lanes.branches, like, common)
        self.edges = Edges(lanes.branches, self.targets, self.cases_of)

    def _read_branches(
        self, branches: Sequence[Sequence[Branch]], like: Flow | None, common: Collection[ProcedureName]
    ) -> list[Targets]:
        """Return, for each node, the cases that take each branch."""
        found: list[Targets] = [STRAIGHT_ON if len(each) == 1 else (EVERY_CASE,) * len(each) for each in branches]
        known = common if like is not None else ()
        for name in known:
            assert like is not None
            lane, other = self.lanes[name], like.lanes[name]
            found[lane.start : lane.stop] = like.cases_of[other.start : other.stop]
        for number, decision in self.decisions:
            if decision.procedure not in known:
                found[number] = self._decision_cases(number, decision, branches[number])
            elif not _is_yes_no(branches[number]):
                self._choices[number] = self.diagrams.without(self.diagrams.any_of(found[number]))
        for number, step in self.nodes_of(Step):
            if step.arguments and step.procedure not in known:
                found[number] = (self._defined([value for _, value in step.arguments]),)
        others: Sequence[tuple[int, Question | Retry | Wait]] = [
            each for kind in _ASKING for each in self.nodes_of(kind)
        ]
        for number, node in others:
            if node.procedure not in known:
                found[number] = self._branch_cases(node)
        return found

    @cached_property
    def read_in(self) -> dict[ProcedureName, int]:
        """For each procedure the axes that some condition reads, in it or in those that it calls."""
        found: dict[ProcedureName, int] = {}
        for name in reversed(self.order):
            lane = self.lanes[name]
            read = self.diagrams.axes({each for number in lane for each in self.cases_of[number]})
            for number in lane:
                if self.callees[number] is not None:
                    read |= found[self.procedure_of[number]]
            found[name] = read
        return found

    @cached_property
    def live(self) -> list[int]:
        """For each node the axes that some condition reads from there on, in its procedure or in those it calls."""
        live = [0] * len(self.nodes)
        for name in reversed(self.order):
            self._find_live(self.lanes[name], live)
        return live

    @cached_property
    def open_nodes(self) -> Sequence[int]:
        """The nodes that can leave a case without an answer."""
        if self.is_total:  # a question or condition has an answer then, only branches may not
            return list(self._choices)
        return [number for number, node in enumerate(self.nodes) if not isinstance(node, _ANSWERING)]

    @cached_property
    def is_total(self) -> bool:
        """Whether every condition has an answer in every case: only a table may have none."""
        return not any(isinstance(each, Table) for each in self.policy.checked.definitions.values())

    @cached_property
    def live_beyond(self) -> list[int]:
        """For each node the axes that tell its cases apart later on, or that told them apart where it was called."""
        beyond: dict[ProcedureName, int] = dict.fromkeys(self.order, 0)
        for name in self.order:
            for number in self.lanes[name]:
                node = self.nodes[number]
                if isinstance(node, Call):
                    beyond[node.callee] |= beyond[name] | self.live[number]
        return [each | beyond[node.procedure] for each, node in zip(self.live, self.nodes, strict=True)]

    @cached_property
    def sources(self) -> list[list[tuple[int, int]]]:
        """For each node the branches that lead to it: node, place among its branches."""
        found: list[list[tuple[int, int]]] = [[] for _ in self.nodes]
        for number, targets in enumerate(self.targets):
            for place, target in enumerate(targets):
                found[target].append((number, place))
        return found

    @cached_property
    def callers(self) -> dict[int, list[int]]:
        """For each procedure's first node the calls that enter it."""
        found: dict[int, list[int]] = {}
        for number, start in enumerate(self.callees):
            if start is not None:
                found.setdefault(start, []).append(number)
        return found

    def nodes_of(self, kind: type[_Kind]) -> list[tuple[int, _Kind]]:
        """Return the nodes of one kind, each with its number."""
        return self._kinds.get(kind, [])

    def start_of(self, name: ProcedureName) -> int:
        """Return the first node of a procedure."""
        return self.lanes[name].start

    def return_of(self, name: ProcedureName) -> int | None:
        """Return the node at which a procedure goes back to its caller, if it ever does."""
        lane = self.lanes[name]
        return next((each for each in reversed(lane) if isinstance(self.nodes[each], Return)), None)

    def undecided(self, number: int) -> int:
        """Return the cases that a node leaves without an answer."""
        if self.is_total or number in self._choices:
            return self._choices.get(number, NO_CASE)
        if isinstance(self.nodes[number], _ANSWERING):
            return NO_CASE
        return self.diagrams.without(self.diagrams.any_of(self.cases_of[number]))

    # --- cases of branches -----------------------------------------------------------------------------------------

    def _branch_cases(self, node: Question | Retry | Wait) -> Targets:
        match node:
            case Question(fact=fact):
                return (self._defined([FactRef(name=fact, span=node.span)]),)
            case Retry(arguments=arguments):
                defined = self._defined([value for _, value in arguments])
                return tuple(self.diagrams.both(defined, each) for each in self._retry_cases(node))
            case Wait(meanwhile=meanwhile):
                values = [value for step in meanwhile for _, value in step.arguments]
                defined = self._defined(values)
                came, passed = self.meaning.truth(FactRef(name=node.fact, span=node.span))
                return self.diagrams.both(defined, came), self.diagrams.both(defined, passed)
            case _:
                assert_never(node)

    def _decision_cases(self, number: int, node: Decision, branches: Sequence[Branch]) -> Targets:
        if _is_yes_no(branches):
            truth = self.meaning.truth(node.test)
            return truth if branches[0].kind is _YES else (truth.no, truth.yes)
        if isinstance(node.test, FactRef):
            patterns = [each.patterns for each in branches if each.kind is not BranchKind.OTHERWISE]
            first = self.meaning.first_admitting(node.test, patterns)
            if first is not None:
                self._choices[number] = first[-1] if len(first) > len(branches) else NO_CASE
                return tuple(first[: len(branches)])  # INVARIANT: `otherwise` comes last
        left = self.meaning.defined(node.test)
        found = []
        for each in branches:
            cases = left
            if each.kind is not BranchKind.OTHERWISE:
                cases = self.diagrams.both(left, self.meaning.admits(node.test, each.patterns).yes)
            found.append(cases)
            if self.meaning.is_exact:
                left = self.diagrams.minus(left, cases)
        self._choices[number] = self.diagrams.without(self.diagrams.any_of(found))
        return tuple(found)

    def _retry_cases(self, node: Retry) -> tuple[int, int]:
        number = self.meaning.number_of[key_of_fact(node.fact, AxisKind.ATTEMPTS)]
        classes = self.space.axes[number].classes
        within = [
            place for place, each in enumerate(classes) if isinstance(each.high, int) and each.high <= node.attempts
        ]
        succeeded = self.diagrams.among(number, within)
        return succeeded, self.diagrams.without(succeeded)

    def _defined(self, values: Sequence[Expression]) -> int:
        return self.diagrams.all_of(self._worked_out(value) for value in values)

    def _worked_out(self, value: Expression) -> int:
        definitions = self.policy.checked.definitions
        if not any(isinstance(each, FactRef) and each.name in definitions for each in value.descendants()):
            return EVERY_CASE
        if self.meaning.leaves.is_condition(value):
            truth = self.meaning.truth(value)
            return self.diagrams.either(truth.yes, truth.no)
        return self.meaning.defined(value)

    def _find_live(self, lane: range, live: list[int]) -> None:
        reads = self.diagrams.reads
        masks: dict[int, int] = {}  # equal ones kept once: of thousands of axes they are long numbers
        for number in reversed(lane):
            needed = 0
            for cases, target in zip(self.cases_of[number], self.targets[number], strict=True):
                needed |= reads[cases] | live[target]
            start = self.callees[number]
            needed |= 0 if start is None else live[start]
            live[number] = masks.setdefault(needed, needed)


def _is_yes_no(branches: Sequence[Branch]) -> bool:
    """Return whether branches are those of a condition: one for yes, one for no."""
    return len(branches) == 2 and branches[0].kind in _YES_NO and branches[1].kind in _YES_NO
