"""The sections of a chart: what each answer to its main question leads to.

In: a chart without sections. Out: its `Section`s, for the frames behind its cards; and the title of any region of it.
Where a section begins and what is in it depends on nothing outside it, so an edit elsewhere leaves it alone.
"""

from __future__ import annotations

from praxe.engine.graph import BranchKind, DecisionGraph
from praxe.visualize.chart import Chart, Section
from praxe.visualize.content import statement_text
from praxe.visualize.measure import shorten
from praxe.visualize.parts import Divider
from praxe.visualize.voice import Voice

_LONG = 12  # cards: a shorter chart needs no sections
_LONGEST = 70  # characters of a title


def answer_sections(chart: Chart, graph: DecisionGraph, voice: Voice) -> tuple[Section, ...]:
    """Return the sections of a long procedure: the answers to the question that holds most of it, if there is one."""
    if len(chart.cards) < _LONG:
        return ()
    divider = Divider(chart, lambda _: True)
    ids = {card.name: card.id for card in chart.cards}
    heads = divider.fork()
    return tuple(
        Section(f"section-{ids[head]}", title_of(chart, graph, voice, head), frozenset(divider.regions[head]))
        for head in heads
    )


def title_of(chart: Chart, graph: DecisionGraph, voice: Voice, head: str) -> str:
    """Return what the region from the card `head` on is called: the answer that leads to it, or what it begins with."""
    entries = [edge for edge in chart.edges if edge.target == head]
    if len(entries) == 1:
        branch = next(each for each in graph.branches[entries[0].node] if each.key == entries[0].key)
        if branch.kind is not BranchKind.NEXT:
            return shorten(statement_text(voice, graph.nodes[branch.source], branch), length=_LONGEST)
    first = next(card for card in chart.cards if card.name == head).rows[0].text
    return voice.say("part.from", text=shorten(first.strip("“”"), length=_LONGEST))
