"""The mistakes that somebody might make in one procedure, definition or table.

In: an item of a checked policy. Out: its edits, in the order of the text. Each changes one thing that a person could
get wrong and that the checker would not refuse.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from typing import assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.format_parts import Parts
from praxe.dsl.tree import (
    ActionCall,
    Arm,
    Ask,
    Block,
    Case,
    Deadline,
    Definition,
    Do,
    Duration,
    End,
    Follow,
    ForEach,
    Gap,
    If,
    Literal,
    Node,
    Note,
    Nothing,
    OutcomeName,
    Procedure,
    Promptness,
    RangePattern,
    Retry,
    Rule,
    Say,
    Statement,
    Table,
    ValueRef,
    Wait,
)
from praxe.engine.mutants.conditions import Conditions
from praxe.engine.mutants.mistake import Edit, Item, MistakeKind
from praxe.engine.mutants.results import Results
from praxe.engine.mutants.values import durations_beside, next_of


class Edits:
    """Finds the edits in the items of one policy."""

    def __init__(self, policy: CheckedPolicy, parts: Parts) -> None:
        self._policy = policy
        self._parts = parts
        self._conditions = Conditions(policy, parts)
        self._results = Results(policy, self._conditions)
        self._ends = _ends_of(policy)
        self._given = _given_of(policy)

    def of(self, item: Item) -> Iterator[Edit]:
        """Yield the edits of one item."""
        match item:
            case Procedure():
                for node in item.body.descendants():
                    yield from self._node(node)
            case Definition():
                yield from self._results.definition(item)
            case Table():
                yield from self._results.table(item)
            case _:
                assert_never(item)

    def _node(self, node: Node) -> Iterator[Edit]:
        if isinstance(node, Do | Say | Ask | If | Case | Follow | ForEach | Retry | Wait | End | Gap | Note | Nothing):
            yield from self._statement(node)
        elif isinstance(node, Rule):
            yield from self._rule(node)

    def _statement(self, statement: Statement) -> Iterator[Edit]:
        match statement:
            case Do() | Say():
                yield from self._step(statement)
            case Follow():
                yield self._dropped(statement)
            case If():
                yield from self._if(statement)
            case Case():
                yield from _case(statement)
            case Retry():
                yield from self._retry(statement)
            case Wait():
                yield from self._wait(statement)
            case End():
                yield from self._end(statement)
            case Rule():
                yield from self._rule(statement)
            case Ask() | ForEach() | Gap() | Note() | Nothing():
                pass  # what is asked early, noted or left open changes no end and no step
            case _:
                assert_never(statement)

    def _step(self, step: Do | Say) -> Iterator[Edit]:
        yield self._dropped(step)
        if isinstance(step, Do) and isinstance(step.step, ActionCall):
            yield from self._arguments(step.step)
        if step.deadline:
            yield from self._deadline(step, step.deadline)

    def _dropped(self, statement: Do | Say | Follow) -> Edit:
        said = self._parts.simple(statement)
        return Edit(kind=MistakeKind.DROPPED, old=statement, new=Nothing(span=statement.span), before=said)

    def _deadline(self, step: Do | Say, deadline: Deadline) -> Iterator[Edit]:
        if deadline.duration:
            for each in durations_beside(deadline.duration):
                yield self._in_step(step, replace(deadline, duration=each))
        else:
            soon, today = Promptness.IMMEDIATELY, Promptness.SAME_DAY
            yield self._in_step(step, replace(deadline, promptness=today if deadline.promptness is soon else soon))

    def _in_step(self, step: Do | Say, deadline: Deadline) -> Edit:
        new = replace(step, deadline=deadline)
        said = self._parts.simple
        return Edit(kind=MistakeKind.DEADLINE, old=step, new=new, before=said(step), after=said(new))

    def _arguments(self, call: ActionCall) -> Iterator[Edit]:
        parameters = self._policy.vocabulary.actions[call.action.name].parameters
        for place, argument in enumerate(call.arguments):
            name = argument.parameter or parameters[place].name
            for value in self._others(call.action.name, name, argument.value):
                new = replace(call, arguments=_with(call.arguments, place, replace(argument, value=value)))
                yield Edit(
                    kind=MistakeKind.ARGUMENT,
                    old=call,
                    new=new,
                    before=self._parts.call(call),
                    after=self._parts.call(new),
                )

    def _others(self, action: str, parameter: str, value: Node) -> Iterator[Literal | ValueRef]:
        """Yield another value of the parameter: the next named one, or the next that the policy gives it elsewhere."""
        match value:
            case ValueRef(name=name):
                actions = self._policy.vocabulary.actions
                declared = next(each for key, each in actions.items() if key == action)
                values = next(each.values for each in declared.parameters if each.name == parameter)
                other = next_of(name, [each.name for each in values])
                if other:
                    yield replace(value, name=other)
            case Literal(value=str() as text):
                other = next_of(text, self._given.get((action, parameter), ()))
                if other:
                    yield replace(value, value=other)
            case _:
                pass  # a fact: another one would rarely be of its kind

    def _if(self, statement: If) -> Iterator[Edit]:
        for branch in statement.branches:
            yield from self._conditions.condition(branch.condition)
        for one, other in pairwise(each.body for each in statement.branches):
            yield _swapped(statement, one, other)
        # the last branch and `senão` in each other's place is what its condition negated comes to

    def _rule(self, rule: Rule) -> Iterator[Edit]:
        for each in rule.exceptions:
            yield from self._conditions.condition(each.condition)
            rest = tuple(other for other in rule.exceptions if other is not each)
            said = self._parts.expression(each.condition)
            if rest:
                new = replace(rule, exceptions=rest)
                yield Edit(kind=MistakeKind.DROPPED, old=rule, new=new, before=said, at=each.condition.span)

    def _retry(self, retry: Retry) -> Iterator[Edit]:
        for attempts in (retry.attempts + 1, retry.attempts - 1):
            if attempts > 0:
                new = replace(retry, attempts=attempts)
                yield Edit(kind=MistakeKind.LIMIT, old=retry, new=new, before=str(retry.attempts), after=str(attempts))
        yield from self._arguments(retry.call)
        if retry.otherwise:
            yield _swapped(retry, retry.body, retry.otherwise)

    def _wait(self, wait: Wait) -> Iterator[Edit]:
        if isinstance(wait.deadline, Duration):
            said = self._parts.duration
            for each in durations_beside(wait.deadline):
                new = replace(wait, deadline=each)
                yield Edit(kind=MistakeKind.LIMIT, old=wait, new=new, before=said(wait.deadline), after=said(each))
        if wait.too_late:
            yield _swapped(wait, wait.on_time, wait.too_late)

    def _end(self, end: End) -> Iterator[Edit]:
        other = next_of(end.outcome.name, self._ends)
        if other:
            new = replace(end, outcome=replace(end.outcome, name=OutcomeName(other)))
            said = self._parts.simple
            yield Edit(kind=MistakeKind.OUTCOME, old=end, new=new, before=said(end), after=said(new))


def _case(case: Case) -> Iterator[Edit]:
    bodies = [*(each.body for each in case.arms), *([case.otherwise] if case.otherwise else [])]
    for one, other in pairwise(bodies):
        yield _swapped(case, one, other)
    for low, high in pairwise(case.arms):
        yield from _moved_border(case, low, high)


def _moved_border(case: Case, low: Arm, high: Arm) -> Iterator[Edit]:
    """Yield the border between two ranges moved by one, both ways."""
    match low.patterns, high.patterns:
        case (RangePattern(high=int() as end) as below,), (RangePattern(low=int() as start) as above,) if (
            start == end + 1
        ):
            for by in (1, -1):
                if end + by < below.low or (above.high is not None and start + by > above.high):
                    continue
                lower = replace(low, patterns=(replace(below, high=end + by),))
                upper = replace(high, patterns=(replace(above, low=start + by),))
                arms = tuple(lower if each is low else upper if each is high else each for each in case.arms)
                new = replace(case, arms=arms)
                yield Edit(kind=MistakeKind.LIMIT, old=case, new=new, before=f"… {end}", after=f"… {end + by}")
        case _:
            pass


def _swapped(statement: Node, one: Block, other: Block) -> Edit:
    """Return two branches of a statement in each other's place."""
    first, second = replace(other, span=one.span), replace(one, span=other.span)
    swap = {id(one): first, id(other): second}
    return Edit(kind=MistakeKind.SWAPPED, old=statement, new=_with_blocks(statement, swap))


def _with_blocks(statement: Node, swap: dict[int, Block]) -> Node:
    def new(block: Block) -> Block:
        return swap.get(id(block), block)

    def maybe(block: Block | None) -> Block | None:
        return new(block) if block else None

    match statement:
        case If():
            branches = tuple(replace(each, body=new(each.body)) for each in statement.branches)
            return replace(statement, branches=branches, otherwise=maybe(statement.otherwise))
        case Case():
            arms = tuple(replace(each, body=new(each.body)) for each in statement.arms)
            return replace(statement, arms=arms, otherwise=maybe(statement.otherwise))
        case Retry():
            return replace(statement, body=new(statement.body), otherwise=maybe(statement.otherwise))
        case Wait():
            return replace(statement, on_time=new(statement.on_time), too_late=maybe(statement.too_late))
        case _:
            raise AssertionError(f"a {type(statement).__name__} has no two branches")


def _with(items: tuple[object, ...], place: int, new: object) -> tuple:  # type: ignore[type-arg]
    return (*items[:place], new, *items[place + 1 :])


def _ends_of(policy: CheckedPolicy) -> tuple[str, ...]:
    """Return the outcomes that the policy uses, in the author's order."""
    used = {
        node.outcome.name for item in policy.procedures.values() for node in item.descendants() if isinstance(node, End)
    }
    return tuple(name for name in policy.vocabulary.outcomes if name in used)


def _given_of(policy: CheckedPolicy) -> dict[tuple[str, str], tuple[str, ...]]:
    """Return the texts that the policy gives to each parameter of each action, in the author's order."""
    given: dict[tuple[str, str], dict[str, None]] = {}
    for item in policy.procedures.values():
        for call in item.descendants():
            if isinstance(call, ActionCall):
                parameters = policy.vocabulary.actions[call.action.name].parameters
                for place, each in enumerate(call.arguments):
                    if isinstance(each.value, Literal) and isinstance(each.value.value, str):
                        name = each.parameter or parameters[place].name
                        given.setdefault((call.action.name, name), {})[each.value.value] = None
    return {key: tuple(texts) for key, texts in given.items()}
