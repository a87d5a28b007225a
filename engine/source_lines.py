"""Every line of a policy's text that says something, with the clauses it answers to.

In: a checked policy and the texts of its files. Out: `Line`s in file order. A line answers to the clauses cited on it,
else to those of a block around it (cited on the line that opens it, or in its `fonte`), else to those from which the
vocabulary takes the facts and actions that it names. Lines that only hold others together need none: see `Role`.
"""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from itertools import chain
from typing import Final, assert_never

from praxe.dsl import tree as t
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId, ClauseRef


class Role(Enum):
    """What a line does in the text."""

    HEADING = "heading"  # `procedimento`, `tabela`, `defina` with cases: a name for what follows
    SOURCE = "source"  # `fonte`
    STEP = "step"
    DECISION = "decision"
    VALUE = "value"  # a line of `defina` or of a table
    RULE = "rule"  # `nunca`, `sempre`
    NOTE = "note"
    GAP = "gap"
    END = "end"
    CALL = "call"  # `siga`: what it calls has lines of its own
    OTHERWISE = "otherwise"  # `senão`: what its siblings leave over
    FRAME = "frame"  # `regra`, `enquanto isso`, `nada`: says nothing alone


NEED_NO_CLAUSE: Final = frozenset({Role.HEADING, Role.SOURCE, Role.CALL, Role.OTHERWISE, Role.FRAME})


class LineState(Enum):
    """Where a line has its clause from."""

    OWN = "own"
    BLOCK = "block"
    WORDS = "words"
    UNNEEDED = "unneeded"
    BARE = "bare"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of a *.praxe file; clauses and findings, each once, in the order of the text."""

    text: str  # without its citations
    role: Role
    title: str | None = None  # of the procedure, definition or table that it is part of
    own: tuple[ClauseId, ...] = ()
    enclosing: tuple[ClauseId, ...] = ()
    words: tuple[ClauseId, ...] = ()
    span: Span = field(compare=False, repr=False)

    @property
    def state(self) -> LineState:
        """Where its clause comes from."""
        if self.own:
            return LineState.OWN
        if self.role in NEED_NO_CLAUSE:
            return LineState.UNNEEDED
        return LineState.BLOCK if self.enclosing else LineState.WORDS if self.words else LineState.BARE


def policy_lines(policy: CheckedPolicy, sources: Mapping[str, SourceText]) -> tuple[Line, ...]:
    """Return the lines of all files; `sources` are their texts by path."""
    reader = _Reader(policy, sources)
    items = chain(policy.procedures.values(), policy.definitions.values(), policy.rules)
    lines = [line for item in items for line in reader.item(item)]
    return tuple(sorted(lines, key=lambda line: line.span))


_Refs = tuple[ClauseRef, ...]


class _Reader:
    def __init__(self, policy: CheckedPolicy, sources: Mapping[str, SourceText]) -> None:
        self._policy = policy
        self._sources = sources
        self._title: str | None = None  # of the item being read

    def item(self, item: t.Item) -> Iterator[Line]:
        self._title = None if isinstance(item, t.Never | t.Always) else item.title
        match item:
            case t.Procedure():
                yield self._line(Role.HEADING, item.span, item.body.clauses)
                yield from self._inside(item.body, ())
            case t.Definition():
                role = Role.HEADING if item.cases else Role.VALUE
                above = yield from self._head(item, role, [item.otherwise] if not item.cases else [])
                for case in item.cases:
                    yield self._line(Role.VALUE, case.span, case.clauses, above, [case.condition, case.value])
                if item.cases:
                    yield self._line(Role.OTHERWISE, item.otherwise.span, item.otherwise_clauses, above)
            case t.Table():
                above = yield from self._head(item, Role.HEADING, [])
                for row in item.rows:
                    yield self._line(Role.VALUE, row.span, row.clauses, above, item.inputs)
            case t.Never() | t.Always():
                yield self._line(Role.RULE, item.span, item.clauses, (), [item])
            case _:
                assert_never(item)

    def _head(self, item: t.Definition | t.Table, role: Role, reads: Iterable[t.Node]) -> Generator[Line, None, _Refs]:
        """Yield the first lines of a definition or table; return what its other lines inherit."""
        above = (*item.clauses, *_cited(item.sources))
        yield self._line(role, item.span, item.clauses, _cited(item.sources), reads)
        yield from self._fontes(item.sources, ())
        return above

    def _inside(self, block: t.Block, above: _Refs) -> Iterator[Line]:
        yield from self._fontes(block.sources, above)
        within = (*above, *block.clauses, *_cited(block.sources))
        for statement in block.statements:
            yield from self._statement(statement, within)

    def _fontes(self, sources: tuple[t.Source, ...], above: _Refs) -> Iterator[Line]:
        for source in sources:
            yield self._line(Role.SOURCE, source.span, source.clauses, above)

    def _opening(self, role: Role, block: t.Block | None, above: _Refs, reads: Iterable[t.Node] = ()) -> Iterator[Line]:
        """Yield the line that opens a block, and the lines in it."""
        if block:
            opening = (*above, *_cited(block.sources))
            yield self._line(role, block.span, block.clauses, opening, reads)
            yield from self._inside(block, above)

    def _statement(self, statement: t.Statement, above: _Refs) -> Iterator[Line]:
        match statement:
            case t.If():
                for branch in statement.branches:
                    yield from self._opening(Role.DECISION, branch.body, above, [branch.condition])
                yield from self._opening(Role.OTHERWISE, statement.otherwise, above)
            case t.Case(subject=subject, clauses=clauses):
                yield self._line(Role.DECISION, statement.span, clauses, above, [subject])
                for arm in statement.arms:
                    yield from self._opening(Role.DECISION, arm.body, (*above, *clauses), [subject])
                yield from self._opening(Role.OTHERWISE, statement.otherwise, (*above, *clauses))
            case t.ForEach():
                yield from self._opening(Role.DECISION, statement.body, above, [statement.collection])
            case t.Retry():
                yield from self._opening(Role.STEP, statement.body, above, [statement.call, statement.until])
                yield from self._opening(Role.OTHERWISE, statement.otherwise, above)
            case t.Wait():
                yield from self._opening(Role.STEP, statement.on_time, above, [statement.fact])
                yield from self._opening(Role.FRAME, statement.meanwhile, above)
                yield from self._opening(Role.OTHERWISE, statement.too_late, above)
            case t.Rule():
                yield from self._opening(Role.FRAME, statement.body, above)
                for exception in statement.exceptions:
                    yield from self._opening(Role.DECISION, exception.body, above, [exception.condition])
            case _:
                yield self._line(_role(statement), statement.span, statement.clauses, above, [statement])

    def _line(self, role: Role, span: Span, own: _Refs, above: _Refs = (), reads: Iterable[t.Node] = ()) -> Line:
        text = self._sources[span.path].line(span.line) if span.path in self._sources else ""
        if role is not Role.SOURCE:
            cut = min((each.span.column for each in own if each.span.line == span.line), default=None)
            text = text if cut is None else text[: cut - 1].rstrip().removesuffix("[")
        words = dict.fromkeys(name for node in reads for name in self._words_of(node))
        return Line(
            text=text.strip(),
            role=role,
            title=self._title,
            own=_names(own),
            enclosing=_names(above),
            words=tuple(words),
            span=span,
        )

    def _words_of(self, node: t.Node) -> Iterator[ClauseId]:
        """Yield the clauses of the facts and actions that a line names."""
        vocabulary, definitions = self._policy.vocabulary, self._policy.definitions
        for each in node.descendants():
            match each:
                case t.FactRef(name=name) | t.LoopRef(collection=name):
                    if name in definitions:
                        yield from (ref.name for ref in definitions[name].descendants() if isinstance(ref, ClauseRef))
                    elif name in vocabulary.facts:
                        yield from vocabulary.facts[name].clauses
                case t.ActionRef(name=action):
                    yield from vocabulary.actions[action].clauses
                case _:
                    pass


_Leaf = t.Do | t.Say | t.Ask | t.Follow | t.End | t.Gap | t.Note | t.Nothing


def _role(statement: _Leaf) -> Role:
    match statement:
        case t.Do() | t.Say() | t.Ask():
            return Role.STEP
        case t.Follow():
            return Role.CALL
        case t.End():
            return Role.END
        case t.Gap():
            return Role.GAP
        case t.Note():
            return Role.NOTE
        case t.Nothing():
            return Role.FRAME
        case _:
            assert_never(statement)


def _cited(sources: tuple[t.Source, ...]) -> _Refs:
    return tuple(ref for source in sources for ref in source.clauses)


def _names(refs: _Refs) -> tuple[ClauseId, ...]:
    return tuple(dict.fromkeys(each.name for each in refs))
