"""What is wrong with a line that the grammar refuses, found by trial.

In: the line's tokens and the one that could not stand there. Out: one diagnostic. Small repairs are tried,
the likeliest first; the first that makes the line whole is the hint. No list of expected tokens reaches anybody.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.keywords import Face, faces
from praxe.dsl.lalr import Grammar, Refused, new_parser
from praxe.dsl.lexer import Line, Word, word
from praxe.dsl.near import nearest
from praxe.dsl.source import Span

_SIGN_OF: Final = {
    "_COLON": ":", "RPAR": ")", "_LPAR": "(", "_RSQB": "]", "RBRACE": "}", "_LBRACE": "{", "_COMMA": ",", "_PIPE": "|",
    "EQ": "=",
}  # fmt: skip
_LONGEST: Final = 80  # tokens; a longer line is not worth the trials
_INSERTED_KEYWORDS: Final = ("UNTIL", "TIMES", "IN", "AND", "DAY", "OR", "END")


def explain_line(line: Line, at: int, grammar: Grammar, language: str) -> Diagnostic:
    """Return why `line` is refused at token `at` (the number of tokens: at its end)."""
    face = faces()[language]
    tokens = list(line.tokens)
    for attempt in (
        (_other_word, _keyword_as_name, _missing_colon, _missing_sign, _surplus) if len(tokens) <= _LONGEST else ()
    ):
        found = attempt(tokens, at, grammar, face)
        if found:
            return found
    span = _place(tokens, at)
    form = face.forms.get(tokens[0].type)
    if at == 0 and form is None and tokens[0].type in ("NAME", "CLAUSE"):
        return Diagnostic("PX120", tokens[0].span, {"name": str(tokens[0])})
    args = {"text": str(tokens[at] if at < len(tokens) else tokens[-1])}
    return Diagnostic("PX124", span, args | ({"form": form} if form else {}))


def _is_whole(tokens: Sequence[Word], grammar: Grammar) -> bool:
    parser = new_parser(grammar)
    try:
        for token in (*tokens, word("_NL", "", tokens[-1].span)):
            parser.feed_token(token)
        parser.feed_token(word("$END", "", tokens[-1].span), is_end=True)
    except Refused:
        return False
    return True


def _place(tokens: list[Word], index: int) -> Span:
    """Return where a token stands; the end of the line before, where it would be the first of a further line."""
    if index < len(tokens) and (index == 0 or tokens[index].span.line == tokens[index - 1].span.line):
        return tokens[index].span
    return _after(tokens[index - 1])


def _after(token: Word) -> Span:
    span = token.span
    return Span(span.path, span.line, span.end_column, span.line, span.end_column + 1)


def _keyword_as_name(tokens: list[Word], at: int, grammar: Grammar, face: Face) -> Diagnostic | None:
    for index in range(min(at, len(tokens) - 1), 0, -1):
        token = tokens[index]
        if token.isidentifier() and token.type != "NAME":
            named = [*tokens[:index], word("NAME", token, token.span), *tokens[index + 1 :]]
            if _is_whole(named, grammar):
                return Diagnostic("PX143", token.span, {"name": str(token)})
    return None


def _missing_colon(tokens: list[Word], at: int, grammar: Grammar, face: Face) -> Diagnostic | None:
    cites = next((index for index, token in enumerate(tokens) if token.type == "_LSQB"), len(tokens))
    if not 0 < cites <= at or tokens[cites - 1].type == "_COLON":
        return None
    place = _after(tokens[cites - 1])
    if _is_whole([*tokens[:cites], word("_COLON", ":", place), *tokens[cites:]], grammar):
        return Diagnostic("PX121", place)
    return None


def _other_word(tokens: list[Word], at: int, grammar: Grammar, face: Face) -> Diagnostic | None:
    """A name that should be a keyword: misspelt, or a keyword of the other language."""
    for index in range(min(at, len(tokens) - 1), -1, -1):
        if not _could_be_keyword(tokens, index):
            continue
        names = _names_from(tokens, index)
        if not names:
            continue
        whole = functools.partial(_fits, tokens, index, grammar)
        foreign = _of_another_language(names, face)
        if foreign and whole(foreign[0], foreign[1]):
            return _instead("PX110", tokens[index : index + foreign[1]], face.word(foreign[0]))
        alone = 1 if tokens[index].type in ("NAME", "CLAUSE") else 2
        for count in range(min(len(names), 4), alone - 1, -1):
            fitting = [phrase for phrase, terminal in _phrases(face, count) if whole(terminal, count)]
            near = nearest(" ".join(names[:count]), fitting)
            if near:
                return _instead("PX120", tokens[index : index + count], near)
        longer = [phrase for phrase, terminal in _longer_phrases(face, names[:alone]) if whole(terminal, 1)]
        if alone == 1 and len(longer) == 1:
            return _instead("PX120", tokens[index : index + 1], longer[0])
    return None


def _instead(code: str, written: list[Word], near: str) -> Diagnostic:
    name = " ".join(written)
    return Diagnostic(code, written[0].span.to(written[-1].span), {"name": name, "word": name, "near": near})


def _fits(tokens: list[Word], index: int, grammar: Grammar, terminal: str, count: int) -> bool:
    """Return whether the line is whole with a keyword in place of `count` tokens; perhaps but for its `:`."""
    mended = [*tokens[:index], word(terminal, "", tokens[index].span), *tokens[index + count :]]
    return _is_whole(mended, grammar) or _is_whole([*mended, word("_COLON", ":", tokens[index].span)], grammar)


def _names_from(tokens: list[Word], index: int) -> list[str]:
    names = [str(token) if token.isidentifier() else "" for token in tokens[index : index + 4]]
    return names[: names.index("")] if "" in names else names


def _of_another_language(names: list[str], face: Face) -> tuple[str, int] | None:
    others = (other.match(names) for other in faces().values() if other is not face)
    return next((found for found in others if found), None)


def _phrases(face: Face, count: int) -> Iterator[tuple[str, str]]:
    """Yield the keywords of `count` words, with their terminals."""
    for terminal, pair in face.words.items():
        for phrase in dict.fromkeys(pair):
            if phrase.count(" ") == count - 1:
                yield phrase, terminal


def _longer_phrases(face: Face, names: list[str]) -> Iterator[tuple[str, str]]:
    """Yield the keywords of several words of which the author wrote only the first, or that one misspelt."""
    for terminal, (_, phrase) in face.words.items():
        first, _, rest = phrase.partition(" ")
        if rest and names and (names[0].casefold() == first or nearest(names[0], [first])):
            yield phrase, terminal


def _could_be_keyword(tokens: list[Word], index: int) -> bool:
    """A name; or a keyword right before a name: `em te 4 dias` for `em até 4 dias`."""
    if tokens[index].type in ("NAME", "CLAUSE"):
        return True
    following = tokens[index + 1] if index + 1 < len(tokens) else None
    return tokens[index].isidentifier() and following is not None and following.type == "NAME"


def _missing_sign(tokens: list[Word], at: int, grammar: Grammar, face: Face) -> Diagnostic | None:
    keywords = {terminal: face.word(terminal) for terminal in _INSERTED_KEYWORDS}
    for index in range(at, max(-1, at - 3), -1):
        place = _place(tokens, index)
        for terminal, text in (_SIGN_OF | keywords).items():
            if _is_whole([*tokens[:index], word(terminal, text, place), *tokens[index:]], grammar):
                return Diagnostic("PX122", place, {"missing": text})
    return None


def _surplus(tokens: list[Word], at: int, grammar: Grammar, face: Face) -> Diagnostic | None:
    for index in (at, at - 1):
        if 0 <= index < len(tokens) and len(tokens) > 1 and _is_whole(tokens[:index] + tokens[index + 1 :], grammar):
            return Diagnostic("PX123", tokens[index].span, {"text": str(tokens[index])})
    return None
