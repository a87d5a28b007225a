"""Pass 1: text to tree, one file at a time.

In: the text of one file. Out: its `File` and every lexical and syntax mistake. Lines are fed to the LALR
parser one by one; a line it refuses is replaced by a BROKEN token, so what follows is still read and checked.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from praxe.dsl.diagnostics import Diagnostic, in_file_order
from praxe.dsl.heads import LineTree
from praxe.dsl.lalr import Grammar, LineParser, Refused, load_grammar, new_parser
from praxe.dsl.lexer import Lexed, Line, lex, word
from praxe.dsl.source import SourceText, Span
from praxe.dsl.structure import file_of
from praxe.dsl.tree import File

_INDENTATION: Final = ("PX104", "PX105")
MAX_FINDINGS: Final = 200  # per file: beyond that the file is something else than a policy


def parse(
    source: SourceText, *, language: str = "pt", cache: Path | None = None
) -> tuple[File, tuple[Diagnostic, ...]]:
    """Return the tree of one file and its mistakes; what is broken is left out of the tree.

    `language` is assumed when no keyword tells it.
    """
    lexed = lex(source, language)
    diagnostics = list(lexed.diagnostics)
    lines = _line_trees(lexed, load_grammar(cache), diagnostics)
    file, misplaced = file_of(lines, source=source, lexed=lexed)
    return file, _one_a_line([*diagnostics, *misplaced])[:MAX_FINDINGS]


def _one_a_line(found: list[Diagnostic]) -> tuple[Diagnostic, ...]:
    """Leave out what a line's indentation has wrong, where it or the line it is measured by is: that may be why."""
    broken = {each.span.line for each in found if each.code not in _INDENTATION}
    return in_file_order(
        each
        for each in found
        if each.code not in _INDENTATION
        or broken.isdisjoint([each.span.line, *(place.span.line for place in each.related)])
    )


def _line_trees(lexed: Lexed, grammar: Grammar, diagnostics: list[Diagnostic]) -> tuple[LineTree, ...]:
    parser = new_parser(grammar)
    depth = explained = 0
    for line in lexed.lines:
        depth = _indent(parser, line, depth)
        mistake = _feed_line(parser, line)
        if mistake is not None and explained < MAX_FINDINGS:  # those of later lines would not be shown
            from praxe.dsl.syntax_mistakes import explain_line  # most files have none

            explained += 1
            diagnostics.append(explain_line(line, mistake, grammar, lexed.language))
    end = lexed.lines[-1].span if lexed.lines else Span("", 1, 1, 1, 1)
    for _ in range(depth):
        parser.feed_token(word("_DEDENT", "", end))
    result: Any = parser.feed_token(word("$END", "", end), is_end=True)
    return tuple(result)


def _indent(parser: LineParser, line: Line, depth: int) -> int:
    for _ in range(depth - line.depth):
        parser.feed_token(word("_DEDENT", "", line.span))
    if line.depth > depth:
        parser.feed_token(word("_INDENT", "", line.span))
    return line.depth


def _feed_line(parser: LineParser, line: Line) -> int | None:
    """Feed one line; return the number of the token that cannot stand there, after mending the parser's stacks."""
    base = 0
    for index, token in enumerate((*line.tokens, word("_NL", "", line.span))):
        try:
            parser.feed_token(token)
        except Refused:
            if index:
                # all that was read of this line lies above `base`; LALR has reduced nothing below it
                del parser.state_stack[base:], parser.value_stack[base - 1 :]
            parser.feed_token(word("BROKEN", " ".join(line.tokens), line.span))
            parser.feed_token(word("_NL", "", line.span))
            return index
        if index == 0:
            base = len(parser.state_stack) - 1
    return None
