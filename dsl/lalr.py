"""Lark's LALR parser, fed one token at a time.

In: `grammar.lark`. Out: a parser to feed with `Word`s. `load_grammar` builds the tables once a process, or loads
them from a cache file.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from importlib import resources
from pathlib import Path
from typing import Any, Protocol, cast

from lark import Lark, Token
from lark.lexer import Lexer

from praxe.dsl.build import Build
from praxe.dsl.lexer import Word


class LineParser(Protocol):
    """What we use of Lark's parser state: its stacks, and the way to feed it."""

    state_stack: list[Any]
    value_stack: list[Any]

    def feed_token(self, token: Word, is_end: bool = False) -> Any:
        """Take one token; the last one gives what the whole was built to.

        Raises:
            UnexpectedToken: the token cannot stand here; the stacks are as they were before.
        """


class _NoLexer(Lexer):
    """Lark's own lexing is not used: `lexer` makes the tokens, line by line."""

    __future_interface__ = 1

    def __init__(self, _conf: object) -> None: ...

    def lex(self, _state: object, _parser: object) -> Iterator[Token]:
        return iter(())


def load_grammar(cache: Path | None = None) -> Lark:
    """Return the grammar; `cache` is a file to keep its tables in (rebuilt whenever grammar or Lark change)."""
    known = _known()
    if not known:
        known.append(new_grammar(cache))
    return known[0]


@functools.cache
def _known() -> list[Lark]:
    """Return the grammar once it is loaded: the same for all, whichever file its tables came from."""
    return []


def new_grammar(cache: Path | None = None) -> Lark:
    """Return the grammar, its tables built anew or read from the file `cache`."""
    return Lark(
        resources.files(__package__).joinpath("grammar.lark").read_text("utf-8"),
        parser="lalr",
        lexer=_NoLexer,
        transformer=Build(),
        maybe_placeholders=False,
        cache=str(cache) if cache else False,
    )


def new_parser(grammar: Lark) -> LineParser:
    """Return a parser at the beginning of a file."""
    return cast(LineParser, grammar.parse_interactive().parser_state)
