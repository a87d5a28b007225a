"""The lines of a block to statements: `senão` to its `se`, `salvo se` to its `regra`, arms to their `caso`.

In: the `LineTree`s below a line. Out: a `Block`. A line that is out of place is told and left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from praxe.dsl import heads as h
from praxe.dsl import tree as t
from praxe.dsl.build import with_clauses
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import Face, reserved_words
from praxe.dsl.near import nearest
from praxe.dsl.source import SourceText, Span

MAX_ATTEMPTS: Final = 1_000
MAX_AMOUNT: Final = 10_000

# a line that needs another before it: its keyword, and those it may follow
_OWNERS: Final = {
    "ELSE_IF": ("IF",),
    "ELSE": ("IF", "CASE", "TRY", "WAIT"),
    "UNLESS": ("RULE",),
    "MEANWHILE": ("WAIT",),
    "WHEN": ("DEFINE",),
}


def keyword_of(head: h.Head) -> str | None:
    """Return the terminal a line begins with, where it may stand only after or under another line."""
    match head:
        case h.ElseIfHead():
            return "ELSE_IF"
        case h.ElseHead():
            return "ELSE"
        case h.UnlessHead():
            return "UNLESS"
        case h.MeanwhileHead():
            return "MEANWHILE"
        case h.WhenHead():
            return "WHEN"
        case _:
            return None


class Assembler:
    """Makes blocks and collects what is out of place; one per file."""

    def __init__(self, face: Face, source: SourceText) -> None:
        self.face = face
        self.source = source
        self.diagnostics: list[Diagnostic] = []
        self.lost_names: list[str] = []  # of definitions left out because of a mistake

    # --- reporting

    def report(self, code: str, span: Span, *, related: tuple[Related, ...] = (), **args: str) -> None:
        """Add one finding."""
        self.diagnostics.append(Diagnostic(code, span, args, related))

    def check_name(self, name: t.FactRef) -> None:
        """Tell when a new name is a keyword of some language."""
        if name.name in reserved_words():
            self.report("PX143", name.span, name=name.name)

    def only_once(self, second: t.Node, first: t.Node | None, terminal: str) -> None:
        """Tell when a part that may stand once stands again."""
        if first is not None:
            word = self.face.word(terminal)
            self.report("PX133", second.span, word=word, related=(Related(first.span, "first"),))

    def after_else(self, late: h.LineTree, otherwise: t.Node, word: str) -> None:
        """Tell of a branch that stands after the `senão`, where it would never have its turn."""
        self.report("PX129", late.span, word=word, related=(Related(otherwise.span, "first"),))

    def refuse_block(self, line: h.LineTree, *, code: str = "PX105") -> None:
        """Tell when there are lines under a line that takes none."""
        if line.block is not None and not isinstance(line.block[0].head, h.Broken):
            self.report(code, line.block[0].span)

    def has_block(self, line: h.LineTree) -> bool:
        """Return whether a line that ends in `:` has lines below it; tell when not."""
        if line.block is None:
            self.report("PX125", line.span)
        return line.block is not None

    def misplaced_at_top(self, line: h.LineTree) -> None:
        """Tell that a line stands outside of any procedure."""
        keyword = keyword_of(line.head)
        if isinstance(line.head, h.ArmHead) and self._is_misspelt(line.head, ("PROCEDURE", "DEFINE", "TABLE")):
            return
        if keyword:
            self._orphan(line, keyword)
        else:
            self.report("PX127", line.span)

    def out_of_place(self, line: h.LineTree, place: str) -> None:
        """Tell that a line does not belong in the block of `place`, a terminal."""
        match line.head:
            case h.ArmHead() as arm if self._is_misspelt(arm, (*_OWNERS, "RULE", "NOTHING")):
                return
            case h.ProcedureHead():
                self.report("PX134", line.span)
            case head:
                first = keyword_of(head)
                word = self.face.word(first) if first else self.text_of(line.span)
                self.report("PX130", line.span, word=word, place=self.face.word(place))

    def text_of(self, span: Span) -> str:
        """Return what the author wrote at a place of one line."""
        return self.source.line(span.line)[span.column - 1 : span.end_column - 1]

    def _orphan(self, line: h.LineTree, keyword: str) -> None:
        owner = " / ".join(f"`{self.face.word(each)}`" for each in _OWNERS[keyword])
        self.report("PX128", line.span, word=self.face.word(keyword), owner=owner)

    def _is_misspelt(self, arm: h.ArmHead, terminals: tuple[str, ...]) -> bool:
        match arm.patterns:
            case (t.ValuePattern(value=t.Name(name=name)),):
                near = nearest(name, [self.face.word(each) for each in terminals if each in self.face.words])
                if near:
                    self.report("PX120", arm.span, name=name, near=near)
                return near is not None
            case _:
                return False

    # --- blocks

    def cited(self, statement: Any, line: h.LineTree) -> Any:
        """Return a one-line statement with its citations."""
        return with_clauses(statement, line.clauses)

    def sources(self, lines: Sequence[h.LineTree]) -> tuple[tuple[t.Source, ...], Sequence[h.LineTree]]:
        """Split the leading `fonte` lines off."""
        count = 0
        while count < len(lines) and isinstance(lines[count].head, t.Source):
            count += 1
        found = tuple(line.head for line in lines[:count] if isinstance(line.head, t.Source))
        return found, lines[count:]

    def block(self, line: h.LineTree) -> t.Block:
        """Return the block under a line that ends in `:`; an empty one where it is missing (told)."""
        if not self.has_block(line):
            return t.Block(span=line.span, clauses=line.clauses)
        sources, lines = self.sources(line.block or ())
        statements = tuple(self.statements(lines))
        if sources and not lines:
            self.report("PX125", line.span)
        return t.Block(
            span=line.span.to((statements or (line,))[-1].span),
            sources=sources,
            statements=statements,
            clauses=line.clauses,
        )

    def below_lost(self, line: h.LineTree) -> list[t.Statement]:
        """Return the statements below a line that is lost: their words are still checked, not their places."""
        lines: list[h.LineTree] = []
        for each in line.block or ():
            match each.head:
                case t.Source():
                    pass
                case h.ArmHead() | h.ElseIfHead() | h.ElseHead() | h.UnlessHead() | h.MeanwhileHead():
                    lines += each.block or ()
                case h.WhenHead() | h.RowHead():
                    pass
                case _:
                    lines.append(each)
        return self.statements(lines)

    def _lost(self, line: h.LineTree) -> t.Block:
        return t.Block(span=line.span, statements=tuple(self.below_lost(line)))

    def optional_block(self, lines: Sequence[h.LineTree], kind: type[t.Node], terminal: str) -> t.Block | None:
        """Return the block of the one line of `kind` among `lines`, if any."""
        first: h.LineTree | None = None
        block = None
        for line in lines:
            if isinstance(line.head, kind):
                self.only_once(line, first, terminal)
                made = self.block(line)
                first, block = first or line, block or made
        return block

    def statements(self, lines: Sequence[h.LineTree]) -> list[t.Statement]:
        """Return the statements that the lines of a block make."""
        found: list[t.Statement] = []
        index = 0
        while index < len(lines):
            followers = 1 + _count_followers(lines, index)
            found.extend(self._statement(lines[index], lines[index + 1 : index + followers], index, len(lines)))
            index += followers
        if found and isinstance(found[-1], t.Note) and isinstance(lines[-1].head, t.Note) and lines[-1].block is None:
            self.report("PX132", found[-1].span)
        return found

    def _statement(
        self, line: h.LineTree, followers: Sequence[h.LineTree], index: int, count: int
    ) -> list[t.Statement]:
        match line.head:
            case (t.Do() | t.Say() | t.Ask() | t.Follow() | t.End() | t.Gap() | t.Note() | t.Nothing()) as simple:
                self.refuse_block(line)
                self._check_deadline(simple)
                return [self.cited(simple, line)]
            case h.IfHead() as head:
                return [self._if(head, line, followers)]
            case h.CaseHead() as head:
                return self._case(head, line)
            case h.ForEachHead() as head:
                if head.variable in reserved_words():
                    self.report("PX143", head.span, name=head.variable)
                body = self.block(line)
                made = t.ForEach(
                    span=head.span.to(body.span), variable=head.variable, collection=head.collection, body=body
                )
                return [made]
            case h.RetryHead() as head:
                return [self._retry(head, line, followers)]
            case h.WaitHead() as head:
                return [self._wait(head, line, followers)]
            case h.RuleHead() as head:
                return [self._rule(head, line, followers)]
            case h.Broken():
                return self.below_lost(line)
            case t.Source() as source:
                self.report("PX131", source.span)
                return []
            case _:
                self._misplaced(line)
                return []

    def _misplaced(self, line: h.LineTree) -> None:
        keyword = keyword_of(line.head)
        if keyword:
            self._orphan(line, keyword)
        else:
            self.out_of_place(line, "PROCEDURE")

    # --- compound statements

    def _if(self, head: h.IfHead, line: h.LineTree, followers: Sequence[h.LineTree]) -> t.If:
        first = self.block(line)
        branches = [t.IfBranch(span=head.span, condition=head.condition, body=first)]
        otherwise: tuple[h.LineTree, t.Block] | None = None
        for each in followers:
            match each.head:
                case h.ElseIfHead() as other:
                    if otherwise:
                        self.after_else(each, otherwise[0], self.face.word("ELSE_IF"))
                    body = self.block(each)
                    branches.append(t.IfBranch(span=other.span, condition=other.condition, body=body))
                case h.ElseHead() as other:
                    self._refuse_value(other)
                    self.only_once(each, otherwise and otherwise[0], "ELSE")
                    otherwise = otherwise or (each, self.block(each))
                case _:
                    pass  # a broken line, told already
        last = otherwise[1] if otherwise else branches[-1].body
        return t.If(
            span=head.span.to(last.span), branches=tuple(branches), otherwise=otherwise[1] if otherwise else None
        )

    def _case(self, head: h.CaseHead, line: h.LineTree) -> list[t.Statement]:
        if not self.has_block(line):
            return []
        arms: list[t.Arm] = []
        is_broken = False
        otherwise: tuple[h.LineTree, t.Block] | None = None
        for each in line.block or ():
            match each.head:
                case h.ArmHead() as arm:
                    if otherwise:
                        self.after_else(each, otherwise[0], self.text_of(each.span))
                    arms.append(t.Arm(span=arm.span, patterns=arm.patterns, body=self.block(each)))
                case h.ElseHead() as other:
                    self._refuse_value(other)
                    self.only_once(each, otherwise and otherwise[0], "ELSE")
                    otherwise = otherwise or (each, self.block(each))
                case h.Broken():
                    is_broken = True
                    arms.append(t.Arm(span=each.span, patterns=(), body=self._lost(each)))
                case _:
                    self.out_of_place(each, "CASE")
                    is_broken = True
        if not arms and not is_broken:
            self.report("PX135", head.span)
        if not arms:
            return []
        last = otherwise[1] if otherwise else arms[-1].body
        return [
            t.Case(
                span=head.span.to(last.span),
                subject=head.subject,
                arms=tuple(arms),
                otherwise=otherwise[1] if otherwise else None,
                clauses=line.clauses,
            )
        ]

    def _retry(self, head: h.RetryHead, line: h.LineTree, followers: Sequence[h.LineTree]) -> t.Retry:
        if not 1 <= head.attempts <= MAX_ATTEMPTS:
            self.report("PX142", head.attempts_node.span, found=str(head.attempts), limit=str(MAX_ATTEMPTS))
        body = self.block(line)
        otherwise = self._else_block(followers)
        return t.Retry(
            span=head.span.to((otherwise or body).span),
            attempts=min(max(head.attempts, 1), MAX_ATTEMPTS),
            call=head.call,
            until=head.until,
            body=body,
            otherwise=otherwise,
        )

    def _wait(self, head: h.WaitHead, line: h.LineTree, followers: Sequence[h.LineTree]) -> t.Wait:
        if isinstance(head.deadline, t.Duration):
            self._check_duration(head.deadline, head.span)
        on_time = self.block(line)
        meanwhile = self.optional_block(followers, h.MeanwhileHead, "MEANWHILE")
        too_late = self._else_block(followers)
        for statement in meanwhile.statements if meanwhile else ():
            if not isinstance(statement, t.Do | t.Say | t.Note):
                self.report("PX141", statement.span)
        return t.Wait(
            span=head.span.to((too_late or meanwhile or on_time).span),
            fact=head.fact,
            deadline=head.deadline,
            on_time=on_time,
            meanwhile=meanwhile,
            too_late=too_late,
        )

    def _rule(self, head: h.RuleHead, line: h.LineTree, followers: Sequence[h.LineTree]) -> t.Rule:
        body = self.block(line)
        exceptions = tuple(
            t.RuleException(span=each.head.span, condition=each.head.condition, body=self.block(each))
            for each in followers
            if isinstance(each.head, h.UnlessHead)
        )
        if not exceptions and not followers:
            self.report("PX136", head.span)
        last = exceptions[-1].body if exceptions else body
        return t.Rule(span=head.span.to(last.span), body=body, exceptions=exceptions)

    # --- small checks

    def _else_block(self, followers: Sequence[h.LineTree]) -> t.Block | None:
        for each in followers:
            if isinstance(each.head, h.ElseHead):
                self._refuse_value(each.head)
        return self.optional_block(followers, h.ElseHead, "ELSE")

    def _refuse_value(self, head: h.ElseHead) -> None:
        if head.value is not None:
            self.report("PX123", head.value.span, text=self.face.word("ELSE") + ":")

    def _check_deadline(self, statement: h.Simple) -> None:
        deadline = statement.deadline if isinstance(statement, t.Do | t.Say) else None
        if deadline and deadline.duration:
            self._check_duration(deadline.duration, deadline.span)

    def _check_duration(self, duration: t.Duration, span: Span) -> None:
        if not 1 <= duration.amount <= MAX_AMOUNT:
            self.report("PX144", span, limit=str(MAX_AMOUNT))


def _count_followers(lines: Sequence[h.LineTree], index: int) -> int:
    """Return how many lines after `index` belong to its statement: `senão` to `se`, and so on."""
    match lines[index].head:
        case h.IfHead():
            kinds: tuple[type[t.Node], ...] = (h.ElseIfHead, h.ElseHead)
        case h.RetryHead():
            kinds = (h.ElseHead,)
        case h.WaitHead():
            kinds = (h.MeanwhileHead, h.ElseHead)
        case h.RuleHead():
            kinds = (h.UnlessHead,)
        case h.Broken() | h.ArmHead():
            kinds = (h.ElseIfHead, h.ElseHead, h.UnlessHead, h.MeanwhileHead)  # their owner may be the broken line
        case _:
            return 0
    count = 0
    for line in lines[index + 1 :]:
        if not isinstance(line.head, kinds):
            break
        count += 1
    return count
