"""The same questions put to z3: a policy as one formula over its facts, written from the tree and the graph alone.

In: a policy without holes. Out: whether a branch can be taken, whether a rule can be broken. No set of cases, no class,
no reachability of the engine is used; what z3 cannot tell is None.
"""

from __future__ import annotations

import datetime
import operator
from collections.abc import Callable, Collection, Mapping
from decimal import Decimal
from functools import cached_property, reduce
from typing import Any

from praxe.dsl import tree as t
from praxe.dsl.vocabulary import Fact, FactType
from praxe.engine import Policy
from praxe.engine.graph import Branch, BranchKind, Call, Decision, End, GraphNode, Retry, Return, Wait
from praxe.engine.prove.at_end import at_end
from tests.engine.prove.every_case import Rule, actions_of

OPERATORS: Mapping[t.Comparison, Callable[[Any, Any], Any]] = {
    t.Comparison.EQUAL: operator.eq,
    t.Comparison.IS: operator.eq,
    t.Comparison.NOT_EQUAL: operator.ne,
    t.Comparison.GREATER: operator.gt,
    t.Comparison.GREATER_EQUAL: operator.ge,
    t.Comparison.LESS: operator.lt,
    t.Comparison.LESS_EQUAL: operator.le,
}


class Smt:
    """One policy for z3."""

    def __init__(self, policy: Policy, z3: Any) -> None:
        self.z3 = z3
        self.policy = policy
        self.graph = policy.graph
        self.facts: dict[str, Any] = {}
        self.solver = z3.Solver()
        self.solver.set("timeout", 5_000)
        for fact in policy.facts.values():
            self._fact(fact)
        for each in policy.checked.assumptions:
            then = self.expression(each.then)
            self.solver.add(then if each.when is None else z3.Implies(self.expression(each.when), then))
        self._paths: dict[frozenset[str], _Paths] = {}

    def can_be(self, *conditions: Any) -> bool | None:
        """Return whether some possible case meets the conditions; None where z3 cannot tell."""
        found = self.solver.check(*[self.z3.And(True, each) for each in conditions])
        return None if found == self.z3.unknown else bool(found == self.z3.sat)

    def is_taken(self, node: GraphNode, branch: Branch) -> bool | None:
        """Return whether some case takes a branch."""
        return self.can_be(self.paths().at(node.id), self.paths().edge(node, branch))

    def is_broken(self, rule: Rule) -> bool | None:
        """Return whether some case breaks a rule."""
        z3, ends = self.z3, [node for node in self.graph.nodes.values() if isinstance(node, End)]
        found: list[bool | None] = []
        for start in dict.fromkeys((self.policy.manifest.entry, *self.policy.manifest.doors)):
            paths = self.paths(start)
            by_end = [(node.outcome, paths.at(node.id)) for node in ends]
            open_end = z3.Not(z3.Or(False, *(at for _, at in by_end)))
            holds = z3.Or(*(z3.And(at, self.rule_holds(rule, outcome)) for outcome, at in [*by_end, (None, open_end)]))
            ended = z3.Or(False, *(at for _, at in by_end))
            match rule:
                case t.Never(target=target):
                    broken = z3.And(holds, self._happens(paths, target))
                case t.Always(action=action, before=before):
                    if before is None or self._is_outcome(before):
                        met = ended if before is None else self._happens(paths, before)
                        broken = z3.And(holds, met, z3.Not(self._done(paths, action.name)))
                    else:
                        broken = z3.And(holds, self._without(start, action.name, before.name))
            found.append(self.can_be(broken))
        return True if True in found else None if None in found else False

    def rule_holds(self, rule: Rule, outcome: t.OutcomeName | None) -> Any:
        """Return the condition of a rule for cases that end so."""
        return self.z3.BoolVal(True) if rule.condition is None else self.expression(at_end(rule.condition, outcome))

    def paths(self, start: t.ProcedureName | None = None, avoided: Collection[str] = ()) -> _Paths:
        """Return which cases pass which node; from all starts, if none is given."""
        key = frozenset((f"start {start}", *avoided))
        if key not in self._paths:
            manifest = self.policy.manifest
            starts = {start} if start else {manifest.entry, *manifest.doors}
            self._paths[key] = _Paths(self, starts, avoided)
        return self._paths[key]

    def _is_outcome(self, target: t.Target) -> bool:
        return target.is_end or target.name in self.policy.vocabulary.outcomes

    def _happens(self, paths: _Paths, target: t.Target) -> Any:
        if not self._is_outcome(target):
            return self._done(paths, target.name)
        ends = [n for n in self.graph.nodes.values() if isinstance(n, End) and n.outcome == target.name]
        return self.z3.Or(False, *(paths.at(node.id) for node in ends))

    def _done(self, paths: _Paths, action: str) -> Any:
        return self.z3.Or(False, *(paths.at(n.id) for n in self.graph.nodes.values() if action in actions_of(n)))

    def _without(self, start: t.ProcedureName, action: str, before: str) -> Any:
        """Return the cases that do one thing without having done the other."""
        doing = [(node, list(actions_of(node))) for node in self.graph.nodes.values()]
        paths = self.paths(start, [node.id for node, done in doing if action in done])
        first = [
            node for node, done in doing if before in done and action not in done[: done.index(before)]
        ]  # a wait may hold both
        return self.z3.Or(False, *(paths.at(node.id) for node in first))

    # --- facts and expressions -----------------------------------------------------------------------------------

    def _fact(self, fact: Fact) -> None:
        z3, name = self.z3, str(fact.name)
        match fact.type:
            case FactType.YES_NO if fact.name in self.policy.attempts:
                self.facts[name] = z3.Int(name)  # at which attempt; the last number: at none
                self._within(name, 1, self.policy.attempts[fact.name] + 1)
            case FactType.YES_NO:
                self.facts[name] = z3.Bool(name)
            case FactType.ONE_OF:
                self.facts[name] = z3.Int(name)
                self._within(name, 0, len(fact.values) - 1)
            case FactType.SET_OF:
                self.facts[name] = {each.name: z3.Bool(f"{name}.{each.name}") for each in fact.values}
            case FactType.INTEGER | FactType.DECIMAL:
                self.facts[name] = (z3.Int if fact.type is FactType.INTEGER else z3.Real)(name)
                self._within(name, fact.minimum, fact.maximum)
            case FactType.DATE:
                self.facts[name] = z3.Int(name)
                self._within(name, 1, datetime.date.max.toordinal())
            case FactType.TEXT:
                raise AssertionError("no text is drawn")

    def _within(self, name: str, low: Any, high: Any) -> None:
        self.solver.add(*([self.facts[name] >= self._number(low)] if low is not None else []))
        self.solver.add(*([self.facts[name] <= self._number(high)] if high is not None else []))

    def _number(self, value: Any) -> Any:
        return self.z3.RealVal(str(value)) if isinstance(value, Decimal) and value % 1 else int(value)

    @cached_property
    def _values(self) -> Mapping[str, int]:
        facts = self.policy.facts.values()
        return {each.name: place for f in facts if f.type is FactType.ONE_OF for place, each in enumerate(f.values)}

    def expression(self, e: t.Expression) -> Any:  # noqa: C901 - one case for each kind
        """Return an expression as a term."""
        z3, of = self.z3, self.expression
        match e:
            case t.FactRef(name=name) if name in self.policy.checked.definitions:
                return self._derived(self.policy.checked.definitions[name])
            case t.FactRef(name=name) if name in self.policy.attempts:
                return self.facts[name] <= self.policy.attempts[name]
            case t.FactRef(name=name):
                return self.facts[name]
            case t.ValueRef(name=name):
                return self._values[name]
            case t.Literal(value=bool() as value):
                return z3.BoolVal(value)
            case t.Literal(value=datetime.date() as day):
                return day.toordinal()
            case t.Literal(value=value):
                return self._number(value)
            case t.DurationLiteral(value=duration):
                assert duration.unit is t.Unit.DAY
                return duration.amount
            case t.Not(operand=operand):
                return z3.Not(of(operand))
            case t.And(operands=operands):
                return z3.And(*map(of, operands))
            case t.Or(operands=operands):
                return z3.Or(*map(of, operands))
            case t.Compare(operator=sign, left=left, right=right):
                return OPERATORS[sign](of(left), of(right))
            case t.Between(subject=subject, low=low, high=high):
                return z3.And(of(subject) >= of(low), of(subject) <= of(high))
            case t.In(subject=subject, members=members):
                return z3.Or(*(of(subject) == of(each) for each in members))
            case t.Contains(collection=t.FactRef(name=name), member=t.ValueRef(name=member)):
                return self.facts[name][member]
            case t.DaysBetween(start=start, end=end, business=False):
                return of(end) - of(start)
            case t.Arithmetic(left=left, right=right, subtract=subtract):
                return of(left) - of(right) if subtract else of(left) + of(right)
            case _:
                raise AssertionError(f"not drawn: {type(e).__name__}")

    def _derived(self, definition: t.Definition | t.Table) -> Any:
        if isinstance(definition, t.Definition):
            lines = [(self.expression(each.condition), self.expression(each.value)) for each in definition.cases]
            last = self.expression(definition.otherwise)
        else:
            assert definition.hit_policy is t.HitPolicy.FIRST or not definition.rows[1:] or len(definition.rows) == 2
            lines = [(self._row(definition, row), self.expression(row.output)) for row in definition.rows]
            last = lines.pop()[1]  # it is whole: what no row before it admits, the last one does
        return reduce(lambda rest, line: self.z3.If(line[0], line[1], rest), reversed(lines), last)

    def _row(self, table: t.Table, row: t.Row) -> Any:
        cells = zip(table.inputs, row.cells, strict=True)
        return self.z3.And(True, *(self.admits(subject, cell.patterns) for subject, cell in cells if cell.patterns))

    def admits(self, subject: t.Expression, patterns: tuple[t.Pattern, ...]) -> Any:
        """Return whether one of some patterns admits a value."""
        value, found = self.expression(subject), []
        for each in patterns:
            match each:
                case t.ValuePattern(value=wanted):
                    found.append(value == self.expression(wanted))
                case t.RangePattern(low=low, high=high):
                    found.append(value >= low if high is None else self.z3.And(value >= low, value <= high))
        return self.z3.Or(*found)


class _Paths:
    """Which cases pass which node, from some starts, not going on from some nodes."""

    def __init__(self, smt: Smt, starts: Collection[str | None], avoided: Collection[str]) -> None:
        self._smt = smt
        self._starts = starts
        self._avoided = avoided
        self._within: dict[str, Any] = {}
        self._entered: dict[str, Any] = {}
        self._into: dict[str, list[tuple[GraphNode, Branch]]] = {}
        for name, branches in smt.graph.branches.items():
            for branch in branches:
                self._into.setdefault(branch.target, []).append((smt.graph.nodes[name], branch))

    def at(self, name: str) -> Any:
        """Return the cases that pass a node."""
        procedure = self._smt.graph.nodes[name].procedure  # type: ignore[index]
        return self._smt.z3.And(self._enters(procedure), self._gets_to(name))

    def edge(self, node: GraphNode, branch: Branch) -> Any:
        """Return the cases that leave a node by a branch."""
        smt = self._smt
        match node:
            case Decision(test=test) if branch.kind in {BranchKind.YES, BranchKind.NO}:
                holds = smt.expression(test)
                return holds if branch.kind is BranchKind.YES else smt.z3.Not(holds)
            case Decision(test=test):
                own = True if branch.kind is BranchKind.OTHERWISE else smt.admits(test, branch.patterns)
                others = [each for each in smt.graph.branches[node.id] if each.patterns]
                earlier = others if branch not in others else others[: others.index(branch)]
                return smt.z3.And(own, *(smt.z3.Not(smt.admits(test, each.patterns)) for each in earlier))
            case Retry(fact=fact, attempts=attempts):
                came = smt.facts[fact] <= attempts
                return came if branch.kind is BranchKind.SUCCEEDED else smt.z3.Not(came)
            case Wait(fact=fact):
                came = smt.expression(t.FactRef(name=fact, span=node.span))
                return came if branch.kind is BranchKind.CAME else smt.z3.Not(came)
            case Call(callee=callee):
                lasts = [n for n in smt.graph.nodes.values() if isinstance(n, Return) and n.procedure == callee]
                return smt.z3.Or(False, *(self._gets_to(each.id) for each in lasts))
            case _:
                return smt.z3.BoolVal(True)

    def _enters(self, procedure: str) -> Any:
        if procedure not in self._entered:
            calls = [n for n in self._smt.graph.nodes.values() if isinstance(n, Call) and n.callee == procedure]
            found = [self.at(each.id) for each in calls]
            self._entered[procedure] = self._smt.z3.Or(procedure in self._starts, *found)
        return self._entered[procedure]

    def _gets_to(self, name: str) -> Any:
        """Return the cases that get to a node from the start of its procedure."""
        if name not in self._within:
            z3 = self._smt.z3
            if name in self._smt.graph.starts.values():
                self._within[name] = z3.BoolVal(True)
            else:
                ways = [(node, each) for node, each in self._into.get(name, ()) if node.id not in self._avoided]
                found = [z3.And(self._gets_to(node.id), self.edge(node, each)) for node, each in ways]
                self._within[name] = z3.Or(False, *found)
        return self._within[name]
