"""Expressions, references and patterns: the parts of a line that have a value or name something.

`tree` re-exports all of this; import from there. `Node`, the base of everything with a place, is here too.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Iterator
from dataclasses import field, fields
from decimal import Decimal
from enum import Enum
from operator import attrgetter
from typing import Final, NewType

from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span

FactName = NewType("FactName", str)
ActionName = NewType("ActionName", str)
OutcomeName = NewType("OutcomeName", str)
ProcedureName = NewType("ProcedureName", str)
ClauseId = NewType("ClauseId", str)


_PLAIN: Final = frozenset(
    "Span str int bool FactName ActionName OutcomeName ProcedureName ClauseId Duration Unit Comparison".split()
)  # types of fields that hold no node


@functools.cache
def _parts_of(kind: type[Node]) -> tuple[Callable[[Node], object], ...]:
    """Return what gives the value of each field in which a kind of node may hold others."""
    return tuple(attrgetter(each.name) for each in fields(kind) if each.type not in _PLAIN)


@record
class Node(RecordBase):
    """Anything with a place in the text."""

    span: Span = field(compare=False, repr=False)  # where it was written never makes two nodes differ

    def children(self) -> Iterator[Node]:
        """Yield the nodes directly below this one, in the order of the text."""
        for part in _parts_of(type(self)):  # type: ignore[arg-type]  # a class is hashable
            value = part(self)
            if type(value) is tuple:
                yield from (item for item in value if isinstance(item, Node))
            elif isinstance(value, Node):
                yield value

    def descendants(self) -> Iterator[Node]:
        """Yield this node and all below it, parents first, in the order of the text."""
        stack: list[Node] = [self]
        while stack:
            node = stack.pop()
            yield node
            for part in reversed(_parts_of(type(node))):  # type: ignore[arg-type]  # a class is hashable
                value = part(node)  # whole policies are gone through a dozen times: so not by `children`
                if type(value) is tuple:
                    stack += [item for item in reversed(value) if isinstance(item, Node)]
                elif isinstance(value, Node):
                    stack.append(value)


# --- references ------------------------------------------------------------------------------------------------


@record
class FactRef(Node):
    """A fact of the vocabulary, or one derived by `defina` or `tabela`."""

    name: FactName


@record
class ActionRef(Node):
    """An action of the vocabulary."""

    name: ActionName


@record
class OutcomeRef(Node):
    """An outcome of the vocabulary."""

    name: OutcomeName


@record
class ProcedureRef(Node):
    """A procedure of the policy."""

    name: ProcedureName


@record
class ClauseRef(Node):
    """A clause of a source text (DMN: knowledge source)."""

    name: ClauseId


# --- expressions -----------------------------------------------------------------------------------------------


class Unit(Enum):
    """Units of a duration."""

    HOUR = "hour"
    DAY = "day"
    BUSINESS_DAY = "business_day"
    MONTH = "month"


@record(kw_only=False)
class Duration(RecordBase):
    """A whole number (zero or more) of one unit."""

    amount: int
    unit: Unit


class Comparison(Enum):
    """Comparison operators, named by their sign; `=` is also written `é`, `!=` is written `não é`."""

    EQUAL = "="
    IS = "é"
    NOT_EQUAL = "não é"
    GREATER = ">"
    GREATER_EQUAL = ">="
    LESS = "<"
    LESS_EQUAL = "<="


@record
class Name(Node):
    """A bare word in an expression; `resolve` finds out what it names."""

    name: str


@record
class ValueRef(Node):
    """A named value of a one-of or several-of fact."""

    name: str


@record
class LoopRef(Node):
    """The variable of an enclosing `para cada`; it stands for one named value of `collection` at a time."""

    name: str
    collection: FactName


@record
class Literal(Node):
    """A yes or no, number, date or text as written."""

    value: bool | int | Decimal | datetime.date | str


@record
class DurationLiteral(Node):
    """A duration inside an expression: `30 dias`."""

    value: Duration


@record
class Today(Node):
    """`hoje`: the date of the `now` a decision was asked with."""


@record
class Not(Node):
    """`não x`."""

    operand: Expression


@record
class And(Node):
    """`x e y e …`: two or more operands."""

    operands: tuple[Expression, ...]


@record
class Or(Node):
    """`x ou y ou …`: two or more operands."""

    operands: tuple[Expression, ...]


@record
class Compare(Node):
    """`x > y` and its kin."""

    operator: Comparison
    left: Expression
    right: Expression


@record
class Between(Node):
    """`x entre a e b`, both ends included."""

    subject: Expression
    low: Expression
    high: Expression


@record
class In(Node):
    """`x em {a, b}`."""

    subject: Expression
    members: tuple[Expression, ...]


@record
class Contains(Node):
    """`conjunto contém x`."""

    collection: Expression
    member: Expression


@record
class DaysBetween(Node):
    """`dias entre a e b`, `dias úteis entre a e b`: days from the first date to the second."""

    business: bool
    start: Expression
    end: Expression


@record
class Arithmetic(Node):
    """`x + y` or `x - y`: numbers, or a date and a duration."""

    subtract: bool
    left: Expression
    right: Expression


@record
class OutcomeIs(Node):
    """`desfecho é x`, only in the condition of a `nunca` or `sempre`."""

    outcome: OutcomeRef


Expression = (
    Name
    | FactRef
    | ValueRef
    | LoopRef
    | Literal
    | DurationLiteral
    | Today
    | Not
    | And
    | Or
    | Compare
    | Between
    | In
    | Contains
    | DaysBetween
    | Arithmetic
    | OutcomeIs
)


# --- patterns: what a branch of `caso` or a cell of a table admits -----------------------------------------------


@record
class ValuePattern(Node):
    """One value."""

    value: Expression


@record
class RangePattern(Node):
    """`0 a 15`, both ends included, or `16+`, without an upper end (`high` is None)."""

    low: int | Decimal
    high: int | Decimal | None


Pattern = ValuePattern | RangePattern


# --- steps -----------------------------------------------------------------------------------------------------


class Promptness(Enum):
    """How soon a step is due."""

    IMMEDIATELY = "immediately"
    SAME_DAY = "same_day"
    WITHIN = "within"


@record
class Deadline(Node):
    """`imediatamente`, `no mesmo dia`, or `em até 4 dias úteis` (then `duration` is set)."""

    promptness: Promptness
    duration: Duration | None = None


@record
class Argument(Node):
    """One argument of an action: by place, or by the parameter's name."""

    parameter: str | None
    value: Expression


@record
class ActionCall(Node):
    """An action with its arguments."""

    action: ActionRef
    arguments: tuple[Argument, ...] = ()
