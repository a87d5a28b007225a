"""A policy as plain data, ready to become code: what `plan_of` writes and the run time reads.

In: JSON. Out: spots, facts, definitions and tables as named tuples. Nothing of the language is imported here, so that
deciding needs neither its tree nor its words. A term, an expression of the policy, stays what it is in JSON: a list
whose first item names its kind (`terms` gives them their meaning).
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, Final, NamedTuple

Term = list[Any]  # ["f", "x"], ["not", […]], …
Constant = bool | int | Decimal | datetime.date | str

NOWHERE: Final = -1
RARE: Final = frozenset({"and", "=="})  # kinds of tests that are likelier not to hold


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


class Outline(NamedTuple):
    """What leads where, by the numbers of the spots: what is known of them before any is planned.

    INVARIANT: the spots of a procedure follow one another, and ways lead to later ones only, from `lower`.
    """

    targets: Sequence[tuple[int, ...]]  # where the ways of a spot lead
    finds: Sequence[bool]  # whether something has to be found out there
    calls: dict[int, int]  # spot of a call: the first spot of the procedure
    returns: frozenset[int]
    is_rarely_first: frozenset[int]  # of two ways, the first is likely the rarer one


class Spots:
    """The nodes of a plan, each made when it is first looked at. Two threads may make the same one: both are good."""

    def __init__(self, count: int, make: Callable[[int], PlannedSpot]) -> None:
        self._made: list[PlannedSpot | None] = [None] * count
        self._make = make

    def __getitem__(self, number: int) -> PlannedSpot:
        found = self._made[number]
        if found is None:
            found = self._made[number] = self._make(number)
        return found

    def __len__(self) -> int:
        return len(self._made)


class Plan(NamedTuple):
    """A whole policy."""

    spots: Spots
    outline: Callable[[], Outline]
    is_sure: Callable[[int], bool]  # an unknown fact at a spot surely matters: its answers lead to what surely differs
    starts: dict[str, int]  # of each procedure: its first spot
    entry: str
    language: str
    reads_today: bool
    facts: dict[str, PlannedFact]
    definitions: dict[str, PlannedDefinition]
    assumptions: tuple[tuple[Term | None, Term], ...]  # wherever the first holds (None: always), the second does


def read_plan(document: Any) -> Plan:
    """Return the plan that a JSON document holds."""
    rows = document["spots"]
    return Plan(
        spots=Spots(len(rows), lambda number: _spot(rows[number])),
        outline=cache(lambda: _outline(rows)),
        is_sure=lambda number: bool(rows[number][-1]),
        starts=document["starts"],
        entry=document["entry"],
        language=document["language"],
        reads_today=document["reads_today"],
        facts={each[0]: _fact(each) for each in document["facts"]},
        definitions={name: definition_of(each) for name, each in document["definitions"]},
        assumptions=tuple([(when, then) for when, then in document["assumptions"]]),
    )


def _spot(row: Any) -> PlannedSpot:
    node, kind, clauses, ways, says, ends, callee, wants, test, arms, fact, lookup, facts, _ = row
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
    )


def row_of(spot: PlannedSpot, *, is_sure: bool) -> tuple[Any, ...]:
    """Return the row of a spot: what `read_plan` reads again."""
    ways, says = (tuple([tuple(each) for each in part]) for part in (spot.ways, spot.says))
    return (*spot[:3], ways, says, *spot[5:], is_sure)


def _outline(rows: Sequence[Any]) -> Outline:
    return Outline(
        targets=[tuple([way[0] for way in row[3]]) for row in rows],
        finds=[row[8] is not None or bool(row[7]) for row in rows],
        calls={number: row[6] for number, row in enumerate(rows) if row[6] != NOWHERE},
        returns=frozenset([number for number, row in enumerate(rows) if row[1] == "return"]),
        is_rarely_first=frozenset([number for number, row in enumerate(rows) if _is_rarely_first(row)]),
    )


def _is_rarely_first(row: Any) -> bool:
    ways, test, lookup = row[3], row[8], row[11]
    if len(ways) != 2:
        return False
    if lookup:
        return is_rarer(lookup)
    return test is not None and test[0] in RARE


def is_rarer(lookup: Sequence[tuple[Any, int]]) -> bool:
    """Whether fewer than half of the values take the first way."""
    return 2 * sum([way == 0 for _, way in lookup]) < len(lookup)


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


def definition_of(row: Any) -> PlannedDefinition:
    """Return the definition or table of a row."""
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
