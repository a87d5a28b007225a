"""A policy ready to be walked: spots (nodes) and ways (branches) with all that a walk needs at hand.

Made by `prepare`. A walk only stops where something has to be found out: each way knows its `landing`, the next such
spot. What lies between is told afterwards, when somebody asks for steps or trace.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING, Final, assert_never

from praxe.dsl.record import RecordBase, record
from praxe.dsl.tree import Expression, FactName, ProcedureName
from praxe.engine.classes import Answers
from praxe.engine.evaluate import Evaluator
from praxe.engine.graph import (
    Branch,
    Call,
    Decision,
    End,
    Gap,
    GraphNode,
    NodeId,
    Question,
    Retry,
    Return,
    Start,
    Step,
    Wait,
)
from praxe.engine.needed import needed
from praxe.engine.reads import Reads
from praxe.engine.tables import Reader
from praxe.engine.values import Known, Value

if TYPE_CHECKING:
    from praxe.engine.firsts import Firsts

_NO_FACT: Final = FactName("")


class Pace(Enum):
    """What a walk does at a spot."""

    GO_ON = "go_on"  # goes on: nothing to find out
    LOOK_UP = "look_up"  # takes the way that `by_value` has for `fact`
    CHOOSE = "choose"  # takes the way that `choose` returns
    CALL = "call"  # enters `callee`
    RETURN = "return"  # goes back to the caller, or ends
    STOP = "stop"  # ends


def _no_way(_: Known) -> Way | None:
    return None


@dataclass(slots=True, eq=False, repr=False)
class Spot:
    """A node, ready to be walked. `choose` returns None, and `by_value` has nothing, while the way is not known."""

    node: GraphNode
    number: int  # in the author's order
    pace: Pace = Pace.GO_ON
    ways: tuple[Way, ...] = ()
    fact: FactName = _NO_FACT
    by_value: Mapping[Value | None, Way] = field(default_factory=dict)
    choose: Callable[[Known], Way | None] = _no_way
    callee: Spot | None = None  # of a call: the entry of the procedure
    enters: Spot = field(init=False)  # of a call: the landing of that entry; of others the spot itself
    onward: Way | None = None  # of a call: the way on which it goes on; None if it never returns
    arguments: tuple[tuple[str, Expression, Reader], ...] = ()  # of a step or retry: parameter, value, its reader

    def __post_init__(self) -> None:
        self.enters = self

    def __repr__(self) -> str:
        return f"<Spot {self.node.id}>"  # not what it leads to: that is the rest of the policy

    def leaving(self, known: Known) -> Way | None:
        """Return the way that is taken from here, or None."""
        match self.pace:
            case Pace.LOOK_UP:
                return self.by_value.get(known.get(self.fact))
            case Pace.CHOOSE:
                return self.choose(known)
            case Pace.GO_ON:
                return self.ways[0]
            case Pace.CALL | Pace.RETURN | Pace.STOP:
                return None
            case _:
                assert_never(self.pace)


@dataclass(slots=True, eq=False, repr=False)
class Way:
    """A branch, ready to be walked."""

    branch: Branch
    source: Spot
    target: Spot
    landing: Spot  # the first spot from `target` on where something has to be found out

    def __repr__(self) -> str:
        return f"<Way {self.source.node.id} {self.branch.key}>"


@record(kw_only=False)
class Program(RecordBase):
    """A policy ready to be walked."""

    spots: Mapping[NodeId, Spot]
    starts: Mapping[ProcedureName, Spot]
    landings: Mapping[ProcedureName, Spot]  # the first spot of each procedure where something has to be found out
    answers: Answers
    firsts: Firsts
    reads: Reads
    evaluator: Evaluator

    def lacking(self, spot: Spot, known: Known) -> tuple[FactName, ...]:
        """Return the unknown facts that keep a walk at `spot`, in reading order; of a wait also its own.

        None at all: the policy has no answer here for this case.
        """
        node = spot.node
        match node:
            case Question():
                return (node.fact,)
            case Decision():
                return needed(node.test, known, self.evaluator)
            case Step():
                return self.lacking_arguments(spot, known)
            case Retry():
                return self.lacking_arguments(spot, known) or (node.fact,)
            case Wait():
                return self.lacking_arguments(spot, known) or (node.fact,)
            case Start() | Return() | Call() | End() | Gap():
                return ()
            case _:
                assert_never(node)

    def lacking_arguments(self, spot: Spot, known: Known) -> tuple[FactName, ...]:
        """Return the unknown facts that the arguments of a step read."""
        found = [fact for _, value, _ in spot.arguments for fact in needed(value, known, self.evaluator)]
        return tuple(dict.fromkeys(found))
