"""The graph made ready to be walked: what a walk would look up at each node is looked up once, here.

In: the decision graph and the readers of its expressions. Out: a `Program`. networkx is not needed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import assert_never

from praxe.dsl.tree import And, Expression, FactName, FactRef, Or, ProcedureName, Today
from praxe.dsl.vocabulary import Assumption, Fact, FactType
from praxe.engine.classes import MOST_MEMBERS, Answers, all_subsets
from praxe.engine.evaluate import Evaluator
from praxe.engine.firsts import Firsts
from praxe.engine.graph import (
    BranchKind,
    Call,
    Decision,
    DecisionGraph,
    End,
    Gap,
    Question,
    Retry,
    Return,
    Start,
    Step,
    Wait,
)
from praxe.engine.program import Pace, Program, Spot, Way
from praxe.engine.reads import Reads
from praxe.engine.tables import Admits, Reader, admitted
from praxe.engine.values import Known, Value


def attempts_of(graph: DecisionGraph) -> Mapping[FactName, int]:
    """Return the facts of retries, with the largest bound of the retries of each."""
    bounds: dict[FactName, int] = {}
    for node in graph.nodes.values():
        if isinstance(node, Retry):
            bounds[node.fact] = max(node.attempts, bounds.get(node.fact, 0))
    return bounds


def prepare(
    graph: DecisionGraph,
    facts: Mapping[FactName, Fact],
    evaluator: Evaluator,
    attempts: Mapping[FactName, int],
    assumptions: Iterable[Assumption] = (),
) -> Program:
    """Make `graph` ready to be walked; `facts` are the vocabulary's own."""
    spots = {name: Spot(node, number) for number, (name, node) in enumerate(graph.nodes.items())}
    starts = {name: spots[start] for name, start in graph.starts.items()}
    preparation = _Preparation(facts, evaluator, attempts, starts)
    for name, spot in spots.items():
        targets = [(branch, spots[branch.target]) for branch in graph.branches.get(name, ())]
        spot.ways = tuple(Way(branch, spot, target, target) for branch, target in targets)
        preparation.equip(spot)
    landings = _landings(spots.values())
    for spot in spots.values():
        for way in spot.ways:
            way.landing = landings[way.target]
        if spot.callee:
            spot.enters = landings[spot.callee]
    answers = Answers(graph, facts, evaluator, attempts, assumptions)
    return Program(
        spots=spots,
        starts=starts,
        landings={name: landings[spot] for name, spot in starts.items()},
        answers=answers,
        firsts=Firsts(spots.values(), answers),
        reads=Reads(evaluator.definitions, facts),
        evaluator=evaluator,
    )


def _landings(spots: Iterable[Spot]) -> Mapping[Spot, Spot]:
    """Return, for each spot, the first from there on where something has to be found out."""
    landings: dict[Spot, Spot] = {}
    for spot in spots:
        passed = []
        here = spot
        while here.pace is Pace.GO_ON and here not in landings:
            passed.append(here)
            here = here.ways[0].target
        end = landings.setdefault(here, here)
        landings.update((each, end) for each in passed)
    return landings


class _Preparation:
    def __init__(
        self,
        facts: Mapping[FactName, Fact],
        evaluator: Evaluator,
        attempts: Mapping[FactName, int],
        starts: Mapping[ProcedureName, Spot],
    ) -> None:
        self._facts = facts
        self._evaluator = evaluator
        self._attempts = attempts
        self._starts = starts

    def equip(self, spot: Spot) -> None:
        """Give `spot` its pace, and what it takes to find the way on."""
        node = spot.node
        match node:
            case Start():
                spot.pace = Pace.GO_ON
            case Step():
                self._equip_step(spot, node.arguments)
            case Question():
                self._equip_choice(spot, _known_way(self._evaluator.reader(_fact(node.fact, node)), spot.ways[0]))
            case Decision():
                self._equip_decision(spot, node)
            case Retry():
                self._equip_retry(spot, node)
            case Wait():
                self._equip_wait(spot, node)
            case Call():
                spot.pace, spot.callee = Pace.CALL, self._starts[node.callee]
                spot.onward = spot.ways[0] if spot.ways else None
            case Return():
                spot.pace = Pace.RETURN
            case End() | Gap():
                spot.pace = Pace.STOP
            case _:
                assert_never(node)

    def _equip_choice(self, spot: Spot, choose: Callable[[Known], Way | None]) -> None:
        spot.pace, spot.choose = Pace.CHOOSE, choose

    def _equip_look_up(self, spot: Spot, fact: FactName, by_value: Mapping[Value | None, Way]) -> None:
        spot.pace, spot.fact, spot.by_value = Pace.LOOK_UP, fact, by_value

    def _equip_step(self, spot: Spot, arguments: Iterable[tuple[str, Expression]]) -> None:
        spot.arguments = self._read_arguments(arguments)
        readers = _that_vary(spot.arguments)
        if readers:
            way = spot.ways[0]
            self._equip_choice(spot, lambda known: None if _any_open(readers, known) else way)

    def _equip_decision(self, spot: Spot, node: Decision) -> None:
        read = self._evaluator.reader(node.test)
        if {way.branch.kind for way in spot.ways} <= {BranchKind.YES, BranchKind.NO}:
            yes, no = spot.ways  # INVARIANT: in this order, from lower
            comparison = self._evaluator.comparison(node.test)
            if comparison:
                choose = _compared(*comparison, yes, no)
            else:
                choose = self._by_parts(node.test, yes, no) or _either(read, yes, no)
        else:
            choose = _first_admitting(read, spot.ways)
        values = self._few_values(node)
        if values is None:
            self._equip_choice(spot, choose)
        else:  # a test of one fact that has few values: look the way up instead of choosing it each time
            found = ((value, choose({node.facts[0]: value})) for value in (*values, None))
            self._equip_look_up(spot, node.facts[0], {value: way for value, way in found if way})

    def _by_parts(self, test: Expression, yes: Way, no: Way) -> Callable[[Known], Way | None] | None:
        """Return the choice by a condition of two parts, read without a call for the condition itself; else None."""
        match test:
            case And(operands=(one, other)):
                return _parted(*map(self._evaluator.reader, (one, other)), decisive=False, ways=(no, yes))
            case Or(operands=(one, other)):
                return _parted(*map(self._evaluator.reader, (one, other)), decisive=True, ways=(yes, no))
            case _:
                return None

    def _few_values(self, node: Decision) -> Sequence[Value] | None:
        """Return all values of the one fact that a decision reads; None when it reads more, or there are too many."""
        if len(node.facts) != 1 or any(isinstance(part, Today) for part in node.test.descendants()):
            return None
        fact = self._facts[node.facts[0]]
        if fact.name in self._attempts:
            return None
        match fact.type:
            case FactType.YES_NO:
                return (True, False)
            case FactType.ONE_OF:
                return tuple(each.name for each in fact.values)
            case FactType.SET_OF if len(fact.values) <= MOST_MEMBERS:
                return all_subsets([each.name for each in fact.values])
            case FactType.SET_OF | FactType.INTEGER | FactType.DECIMAL | FactType.DATE | FactType.TEXT:
                return None
            case _:
                assert_never(fact.type)

    def _is_plain(self, name: FactName) -> bool:
        """Whether a fact is simply looked up: neither derived nor a list of attempts."""
        return name in self._facts and name not in self._attempts

    def _equip_retry(self, spot: Spot, node: Retry) -> None:
        spot.arguments = self._read_arguments(node.arguments)
        readers = _that_vary(spot.arguments)
        succeeded, exhausted = spot.ways  # INVARIANT: in this order, from lower
        fact, bound = node.fact, node.attempts

        def choose(known: Known) -> Way | None:
            attempts = known.get(fact)
            if not isinstance(attempts, tuple) or _any_open(readers, known):
                return None
            if any(attempts[:bound]):
                return succeeded
            return exhausted if len(attempts) >= bound else None

        self._equip_choice(spot, choose)

    def _equip_wait(self, spot: Spot, node: Wait) -> None:
        duties = [argument for step in node.meanwhile for argument in step.arguments]
        spot.arguments = self._read_arguments(duties)
        readers = _that_vary(spot.arguments)
        came, passed = spot.ways  # INVARIANT: in this order, from lower
        if self._is_plain(node.fact) and not readers:
            self._equip_look_up(spot, node.fact, {True: came, False: passed})
        else:
            choose = _either(self._evaluator.reader(_fact(node.fact, node)), came, passed)
            self._equip_choice(spot, lambda known: None if _any_open(readers, known) else choose(known))

    def _read_arguments(
        self, arguments: Iterable[tuple[str, Expression]]
    ) -> tuple[tuple[str, Expression, Reader], ...]:
        return tuple((name, value, self._evaluator.reader(value)) for name, value in arguments)


def _fact(name: FactName, node: Question | Wait) -> FactRef:
    return FactRef(name=name, span=node.span)


def _that_vary(arguments: Iterable[tuple[str, Expression, Reader]]) -> tuple[Reader, ...]:
    return tuple(read for _, _, read in arguments if read({}) is None)


def _any_open(readers: Iterable[Reader], known: Known) -> bool:
    return any(read(known) is None for read in readers)


def _known_way(read: Reader, way: Way) -> Callable[[Known], Way | None]:
    return lambda known: None if read(known) is None else way


def _either(read: Reader, yes: Way, no: Way) -> Callable[[Known], Way | None]:
    def choose(known: Known) -> Way | None:
        value = read(known)
        return None if value is None else yes if value else no

    return choose


def _parted(one: Reader, other: Reader, *, decisive: bool, ways: tuple[Way, Way]) -> Callable[[Known], Way | None]:
    """Choose by `e` or `ou` of two parts: the first way if one of them is decisive, the second if none is."""
    if_decided, if_not = ways

    def choose(known: Known) -> Way | None:
        first = one(known)
        if first is decisive:
            return if_decided
        second = other(known)
        if second is decisive:
            return if_decided
        return None if first is None or second is None else if_not

    return choose


def _compared(
    test: Callable[..., bool], fact: FactName, fixed: Value, yes: Way, no: Way
) -> Callable[[Known], Way | None]:
    """Choose by a comparison of a fact with a fixed value: the same as `_either`, in one call instead of two."""

    def choose(known: Known) -> Way | None:
        value = known.get(fact)
        return None if value is None else yes if test(value, fixed) else no

    return choose


def _first_admitting(read: Reader, ways: Iterable[Way]) -> Callable[[Known], Way | None]:
    tests = tuple((_test_of(way), way) for way in ways)

    def choose(known: Known) -> Way | None:
        value = read(known)
        if value is not None:
            for admits, way in tests:
                if admits(value):
                    return way
        return None

    return choose


def _test_of(way: Way) -> Admits:
    """Return the test whether a value takes `way`; INVARIANT: `otherwise` comes last, and is asked last."""
    match way.branch.kind:
        case BranchKind.VALUE:
            return admitted(way.branch.patterns)
        case BranchKind.YES:
            return lambda value: value is True
        case BranchKind.NO:
            return lambda value: value is False
        case BranchKind.OTHERWISE:
            return lambda value: True
        case _:
            raise AssertionError(f"a decision has no branch {way.branch.kind.value}")
