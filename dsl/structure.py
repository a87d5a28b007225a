"""Lines to statements: which line belongs to which, and what may stand under what.

In: a file's `LineTree`s. Out: its `File` and a diagnostic for each line that is out of place; such a line is left
out. Items of a file are made here, the statements of a procedure in `blocks`.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from praxe.dsl import heads as h
from praxe.dsl import tree as t
from praxe.dsl.blocks import Assembler
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keywords import faces
from praxe.dsl.lexer import Lexed
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tables import table_of

_OPENS_ITEM: Final = (h.ProcedureHead, h.DefineHead, h.TableHead, t.Never, t.Always, h.Broken)


def file_of(
    lines: tuple[h.LineTree, ...], *, source: SourceText, lexed: Lexed
) -> tuple[t.File, tuple[Diagnostic, ...]]:
    """Return the tree of a file and what is out of place in it."""
    assembler = Assembler(faces()[lexed.language], source)
    whole = Span(source.path, 1, 1, max(len(source.lines), 1), len(source.lines[-1]) + 1)
    if not lines:
        assembler.report("PX112", Span(source.path, 1, 1, 1, 2))
    items: list[t.Item] = []
    lacks_block = False
    for line in lines:
        if lacks_block and not isinstance(line.head, _OPENS_ITEM):
            continue  # it was meant to stand below the line before, which was told
        lacks_block = isinstance(line.head, h.ProcedureHead) and line.block is None
        made = _item(line, assembler)
        if not made and isinstance(line.head, h.DefineHead | h.TableHead):
            assembler.lost_names.append(line.head.name.name)
        items += made
    lacks_items = any(isinstance(line.head, h.Broken) for line in lines)
    broken = [each.head.text for each in _every_line(lines) if isinstance(each.head, h.Broken)]
    file = t.File(
        span=whole,
        path=source.path,
        language=lexed.language,
        items=tuple(items),
        lacks_items=lacks_items,
        broken=(*broken, *assembler.lost_names),
        layout=lexed.layout,
    )
    return file, tuple(assembler.diagnostics)


def _every_line(lines: tuple[h.LineTree, ...]) -> Iterator[h.LineTree]:
    for line in lines:
        yield line
        yield from _every_line(line.block or ())


def _item(line: h.LineTree, assembler: Assembler) -> list[t.Item]:
    match line.head:
        case h.ProcedureHead() as head:
            assembler.check_name(head.name)
            body = assembler.block(line)
            return [
                t.Procedure(
                    span=head.span.to(body.span),
                    name=head.procedure_name(),
                    name_span=head.name.span,
                    title=head.title,
                    body=body,
                )
            ]
        case h.DefineHead() as head:
            assembler.check_name(head.name)
            return _definition(head, line, assembler)
        case h.TableHead() as head:
            assembler.check_name(head.name)
            return table_of(head, line, assembler)
        case t.Never() | t.Always() as rule:
            assembler.refuse_block(line)
            return [assembler.cited(rule, line)]
        case h.Broken():
            return _lost(line, assembler)
        case _:
            assembler.misplaced_at_top(line)
            return _lost(line, assembler)


def _lost(line: h.LineTree, assembler: Assembler) -> list[t.Item]:
    """Return the lines below a lost line as a procedure without a name: their words are still checked."""
    statements = tuple(assembler.below_lost(line))
    body = t.Block(span=line.span, statements=statements)
    return [t.Procedure(span=line.span, name=t.ProcedureName(""), name_span=line.span, title=None, body=body)]


def _definition(head: h.DefineHead, line: h.LineTree, assembler: Assembler) -> list[t.Item]:
    if head.value is not None:
        assembler.refuse_block(line, code="PX126")
        plain = t.Definition(
            span=head.span,
            name=head.name.name,
            name_span=head.name.span,
            title=head.title,
            cases=(),
            otherwise=head.value,
            clauses=line.clauses,
        )
        return [plain]
    if not assembler.has_block(line):
        return []
    sources, lines = assembler.sources(line.block or ())
    cases: list[t.DefinitionCase] = []
    last: tuple[h.ElseHead, h.LineTree] | None = None
    is_broken = False
    for inner in lines:
        match inner.head:
            case h.WhenHead() as when if last is None:
                assembler.refuse_block(inner, code="PX126")
                cases.append(
                    t.DefinitionCase(span=when.span, condition=when.condition, value=when.value, clauses=inner.clauses)
                )
            case h.WhenHead() if last:
                assembler.after_else(inner, last[0], assembler.face.word("WHEN"))
            case h.ElseHead(value=value) as otherwise if value is not None:
                assembler.only_once(otherwise, last and last[0], "ELSE")
                last = last or (otherwise, inner)
            case h.Broken():
                is_broken = True
            case _:
                assembler.out_of_place(inner, "DEFINE")
                is_broken = True
    if last is None or last[0].value is None or not cases:
        if not is_broken:
            assembler.report("PX137", head.span, name=head.name.name)
        return []
    return [
        t.Definition(
            span=head.span.to(last[0].span),
            name=head.name.name,
            name_span=head.name.span,
            title=head.title,
            cases=tuple(cases),
            otherwise=last[0].value,
            sources=sources,
            clauses=line.clauses,
            otherwise_clauses=last[1].clauses,
        )
    ]
