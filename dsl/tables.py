"""The lines of a `tabela` to a decision table.

In: the table's head and lines. Out: the `Table`, or nothing where a mistake was told. The first row names the
inputs and, last, the table itself; each further row has a cell per input and the value it gives.
"""

from __future__ import annotations

from praxe.dsl import heads as h
from praxe.dsl import tree as t
from praxe.dsl.blocks import Assembler


def table_of(head: h.TableHead, line: h.LineTree, assembler: Assembler) -> list[t.Item]:
    """Return the decision table under a `tabela` line."""
    if not assembler.has_block(line):
        return []
    sources, lines = assembler.sources(line.block or ())
    rows: list[tuple[h.RowHead, h.LineTree]] = []
    is_broken = False
    for inner in lines:
        match inner.head:
            case h.RowHead() as row:
                assembler.refuse_block(inner, code="PX126")
                rows.append((row, inner))
            case h.Broken():
                is_broken = True
            case _:
                assembler.out_of_place(inner, "TABLE")
                is_broken = True
    if len(rows) < 2:
        if not is_broken:
            assembler.report("PX139", head.span, name=head.name.name)
        return []
    titles = _titles(rows[0][0], head, assembler)
    if titles is None:
        return []
    table = t.Table(
        span=head.span.to(rows[-1][0].span),
        name=head.name.name,
        name_span=head.name.span,
        title=head.title,
        hit_policy=head.hit_policy,
        inputs=titles,
        rows=tuple(made for row, inner in rows[1:] for made in _row(row, inner, len(titles), assembler)),
        sources=sources,
        clauses=line.clauses,
    )
    return [table] if len(table.rows) == len(rows) - 1 and not is_broken else []


def _titles(row: h.RowHead, head: h.TableHead, assembler: Assembler) -> tuple[t.FactRef, ...] | None:
    names = []
    for cell in row.cells:
        match cell.patterns:
            case (t.ValuePattern(value=t.Name(name=name)),):
                names.append(t.FactRef(span=cell.span, name=t.FactName(name)))
            case _:
                assembler.report("PX124", cell.span, text=assembler.text_of(cell.span))
                return None
    if len(names) < 2:
        assembler.report("PX138", row.span, found=str(len(names)), expected="2")
        return None
    if names[-1].name != head.name.name:
        assembler.report("PX140", names[-1].span, name=head.name.name, found=names[-1].name)
        return None
    return tuple(names[:-1])


def _row(row: h.RowHead, line: h.LineTree, inputs: int, assembler: Assembler) -> list[t.Row]:
    if len(row.cells) != inputs + 1:
        assembler.report("PX138", row.span, found=str(len(row.cells)), expected=str(inputs + 1))
        return []
    match row.cells[-1].patterns:
        case (t.ValuePattern(value=output),):
            return [t.Row(span=row.span, cells=row.cells[:-1], output=output, clauses=line.clauses)]
        case _:
            assembler.report("PX145", row.cells[-1].span)
            return []
