"""A LALR parser fed one token at a time.

In: tables (`grammar.json`, made of `grammar.lark` by `language_tables`) and `Word`s. Out: what `Build` makes of them.
Lark makes the tables but does not run them: to import it takes longer than to parse a policy.
Source: DeRemer and Pennello, Efficient Computation of LALR(1) Look-Ahead Sets, 1982 (the tables; Lark's).
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

from praxe.dsl.build import Build
from praxe.dsl.lexer import Word
from praxe.dsl.ready import document_of, ready
from praxe.dsl.record import RecordBase, record

FILE: Final = "grammar.lark"

_Making = Callable[[list[Any]], Any]


class Refused(Exception):  # noqa: N818 - no error: what a mistake in a text is found by
    """A token cannot stand here; the parser's stacks are as they were before."""


@record
class Reduction(RecordBase):
    """A rule of the grammar: what it stands for, how many values it takes, and what it makes of them."""

    name: str
    size: int
    make: _Making


@record
class Grammar(RecordBase):
    """The tables: in each state, what a token or a rule leads to.

    A positive number is the next state, plus one; a negative one the reduction, minus one.
    """

    states: tuple[Mapping[str, int], ...]
    reductions: tuple[Reduction, ...]
    start: int
    end: int


class LineParser:
    """The stacks of one parse; whoever mends a line cuts them back to where it began."""

    __slots__ = ("_grammar", "state_stack", "value_stack")

    def __init__(self, grammar: Grammar) -> None:
        self._grammar = grammar
        self.state_stack = [grammar.start]
        self.value_stack: list[Any] = []

    def feed_token(self, token: Word, is_end: bool = False) -> Any:
        """Take one token; the last one gives what the whole was built to.

        Raises:
            Refused: the token cannot stand here.
        """
        states, reductions, end = self._grammar.states, self._grammar.reductions, self._grammar.end
        stack, values, terminal = self.state_stack, self.value_stack, token.type
        while True:
            action = states[stack[-1]].get(terminal, 0)
            if action > 0:
                stack.append(action - 1)
                values.append(token)
                return None
            if not action:
                raise Refused(terminal)
            rule = reductions[-action - 1]
            size = rule.size
            taken: list[Any] = []
            if size:
                taken = values[-size:]
                del stack[-size:], values[-size:]
            values.append(rule.make(taken))
            stack.append(states[stack[-1]][rule.name] - 1)
            if is_end and stack[-1] == end:
                return values[-1]


def load_grammar(cache: Path | None = None) -> Grammar:
    """Return the grammar.

    Args:
        cache: a file to keep its tables in where those that come with Praxe are not of this `grammar.lark`.
    """
    known = _known()
    if not known:
        known.append(new_grammar(cache))
    return known[0]


@functools.cache
def _known() -> list[Grammar]:
    """Return the grammar once it is loaded: the same for all, whichever file its tables came from."""
    return []


def new_grammar(cache: Path | None = None) -> Grammar:
    """Return the grammar anew."""
    tables = ready(FILE, cache)
    if tables is None:
        from praxe.dsl.language_tables import grammar_tables

        tables = grammar_tables()
        if cache:
            with suppress(OSError):
                cache.write_text(json.dumps(document_of(FILE, tables)), "utf-8")
    return grammar_of(tables)


def grammar_of(tables: Mapping[str, Any]) -> Grammar:
    """Return the grammar of tables."""
    build = Build()
    return Grammar(
        states=tuple(tables["states"]),
        reductions=tuple(_reduction(build, *each) for each in tables["rules"]),
        start=tables["start"],
        end=tables["end"],
    )


def new_parser(grammar: Grammar) -> LineParser:
    """Return a parser at the beginning of a file."""
    return LineParser(grammar)


def _reduction(
    build: Build, name: str, callback: str | None, is_single: bool, kept: Sequence[Sequence[Any]] | None, size: int
) -> Reduction:
    """Return a rule; `kept` are the places of the values it makes something of, each with whether it is a list of them.

    Args:
        callback: the method of `Build`; None for a rule that only gathers values for others.
        is_single: a single value stands for itself.
    """
    method: Callable[..., Any] | None = getattr(build, callback) if callback else None
    return Reduction(name=name, size=size, make=_making(method, is_single, kept, size))


def _making(
    method: Callable[..., Any] | None, is_single: bool, kept: Sequence[Sequence[Any]] | None, size: int
) -> _Making:
    if kept is None and size == 1 and is_single:
        return itemgetter(0)
    if kept is None and method is not None and not is_single:
        return lambda values: method(*values)

    def make(values: list[Any]) -> Any:
        if kept is not None:
            values = _gathered(values, kept)
        if is_single and len(values) == 1:
            return values[0]
        return values if method is None else method(*values)

    return make


def _gathered(values: list[Any], kept: Sequence[Sequence[Any]]) -> list[Any]:
    gathered: list[Any] = []
    for place, is_list in kept:
        if not is_list:
            gathered.append(values[place])
        elif gathered:
            gathered += values[place]
        else:
            gathered = values[place]  # nobody else has it: a file of many lines is gathered in one list
    return gathered
