"""Hand-made policies for the drawing tests: a vocabulary and a graph, written node by node."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import pairwise
from typing import Any

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.dsl.tree import (
    ActionName,
    Block,
    ClauseId,
    Duration,
    Expression,
    FactName,
    FactRef,
    Literal,
    OutcomeName,
    Pattern,
    Procedure,
    ProcedureName,
    Unit,
    ValuePattern,
    ValueRef,
)
from praxe.dsl.vocabulary import (
    Action,
    Clause,
    Color,
    Fact,
    FactType,
    Manifest,
    Outcome,
    Parameter,
    Value,
    Vocabulary,
    Words,
)
from praxe.engine.graph import (
    Branch,
    BranchKind,
    Call,
    Decision,
    DecisionGraph,
    End,
    Gap,
    GraphNode,
    NodeId,
    Question,
    Retry,
    Return,
    Start,
    Step,
    StepDeadline,
    Wait,
)

SPAN = Span("sample.praxe", 1, 1, 1, 2)
DIGEST = "sha256:" + "5a" * 32


def words(pt: str, en: str | None = None) -> Words:
    """Return words in Portuguese and perhaps English."""
    return Words({"pt": pt} if en is None else {"pt": pt, "en": en})


def fact(
    name: str,
    question: str,
    *,
    label: str | None = None,
    values: Mapping[str, str] | None = None,
    kind: FactType | None = None,
    unit: str | None = None,
    english: str | None = None,
) -> Fact:
    """Return a fact: yes/no, or one of `values`, or of `kind`."""
    of_values = tuple(Value(name=key, label=words(text), span=SPAN) for key, text in (values or {}).items())
    return Fact(
        name=FactName(name),
        type=kind or (FactType.ONE_OF if values else FactType.YES_NO),
        label=words(label or question.rstrip("?")),
        question=words(question, english),
        values=of_values,
        unit=words(unit) if unit else None,
        span=SPAN,
    )


def action(
    name: str, label: str, *, text: str | None = None, actor: str | None = None, params: tuple[str, ...] = ()
) -> Action:
    """Return an action with text parameters."""
    return Action(
        name=ActionName(name),
        label=words(label),
        text=words(text) if text else None,
        actor=words(actor) if actor else None,
        parameters=tuple(Parameter(name=each, type=FactType.TEXT, label=words(each), span=SPAN) for each in params),
        span=SPAN,
    )


def outcome(name: str, label: str, color: Color) -> Outcome:
    """Return an outcome."""
    return Outcome(name=OutcomeName(name), label=words(label), color=color, span=SPAN)


def ref(name: str) -> FactRef:
    """Return a fact in an expression."""
    return FactRef(name=FactName(name), span=SPAN)


def value(name: str) -> ValueRef:
    """Return a named value in an expression."""
    return ValueRef(name=name, span=SPAN)


def literal(plain: bool | int | Decimal | datetime.date | str) -> Literal:
    """Return a plain value in an expression."""
    return Literal(value=plain, span=SPAN)


def values(*names: str) -> tuple[Pattern, ...]:
    """Return the patterns of a branch that admits `names`."""
    return tuple(ValuePattern(value=value(each), span=SPAN) for each in names)


def business_days(amount: int) -> Duration:
    """Return a duration in business days."""
    return Duration(amount, Unit.BUSINESS_DAY)


@dataclass
class Builder:
    """Collects the nodes of one procedure; every method that adds a node returns its id."""

    procedure: str
    title: str
    nodes: dict[NodeId, GraphNode] = field(default_factory=dict)
    branches: dict[NodeId, list[Branch]] = field(default_factory=dict)

    def _id(self, key: str) -> NodeId:
        return NodeId(f"{self.procedure}/{key}-0a1b2c")

    def _base(self, key: str, clauses: tuple[str, ...], notes: tuple[str, ...]) -> dict[str, Any]:
        return {
            "id": self._id(key),
            "procedure": ProcedureName(self.procedure),
            "span": SPAN,
            "clauses": tuple(ClauseId(each) for each in clauses),
            "notes": notes,
        }

    def _add(self, node: GraphNode) -> NodeId:
        self.nodes[node.id] = node
        return node.id

    def start(self) -> NodeId:
        return self._add(Start(title=self.title, **self._base("start", (), ())))

    def step(
        self,
        key: str,
        text: str = "",
        *,
        action: str | None = None,
        arguments: Mapping[str, Expression] | None = None,
        says: bool = False,
        due: StepDeadline | None = None,
        clauses: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
    ) -> NodeId:
        return self._add(
            self.loose_step(
                key, text, action=action, arguments=arguments, says=says, due=due, clauses=clauses, notes=notes
            )
        )

    def loose_step(
        self,
        key: str,
        text: str = "",
        *,
        action: str | None = None,
        arguments: Mapping[str, Expression] | None = None,
        says: bool = False,
        due: StepDeadline | None = None,
        clauses: tuple[str, ...] = (),
        notes: tuple[str, ...] = (),
    ) -> Step:
        return Step(
            action=ActionName(action) if action else None,
            arguments=tuple((arguments or {}).items()),
            text=None if action else text,
            is_script=says,
            deadline=due,
            **self._base(key, clauses, notes),
        )

    def ask(self, key: str, name: str) -> NodeId:
        return self._add(Question(fact=FactName(name), **self._base(key, (), ())))

    def decide(self, key: str, test: Expression, notes: tuple[str, ...] = ()) -> NodeId:
        return self._add(Decision(test=test, facts=(), **self._base(key, (), notes)))

    def call(self, key: str, callee: str) -> NodeId:
        return self._add(Call(callee=ProcedureName(callee), **self._base(key, (), ())))

    def retry(self, key: str, action: str, fact: str, attempts: int = 3) -> NodeId:
        return self._add(
            Retry(
                action=ActionName(action),
                arguments=(),
                fact=FactName(fact),
                attempts=attempts,
                **self._base(key, (), ()),
            )
        )

    def wait(self, key: str, fact: str, deadline: Duration | Expression, meanwhile: tuple[Step, ...] = ()) -> NodeId:
        return self._add(Wait(fact=FactName(fact), deadline=deadline, meanwhile=meanwhile, **self._base(key, (), ())))

    def end(self, key: str, outcome: str) -> NodeId:
        return self._add(End(outcome=OutcomeName(outcome), **self._base(key, (), ())))

    def gap(self, key: str, text: str) -> NodeId:
        return self._add(Gap(text=text, **self._base(key, (), ())))

    def back(self, key: str = "return") -> NodeId:
        return self._add(Return(**self._base(key, (), ())))

    def go(
        self,
        source: NodeId,
        target: NodeId,
        kind: BranchKind = BranchKind.NEXT,
        key: str | None = None,
        patterns: tuple[Pattern, ...] = (),
    ) -> None:
        """Lead from one node to another."""
        branch = Branch(source=source, target=target, key=key or kind.value, kind=kind, patterns=patterns)
        self.branches.setdefault(source, []).append(branch)

    def chain(self, *nodes: NodeId) -> None:
        """Lead from each node to the next."""
        for source, target in pairwise(nodes):
            self.go(source, target)

    def fork(self, source: NodeId, yes: NodeId, no: NodeId) -> None:
        """Lead on from a yes/no decision."""
        self.go(source, yes, BranchKind.YES)
        self.go(source, no, BranchKind.NO)

    def either(self, source: NodeId, **targets: NodeId) -> None:
        """Lead on from a decision on named values: `titular=…`."""
        for name, target in targets.items():
            self.go(source, target, BranchKind.VALUE, name, values(name))


def policy(
    builders: tuple[Builder, ...],
    *,
    facts: tuple[Fact, ...] = (),
    actions: tuple[Action, ...] = (),
    outcomes: tuple[Outcome, ...] = (),
    clauses: tuple[Clause, ...] = (),
    others: Mapping[str, str] | None = None,
    title: str = "Política de exemplo",
    translations: Mapping[str, Mapping[str, str]] | None = None,
) -> tuple[CheckedPolicy, DecisionGraph]:
    """Return the checked policy and the graph of the procedures built; `others` are called but not drawn."""
    titles = {each.procedure: each.title for each in builders} | dict(others or {})
    procedures = {
        ProcedureName(name): Procedure(
            name=ProcedureName(name), name_span=SPAN, title=text, body=Block(span=SPAN), span=SPAN
        )
        for name, text in titles.items()
    }
    manifest = Manifest(
        name="exemplo",
        title=words(title, "Sample policy"),
        version="2026-11",
        language="pt",
        entry=ProcedureName(builders[0].procedure),
        entry_span=SPAN,
        effective=datetime.date(2026, 11, 22),
        span=SPAN,
    )
    vocabulary = Vocabulary(
        facts={each.name: each for each in facts},
        actions={each.name: each for each in actions},
        outcomes={each.name: each for each in outcomes},
        clauses={each.name: each for each in clauses},
    )
    checked = CheckedPolicy(
        manifest=manifest,
        vocabulary=vocabulary,
        files=(),
        procedures=procedures,
        definitions={},
        derived={},
        rules=(),
        translations=translations or {},
        digest=DIGEST,
    )
    graph = DecisionGraph(
        nodes={name: node for each in builders for name, node in each.nodes.items()},
        branches={name: tuple(found) for each in builders for name, found in each.branches.items()},
        starts={ProcedureName(each.procedure): next(iter(each.nodes)) for each in builders},
    )
    return checked, graph
