"""The tables of the language: `python -m praxe.dsl.language_tables` writes them to `grammar.json` and `keywords.json`.

In: `grammar.lark` and `keywords.yaml`. Out: the states and rules of the grammar, made by Lark, and the words of each
language, as plain JSON. Needed only by who changes one of these files.
"""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Mapping
from typing import Any

from lark import Lark, Token
from lark.grammar import Rule
from lark.lexer import Lexer
from lark.parsers.lalr_analysis import Shift

from praxe.dsl import keywords, lalr
from praxe.dsl.ready import HERE, beside, document_of


class _NoLexer(Lexer):
    """Lark's own lexing is not used: `lexer` makes the tokens, line by line."""

    __future_interface__ = 1

    def __init__(self, _conf: object) -> None: ...

    def lex(self, _state: object, _parser: object) -> Iterator[Token]:
        return iter(())


def grammar_tables() -> Mapping[str, Any]:
    """Return the tables of the grammar; the same for the same text."""
    lark = Lark((HERE / lalr.FILE).read_text("utf-8"), parser="lalr", lexer=_NoLexer, maybe_placeholders=False)
    table: Any = lark.parser.parser._parse_table
    states = _in_order(table.states, table.start_states["start"])
    number_of = {state: number for number, state in enumerate(states)}
    rules = sorted(
        {arg for state in states for action, arg in table.states[state].values() if action is not Shift}, key=repr
    )
    rule_of = {rule: number for number, rule in enumerate(rules)}
    return {
        "start": number_of[table.start_states["start"]],
        "end": number_of[table.end_states["start"]],
        "rules": [_rule(each) for each in rules],
        "states": [
            {
                name: number_of[arg] + 1 if action is Shift else -rule_of[arg] - 1
                for name, (action, arg) in sorted(table.states[state].items())
            }
            for state in states
        ],
    }


def _in_order(states: Mapping[int, Mapping[str, Any]], start: int) -> list[int]:
    """Return the states as one comes to them by the alphabet: Lark numbers them in another order each time."""
    found = {start: None}
    waiting = deque(found)
    while waiting:
        row = states[waiting.popleft()]
        for name in sorted(row):
            action, following = row[name]
            if action is Shift and following not in found:
                found[following] = None
                waiting.append(following)
    return list(found)


def _rule(rule: Rule) -> list[Any]:
    name: str = rule.origin.name
    symbols: list[Any] = list(rule.expansion)
    kept = [
        (place, not symbol.is_term and symbol.name.startswith("_"))
        for place, symbol in enumerate(symbols)
        if rule.options.keep_all_tokens or not (symbol.is_term and symbol.filter_out)
    ]
    takes_all = len(kept) == len(symbols) and not any(is_list for _, is_list in kept)
    callback = rule.alias or (None if name.startswith("_") else name)
    is_single = bool(rule.options.expand1 and not rule.alias)
    if is_single and callback == name and len(kept) == 1:
        callback = None  # stands for its one part
    return [name, callback, is_single, None if takes_all else kept, len(symbols)]


def texts() -> Mapping[str, str]:
    """Return what belongs into the JSON beside each file of the language, by that file's name."""
    made = {lalr.FILE: grammar_tables(), keywords.FILE: keywords.read_tables()}
    return {
        name: json.dumps(document_of(name, tables), ensure_ascii=False, indent=0) + "\n"
        for name, tables in made.items()
    }


if __name__ == "__main__":
    for each, written in texts().items():
        beside(each).write_text(written, "utf-8")
