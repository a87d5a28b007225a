"""One procedure's statements to nodes and branches.

In: a procedure of the checked tree. Out: its nodes and branches, in the author's order. A block is given the node that
follows it before it is lowered, so a join is only two branches with one target; and what is still to be done waits on
a stack of our own, so any depth of nesting will do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Final, TypedDict, assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import Span
from praxe.dsl.tree import (
    ActionCall,
    Ask,
    Block,
    Case,
    ClauseId,
    ClauseRef,
    Contains,
    Deadline,
    Do,
    Duration,
    End,
    Expression,
    FactName,
    Follow,
    ForEach,
    Gap,
    If,
    Note,
    Nothing,
    Pattern,
    Procedure,
    ProcedureName,
    Retry,
    Rule,
    Say,
    Statement,
    ValueRef,
    Wait,
)
from praxe.engine import graph
from praxe.engine.graph import Branch, BranchKind, GraphNode, NodeId, Step, StepDeadline
from praxe.engine.lower_names import Place, Task, clause_ids, clauses_of, tasks_of
from praxe.engine.needed import facts_read
from praxe.engine.node_ids import NodeName, NodeNames
from praxe.engine.substitute import substitute
from praxe.engine.wording import patterns_text

LIMIT: Final = 10_000  # nodes that the loops of one procedure may unroll to; the checker tells the author


class _Common(TypedDict):
    id: NodeId
    procedure: ProcedureName
    span: Span
    clauses: tuple[ClauseId, ...]
    notes: tuple[str, ...]


@dataclass(slots=True)
class LoweredProcedure:
    """The nodes and branches of one procedure, still with those that nothing leads to."""

    start: NodeId
    end: NodeId  # of the Return node
    nodes: dict[NodeId, GraphNode] = field(default_factory=dict)
    branches: dict[NodeId, tuple[Branch, ...]] = field(default_factory=dict)
    turns: set[NodeId] = field(default_factory=set)  # the decisions of loops: is this value in the set?


def lower_procedure(
    checked: CheckedPolicy, procedure: Procedure, returning: frozenset[ProcedureName]
) -> LoweredProcedure:
    """Lower one procedure; `returning` are the procedures it may call that lead back to their caller."""
    return _Lowering(checked, procedure, returning).run()


class _Lowering:
    def __init__(
        self,
        checked: CheckedPolicy,
        procedure: Procedure,
        returning: frozenset[ProcedureName],
    ) -> None:
        self._checked = checked
        self._procedure = procedure
        self._returning = returning
        self._names = NodeNames(procedure.name)
        self._made = LoweredProcedure(self._names.start().id, self._names.end().id)
        self._below: list[Task] = []  # what the statement being lowered leaves to be done, in the author's order
        self._unrolled = 0

    def run(self) -> LoweredProcedure:
        """Lower the whole procedure."""
        body, made = self._procedure.body, self._made
        clauses = clauses_of(body)
        place = Place(path="", follow=made.end, clauses=clauses, values={})
        title = self._procedure.title or self._procedure.name
        span = self._procedure.name_span
        common = _Common(id=made.start, procedure=self._procedure.name, span=span, clauses=clauses, notes=())
        self._add(graph.Start(**common, title=title))
        entry, tasks = tasks_of(body, place, self._names, self._values_of)
        self._connect(made.start, [self._next(made.start, entry)])
        tasks.reverse()
        while tasks:
            task = tasks.pop()
            self._lower(task)
            tasks.extend(reversed(self._below))
            self._below.clear()
        self._add(graph.Return(id=made.end, procedure=self._procedure.name, span=span))
        return made

    # --- one statement -----------------------------------------------------------------------------------------

    def _lower(self, task: Task) -> None:
        self._unrolled += bool(task.place.values)
        assert self._unrolled <= LIMIT, f"{self._procedure.name}: loops unroll to more than {LIMIT} nodes"
        statement = task.statement
        match statement:
            case Do() | Say():
                self._step_on(task, self._step(task.names[0], statement, task.place, task.notes))
            case Ask():
                self._step_on(task, graph.Question(**self._common(task, statement.clauses), fact=statement.fact.name))
            case Follow():
                self._call(task, statement)
            case If() | Rule():
                self._conditions(task, statement)
            case Case():
                self._case(task, statement)
            case ForEach():
                self._for_each(task, statement)
            case Retry():
                self._retry(task, statement)
            case Wait():
                self._wait(task, statement)
            case End():
                self._add(graph.End(**self._common(task, statement.clauses), outcome=statement.outcome.name))
            case Gap():
                self._add(graph.Gap(**self._common(task, statement.clauses), text=statement.text))
            case Note() | Nothing():
                raise AssertionError("a statement without a node has no task")
            case _:
                assert_never(statement)

    def _step_on(self, task: Task, node: Step | graph.Question) -> None:
        self._add(node)
        self._connect(node.id, [self._next(node.id, task.place.follow)])

    def _call(self, task: Task, statement: Follow) -> None:
        callee = statement.procedure.name
        node = graph.Call(**self._common(task, statement.clauses), callee=callee)
        self._add(node)
        self._connect(node.id, [self._next(node.id, task.place.follow)] if callee in self._returning else [])

    def _conditions(self, task: Task, statement: If | Rule) -> None:
        """Make the next of a chain of conditions; the last one's NO leads to what holds otherwise."""
        match statement:
            case If():
                branches = [(each.condition, each.body) for each in statement.branches]
                otherwise = statement.otherwise
            case Rule():
                branches = [(each.condition, each.body) for each in statement.exceptions]
                otherwise = statement.body
        condition, body = branches[task.done]
        name = task.names[task.done]
        yes = self._enter(name, "yes", BranchKind.YES, body, task.place)
        if task.done + 1 < len(branches):
            no = Branch(source=name.id, target=task.names[task.done + 1].id, key="no", kind=BranchKind.NO)
            self._below.append(replace(task, done=task.done + 1))
        else:
            no = self._enter(name, "no", BranchKind.NO, otherwise, task.place, path=task.names[0].below("otherwise"))
        self._decide(task, condition, condition.span, [yes, no])

    def _case(self, task: Task, statement: Case) -> None:
        name, place = task.names[0], task.place
        branches = [
            self._enter(name, patterns_text(arm.patterns), BranchKind.VALUE, arm.body, place, patterns=arm.patterns)
            for arm in statement.arms
        ]
        if statement.otherwise:
            branches.append(self._enter(name, "otherwise", BranchKind.OTHERWISE, statement.otherwise, place))
        self._decide(task, statement.subject, statement.span, branches, statement.clauses)

    def _for_each(self, task: Task, statement: ForEach) -> None:
        name, last = task.names[task.done], task.done + 1 == len(task.names)
        value = self._values_of(statement.collection.name)[task.done]
        follow = task.place.follow if last else task.names[task.done + 1].id
        place = replace(task.place, follow=follow, values={**task.place.values, statement.variable: value})
        yes = self._enter(name, "yes", BranchKind.YES, statement.body, place)
        if not last:
            self._below.append(replace(task, done=task.done + 1))
        no = Branch(source=name.id, target=follow, key="no", kind=BranchKind.NO)
        member = ValueRef(name=value, span=statement.span)
        test = Contains(collection=statement.collection, member=member, span=statement.span)
        self._made.turns.add(name.id)
        self._decide(task, test, statement.span, [yes, no])

    def _retry(self, task: Task, statement: Retry) -> None:
        name, place = task.names[0], task.place
        node = graph.Retry(
            **self._common(task, statement.body.clauses),  # those on its own line
            attempts=statement.attempts,
            action=statement.call.action.name,
            arguments=self._arguments(statement.call, place),
            fact=statement.until.name,
        )
        self._add(node)
        succeeded = self._enter(name, "succeeded", BranchKind.SUCCEEDED, statement.body, place)
        exhausted = self._enter(name, "exhausted", BranchKind.EXHAUSTED, statement.otherwise, place)
        self._connect(node.id, [succeeded, exhausted])

    def _wait(self, task: Task, statement: Wait) -> None:
        name, place = task.names[0], task.place
        deadline = statement.deadline
        node = graph.Wait(
            **self._common(task, statement.on_time.clauses),
            fact=statement.fact.name,
            deadline=deadline if isinstance(deadline, Duration) else substitute(deadline, place.values),
            meanwhile=tuple(self._duties(name, statement.meanwhile, place)),
        )
        self._add(node)
        came = self._enter(name, "came", BranchKind.CAME, statement.on_time, place)
        passed = self._enter(name, "passed", BranchKind.PASSED, statement.too_late, place)
        self._connect(node.id, [came, passed])

    def _duties(self, wait: NodeName, block: Block | None, place: Place) -> Iterator[Step]:
        if block is None:
            return
        inside = replace(place, path=wait.below("meanwhile"), clauses=clauses_of(block) or place.clauses)
        _, tasks = tasks_of(block, inside, self._names, self._values_of)
        for task in tasks:
            assert isinstance(task.statement, Do | Say)  # INVARIANT: `enquanto isso` holds steps only
            yield self._step(task.names[0], task.statement, inside, task.notes)

    # --- parts -------------------------------------------------------------------------------------------------

    def _step(self, name: NodeName, statement: Do | Say, place: Place, notes: Sequence[Note]) -> Step:
        call = statement.step if isinstance(statement, Do) and isinstance(statement.step, ActionCall) else None
        text = statement.text if isinstance(statement, Say) else statement.step
        return Step(
            **self._named(name, statement, statement.clauses, place, notes),
            action=call.action.name if call else None,
            arguments=self._arguments(call, place) if call else (),
            text=text if isinstance(text, str) else None,
            is_script=isinstance(statement, Say),
            deadline=_deadline(statement.deadline),
        )

    def _decide(
        self,
        task: Task,
        test: Expression,
        span: Span,
        branches: Sequence[Branch],
        cited: tuple[ClauseRef, ...] = (),
    ) -> None:
        """Add the task's next node, a decision; the nodes below it come after it."""
        test = substitute(test, task.place.values)
        common = self._common(task, cited)
        common["span"] = span
        self._add(graph.Decision(**common, test=test, facts=facts_read(test, self._checked.definitions)))
        self._connect(common["id"], branches)

    def _enter(
        self,
        name: NodeName,
        key: str,
        kind: BranchKind,
        block: Block | None,
        place: Place,
        *,
        path: str | None = None,
        patterns: tuple[Pattern, ...] = (),
    ) -> Branch:
        """Return the branch into `block`, or past it when there is none, and leave its statements to be lowered."""
        if block is None:
            return Branch(source=name.id, target=place.follow, key=key, kind=kind, patterns=patterns)
        clauses = clauses_of(block)
        inside = replace(place, path=path or name.below(key), clauses=clauses or place.clauses)
        entry, tasks = tasks_of(block, inside, self._names, self._values_of)
        self._below += tasks
        return Branch(
            source=name.id, target=entry, key=key, kind=kind, patterns=patterns, clauses=clauses, span=block.span
        )

    def _arguments(self, call: ActionCall, place: Place) -> tuple[tuple[str, Expression], ...]:
        order = [each.name for each in self._checked.vocabulary.actions[call.action.name].parameters]
        given = {
            each.parameter or order[position]: substitute(each.value, place.values)
            for position, each in enumerate(call.arguments)
        }
        return tuple((name, given[name]) for name in order if name in given)

    def _common(self, task: Task, cited: tuple[ClauseRef, ...]) -> _Common:
        notes = task.notes if task.done == 0 else ()
        return self._named(task.names[task.done], task.statement, cited, task.place, notes)

    def _named(
        self,
        name: NodeName,
        statement: Statement,
        cited: tuple[ClauseRef, ...],
        place: Place,
        notes: Sequence[Note],
    ) -> _Common:
        own = clause_ids(cited) or place.clauses
        with_notes = tuple(dict.fromkeys((*own, *clause_ids(*(note.clauses for note in notes)))))
        return _Common(
            id=name.id,
            procedure=self._procedure.name,
            span=statement.span,
            clauses=with_notes,
            notes=tuple(note.text for note in notes),
        )

    def _values_of(self, fact: FactName) -> tuple[str, ...]:
        return tuple(each.name for each in self._checked.fact(fact).values)

    def _next(self, source: NodeId, target: NodeId) -> Branch:
        return Branch(source=source, target=target, key="next", kind=BranchKind.NEXT)

    def _add(self, node: GraphNode) -> None:
        self._made.nodes[node.id] = node

    def _connect(self, source: NodeId, branches: Sequence[Branch]) -> None:
        self._made.branches[source] = tuple(branches)


def _deadline(deadline: Deadline | None) -> StepDeadline | None:
    return StepDeadline(promptness=deadline.promptness, duration=deadline.duration) if deadline else None
