"""The texts inside a card: lines, tags, bullets, notes, chips.

In: rows of the chart and their ink. Out: rows of a Graphviz table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import assert_never

from praxe.dsl.vocabulary import Color
from praxe.visualize import html
from praxe.visualize.blocks import Block, below, beside, shelves, text_block
from praxe.visualize.chart import Chip, ChipKind, Ref, Row
from praxe.visualize.measure import wrap
from praxe.visualize.palette import Role
from praxe.visualize.style import BODY, CHIP, NOTE, TAG, Look, outcome_roles

_BETWEEN_CHIPS, _BETWEEN_REFS = 4, 7
Paint = Callable[[Role], str]


@dataclass(frozen=True, slots=True)
class TextPainter:
    """Paints texts in the colours of one theme, in lines of at most `width` points."""

    paint: Paint
    width: float
    note: float = NOTE  # type size of notes
    small: float = CHIP  # of chips and references

    def lines(
        self,
        text: str,
        ink: Role,
        *,
        size: float = BODY,
        width: float | None = None,
        bold: bool = False,
        align: str = "LEFT",
    ) -> list[str]:
        """Return a text cut into lines."""
        return [
            html.row(html.text_cell(line, ink=self.paint(ink), size=size, bold=bold, align=align))
            for line in wrap(text, width=width or self.width, size=size, bold=bold)
        ]

    def tag(self, tag: str | None, ink: Role) -> list[str]:
        """Return the small capitals at the top of a card."""
        if tag is None:
            return []
        return [
            html.row(
                html.text_cell(line, ink=self.paint(ink), size=TAG, bold=True, align="LEFT", height=12, valign="TOP")
            )
            for line in wrap(tag.upper(), width=self.width, size=TAG, bold=True)
        ]

    def text(
        self, row: Row, ink: Role, *, size: float = BODY, bold: bool = False, align: str = "LEFT", dim: bool = False
    ) -> list[str]:
        """Return the text of a row, with the statements it joins, its notes and its chips."""
        rows = self.lines(row.text, ink, size=size, bold=bold, align=align)
        for statement in row.statements:
            rows += [html.space(3), self._bullet(statement, ink)]
        rows += self.notes(row, ink, size=self.note, align=align)
        if row.chips:
            rows += [html.space(4), html.row(html.cell(self._chips(row.chips, dim=dim).html, align="LEFT"))]
        return rows

    def notes(self, row: Row, ink: Role, *, size: float = NOTE, align: str = "LEFT") -> list[str]:
        """Return the guidance under a row's text."""
        muted = Role.MUTED if ink is Role.INK else ink
        rows: list[str] = []
        for note in row.notes:
            rows += [html.space(3), *self.lines(note, muted, size=size, align=align)]
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

    def refs(self, refs: Sequence[tuple[Ref, Role]]) -> list[str]:
        """Return references to other cards, each a small text in its ink that leads there, in rows."""
        drawn = [
            text_block(
                ref.text,
                ink=self.paint(ink),
                size=self.small,
                within=self.width,
                frame={"href": html.escaped(ref.href), "id": ref.id},
            )
            for ref, ink in refs
        ]
        rows: list[str] = []
        for shelf in shelves(drawn, width=self.width, gap=_BETWEEN_REFS):
            rows += [html.space(2), html.row(html.cell(beside(shelf, gap=_BETWEEN_REFS).html, align="LEFT"))]
        return rows

    def fixed(self, text: str, ink: Role, size: float, *, within: float | None = None) -> Block:
        """Return a text that keeps its size."""
        return text_block(text, ink=self.paint(ink), size=size, within=within or self.width)

    def _bullet(self, text: str, ink: Role) -> str:
        dot = self.fixed("•", ink, NOTE)
        lines = self.fixed(text, ink, NOTE, within=self.width - dot.width)
        return html.row(html.cell(beside((dot, lines)).html, align="LEFT"))

    def _chips(self, chips: Sequence[Chip], *, dim: bool) -> Block:
        """The chips side by side, in as many rows as they need."""
        drawn = [self._chip(chip, dim=dim) for chip in chips]
        rows = [beside(shelf, gap=_BETWEEN_CHIPS) for shelf in shelves(drawn, width=self.width, gap=_BETWEEN_CHIPS)]
        return rows[0] if len(rows) == 1 else below(rows, gap=_BETWEEN_CHIPS)

    def _chip(self, chip: Chip, *, dim: bool) -> Block:
        fill, ink = (Role.DIM, Role.DIM_INK) if dim else _chip_roles(chip)
        frame = {"style": "ROUNDED", "bgcolor": self.paint(fill)}
        return text_block(
            chip.text, ink=self.paint(ink), size=self.small, within=self.width, bold=True, padding=3, frame=frame
        )


def _chip_roles(chip: Chip) -> tuple[Role, Role]:
    match chip.kind:
        case ChipKind.DUE | ChipKind.WAIT:
            return Role.DUE, Role.DUE_INK
        case ChipKind.ACTOR:
            return Role.ACTOR, Role.ACTOR_INK
        case ChipKind.GAP:
            return Role.GAP, Role.GAP_INK
        case ChipKind.END:
            return outcome_roles(chip.color or Color.GRAY)
        case _:
            assert_never(chip.kind)
