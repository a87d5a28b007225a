"""A chart as numbered text: the same content in reading order, for those who do not see the picture.

In: a chart, and its graph for the clauses. Out: an `Outline` of points, numbered as they are read; an answer holds the
points that only it leads to. Ids are those of the drawing's elements.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from praxe.dsl.tree import ClauseId, ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import Call, DecisionGraph, NodeId, Wait
from praxe.visualize.chart import Chart, Chip, Row
from praxe.visualize.pages.reading import Draft, DraftWay, reading
from praxe.visualize.style import Shape


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """What goes on during a wait."""

    id: str
    node: NodeId
    text: str
    tag: str | None
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clauses: tuple[ClauseId, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """An answer: what is done then, and with which point it goes on."""

    id: str
    text: str
    clauses: tuple[ClauseId, ...]
    sources: tuple[ClauseId, ...]  # of these, those that are not said above it already
    points: tuple[Point, ...]
    goes_on: str | None  # id of a point, where `points` is empty


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One thing to do, ask, wait for or know."""

    id: str
    node: NodeId
    number: int
    shape: Shape
    text: str
    tag: str | None
    statements: tuple[str, ...]
    notes: tuple[str, ...]
    chips: tuple[Chip, ...]
    clauses: tuple[ClauseId, ...]  # and findings
    sources: tuple[ClauseId, ...]  # of these, those that are not said above it already
    duties: tuple[Duty, ...]
    duties_tag: str
    color: Color | None
    callee: ProcedureName | None
    ways: tuple[Way, ...]
    goes_on: str | None  # id of the point that follows, unless it is the next one


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """The text of a procedure."""

    start: str  # id of the entry
    start_notes: tuple[str, ...]
    start_clauses: tuple[ClauseId, ...]  # those of the procedure as a whole
    points: tuple[Point, ...]
    numbers: Mapping[str, int]  # id of a point -> its number

    @property
    def ids(self) -> frozenset[str]:
        """The ids of all points and answers."""
        return frozenset((*self.numbers, *(way.id for point in self.walk() for way in point.ways)))

    def walk(self) -> Iterator[Point]:
        """Yield every point, in the order of their numbers."""
        return _walk(self.points)


def outline(chart: Chart, graph: DecisionGraph) -> Outline:
    """Return the text of a chart."""
    return _Writer(chart, graph).outline()


class _Writer:
    def __init__(self, chart: Chart, graph: DecisionGraph) -> None:
        self._chart = chart
        self._graph = graph
        self._cards = {card.name: card for card in chart.cards}
        waits = [node for node in graph.nodes.values() if isinstance(node, Wait)]
        self._duties = {step.id: step for wait in waits for step in wait.meanwhile}

    def outline(self) -> Outline:
        """Write the whole text."""
        start, drafts = reading(self._chart)
        clauses = self._clauses(start.rows[0])
        points = self._tie(drafts, frozenset(clauses))
        return Outline(
            start=start.id,
            start_notes=start.rows[0].notes,
            start_clauses=clauses,
            points=points,
            numbers={point.id: point.number for point in _walk(points)},
        )

    def _tie(self, drafts: Sequence[Draft], said: frozenset[ClauseId]) -> tuple[Point, ...]:
        """Make points of drafts that are read one after the other; `said` are the clauses told above them."""
        made = []
        for place, draft in enumerate(drafts):
            after = drafts[place + 1].card.name if place + 1 < len(drafts) else None
            goes_on = self._id_of(draft.target) if draft.target and draft.target != after else None
            made.append(self._point(draft, goes_on, said))
            if draft.is_flat:
                said |= frozenset(made[-1].ways[-1].clauses)
        return tuple(made)

    def _point(self, draft: Draft, goes_on: str | None, said: frozenset[ClauseId]) -> Point:
        card, row = draft.card, draft.row
        clauses = self._clauses(row)
        return Point(
            id=row.id,
            node=row.node,
            number=draft.number,
            shape=card.shape,
            text=row.text,
            tag=row.tag or card.tag,
            statements=row.statements,
            notes=row.notes,
            chips=row.chips,
            clauses=clauses,
            sources=tuple(each for each in clauses if each not in said),
            duties=tuple(map(self._duty, card.duties)),
            duties_tag=card.duties_tag,
            color=card.color,
            callee=self._callee(row.node),
            ways=tuple(self._way(each, said.union(clauses)) for each in draft.ways),
            goes_on=goes_on,
        )

    def _way(self, draft: DraftWay, said: frozenset[ClauseId]) -> Way:
        branches = self._graph.branches.get(draft.edge.node, ())
        clauses = next((each.clauses for each in branches if each.key == draft.edge.key), ())
        return Way(
            id=draft.id,
            text=draft.text,
            clauses=clauses,
            sources=tuple(each for each in clauses if each not in said),
            points=self._tie(draft.points, said.union(clauses)),
            goes_on=None if draft.points else self._id_of(draft.target),
        )

    def _duty(self, row: Row) -> Duty:
        step = self._duties.get(row.node)
        return Duty(
            id=row.id,
            node=row.node,
            text=row.text,
            tag=row.tag,
            notes=row.notes,
            chips=row.chips,
            clauses=step.clauses if step else (),
        )

    def _clauses(self, row: Row) -> tuple[ClauseId, ...]:
        node = self._graph.nodes.get(row.node)
        return node.clauses if node else ()

    def _callee(self, name: NodeId) -> ProcedureName | None:
        node = self._graph.nodes.get(name)
        return node.callee if isinstance(node, Call) else None

    def _id_of(self, name: str) -> str:
        return self._cards[name].rows[0].id


def _walk(points: tuple[Point, ...]) -> Iterator[Point]:
    stack = list(reversed(points))
    while stack:
        point = stack.pop()
        yield point
        stack += [each for way in reversed(point.ways) for each in reversed(way.points)]
