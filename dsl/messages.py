"""The words of a finding, in each language.

In: a diagnostic's code and arguments. Out: its `Entry` of `catalogue/` (one file a code), and the `Finding` that the
terminal, JSON and editors show. An argument that begins with `@` names a word of `catalogue/terms.yaml`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Mapping
from enum import Enum
from typing import TYPE_CHECKING, Any, Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.ready import HERE
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.vocabulary import Words

if TYPE_CHECKING:
    from praxe.dsl.keeping import Keeper

_CATALOGUE: Final = HERE / "catalogue"
_TERMS: Final = "terms.yaml"
_CODE_FILE: Final = re.compile(r"(PX\d{3})\.yaml")
_ANSWER: Final = re.compile(
    r"(?<=[`\[ ])@(yes|no)(?=[`,\]])"
)  # among the facts of a case: `canal` = `chat`, `vip` = `@no`
_PLACE: Final = re.compile(r"\{([a-z_]+)\}")


class Severity(Enum):
    """How bad a finding is: a policy with errors cannot run."""

    ERROR = "error"
    WARNING = "warning"


@record
class Entry(RecordBase):
    """What the catalogue says of one code; `{name}` in a text is the place of an argument."""

    code: str
    severity: Severity
    title: Words
    message: Words
    hints: tuple[Words, ...]  # the first whose places all have arguments is shown
    related: Mapping[str, Words]  # what the label of a second place reads
    explanation: Words
    wrong: str | None  # a text that has this finding; None where it would be too long to read
    right: str
    example_file: str


@record
class Finding(RecordBase):
    """A diagnostic put into words of one language."""

    code: str
    severity: Severity
    span: Span
    title: str
    message: str
    hint: str | None
    related: tuple[tuple[Span, str], ...]


@functools.cache
def all_codes() -> tuple[str, ...]:
    """Return every code of the catalogue, in order."""
    matches = (_CODE_FILE.fullmatch(each.name) for each in _CATALOGUE.iterdir())
    return tuple(sorted(match.group(1) for match in matches if match))


@functools.cache
def entry(code: str) -> Entry:
    """Return what the catalogue says of `code`.

    Raises:
        ValueError: there is no such code.
    """
    if code not in all_codes():
        raise ValueError(f"no such code: {code}")
    raw = _raw(f"{code}.yaml")
    return Entry(
        code=code,
        severity=Severity(raw["severity"]),
        title=Words(raw["title"]),
        message=Words(raw["message"]),
        hints=_hints(raw.get("hint")),
        related={label: Words(words) for label, words in raw.get("related", {}).items()},
        explanation=Words({language: text.strip() for language, text in raw["explanation"].items()}),
        wrong=raw.get("wrong"),
        right=raw["right"],
        example_file=raw.get("example_file", "exemplo.praxe"),
    )


def read_ahead(codes: Iterable[str], keeper: Keeper) -> None:
    """Make ready what the catalogue says of some codes, and the terms; what is kept of them needs no YAML."""
    known = _known()
    for name in {_TERMS, *(f"{code}.yaml" for code in codes)} - known.keys():
        made_from = ("catalogue", name, (_CATALOGUE / name).read_text("utf-8"))
        raw = keeper.kept(made_from)
        if not isinstance(raw, dict):
            raw = _read(name)
            keeper.keep(made_from, raw)
        known[name] = raw


@functools.cache
def _known() -> dict[str, dict[str, Any]]:
    """Return what was made ready of the catalogue: the same for all, read or kept."""
    return {}


def explain(diagnostic: Diagnostic, language: str) -> Finding:
    """Put `diagnostic` into words of `language`."""
    known = entry(diagnostic.code)
    args = {name: _term(value, language) for name, value in diagnostic.args.items()}
    hints = (words.in_language(language) for words in known.hints)
    return Finding(
        code=known.code,
        severity=known.severity,
        span=diagnostic.span,
        title=known.title.in_language(language),
        message=_filled(known.message.in_language(language), args),
        hint=next((_filled(hint, args) for hint in hints if all(map(args.get, places(hint)))), None),
        related=tuple(
            (each.span, _filled(_label(known, each.label).in_language(language), args)) for each in diagnostic.related
        ),
    )


def places(text: str) -> frozenset[str]:
    """Return the names of the arguments that `text` has places for."""
    return frozenset(_PLACE.findall(text))


@functools.cache
def terms() -> Mapping[str, Words]:
    """Return the words that any code may use: kinds of values, and the frame of a report."""
    return {name: Words(words) for name, words in _raw(_TERMS).items()}


def _raw(name: str) -> dict[str, Any]:
    return _known().get(name) or _read(name)


def _read(name: str) -> dict[str, Any]:
    import yaml  # a policy without findings needs none of it

    text = (_CATALOGUE / name).read_text("utf-8")
    raw: dict[str, Any] = yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - is safe
    return raw


def _hints(raw: Mapping[str, str | list[str]] | None) -> tuple[Words, ...]:
    if raw is None:
        return ()
    lists = {language: [written] if isinstance(written, str) else written for language, written in raw.items()}
    pairs = zip(*lists.values(), strict=True)
    return tuple(Words(dict(zip(lists, pair, strict=True))) for pair in pairs)


def _term(value: str, language: str) -> str:
    known = terms().get(value[1:]) if value.startswith("@") else None
    if known:
        return known.in_language(language)
    return _ANSWER.sub(lambda answer: terms()[answer.group(1)].in_language(language), value)


def _label(known: Entry, label: str) -> Words:
    return known.related.get(label) or terms()["related"]


def _filled(text: str, args: Mapping[str, str]) -> str:
    # one sweep, so that an author's own `{near}` inside an argument is never taken for a place
    return _PLACE.sub(lambda place: args.get(place.group(1), place.group()), text)
