"""A policy as plain data, ready to become code: what `plan_of` writes and the run time reads.

In: JSON. Out: spots, facts, definitions and tables as named tuples. Nothing of the language is imported here, so that
deciding needs neither its tree nor its words. A term, an expression of the policy, stays what it is in JSON: a list
whose first item names its kind (`terms` gives them their meaning).
"""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any, Final, NamedTuple

Term = list[Any]  # ["f", "x"], ["not", […]], …
Constant = bool | int | Decimal | datetime.date | str

TODAY: Final = "hoje "  # as praxe.engine.values.TODAY
NOWHERE: Final = -1


class PlannedWay(NamedTuple):
    """A branch: where it leads, and what the trace says of it."""

    target: int
    key: str
    clauses: tuple[str, ...]


class Said(NamedTuple):
    """Something to be done or said, without its arguments."""

    kind: str  # do, say, try
    action: str | None
    text: str | None
    clauses: tuple[str, ...]
    node: str


class PlannedSpot(NamedTuple):
    """A node of the graph. `test` picks the way, as yes or no, as a value of `arms`, or by `lookup` of a fact."""

    node: str
    kind: str  # as in the trace
    clauses: tuple[str, ...]
    ways: tuple[PlannedWay, ...]
    says: tuple[Said, ...]
    ends: str | None  # the outcome of an end
    callee: int  # of a call: the entry of the procedure, else NOWHERE
    wants: tuple[Term, ...]  # what has to be known to go on, whatever it is worth
    test: Term | None
    arms: tuple[Any, ...]  # of a `caso`: for each way its patterns, None for `senão`
    fact: str | None  # the one plain fact that is read here, with few values
    lookup: tuple[tuple[Constant, int], ...]  # of its values: the way each takes
    facts: tuple[str, ...]  # all that is read here, definitions expanded
    is_sure: bool  # an unknown fact here surely matters: its answers lead to what surely differs


class PlannedFact(NamedTuple):
    """A fact that may be given."""

    name: str
    type: str
    values: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    attempts: int  # of a retry's fact: the bound, else 0
    cuts: tuple[Constant, ...] | None  # what it is compared with, ascending; None: its value itself counts


class PlannedDefinition(NamedTuple):
    """A derived fact: guarded values, or the number of a table."""

    cases: tuple[tuple[Term, Term], ...]
    otherwise: Term | None
    table: PlannedTable | None


class PlannedTable(NamedTuple):
    """A decision table. `cells` of a column hold, for each row, its patterns; none: anything goes."""

    is_first: bool  # hit policy FIRST, else UNIQUE
    inputs: tuple[Term, ...]
    cells: tuple[tuple[Any, ...], ...]
    outputs: tuple[Term, ...]
    answers: tuple[int, ...]  # rows with the same number give the same answer


class Plan(NamedTuple):
    """A whole policy."""

    spots: tuple[PlannedSpot, ...]
    starts: dict[str, int]  # of each procedure: its first spot
    entry: str
    language: str
    reads_today: bool
    facts: dict[str, PlannedFact]
    definitions: dict[str, PlannedDefinition]


def read_plan(document: Any) -> Plan:
    """Return the plan that a JSON document holds."""
    return Plan(
        spots=tuple(map(_spot, document["spots"])),
        starts=document["starts"],
        entry=document["entry"],
        language=document["language"],
        reads_today=document["reads_today"],
        facts={each[0]: _fact(each) for each in document["facts"]},
        definitions={name: _definition(each) for name, each in document["definitions"]},
    )


def _spot(row: Any) -> PlannedSpot:
    node, kind, clauses, ways, says, ends, callee, wants, test, arms, fact, lookup, facts, is_sure = row
    return PlannedSpot(
        node,
        kind,
        tuple(clauses),
        tuple([PlannedWay(target, key, tuple(cited)) for target, key, cited in ways]),
        tuple([Said(how, action, text, tuple(cited), place) for how, action, text, cited, place in says]),
        ends,
        callee,
        tuple(wants),
        test,
        tuple(arms),
        fact,
        tuple([(value, way) for value, way in lookup]),
        tuple(facts),
        is_sure,
    )


def _fact(row: Any) -> PlannedFact:
    name, kind, values, least, most, attempts, cuts = row
    return PlannedFact(
        name,
        kind,
        tuple(values),
        None if least is None else Decimal(least),
        None if most is None else Decimal(most),
        attempts,
        None if cuts is None else tuple(map(constant, cuts)),
    )


def _definition(row: Any) -> PlannedDefinition:
    if row[0] == "table":
        _, is_first, inputs, cells, outputs, answers = row
        table = PlannedTable(is_first, tuple(inputs), tuple(map(tuple, cells)), tuple(outputs), tuple(answers))
        return PlannedDefinition((), None, table)
    _, cases, otherwise = row
    return PlannedDefinition(tuple((guard, value) for guard, value in cases), otherwise, None)


def constant(written: Any) -> Any:
    """Return a value that `planning.written` has made JSON of."""
    if not isinstance(written, list):
        return written
    kind, text = written
    return Decimal(text) if kind == "decimal" else datetime.date.fromisoformat(text)
