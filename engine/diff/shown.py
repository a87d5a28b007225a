"""What the world sees at a node, and in which cases two nodes show the same.

In: a node of each version. Out: the cases in which nobody could tell them apart, and how they differ in the others.
Where the text stands, its clauses and its notes make no difference here. Of a wait that every case passes at once
(`known_waits`) only its duties are seen.
"""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import Final, assert_never

from praxe.dsl.tree import Duration, Expression
from praxe.engine.diff.records import ChangeKind
from praxe.engine.graph import Call, Decision, End, Gap, GraphNode, Question, Retry, Return, Start, Step, Wait
from praxe.engine.prove.diagrams import EVERY_CASE, NO_CASE, Diagrams
from praxe.engine.prove.flow import Flow
from praxe.engine.wording import text_of

Arguments = Sequence[tuple[str, Expression]]
_SILENT: Final = ("silent",)


def is_silent(node: GraphNode, *, is_known: bool) -> bool:
    """Return whether nothing is seen of a node but where it leads."""
    match node:
        case Decision():
            return True
        case Wait(meanwhile=meanwhile):
            return is_known and not meanwhile
        case _:
            return False


def same_cases(old: Flow, one: int, new: Flow, other: int, *, are_known: tuple[bool, bool] = (False, False)) -> int:
    """Return the cases in which node `one` of the old version shows what node `other` of the new one does.

    Args:
        are_known: whether they are waits that every case passes at once.
    """
    first, second = old.nodes[one], new.nodes[other]
    if _outside(first, is_known=are_known[0]) != _outside(second, is_known=are_known[1]):
        return NO_CASE
    diagrams = old.diagrams
    same = EVERY_CASE
    for ours, theirs in zip(_carried(first), _carried(second), strict=True):
        same = diagrams.both(same, _same_arguments(old, ours, new, theirs))
    if isinstance(first, Retry) and isinstance(second, Retry) and first.attempts != second.attempts:
        # as many attempts are made only where one within both bounds succeeds
        same = diagrams.all_of([same, old.edges[one][0].cases, new.edges[other][0].cases])
    return same


def kind_of(
    first: GraphNode | None, second: GraphNode | None, *, are_known: tuple[bool, bool] = (False, False)
) -> ChangeKind:
    """Return what differs where one version shows `first` and the other `second`; None: it has no answer."""
    if any(are_known):
        return ChangeKind.STEPS  # the duties of a wait that is passed at once
    match first, second:
        case (Step() as one, Step() as other) | (Retry() as one, Retry() as other) | (Wait() as one, Wait() as other):
            if _subject(one) != _subject(other):
                return ChangeKind.STEPS
            return ChangeKind.DEADLINE if _deadline(one) != _deadline(other) else ChangeKind.DETAILS
        case (Step() | Retry() | Wait(), _) | (_, Step() | Retry() | Wait()):
            return ChangeKind.STEPS
        case _:
            return ChangeKind.OUTCOME


def shape(flow: Flow, number: int, *, is_known: bool = False) -> Hashable:
    """Return all that a node shows: equal shapes show the same in every case."""
    node = flow.nodes[number]
    outside = _outside(node, is_known=is_known)
    if isinstance(node, Decision) or not any(_carried(node)):
        return (outside, node.attempts) if isinstance(node, Retry) else outside
    arguments = tuple(
        tuple((cases, text_of(leaf)) for cases, leaf in flow.meaning.pieces(value))
        for each in _carried(node)
        for _, value in each
    )
    return (outside, arguments, node.attempts if isinstance(node, Retry) else 0)


def _outside(node: GraphNode, *, is_known: bool = False) -> Hashable:
    """Return what a node shows, its arguments apart."""
    match node:
        case Start() | Question() | Decision() | Call():
            return _SILENT
        case Step():
            return ("step", node.action, node.text, node.is_script, node.deadline, _names(node.arguments))
        case Retry():
            return ("retry", node.action, node.fact, _names(node.arguments))
        case Wait():
            if is_silent(node, is_known=is_known):
                return _SILENT
            duties = tuple(_outside(each) for each in node.meanwhile)
            return ("duties", duties) if is_known else ("wait", node.fact, _until(node), duties)
        case End():
            return ("end", node.outcome)
        case Gap():
            return ("gap", node.text)
        case Return():
            return ("return",)
        case _:
            assert_never(node)


def _names(arguments: Arguments) -> tuple[str, ...]:
    return tuple(name for name, _ in arguments)


def _carried(node: GraphNode) -> tuple[Arguments, ...]:
    """Return the arguments of a node, those of a wait's duties one after the other."""
    match node:
        case Step(arguments=arguments) | Retry(arguments=arguments):
            return (arguments,)
        case Wait(meanwhile=meanwhile):
            return tuple(each.arguments for each in meanwhile)
        case _:
            return ()


def _same_arguments(old: Flow, ours: Arguments, new: Flow, theirs: Arguments) -> int:
    diagrams = old.diagrams
    return diagrams.all_of(
        _same_values(diagrams, old, one, new, other) for (_, one), (_, other) in zip(ours, theirs, strict=True)
    )


def _same_values(diagrams: Diagrams, old: Flow, one: Expression, new: Flow, other: Expression) -> int:
    return diagrams.any_of(
        diagrams.both(first, second)
        for first, ours in old.meaning.pieces(one)
        for second, theirs in new.meaning.pieces(other)
        if text_of(ours) == text_of(theirs)
    )


def _subject(node: Step | Retry | Wait) -> Hashable:
    match node:
        case Step():
            return (node.action, node.text)
        case Retry():
            return (node.action,)
        case Wait():
            return (node.fact, tuple((each.action, each.text) for each in node.meanwhile))
        case _:
            assert_never(node)


def _deadline(node: Step | Retry | Wait) -> Hashable:
    match node:
        case Step():
            return node.deadline
        case Wait():
            return (_until(node), tuple(each.deadline for each in node.meanwhile))
        case Retry():
            return None
        case _:
            assert_never(node)


def _until(wait: Wait) -> Hashable:
    return wait.deadline if isinstance(wait.deadline, Duration) else text_of(wait.deadline)
