"""Which nodes a block's statements will have, and which comes after which.

In: a block and where it stands. Out: one task for each statement that has nodes, with their names, what follows it and
the notes shown with it; and the node at which the block begins.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import assert_never

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import (
    ActionCall,
    Ask,
    Block,
    Case,
    ClauseId,
    ClauseRef,
    Do,
    End,
    FactName,
    Follow,
    ForEach,
    Gap,
    If,
    Note,
    Nothing,
    Retry,
    Rule,
    Say,
    Statement,
    Wait,
)
from praxe.engine.graph import NodeId
from praxe.engine.node_ids import NodeName, NodeNames
from praxe.engine.substitute import substitute
from praxe.engine.wording import text_of

ValuesOf = Callable[[FactName], tuple[str, ...]]


@record
class Place(RecordBase):
    """Where a block stands."""

    path: str
    follow: NodeId  # what comes after the block
    clauses: tuple[ClauseId, ...]  # of the nearest block around that cites any, this one included
    values: Mapping[str, str]  # what the variables of the loops around stand for


@record
class Task(RecordBase):
    """A statement that waits to be lowered; `place.follow` is what comes after the statement."""

    statement: Statement
    names: tuple[NodeName, ...]  # of its own nodes, at least one
    notes: tuple[Note, ...]
    place: Place
    done: int = 0  # how many of its nodes are there already


def clause_ids(*cited: tuple[ClauseRef, ...]) -> tuple[ClauseId, ...]:
    """Return the clauses of several citations, each once."""
    return tuple(dict.fromkeys(each.name for clauses in cited for each in clauses))


def clauses_of(block: Block) -> tuple[ClauseId, ...]:
    """Return the clauses that a block cites on its header and in `fonte`."""
    return clause_ids(block.clauses, *(source.clauses for source in block.sources))


def tasks_of(block: Block, place: Place, names: NodeNames, values_of: ValuesOf) -> tuple[NodeId, list[Task]]:
    """Return the node at which `block` begins (maybe what follows it), and a task for each statement with nodes."""
    siblings: Counter[str] = Counter()
    notes: list[Note] = []
    found: list[tuple[Statement, tuple[NodeName, ...], tuple[Note, ...]]] = []
    for statement in block.statements:
        if isinstance(statement, Note):
            notes.append(statement)
            continue
        keys = _keys(statement, place.values, values_of)
        named = tuple(names.name(place.path, kind, key, siblings) for kind, key in keys)
        if named:  # a note before `nada` is shown with what comes after it
            found.append((statement, named, tuple(notes)))
            notes.clear()
    follow = place.follow
    tasks: list[Task] = []
    for statement, named, before in reversed(found):
        tasks.append(Task(statement=statement, names=named, notes=before, place=replace(place, follow=follow)))
        follow = named[0].id
    return follow, tasks[::-1]


def _keys(  # noqa: C901 - one case for each kind of statement
    statement: Statement, values: Mapping[str, str], values_of: ValuesOf
) -> Iterator[tuple[str, str]]:
    """Yield kind and key of each node that a statement has of its own, blocks under it apart."""
    match statement:
        case Do(step=ActionCall() as call):
            yield "do", call.action.name
        case Do(step=str() as text):
            yield "do", f'"{text}"'
        case Say():
            yield "say", f'"{statement.text}"'
        case Ask():
            yield "ask", statement.fact.name
        case If():
            yield from (("if", text_of(substitute(each.condition, values))) for each in statement.branches)
        case Case():
            yield "case", statement.subject.name
        case Follow():
            yield "follow", statement.procedure.name
        case ForEach():
            fact = statement.collection.name
            yield from (("each", f"{fact} has {value}") for value in values_of(fact))
        case Retry():
            yield "try", statement.call.action.name
        case Wait():
            yield "wait", statement.fact.name
        case End():
            yield "end", statement.outcome.name
        case Gap():
            yield "gap", f'"{statement.text}"'
        case Rule():
            yield from (("unless", text_of(substitute(each.condition, values))) for each in statement.exceptions)
        case Note() | Nothing():
            return
        case Do():
            raise AssertionError("a step is an action or a text")
        case _:
            assert_never(statement)
