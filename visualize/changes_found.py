"""What is not the same on the charts of two versions of one procedure.

In: both charts and graphs, and which nodes are the same. Out: `ChartChanges` for each chart. Two nodes are alike if a
reader sees the same on both cards; what only the source or the place in the file says makes no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from praxe.engine.diff.matching import Matching
from praxe.engine.graph import DecisionGraph, NodeId, Return, Start
from praxe.visualize.changes import Answer, Change, ChartChanges
from praxe.visualize.chart import Card, Chart, Row
from praxe.visualize.words import Lexicon

_Seen = tuple[tuple[str, ...], tuple[str, ...]]  # the words of a row: its own text, and what stands around it


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One version of a procedure: its chart, its graph, and its nodes as the other version knows them."""

    chart: Chart | None  # None: the version has no such procedure
    graph: DecisionGraph
    others: Mapping[NodeId, NodeId]
    moved: frozenset[NodeId]
    because: Mapping[NodeId, str]  # nodes that read a definition which changed, and which one

    def cards(self) -> Mapping[NodeId, tuple[Card, Row]]:
        """Return where each node is shown."""
        return {row.node: (card, row) for card in (self.chart.cards if self.chart else ()) for row in card.rows}


def sides(
    matching: Matching,
    old: tuple[Chart | None, DecisionGraph],
    new: tuple[Chart | None, DecisionGraph],
    because: tuple[Mapping[NodeId, str], Mapping[NodeId, str]],
) -> tuple[Side, Side]:
    """Return both versions of a procedure, ready to be compared.

    Args:
        because: for each version its nodes that read a definition which changed, and which one.
    """
    before = frozenset(matching.old_of[each] for each in matching.moved)
    return (
        Side(chart=old[0], graph=old[1], others=matching.new_of, moved=before, because=because[0]),
        Side(chart=new[0], graph=new[1], others=matching.old_of, moved=matching.moved, because=because[1]),
    )


def changes_on(side: Side, other: Side, words: Lexicon, *, is_old: bool) -> ChartChanges:
    """Return what is not the same on the chart of one side."""
    return _Comparison(side, other, words, is_old=is_old).changes()


class _Comparison:
    def __init__(self, side: Side, other: Side, words: Lexicon, *, is_old: bool) -> None:
        self._side, self._other, self._words, self._is_old = side, other, words, is_old
        self._here, self._there = side.cards(), other.cards()
        self._alone = Change.GONE if is_old else Change.NEW
        self._nodes: dict[NodeId, Change] = {}
        self._before: dict[NodeId, str] = {}

    def changes(self) -> ChartChanges:
        for node in self._here:
            self._note(node)
        answers = dict(self._answers())
        return ChartChanges(
            nodes=self._nodes,
            answers=answers,
            lines=dict(self._lines(answers)),
            lost={} if self._is_old else dict(self._lost()),
            before=self._before,
            because={node: self._side.because[node] for node in self._nodes if self._is_because(node)},
            is_old=self._is_old,
        )

    def _note(self, node: NodeId) -> None:
        """Note what became of a node."""
        other = self._found(node)
        kind = self._side.graph.nodes[node]
        if other is None:
            if not isinstance(kind, Start):
                self._nodes[node] = self._alone
        elif not isinstance(kind, Start | Return):
            own, there = _seen(*self._here[node]), _seen(*self._there[other])
            if own != there:
                self._nodes[node] = Change.OTHER
                told = [each for part in (0, 1) for each in there[part] if each not in own[part]]
                more = [each for part in (0, 1) for each in own[part] if each not in there[part]]
                if told:
                    self._before[node] = "; ".join(told)
                elif more:
                    self._before[node] = self._words.say("changes.without", text="; ".join(more))
            elif node in self._side.because:
                self._nodes[node] = Change.OTHER
            elif node in self._side.moved:
                self._nodes[node] = Change.MOVED

    def _is_because(self, node: NodeId) -> bool:
        """Return whether a node that both versions have reads a definition which changed."""
        return node in self._side.because and self._found(node) is not None

    def _found(self, node: NodeId) -> NodeId | None:
        """Return the same node of the other version, if it is shown there."""
        other = self._side.others.get(node)
        return other if other in self._there else None

    def _answers(self) -> Iterator[tuple[Answer, Change]]:
        for node, (card, _) in self._here.items():
            other = self._found(node)
            if other is None:
                continue
            texts = {tab.key: tab.text for tab in self._there[other][0].tabs}
            for tab in card.tabs:
                if tab.text in texts.values():
                    continue  # maybe written otherwise, but it reads the same
                if tab.key not in texts:
                    yield (node, tab.key), self._alone
                else:
                    yield (node, tab.key), Change.OTHER

    def _lines(self, answers: Mapping[Answer, Change]) -> Iterator[tuple[Answer, Change]]:
        for node in self._here:
            for branch in self._side.graph.branches.get(node, ()):
                answer = (node, branch.key)
                ends = {self._nodes.get(node), self._nodes.get(branch.target), answers.get(answer)}
                if self._alone in ends:
                    yield answer, self._alone
                elif Change.MOVED not in ends and self._leads_elsewhere(answer):
                    yield answer, Change.OTHER

    def _leads_elsewhere(self, answer: Answer) -> bool:
        other = self._found(answer[0])
        here = _onward(self._side, answer)
        there = _onward(self._other, (other, answer[1])) if other is not None else None
        return here is not None and there is not None and self._side.others.get(here) != there

    def _lost(self) -> Iterator[tuple[Answer, int]]:
        """Yield along which lines the other version has nodes that this one has not, and how many."""
        for node in self._there:
            here = self._other.others.get(node)
            if here is None or here not in self._here:
                continue
            keys = {each.key for each in self._side.graph.branches.get(here, ())}
            for branch in self._other.graph.branches.get(node, ()):
                gone = len(list(self._gone_from(branch.target)))
                if gone and branch.key in keys:
                    yield (here, branch.key), gone

    def _gone_from(self, node: NodeId) -> Iterator[NodeId]:
        """Yield the nodes from here on that only the other version has, until one that both have."""
        stack, seen = [node], set[NodeId]()
        while stack:
            each = stack.pop()
            if each in seen or self._other.others.get(each) in self._here:
                continue
            seen.add(each)
            if not isinstance(self._other.graph.nodes[each], Return):
                yield each
            stack += [branch.target for branch in self._other.graph.branches.get(each, ())]


def _onward(side: Side, answer: Answer) -> NodeId | None:
    """Return the first node along an answer that both versions have, if there is one way to it."""
    ways = side.graph.branches.get(answer[0], ())
    node = next((each.target for each in ways if each.key == answer[1]), None)
    while node is not None and node not in side.others:
        ways = side.graph.branches.get(node, ())
        node = ways[0].target if len(ways) == 1 else None
    return node


def _seen(card: Card, row: Row) -> _Seen:
    """Return the words of a row, and those of its card if it stands there alone."""
    around = [chip.text for chip in row.chips]
    around += [each for each in (row.tag, card.tag) if each]
    around += [" · ".join([duty.text, *(chip.text for chip in duty.chips)]) for duty in card.duties]
    return (row.text, *row.statements), (*around, *row.notes)
