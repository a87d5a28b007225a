"""A path through a policy: one shared record for all cases that take it.

In: the number of a path. Out: how it ends, what is done on it, and every node of it. Worked out when something of it is
first looked at, and kept; the facts of a case are not in it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from praxe.engine.compile.plan import NOWHERE, Plan, Said
from praxe.engine.status import Status

if TYPE_CHECKING:
    from praxe.engine.compile.numbering import Key, Numbering, Pick
    from praxe.engine.walk import Arrival

_TOLD: Final = frozenset({"status", "outcome", "steps", "trace", "clauses", "picks"})


class PathStep(NamedTuple):
    """Something to be done or said. Of a retry (`try`) once, whatever the number of its attempts."""

    kind: str  # do, say, try
    action: str | None
    text: str | None  # the author's words, of a step without an action
    clauses: tuple[str, ...]
    node: str


class PathVisit(NamedTuple):
    """One node of the path, and the branch taken there."""

    node: str
    kind: str
    branch: str | None


class Path:
    """One path. Read-only; the same for every case that takes it.

    `status`, `outcome` (or None), `steps`, `trace`, `clauses` (all that its nodes and branches cite), and `asks`, the
    fact that is wanted next or waited for.
    """

    __slots__ = ("_source", "arrival", "asks", "clauses", "key", "outcome", "picks", "status", "steps", "stop", "trace")

    _source: Paths
    key: Key
    stop: int | None  # the place where it waits for a fact
    asks: str | None
    arrival: Arrival | None  # where the walk stopped, if it was the walk that found the path

    status: Status
    outcome: str | None
    steps: tuple[PathStep, ...]
    trace: tuple[PathVisit, ...]
    clauses: tuple[str, ...]
    picks: tuple[Pick, ...]  # the places at which something was found out, and the number of the way taken

    def __repr__(self) -> str:
        return f"<Path {self.key} {self.status.value}>"


class UntoldPath(Path):
    """A path of which nothing has been looked at yet: with the first look it becomes a plain `Path`.

    So what has been told once is read like any attribute, without a function in between.
    """

    __slots__ = ()

    def __init__(
        self,
        source: Paths,
        key: Key,
        *,
        stop: int | None = None,
        asks: str | None = None,
        arrival: Arrival | None = None,
    ) -> None:
        self._source = source
        self.key = key
        self.stop = stop
        self.asks = asks
        self.arrival = arrival

    def __getattr__(self, name: str) -> Any:  # only what is not there yet
        if name not in _TOLD:
            raise AttributeError(name)
        self._source.tell(self)
        object.__setattr__(self, "__class__", Path)  # two threads may both come here: they tell the same
        return object.__getattribute__(self, name)


class Case:
    """A path together with the facts of one case."""

    __slots__ = ("facts", "path")

    path: Path
    facts: Any  # as they were given

    @property
    def status(self) -> Status:
        """How the path ends."""
        return self.path.status

    @property
    def outcome(self) -> str | None:
        """The outcome, when the case ends with one."""
        return self.path.outcome


def case_of(path: Path, facts: Any) -> Case:
    """Return a path together with facts; generated code does the same, without a call."""
    case = Case()  # a constructor of its own would take as long as deciding
    case.path = path
    case.facts = facts
    return case


class Paths:
    """Tells the paths of one beginning."""

    def __init__(self, plan: Plan, entry: int, numbering: Numbering) -> None:
        self._plan = plan
        self._entry = entry
        self._numbering = numbering

    def tell(self, path: Path) -> None:
        """Fill in what a path says."""
        spots = self._plan.spots
        if path.arrival is None:
            picks, end = self._numbering.picks(path.key, path.stop)
            path.picks = tuple(picks)
        else:
            arrival = path.arrival
            picks = [(way.source.number, way.source.ways.index(way)) for way in arrival.picks]
            end = arrival.spot.number
            path.picks = tuple(picks)
        visits = list(self._visits(picks))
        status = self._status(path, end)
        path.outcome = spots[end].ends
        path.trace = tuple(
            PathVisit(spots[number].node, spots[number].kind, None if way is None else spots[number].ways[way].key)
            for number, way in visits
        )
        path.steps = tuple(PathStep(*said) for said in self._said(visits, path, status))
        path.clauses = tuple(dict.fromkeys(self._clauses(visits)))
        path.status = status

    def _status(self, path: Path, end: int) -> Status:
        if path.arrival is not None:
            return path.arrival.status
        kind = self._plan.spots[end].kind
        if path.stop is not None:
            return Status.WAITS if kind == "wait" else Status.ASKS
        return Status.GAP if kind == "gap" else Status.FINISHED

    def _visits(self, picks: list[Pick]) -> Iterator[tuple[int, int | None]]:
        """Yield every spot of a path with the way taken, as `follow.visits` does."""
        spots = self._plan.spots
        chosen = iter(picks)
        returning: list[int] = []
        here = self._entry
        while True:
            spot = spots[here]
            if spot.kind == "call":
                yield here, None
                returning.append(spot.ways[0].target if spot.ways else NOWHERE)
                here = spot.callee
                continue
            if spot.kind == "return" and returning:
                yield here, None
                here = returning.pop()
                continue
            way: int | None = 0 if spot.ways else None
            if spot.test is not None or spot.wants:
                way = next(chosen, (here, None))[1]
            yield here, way
            if way is None:
                return
            here = spot.ways[way].target

    def _said(self, visits: list[tuple[int, int | None]], path: Path, status: Status) -> Iterator[Said]:
        for number, way in visits:
            spot = self._plan.spots[number]
            is_tried = spot.kind == "retry" and spot.test is not None and path.asks == spot.test[1]
            if way is not None or is_tried or (spot.kind == "wait" and status is Status.WAITS):
                yield from spot.says

    def _clauses(self, visits: list[tuple[int, int | None]]) -> Iterator[str]:
        for number, way in visits:
            spot = self._plan.spots[number]
            yield from spot.clauses
            if way is not None:
                yield from spot.ways[way].clauses
            for said in spot.says:
                yield from said.clauses
