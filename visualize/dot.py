"""A drawing as DOT text.

In: a drawing, and its layout once there is one. Out: DOT: `plain` for anybody's Graphviz (and for our own layout),
`placed` with every place fixed, to be drawn as it is (`nop2`). All quoting is the `graphviz` package's.
Names of nodes are our own (`n1`, `n2`, …); what a reader wrote goes only into labels and, escaped, into attributes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import floor
from types import MappingProxyType
from typing import TYPE_CHECKING, assert_never

from praxe.visualize import html
from praxe.visualize.card_text import Paint
from praxe.visualize.cards import CardPainter
from praxe.visualize.changes import ChangeMarks
from praxe.visualize.chart import Card, Chart, Edge, EdgeKind
from praxe.visualize.coverage import CountMarks
from praxe.visualize.drawing import Drawing
from praxe.visualize.fonts import FAMILY
from praxe.visualize.forms import Forms
from praxe.visualize.heading import heading
from praxe.visualize.html import SCALE
from praxe.visualize.layout.badge import badge_place
from praxe.visualize.layout.curve import spline
from praxe.visualize.layout.geometry import Box, Layout, Wire
from praxe.visualize.measure import clean, shorten, text_width, wrap
from praxe.visualize.palette import Role, Theme
from praxe.visualize.path import Badge, Marks
from praxe.visualize.section_frames import add_clusters, add_frames, extent
from praxe.visualize.style import BODY, CHANGED, TAG, Look, State

if TYPE_CHECKING:
    import graphviz

HEADING, BADGE = "heading", "badge"
HEADING_ROOM = 22.0  # below the heading
_PAD_INCHES = 0.36
PAD = _PAD_INCHES * 72  # around a drawing, in points
_TO_LAY_OUT = {"splines": "spline", "nodesep": f"{0.32 * SCALE:g}", "ranksep": f"{0.3 * SCALE:g}"}
_DOWN, _ACROSS = {"rankdir": "TB"}, {"rankdir": "LR", "nodesep": f"{0.16 * SCALE:g}"}
_UNHURRIED = 300  # cards: with more of them, Graphviz seeks the best order and places less long
_DPI = 72.0  # of SVG and PDF, where one unit is a point
_FONTS = f"{FAMILY},Inter,Arial,sans-serif"  # ours, or whatever comes nearest on somebody's machine
_BADGE_TEXT = 12.0  # its height, with the frame around it
_COUNT_BELOW = 4.0  # how far below the edge of its answer the middle of a count lies
_STANDING = Look(Role.PATH, Role.PAGE, Role.PATH_INK, Role.PATH_INK)  # where a case stands
_TOOLTIP = 200  # characters
_NO_FORMS: Forms = MappingProxyType({})
# of lines, the lowest first
_LAYERS = (State.NEVER, State.OFF, State.PLAIN, State.GONE, State.OTHER, State.NEW, State.ON)


def plain(drawing: Drawing, *, theme: Theme = Theme.LIGHT) -> str:
    """Return the drawing as DOT without places: title and legend as the graph's label, links and tooltips set."""
    import graphviz

    paint = theme.shade
    chart = drawing.chart
    graph = _graph(paint, **_TO_LAY_OUT, pad=_scaled(_PAD_INCHES), dpi=f"{96 / SCALE:g}")
    top = heading(drawing, paint=paint, width=480)
    label = html.label(html.table([html.row(html.cell(top.html)), html.space(HEADING_ROOM)]))
    graph.attr("graph", label=label, labelloc="t", labeljust="l", tooltip=graphviz.escape(_tip(chart.title)))
    painter = CardPainter(paint, drawing.marks)
    counts = dict(_labels(drawing, paint))
    for card in chart.cards:
        tooltip = graphviz.escape(_tip("; ".join(row.text for row in card.rows)))
        _add_card(graph, card, painter, tooltip=tooltip)
    for edge in _by_card(chart.cards, chart.edges):
        weight = "4" if edge.tab is None else "1"
        graph.edge(
            *_ends(edge, drawing.chart), weight=weight, **_edge_look(edge, drawing, paint), **counts.get(edge.id, {})
        )
    return str(graph.source)


def skeleton(
    drawing: Drawing, *, guides: Iterable[tuple[str, str]] = (), in_order: bool = False, forms: Forms = _NO_FORMS
) -> str:
    """Return what Graphviz has to lay out: the drawing without heading, path or colours that matter.

    Args:
        guides: pairs of cards of which the first is to lie above the second.
        in_order: what a card leads to stands in the order of its answers.
        forms: cards whose size is known, so that their texts need not be measured again.
    """
    ordering = {"ordering": "out"} if in_order else {}
    graph = _graph(Theme.LIGHT.shade, **_to_lay_out(drawing.chart), **ordering)
    painter = CardPainter(Theme.LIGHT.shade)
    for card in drawing.chart.cards:
        if card in forms:
            graph.node(card.name, **forms[card].attributes(is_across=drawing.chart.is_across))
        else:
            _add_card(graph, card, painter)
    for edge in _by_card(drawing.chart.cards, drawing.chart.edges):
        graph.edge(*_ends(edge, drawing.chart), id=edge.id, weight="4" if edge.tab is None else "1")
    for upper, lower in guides:
        graph.edge(upper, lower, style="invis", weight="0")
    add_clusters(graph, drawing.chart)
    return str(graph.source)


def placed(drawing: Drawing, layout: Layout, *, paint: Paint, dpi: float = _DPI) -> str:
    """Return the drawing as DOT in which everything has its place."""
    bounds, chart = extent(drawing.chart, layout), drawing.chart
    top = heading(drawing, paint=paint, width=bounds.right - bounds.left)
    graph = _graph(
        paint,
        id=f"chart-{chart.id}",
        outputorder="edgesfirst",
        pad=_scaled(_PAD_INCHES),
        dpi=f"{dpi / SCALE:g}",
    )
    painter = CardPainter(paint, drawing.marks)
    base = bounds.bottom

    def place(x: float, y: float) -> str:
        return f"{x * SCALE:.2f},{(base - y) * SCALE:.2f}"

    middle = bounds.top - HEADING_ROOM - top.height / 2
    graph.node(
        HEADING,
        label=html.label(top.html),
        id=f"{HEADING}-{chart.id}",
        pos=place(bounds.left + top.width / 2, middle),
        shape="plain",
    )
    add_frames(graph, chart, layout, paint=paint, place=place)
    for card in _marked_last(drawing):
        _add_card(graph, card, painter, pos=place(*layout.boxes[card.name].center))
    wires = {wire.id: wire for wire in layout.wires}
    for edge in sorted(chart.edges, key=lambda each: _LAYERS.index(_state(each, drawing))):
        wire: Wire = wires[edge.id]
        graph.edge(
            edge.source,
            edge.target,
            pos=spline(wire.points, height=base, scale=SCALE),
            **_edge_look(edge, drawing, paint),
        )
    match drawing.marks:
        case Marks(badge=Badge() as badge):
            spot = badge_box(chart, layout, badge).center
            attributes = {"id": f"{BADGE}-{chart.id}", "pos": place(*spot)}
            padding = _badge_padding(is_across=chart.is_across)
            _add_badge(graph, BADGE, badge.text.upper(), _STANDING, paint, padding=padding, **attributes)
        case (CountMarks() | ChangeMarks()) as marks:
            for number, count in enumerate(marks.counts(chart), start=1):
                x, y = wires[count.edge].points[0]
                attributes = {"id": f"count-{count.edge}", "pos": place(x, y + _COUNT_BELOW)}
                _add_badge(graph, f"c{number}", count.text, count.look, paint, padding=2, **attributes)
        case _:
            pass  # nothing to put on it
    return str(graph.source)


def badge_box(chart: Chart, layout: Layout, badge: Badge) -> Box:
    """Return where the badge of a case goes: not beyond the left edge of the drawing, for that would move it all."""
    padding = _badge_padding(is_across=chart.is_across)
    width = text_width(badge.text.upper(), size=TAG, bold=True) + 2 * padding + 4
    height = _BADGE_TEXT + 2 * padding
    middle = badge_place(layout, badge.card, width=width, height=height, is_across=chart.is_across)
    up, left = middle.y - height / 2, max(middle.x - width / 2, extent(chart, layout).left)
    return Box(BADGE, left, up, left + width, up + height)


def _badge_padding(*, is_across: bool) -> int:
    """Cards stand nearer to one another in a drawing that goes across."""
    return 2 if is_across else 4


def line(left: str, right: str, *, width: float) -> str:
    """Return a line of small text, one part at each end, as wide as a page."""
    graph = _graph(Theme.LIGHT.shade, dpi=f"{_DPI / SCALE:g}", pad="0")
    ink = Theme.LIGHT.shade(Role.MUTED)
    rest = floor(width - text_width(right, size=TAG)) - 2
    (first, *_) = wrap(left, width=rest, size=TAG)
    cells = (
        html.cell(html.font(first, ink=ink, size=TAG), align="LEFT", width=rest),
        html.cell(html.font(right, ink=ink, size=TAG), align="RIGHT"),
    )
    label = html.label(html.table([html.row(*cells)]))
    graph.node("line", label=label, shape="plain")
    return str(graph.source)


# --- nodes and edges ----------------------------------------------------------------------------------------------


def _graph(paint: Paint, **attributes: str) -> graphviz.Digraph:
    import graphviz  # 60 ms to import

    graph = graphviz.Digraph("praxe")
    graph.attr("graph", bgcolor=paint(Role.PAGE), fontname=_FONTS, margin="0", **attributes)
    graph.attr("node", fontname=_FONTS, fontsize=_scaled(BODY))
    graph.attr("edge", color=paint(Role.EDGE), penwidth=_scaled(1.3), arrowsize=_scaled(0.7))
    return graph


def _add_card(graph: graphviz.Digraph, card: Card, painter: CardPainter, **attributes: str) -> None:
    import graphviz

    drawn = painter.label(card)
    link = {"URL": graphviz.escape(card.href.replace("&", "&amp;"))} if card.href else {}
    graph.node(card.name, label=drawn.html, id=card.id, **drawn.attributes, **link, **attributes)


def _add_badge(
    graph: graphviz.Digraph, name: str, text: str, look: Look, paint: Paint, *, padding: int = 4, **attributes: str
) -> None:
    shown = html.font(text, ink=paint(look.ink), size=TAG, bold=True)
    rows = [html.row(html.cell(shown, cellpadding=padding))]
    label = html.table(rows, border=1, style="ROUNDED", bgcolor=paint(look.fill), color=paint(Role.PAGE))
    graph.node(name, label=html.label(label), shape="plain", **attributes)


def _labels(drawing: Drawing, paint: Paint) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The counts of the answers as labels of their lines, where nothing has a place yet."""
    if isinstance(drawing.marks, CountMarks | ChangeMarks):
        for count in drawing.marks.counts(drawing.chart):
            yield count.edge, {"taillabel": count.text, "fontcolor": paint(count.look.line), "fontsize": _scaled(TAG)}


def _ends(edge: Edge, chart: Chart) -> tuple[str, str]:
    leave, enter = ("e", "w") if chart.is_across else ("s", "n")
    port = leave if edge.tab is None else f"o{edge.tab}:{leave}"
    return f"{edge.source}:{port}", f"{edge.target}:{enter}"


def _to_lay_out(chart: Chart) -> Mapping[str, str]:
    size = len(chart.cards)
    share = f"{_UNHURRIED / size:.3f}"
    haste = {"nslimit": share, "mclimit": share} if size > _UNHURRIED else {}
    return {**_TO_LAY_OUT, **haste, **(_ACROSS if chart.is_across else _DOWN)}


def _edge_look(edge: Edge, drawing: Drawing, paint: Paint) -> Mapping[str, str]:
    """Colour, width and dashes of a line."""
    look = {"id": edge.id}
    state = _state(edge, drawing)
    match edge.kind:
        case EdgeKind.PLAIN:
            color = Role.EDGE
        case EdgeKind.DEADLINE:
            color, look["style"] = Role.EDGE, "dashed"
        case EdgeKind.GAP:
            color, look["style"] = Role.GAP_LINE, "dashed"
        case _:
            assert_never(edge.kind)
    match state:
        case State.PLAIN:
            pass
        case State.ON:
            color, look["penwidth"] = Role.PATH, _scaled(3)
            look.pop("style", None)  # so wide, dashes would read as dots
        case State.OFF:
            color = Role.DIM_EDGE
        case State.NEVER:
            color, look["style"] = Role.GAP_LINE, "dashed"
        case State.NEW | State.GONE | State.OTHER:
            color, look["penwidth"] = CHANGED[state][0], _scaled(2.6)
            if state is State.GONE:
                look["style"] = "dashed"
        case _:
            assert_never(state)
    if isinstance(drawing.marks, CountMarks):
        look["penwidth"] = _scaled(drawing.marks.width(edge))
        if state is State.PLAIN:  # here only what no scenario takes is red and dashed
            color = Role.EDGE
            look.pop("style", None)
    return {**look, "color": paint(color)}


# --- order --------------------------------------------------------------------------------------------------------


def _by_card(cards: Sequence[Card], edges: Sequence[Edge]) -> Iterator[Edge]:
    """The lines in the order of the cards and tabs they leave: Graphviz lays answers out in this order."""
    order = {card.name: place for place, card in enumerate(cards)}
    yield from sorted(edges, key=lambda each: (order[each.source], each.tab or 0))


def _marked_last(drawing: Drawing) -> list[Card]:
    """The cards so that the lines that matter are painted last, over those they share a stretch with."""
    cards, marks = drawing.chart.cards, drawing.marks
    return sorted(cards, key=marks.order) if marks else list(cards)


def _state(edge: Edge, drawing: Drawing) -> State:
    return drawing.marks.of_edge(edge) if drawing.marks else State.PLAIN


def _scaled(length: float) -> str:
    return f"{length * SCALE:g}"


def _tip(text: str) -> str:
    return shorten(clean(text), length=_TOOLTIP)
