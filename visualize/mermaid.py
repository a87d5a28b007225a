"""A procedure as a Mermaid flowchart, for wikis and editors that draw Mermaid themselves.

In: a checked policy, its graph, a procedure. Out: the texts of one chart, nearly always; of several where one would
pass Mermaid's own limits. It says what our own drawing says, of the same cards; Mermaid decides how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, assert_never

from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import Color
from praxe.engine.graph import DecisionGraph
from praxe.visualize.chart import Card, Chart, Edge, EdgeKind, Row
from praxe.visualize.compose import compose
from praxe.visualize.content import Links
from praxe.visualize.drawing import Drawing
from praxe.visualize.mermaid_parts import Part, parts_of
from praxe.visualize.mermaid_text import quoted, unquoted
from praxe.visualize.palette import Role, Theme
from praxe.visualize.style import Look, Shape, look_of
from praxe.visualize.words import Lexicon, lexicon

_INDENT: Final = "    "
_LOOKS: Final = Theme.LIGHT  # Mermaid has no way to follow the reader's screen
_ELSEWHERE: Final = "k_elsewhere"


@dataclass(frozen=True, slots=True)
class MermaidPart:
    """One chart: its title in plain words, and its text."""

    title: str
    text: str


def no_links(_: ProcedureName) -> str | None:
    """Lead nowhere."""
    return None


def mermaid(
    checked: CheckedPolicy,
    graph: DecisionGraph,
    procedure: ProcedureName,
    *,
    language: str,
    links: Links = no_links,
) -> tuple[MermaidPart, ...]:
    """Return the Mermaid charts of a procedure.

    Args:
        language: `pt` or `en`, for every word.
        links: where a call of another procedure leads.

    Raises:
        ValueError: there is no such language or no such procedure.
    """
    return to_mermaid(Drawing(compose(checked, graph, procedure, language=language, links=links)))


def to_mermaid(drawing: Drawing) -> tuple[MermaidPart, ...]:
    """Return any drawing as Mermaid charts, without what is marked on it."""
    chart = drawing.chart
    words = lexicon(chart.language)
    nodes = {card.name: _node(card) for card in chart.cards}
    cards = {card.name: card for card in chart.cards}
    ways = [_way(cards[edge.source], edge) for edge in chart.edges]
    parts = parts_of(chart, nodes, ways)
    return tuple(_written(chart, part, number, len(parts), words) for number, part in enumerate(parts, start=1))


def _written(chart: Chart, part: Part, number: int, of: int, words: Lexicon) -> MermaidPart:
    name, described = chart.title, chart.description
    if of > 1:
        name = words.say("mermaid.part", title=chart.title, number=str(number), of=str(of))
        described = f"{described} {words.say('mermaid.split', of=str(of))}"
    lines = ["flowchart TB", f"{_INDENT}accTitle: {unquoted(name)}", f"{_INDENT}accDescr: {unquoted(described)}"]
    lines += (f"{_INDENT}{each}" for each in part.nodes)
    lines += (
        f"{_INDENT}{stub.name}([{quoted([words.say(stub.key, number=str(stub.part), text=stub.text)])}]):::{_ELSEWHERE}"
        for stub in part.stubs
    )
    lines += (f"{_INDENT}{each}" for each in part.ways)
    lines += (f'{_INDENT}click {card.name} href "{_url(card.href)}"' for card in part.cards if card.href)
    lines += (f"{_INDENT}classDef {each}" for each in _classes(part.cards, has_stubs=bool(part.stubs)))
    return MermaidPart(name, "\n".join(lines) + "\n")


# --- nodes --------------------------------------------------------------------------------------------------------


def _node(card: Card) -> str:
    """Return the line of a card: its shape with its text, and its class."""
    text = quoted(_lines(card))
    match card.shape:
        case Shape.START | Shape.RETURN | Shape.END | Shape.JUMP:
            shown = f"([{text}])"
        case Shape.STEPS | Shape.GAP:
            shown = f"[{text}]"
        case Shape.QUESTION | Shape.SECTION:
            shown = f"{{{{{text}}}}}"  # a hexagon: a diamond as wide as its text would tower over everything
        case Shape.CALL | Shape.PROCEDURE:
            shown = f"[[{text}]]"
        case Shape.RETRY | Shape.WAIT:
            shown = f"({text})"
        case _:
            assert_never(card.shape)
    return f"{card.name}{shown}:::{_class_of(card)}"


def _lines(card: Card) -> Iterator[str]:
    if card.tag:
        yield card.tag.upper()
    for number, row in enumerate(card.rows, start=1):
        yield from _row(row, number if len(card.rows) > 1 else None)
    if card.duties:
        yield f"{card.duties_tag}:"
        for duty in card.duties:
            yield " · ".join([f"• {duty.text}", *(chip.text for chip in duty.chips)])


def _row(row: Row, number: int | None) -> Iterator[str]:
    text = f"{row.tag}: {row.text}" if row.tag else row.text
    chips = f" ({' · '.join(chip.text for chip in row.chips)})" if row.chips else ""
    yield f"{number}. {text}{chips}" if number is not None else f"{text}{chips}"
    yield from (f"• {statement}" for statement in row.statements)
    yield from (f"({note})" for note in row.notes)


def _way(card: Card, edge: Edge) -> str:
    """Return the line of an edge from `card`, with the answer that takes it."""
    label = f"|{quoted([card.tabs[edge.tab].text])}|" if edge.tab is not None else ""
    match edge.kind:
        case EdgeKind.PLAIN:
            arrow = "-->"
        case EdgeKind.DEADLINE | EdgeKind.GAP:
            arrow = "-.->"
        case _:
            assert_never(edge.kind)
    return f"{edge.source} {arrow}{label} {edge.target}"


def _url(link: str) -> str:
    """Return a link, safe already, without the sign that would end an entity."""
    return link.replace(";", "%3B")


# --- colours ------------------------------------------------------------------------------------------------------


def _class_of(card: Card) -> str:
    return f"k_{card.shape.value}" if card.color is None else f"k_{card.shape.value}_{card.color.value}"


def _classes(cards: Sequence[Card], *, has_stubs: bool) -> Iterator[str]:
    """Yield the definition of each class that occurs."""
    seen: dict[str, tuple[Shape, Color | None]] = {}
    for card in cards:
        seen.setdefault(_class_of(card), (card.shape, card.color))
    for name, (shape, color) in seen.items():
        yield f"{name} {_styles(look_of(shape, color=color), is_dashed=shape is Shape.GAP)}"
    if has_stubs:
        yield f"{_ELSEWHERE} {_styles(Look(Role.RETURN, Role.RETURN_LINE, Role.RETURN_INK, Role.RETURN_INK))}"


def _styles(look: Look, *, is_dashed: bool = False) -> str:
    shade = _LOOKS.shade
    colors = f"fill:{shade(look.fill)},stroke:{shade(look.line)},color:{shade(look.ink)}"
    return f"{colors},stroke-width:1.5px{',stroke-dasharray:5 4' if is_dashed else ''}"
