"""A tree back to text: the one canonical way to write a file.

In: a file's tree, with the comments and blank lines kept beside it. Out: its text, in the file's own language or
another one. Formatting what was formatted changes nothing; parsing it gives the same tree.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.format_parts import Parts
from praxe.dsl.keywords import faces

WIDTH: Final = 100  # columns; only citations are moved to lines of their own beyond it
INDENT: Final = "  "


def format_file(file: t.File, *, language: str | None = None) -> str:
    """Return the canonical text of `file`, in `language` or its own."""
    writer = _Writer(Parts(faces()[language or file.language]), file.layout)
    writer.items(file.items)
    return "".join(line + "\n" for line in writer.lines)


class _Writer:
    def __init__(self, parts: Parts, layout: t.Layout) -> None:
        self.parts = parts
        self.word = parts.face.word
        self.blank_lines = layout.blank_lines
        self.comments = sorted(layout.comments, key=lambda each: (each.line, each.column), reverse=True)
        self.lines: list[str] = []
        self.opened = False  # the line before opens a block

    # --- lines, comments, blank lines

    def line(self, depth: int, text: str, clauses: tuple[t.ClauseRef, ...] = (), *, at: t.Node) -> None:
        """Write one line with its citations; `at` says which comments stand before and beside it."""
        self._comments_before(at.span.line, depth)
        self.opened = text.endswith(":")
        margin = INDENT * depth
        cites = ", ".join(clause.name for clause in clauses)
        whole = f"{margin}{text}  [{cites}]" if cites else margin + text
        last = max([at.span.line, *(clause.span.end_line for clause in clauses)])
        beside = self._comments_beside(last)
        if len(whole) <= WIDTH or not cites:
            self.lines.append(whole + beside)
            return
        self.lines.append(margin + text)
        for group in self._cite_lines([clause.name for clause in clauses], WIDTH - len(margin) - 6):
            self.lines.append(f"{margin}{INDENT * 2}[{group}]")
        self.lines[-1] += beside

    def _cite_lines(self, names: list[t.ClauseId], width: int) -> Iterator[str]:
        group = ""
        for name in names:
            longer = f"{group}, {name}" if group else name
            if group and len(longer) > width:
                yield group
                longer = name
            group = longer
        yield group

    def _comments_before(self, line: int, depth: int) -> None:
        while self.comments and self.comments[-1].line < line:
            comment = self.comments.pop()
            self._blank_before(comment.line)
            self.lines.append(INDENT * depth + _hash(comment))
            self.opened = False
        self._blank_before(line)

    def _comments_beside(self, line: int) -> str:
        found = ""
        while self.comments and self.comments[-1].line <= line and not self.comments[-1].own_line:
            found += "  " + _hash(self.comments.pop())
        return found

    def _blank_before(self, line: int) -> None:
        if line - 1 in self.blank_lines and self.lines and self.lines[-1] and not self.opened:
            self.lines.append("")

    def _trailing_comments(self, depth: int, *, column: int, until: int) -> None:
        """Write the comments at the end of a block: those indented at least as far as its lines."""
        while self.comments and self.comments[-1].line < until and self.comments[-1].column >= column:
            comment = self.comments.pop()
            self._blank_before(comment.line)
            self.lines.append(INDENT * depth + _hash(comment))
            self.opened = False

    # --- items

    def items(self, items: tuple[t.Item, ...]) -> None:
        for index, item in enumerate(items):
            following = items[index + 1].span.line if index + 1 < len(items) else 1 << 60
            if index and not (_is_one_line(item) and _is_one_line(items[index - 1])):
                self._end_paragraph(item.span.line)
            self._item(item, following)
        self._comments_before(1 << 60, 0)
        while self.lines and not self.lines[-1]:
            self.lines.pop()

    def _end_paragraph(self, line: int) -> None:
        # one blank line before the comments that lead into an item
        first = self.comments[-1].line if self.comments and self.comments[-1].line < line else line
        if first > 1:
            self.blank_lines |= {first - 1}
        if self.lines and self.lines[-1] and not (self.comments and self.comments[-1].line < line):
            self.lines.append("")

    def _item(self, item: t.Item, following: int) -> None:
        match item:
            case t.Procedure():
                self.line(0, self._titled("PROCEDURE", item.name, item.title) + ":", item.body.clauses, at=item)
                self._block(item.body, 1, following)
            case t.Definition(cases=()):
                text = f"{self._titled('DEFINE', item.name, item.title)}: {self.parts.expression(item.otherwise)}"
                self.line(0, text, item.clauses, at=item)
            case t.Definition():
                self._definition(item)
            case t.Table():
                self._table(item)
            case t.Never():
                self.line(
                    0, f"{self.word('NEVER')} {self._target(item.target)}{self._when(item)}", item.clauses, at=item
                )
            case t.Always():
                before = f" {self.word('BEFORE')} {self._target(item.before)}" if item.before else ""
                text = f"{self.word('ALWAYS')} {item.action.name}{before}{self._when(item)}"
                self.line(0, text, item.clauses, at=item)
            case _:
                assert_never(item)

    def _titled(self, terminal: str, name: str, title: str | None) -> str:
        return f"{self.word(terminal)} {name}" + (f" {self.parts.quoted(title)}" if title is not None else "")

    def _target(self, target: t.Target) -> str:
        return f"{self.word('END')} {target.name}" if target.is_end else target.name

    def _when(self, rule: t.Never | t.Always) -> str:
        return f" {self.word('WHEN')} {self.parts.expression(rule.condition)}" if rule.condition else ""

    def _definition(self, item: t.Definition) -> None:
        self.line(0, self._titled("DEFINE", item.name, item.title) + ":", item.clauses, at=item)
        self._sources(item.sources, 1)
        for case in item.cases:
            condition, value = self.parts.expression(case.condition), self.parts.expression(case.value)
            self.line(1, f"{self.word('WHEN')} {condition}: {value}", case.clauses, at=case)
        otherwise = self.parts.expression(item.otherwise)
        self.line(1, f"{self.word('ELSE')}: {otherwise}", item.otherwise_clauses, at=item.otherwise)

    def _table(self, item: t.Table) -> None:
        policy = f" {self.word('FIRST')}" if item.hit_policy is t.HitPolicy.FIRST else ""
        self.line(0, self._titled("TABLE", item.name, item.title) + policy + ":", item.clauses, at=item)
        self._sources(item.sources, 1)
        rows: list[list[str]] = [[*(ref.name for ref in item.inputs), item.name]]
        rows += [[*map(self.parts.cell, row.cells), self.parts.expression(row.output)] for row in item.rows]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        written = ["| " + " | ".join(map(str.ljust, row, widths)) + " |" for row in rows]
        self.line(1, written[0], at=item.inputs[0])
        for row, text in zip(item.rows, written[1:], strict=True):
            self.line(1, text, row.clauses, at=row)

    # --- blocks

    def _sources(self, sources: tuple[t.Source, ...], depth: int) -> None:
        for source in sources:
            text = f"{self.word('SOURCE')} " + ", ".join(clause.name for clause in source.clauses)
            self.line(depth, text, at=source)

    def _block(self, block: t.Block, depth: int, until: int) -> None:
        self._sources(block.sources, depth)
        for index, statement in enumerate(block.statements):
            last = index + 1 == len(block.statements)
            self._statement(statement, depth, until if last else block.statements[index + 1].span.line)
        inner = (*block.sources, *block.statements)
        self._trailing_comments(depth, column=inner[0].span.column if inner else 0, until=until)

    def _branch(self, text: str, block: t.Block, depth: int, until: int) -> None:
        self.line(depth, text + ":", block.clauses, at=block)
        self._block(block, depth + 1, until)

    def _branches(self, branches: list[tuple[str, t.Block]], depth: int, until: int) -> None:
        for index, (text, block) in enumerate(branches):
            end = branches[index + 1][1].span.line if index + 1 < len(branches) else until
            self._branch(text, block, depth, end)

    def _statement(self, statement: t.Statement, depth: int, until: int) -> None:
        match statement:
            case t.Do() | t.Say() | t.Ask() | t.Follow() | t.End() | t.Gap() | t.Note() | t.Nothing():
                self.line(depth, self.parts.simple(statement), statement.clauses, at=statement)
            case t.Case():
                self.line(depth, f"{self.word('CASE')} {statement.subject.name}:", statement.clauses, at=statement)
                arms = [(self.parts.patterns(arm.patterns), arm.body) for arm in statement.arms]
                self._branches(arms + self._else(statement.otherwise), depth + 1, until)
            case t.ForEach():
                words = (self.word("FOR_EACH"), statement.variable, self.word("IN"), statement.collection.name)
                self._branch(" ".join(words), statement.body, depth, until)
            case t.If() | t.Retry() | t.Wait() | t.Rule():
                self._branches(self._headed(statement), depth, until)
            case _:
                assert_never(statement)

    def _headed(self, statement: t.If | t.Retry | t.Wait | t.Rule) -> list[tuple[str, t.Block]]:
        match statement:
            case t.If(branches=branches):
                words = [self.word("IF"), *[self.word("ELSE_IF")] * (len(branches) - 1)]
                conditions = [
                    f"{word} {self.parts.expression(each.condition)}"
                    for word, each in zip(words, branches, strict=True)
                ]
                bodies = [each.body for each in branches]
                return [*zip(conditions, bodies, strict=True), *self._else(statement.otherwise)]
            case t.Retry():
                times = f"{self.word('TRY')} {statement.attempts} {self.word('TIMES', count=statement.attempts)}"
                text = f"{times} {self.parts.call(statement.call)} {self.word('UNTIL')} {statement.until.name}"
                return [(text, statement.body), *self._else(statement.otherwise)]
            case t.Wait(deadline=deadline):
                if isinstance(deadline, t.Duration):
                    until = f"{self.word('WITHIN')} {self.parts.duration(deadline)}"
                else:
                    until = f"{self.word('UNTIL')} {self.parts.expression(deadline, level=4)}"
                meanwhile = [(self.word("MEANWHILE"), statement.meanwhile)] if statement.meanwhile else []
                text = f"{self.word('WAIT')} {statement.fact.name} {until}"
                return [(text, statement.on_time), *meanwhile, *self._else(statement.too_late)]
            case t.Rule(exceptions=exceptions):
                unless = [
                    (f"{self.word('UNLESS')} {self.parts.expression(each.condition)}", each.body) for each in exceptions
                ]
                return [(self.word("RULE"), statement.body), *unless]
            case _:
                assert_never(statement)

    def _else(self, block: t.Block | None) -> list[tuple[str, t.Block]]:
        return [(self.word("ELSE"), block)] if block else []


def _hash(comment: t.Comment) -> str:
    return f"# {comment.text}".rstrip()


def _is_one_line(item: t.Item) -> bool:
    return isinstance(item, t.Never | t.Always) or (isinstance(item, t.Definition) and not item.cases)
