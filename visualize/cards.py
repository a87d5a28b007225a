"""Cards as Graphviz labels.

In: a card, the state of its parts on a case's path, and a function from roles to colours. Out: a `NodeLabel`. The
answers are tabs under the card and the ports that edges leave from, so no label floats beside a line.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import assert_never

from praxe.visualize import html
from praxe.visualize.card_text import Paint, TextPainter
from praxe.visualize.changes import ChangeMarks
from praxe.visualize.chart import Card, Ref, Row
from praxe.visualize.coverage import CountMarks
from praxe.visualize.measure import wrap
from praxe.visualize.palette import Role
from praxe.visualize.path import Marks
from praxe.visualize.style import BODY, LINE, TAB, Look, Shape, State, look_of, tab_look

_TAB_WIDTH, _PILL_WIDTH = 104.0, 200.0  # of a line of text, in points
_NARROWEST_TAB = 40.0
_SUMMED, _SUMMED_REST = 10.0, 9.0  # type sizes in a summary: of a title, of all else
_SUMMED_PADDING = 4


@dataclass(frozen=True, slots=True)
class NodeLabel:
    """What Graphviz needs to draw one card."""

    html: str
    attributes: Mapping[str, str] = field(default_factory=lambda: {"shape": "plain"})


@dataclass(frozen=True, slots=True)
class CardPainter:
    """Paints the cards of one chart."""

    paint: Paint
    marks: Marks | CountMarks | ChangeMarks | None = None

    def label(self, card: Card) -> NodeLabel:
        """Return the label of a card."""
        return plain_label(self, card) if self.marks is None else self.made(card)

    def made(self, card: Card) -> NodeLabel:
        """Make the label of a card."""
        state = self.marks.of_card(card) if self.marks else State.PLAIN
        look = look_of(card.shape, color=card.color, state=state)
        match card.shape:
            case Shape.START | Shape.RETURN | Shape.END | Shape.JUMP:
                return self._pill(card, look, state)
            case Shape.STEPS:
                return NodeLabel(html.label(self._steps(card, look, state)))
            case Shape.QUESTION | Shape.WAIT | Shape.RETRY | Shape.SECTION:
                return NodeLabel(html.label(self._over_tabs(self._body(card, look, state), card, state)))
            case Shape.CALL:
                return NodeLabel(html.label(self._call(card, look, state)))
            case Shape.PROCEDURE:
                return NodeLabel(html.label(self._procedure(card, look, state)))
            case Shape.GAP:
                return self._gap(card, look, state)
            case _:
                assert_never(card.shape)

    def _pill(self, card: Card, look: Look, state: State) -> NodeLabel:
        texts = self._texts(card)
        rows = texts.lines(card.rows[0].text, look.ink, width=_PILL_WIDTH, bold=True, align="CENTER")
        rows += texts.notes(card.rows[0], look.ink, align="CENTER")
        dashes = ",dashed" if card.shape is Shape.JUMP else _dashes(state)
        return NodeLabel(
            html.label(html.table(rows)), self._box(look, style=f"rounded,filled{dashes}", margin=(0.2, 0.085))
        )

    def _gap(self, card: Card, look: Look, state: State) -> NodeLabel:
        is_met = isinstance(self.marks, CountMarks) and state is State.PLAIN  # there dashes mean that nobody comes by
        rows = self._texts(card).tag(card.tag, look.tag) + self._texts(card).text(card.rows[0], look.ink)
        box = self._box(look, style=f"rounded,filled{'' if is_met else ',dashed'}", margin=(0.13, 0.1))
        return NodeLabel(html.label(html.table(rows)), box)

    def _call(self, card: Card, look: Look, state: State) -> str:
        bar = html.cell(width=4, bgcolor=self.paint(look.line))
        text = html.table(self._texts(card).tag(card.tag, look.tag) + self._texts(card).text(card.rows[0], look.ink))
        return self._frame(
            [html.row(bar, html.cell(text, align="LEFT", cellpadding=8), bar)],
            look,
            style=_dashes(state).removeprefix(",").upper(),
        )

    def _procedure(self, card: Card, look: Look, state: State) -> str:
        """A procedure of the summary: what it holds, and below, one under the other, the answers that lead on."""
        texts = TextPainter(self.paint, card.width, note=_SUMMED_REST, small=_SUMMED_REST)
        text = texts.text(card.rows[0], look.ink, size=_SUMMED, bold=True, dim=state is State.OFF)
        text += self._refs((*card.refs, *card.origins), texts, look)
        rows = [html.row(html.cell(html.table(text), align="LEFT", cellpadding=_SUMMED_PADDING))]
        for number, tab in enumerate(card.tabs):
            given = self.marks.of_tab(card, tab) if self.marks else state
            shown = tab_look(card.shape, state=given)
            lines = texts.lines(tab.text, shown.ink, size=_SUMMED_REST) + self._refs(tab.refs, texts, shown)
            rows.append(html.row(html.cell(height=1, bgcolor=self.paint(look.line))))
            rows.append(
                html.row(
                    html.cell(
                        html.table(lines),
                        align="LEFT",
                        cellpadding=_SUMMED_PADDING,
                        bgcolor=self.paint(shown.fill),
                        port=f"o{number}",
                        href=f"#{tab.id}",
                        id=tab.id,
                    )
                )
            )
        return self._frame(rows, look, style=_dashes(state).removeprefix(",").upper())

    def _refs(self, refs: Sequence[Ref], texts: TextPainter, look: Look) -> list[str]:
        """The references in place of lines; those of a case's path in its colour."""
        taken = Role.PATH if look.ink is not Role.PATH_INK else look.ink
        return texts.refs([(ref, taken if self._is_taken(ref) else look.ink) for ref in refs])

    def _is_taken(self, ref: Ref) -> bool:
        return self.marks is not None and any(self.marks.of_edge(edge) is State.ON for edge in ref.edges)

    def _steps(self, card: Card, look: Look, state: State) -> str:
        numbered = len(card.rows) > 1
        rows: list[str] = []
        for number, each in enumerate(card.rows, start=1):
            if rows:
                rows.append(html.row(html.cell(colspan=3, height=1, bgcolor=self.paint(Role.RULE))))
            rows.append(self._step(each, number if numbered else None, self._texts(card)))
        return self._frame(rows, look, style=_rounded(state))

    def _step(self, row: Row, number: int | None, texts: TextPainter) -> str:
        """One step: its number (unless it is alone), its text, and as much room at the right as at the left."""
        state = self.marks.of_row(row) if self.marks else State.PLAIN
        look = look_of(Shape.STEPS, state=state)
        text = texts.tag(row.tag, look.tag) + texts.text(row, look.ink, dim=state is State.OFF)
        if number is None:
            side = html.cell(width=9)
            return html.row(side, html.cell(html.table(text), align="LEFT", cellpadding=6), side)
        digits = texts.fixed(str(number), look.ink if state is State.OFF else Role.MUTED, BODY)
        return html.row(
            html.cell(digits.html, width=20, valign="TOP", cellpadding=6),
            html.cell(html.table(text), align="LEFT", cellpadding=6, href=f"#{row.id}", id=row.id),
            html.cell(width=6),
        )

    def _body(self, card: Card, look: Look, state: State) -> str:
        align = "LEFT" if card.tag or card.rows[0].statements else "CENTER"
        is_bold = card.shape in {Shape.QUESTION, Shape.SECTION}
        texts = self._texts(card)
        rows = texts.tag(card.tag, look.tag)
        rows += texts.text(card.rows[0], look.ink, bold=is_bold, align=align)
        rows += texts.duties(card.duties, card.duties_tag, look)
        return self._frame(
            [html.row(html.cell(html.table(rows), align=align, cellpadding=9))], look, style=_rounded(state)
        )

    def _over_tabs(self, body: str, card: Card, state: State) -> str:
        """The body of a card with its answers under it."""
        if not card.tabs:
            return body
        columns = 2 * len(card.tabs) - 1
        return html.table([html.row(html.cell(body, colspan=columns)), html.space(2), self._tab_row(card, state)])

    def _tab_row(self, card: Card, state: State) -> str:
        """The answers, all with as many lines as the longest: Graphviz would stretch the lines of the others."""
        texts = [wrap(tab.text, width=_TAB_WIDTH, size=TAB, bold=True) for tab in card.tabs]
        most = max(map(len, texts))
        cells: list[str] = []
        for number, (tab, lines) in enumerate(zip(card.tabs, texts, strict=True)):
            given = self.marks.of_tab(card, tab) if self.marks else state
            look = tab_look(card.shape, state=given)
            ink = self.paint(look.ink)
            filling = [html.space((most - len(lines)) * TAB * LINE / 2)] if len(lines) < most else []
            rows = [html.row(html.text_cell(line, ink=ink, size=TAB, bold=True)) for line in lines]
            inner = html.cell(html.table([*filling, *rows, *filling]), width=_NARROWEST_TAB, cellpadding=5)
            tab_html = self._frame([html.row(inner)], look, href=f"#{tab.id}", id=tab.id, style=_rounded(given))
            if cells:
                cells.append(html.cell(width=2))
            cells.append(html.cell(tab_html, port=f"o{number}"))
        return html.row(*cells)

    def _texts(self, card: Card) -> TextPainter:
        """Paints what stands on a card."""
        return TextPainter(self.paint, card.width)

    def _frame(self, rows: Sequence[str], look: Look, **attributes: str) -> str:
        shown = {"style": "ROUNDED", "bgcolor": self.paint(look.fill), "color": self.paint(look.line), **attributes}
        return html.table(rows, border=1, **{name: value for name, value in shown.items() if value})

    def _box(self, look: Look, *, style: str, margin: tuple[float, float]) -> Mapping[str, str]:
        return {
            "shape": "box",
            "style": style,
            "fillcolor": self.paint(look.fill),
            "color": self.paint(look.line),
            "penwidth": f"{1.2 * html.SCALE:g}",
            "margin": ",".join(f"{each * html.SCALE:g}" for each in margin),
        }


@lru_cache(maxsize=1024)
def plain_label(painter: CardPainter, card: Card) -> NodeLabel:
    """Return the label of a card without marks: the same in each layout that is tried of a drawing."""
    return painter.made(card)


def _dashes(state: State) -> str:
    return ",dashed" if state in {State.NEVER, State.GONE} else ""


def _rounded(state: State) -> str:
    return f"rounded{_dashes(state)}".upper()
