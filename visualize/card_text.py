"""The texts inside a card: lines, tags, bullets, notes, chips.

In: rows of the chart and their ink. Out: rows of a Graphviz table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from praxe.visualize import html
from praxe.visualize.blocks import Block, below, beside, text_block
from praxe.visualize.chart import Chip, ChipKind, Row
from praxe.visualize.measure import wrap
from praxe.visualize.palette import Role
from praxe.visualize.style import BODY, CHIP, NOTE, TAG, Look

CARD_WIDTH = 184.0  # of a line of text, in points
_BETWEEN_CHIPS = 4
Paint = Callable[[Role], str]


@dataclass(frozen=True, slots=True)
class TextPainter:
    """Paints texts in the colours of one theme."""

    paint: Paint

    def lines(
        self,
        text: str,
        ink: Role,
        *,
        size: float = BODY,
        width: float = CARD_WIDTH,
        bold: bool = False,
        align: str = "LEFT",
    ) -> list[str]:
        """Return a text cut into lines."""
        return [
            html.row(html.cell(html.font(line, ink=self.paint(ink), size=size, bold=bold), align=align))
            for line in wrap(text, width=width, size=size, bold=bold)
        ]

    def tag(self, tag: str | None, ink: Role) -> list[str]:
        """Return the small capitals at the top of a card."""
        if tag is None:
            return []
        return [
            html.row(
                html.cell(
                    html.font(line, ink=self.paint(ink), size=TAG, bold=True), align="LEFT", height=12, valign="TOP"
                )
            )
            for line in wrap(tag.upper(), width=CARD_WIDTH, size=TAG, bold=True)
        ]

    def text(self, row: Row, ink: Role, *, bold: bool = False, align: str = "LEFT", dim: bool = False) -> list[str]:
        """Return the text of a row, with the statements it joins, its notes and its chips."""
        rows = self.lines(row.text, ink, bold=bold, align=align)
        for statement in row.statements:
            rows += [html.space(3), self._bullet(statement, ink)]
        rows += self.notes(row, ink, align=align)
        if row.chips:
            rows += [html.space(4), html.row(html.cell(self._chips(row.chips, dim=dim).html, align="LEFT"))]
        return rows

    def notes(self, row: Row, ink: Role, *, align: str = "LEFT") -> list[str]:
        """Return the guidance under a row's text."""
        muted = Role.MUTED if ink is Role.INK else ink
        rows: list[str] = []
        for note in row.notes:
            rows += [html.space(3), *self.lines(note, muted, size=NOTE, align=align)]
        return rows

    def duties(self, duties: Sequence[Row], tag: str, look: Look) -> list[str]:
        """Return what goes on during a wait."""
        if not duties:
            return []
        rows = [html.space(6), *self.tag(tag, look.tag)]
        for duty in duties:
            due = [chip.text for chip in duty.chips if chip.kind is ChipKind.DUE]
            rows.append(self._bullet(" · ".join([duty.text, *due]), look.ink))
        return rows

    def fixed(self, text: str, ink: Role, size: float, *, within: float = CARD_WIDTH) -> Block:
        """Return a text that keeps its size."""
        return text_block(text, ink=self.paint(ink), size=size, within=within)

    def _bullet(self, text: str, ink: Role) -> str:
        dot = self.fixed("•", ink, NOTE)
        lines = self.fixed(text, ink, NOTE, within=CARD_WIDTH - dot.width)
        return html.row(html.cell(beside((dot, lines)).html, align="LEFT"))

    def _chips(self, chips: Sequence[Chip], *, dim: bool) -> Block:
        """The chips side by side, or one below the other when a line is too short for them."""
        drawn = [self._chip(chip, dim=dim) for chip in chips]
        in_a_row = beside(drawn, gap=_BETWEEN_CHIPS)
        return in_a_row if in_a_row.width <= CARD_WIDTH else below(drawn, gap=_BETWEEN_CHIPS)

    def _chip(self, chip: Chip, *, dim: bool) -> Block:
        fill, ink = (Role.DUE, Role.DUE_INK) if chip.kind is ChipKind.DUE else (Role.ACTOR, Role.ACTOR_INK)
        if dim:
            fill, ink = Role.DIM, Role.DIM_INK
        frame = {"style": "ROUNDED", "bgcolor": self.paint(fill)}
        return text_block(
            chip.text, ink=self.paint(ink), size=CHIP, within=CARD_WIDTH, bold=True, padding=3, frame=frame
        )
