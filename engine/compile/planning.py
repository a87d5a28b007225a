"""A prepared policy to its plan: plain JSON, all that deciding needs, and no words.

In: a policy's graph and program. Out: a `Plan`, each of its nodes planned when it is first looked at; and as a document
that `plan.read_plan` reads, at once or years later.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any, Final, assert_never

from praxe.dsl.tree import (
    And,
    ClauseId,
    Compare,
    Comparison,
    Definition,
    Duration,
    Expression,
    FactName,
    FactRef,
    HitPolicy,
    Pattern,
    RangePattern,
    Table,
    ValuePattern,
)
from praxe.dsl.vocabulary import FactType
from praxe.engine.compile.plan import (
    NOWHERE,
    Outline,
    Plan,
    PlannedFact,
    PlannedSpot,
    PlannedWay,
    Said,
    Spots,
    definition_of,
    is_rarer,
    row_of,
)
from praxe.engine.compile.written import Terms, written
from praxe.engine.graph import (
    BranchKind,
    Call,
    Decision,
    End,
    Gap,
    GraphNode,
    Question,
    Retry,
    Return,
    Start,
    Step,
    Wait,
)
from praxe.engine.needed import facts_read
from praxe.engine.program import Pace, Spot, Way
from praxe.engine.tables import pattern_value
from praxe.engine.trace import kind_of
from praxe.engine.values import Json
from praxe.engine.wording import text_of

if TYPE_CHECKING:
    from praxe.engine.policy import Policy

# Looked up once: in Python 3.11 a member of an Enum costs much to look up.
_LOOK_UP: Final = Pace.LOOK_UP
_CHOOSE: Final = Pace.CHOOSE
_RETURN: Final = Pace.RETURN
_EQUAL: Final = frozenset({Comparison.EQUAL, Comparison.IS})


class Planning:
    """Plans one policy."""

    def __init__(self, policy: Policy) -> None:
        self._policy = policy
        self._program = policy.program
        self._spots = policy.spots
        self._terms = Terms(policy.program.evaluator, policy.attempts)
        self._findings = policy.vocabulary.findings
        definitions = policy.checked.definitions
        self._definitions = {name: self._definition(each) for name, each in definitions.items()}
        self.plan = Plan(
            spots=Spots(len(self._spots), self._spot),
            outline=cache(self._outline),
            is_sure=self._is_sure,
            starts={name: spot.number for name, spot in policy.program.starts.items()},
            entry=policy.manifest.entry,
            language=policy.manifest.language,
            reads_today=policy.reads_today,
            facts={name: self._fact(name) for name in policy.facts},
            definitions={name: definition_of(row) for name, row in self._definitions.items()},
            assumptions=tuple(
                (None if each.when is None else self._terms.term(each.when), self._terms.term(each.then))
                for each in policy.checked.assumptions
            ),
        )

    def document(self) -> Json:
        """Return the plan as JSON."""
        plan = self.plan
        return {
            "entry": plan.entry,
            "language": plan.language,
            "reads_today": plan.reads_today,
            "facts": [_row_of_fact(each) for each in plan.facts.values()],
            "definitions": [[name, row] for name, row in self._definitions.items()],
            "assumptions": plan.assumptions,
            "starts": plan.starts,
            "spots": [row_of(plan.spots[each], is_sure=self._is_sure(each)) for each in range(len(plan.spots))],
        }

    def _outline(self) -> Outline:
        """Return what leads where; it has to be what `plan.read_plan` makes of the document."""
        spots = self._spots
        return Outline(
            targets=[tuple([way.target.number for way in spot.ways]) for spot in spots],
            finds=[spot.pace is _LOOK_UP or spot.pace is _CHOOSE for spot in spots],
            calls={spot.number: spot.callee.number for spot in spots if spot.callee},
            returns=frozenset([spot.number for spot in spots if spot.pace is _RETURN]),
            is_rarely_first=frozenset([spot.number for spot in spots if self._is_rarely_first(spot)]),
        )

    def _is_rarely_first(self, spot: Spot) -> bool:
        if len(spot.ways) != 2:
            return False
        lookup = self._lookup(spot)
        if lookup:
            return is_rarer(lookup)
        match spot.node:
            case Decision(test=And()):
                return True
            case Decision(test=Compare(operator=operator)):
                return operator in _EQUAL
            case _:
                return False

    # --- facts and definitions ---------------------------------------------------------------------------------

    def _fact(self, name: FactName) -> PlannedFact:
        fact = self._policy.facts[name]
        cuts: Any = self._program.answers.cuts(name)
        return PlannedFact(
            name,
            fact.type.value,
            tuple([each.name for each in fact.values]),
            fact.minimum,
            fact.maximum,
            self._policy.attempts.get(name, 0),
            cuts,
        )

    def _definition(self, definition: Definition | Table) -> Json:
        """Return the row of a definition or table."""
        term = self._terms.term
        match definition:
            case Definition():
                cases = [[term(each.condition), term(each.value)] for each in definition.cases]
                return ["cases", cases, term(definition.otherwise)]
            case Table():
                answers: dict[str, int] = {}
                return [
                    "table",
                    definition.hit_policy is HitPolicy.FIRST,
                    [term(each) for each in definition.inputs],
                    [
                        [_patterns(row.cells[column].patterns) for row in definition.rows]
                        for column in range(len(definition.inputs))
                    ],
                    [term(row.output) for row in definition.rows],
                    [answers.setdefault(text_of(row.output), len(answers)) for row in definition.rows],
                ]
            case _:
                assert_never(definition)

    # --- nodes -------------------------------------------------------------------------------------------------

    def _spot(self, number: int) -> PlannedSpot:
        spot = self._spots[number]
        node = spot.node
        test, arms = self._test(spot)
        lookup = self._lookup(spot)
        wants = self._wants(spot)
        return PlannedSpot(
            node.id,
            kind_of(node),
            self._clauses(node.clauses),
            tuple(
                [PlannedWay(way.target.number, way.branch.key, self._clauses(way.branch.clauses)) for way in spot.ways]
            ),
            tuple(self._says(node)),
            node.outcome if isinstance(node, End) else None,
            spot.callee.number if spot.callee else NOWHERE,
            tuple([self._terms.term(each) for each in wants]),
            test,
            tuple(arms),
            spot.fact if lookup else None,
            tuple(lookup),
            tuple(self._facts(node, wants)),
        )

    def _test(self, spot: Spot) -> tuple[Json, Json]:
        """Return what picks the way, and of a `caso` the patterns of each way."""
        node = spot.node
        match node:
            case Decision():
                kinds = {way.branch.kind for way in spot.ways}
                is_case = not kinds <= {BranchKind.YES, BranchKind.NO}
                return self._terms.term(node.test), [_arm(way) for way in spot.ways] if is_case else ()
            case Retry():
                return ["attempts", node.fact, node.attempts], ()
            case Wait():
                return self._terms.fact(node.fact), ()
            case _:
                return None, ()

    def _lookup(self, spot: Spot) -> Sequence[Json]:
        """Return the way of each value of the one fact read here, where that is the best test there is."""
        if spot.pace is not _LOOK_UP or self._policy.facts[spot.fact].type is FactType.SET_OF:
            return ()
        if None in spot.by_value or set(spot.by_value.values()) != set(spot.ways):
            return ()  # some way is not taken for any value, or one for all
        fact = self._policy.facts[spot.fact]
        if len(spot.by_value) < (len(fact.values) or 2):
            return ()  # some value has no way
        return tuple([(value, spot.ways.index(way)) for value, way in spot.by_value.items()])

    def _wants(self, spot: Spot) -> Sequence[Expression]:
        node = spot.node
        if isinstance(node, Question):
            return [_fact_of(node)]
        return [value for _, value, read in spot.arguments if read({}) is None] if spot.arguments else ()

    def _facts(self, node: GraphNode, wants: Iterable[Expression]) -> Sequence[str]:
        if isinstance(node, Decision):
            return node.facts
        definitions = self._policy.checked.definitions
        found = dict.fromkeys(name for each in wants for name in facts_read(each, definitions))
        match node:
            case Retry():
                found[node.fact] = None
            case Wait():
                found |= dict.fromkeys(facts_read(_fact_of(node), definitions))
                if not isinstance(node.deadline, Duration):
                    found |= dict.fromkeys(facts_read(node.deadline, definitions))
            case _:
                pass
        return tuple(found)

    def _is_sure(self, number: int) -> bool:
        spot = self._spots[number]
        node, wants = spot.node, self._wants(spot)
        tied = self._program.answers.tied
        if tied and not isinstance(node, Question | Wait) and not tied.isdisjoint(self._facts(node, wants)):
            return False  # an assumption may settle it
        match node:
            case Question() | Step():
                return all(self._is_plain(each) for each in wants)
            case Decision():
                return self._program.firsts.surely_differ(spot)
            case Retry():
                return not wants and (node.attempts > 1 or self._program.firsts.surely_differ(spot))
            case Wait():
                return not wants and isinstance(node.deadline, Duration) and self._is_plain(_fact_of(node))
            case _:
                return False

    def _is_plain(self, expression: Expression) -> bool:
        return bool(self._terms.term(expression)[0] == "f")

    def _says(self, node: GraphNode) -> Sequence[Said]:
        match node:
            case Step():
                return (self._said(node),)
            case Retry():
                return (Said("try", node.action, None, self._clauses(node.clauses), node.id),)
            case Wait():
                return [self._said(each) for each in node.meanwhile]
            case Start() | Return() | Question() | Decision() | Call() | End() | Gap():
                return ()
            case _:
                assert_never(node)

    def _said(self, step: Step) -> Said:
        kind = "say" if step.is_script else "do"
        return Said(kind, step.action, step.text, self._clauses(step.clauses), step.id)

    def _clauses(self, cited: tuple[ClauseId, ...]) -> tuple[ClauseId, ...]:
        return tuple([each for each in cited if each not in self._findings]) if self._findings else cited


def _row_of_fact(fact: PlannedFact) -> Json:
    bounds = [None if each is None else str(each) for each in (fact.minimum, fact.maximum)]
    cuts = None if fact.cuts is None else list(map(written, fact.cuts))
    return [fact.name, fact.type, list(fact.values), *bounds, fact.attempts, cuts]


def _fact_of(node: Question | Wait) -> FactRef:
    return FactRef(name=node.fact, span=node.span)


def _arm(way: Way) -> Json:
    return None if way.branch.kind is BranchKind.OTHERWISE else _patterns(way.branch.patterns)


def _patterns(patterns: Iterable[Pattern]) -> list[Json]:
    """Return patterns as `["is", value]` or `["from", low, high]`."""
    found: list[Json] = []
    for each in patterns:
        match each:
            case ValuePattern():
                found.append(["is", written(pattern_value(each))])
            case RangePattern():
                found.append(["from", written(each.low), None if each.high is None else written(each.high)])
            case _:
                assert_never(each)
    return found
