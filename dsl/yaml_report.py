"""What the readers of one YAML file share: its language, the words no name may be, and the findings so far."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from praxe.dsl.diagnostics import Diagnostic, Related, in_file_order
from praxe.dsl.quoting import short
from praxe.dsl.source import Span
from praxe.dsl.yaml_foreign import meant
from praxe.dsl.yaml_nodes import Entry, Scalar

_MOST_COMPARED: Final = 200_000  # names looked at for suggestions, in one file: one or two seconds


class Report:
    """Collects the findings about one file.

    Args:
        language: the language of texts that do not say theirs.
        reserved_words: the words of the Praxe language, which no name may be.
    """

    def __init__(self, path: str, *, language: str = "pt", reserved_words: frozenset[str] = frozenset()) -> None:
        self.path = path
        self.language = language
        self.reserved_words = reserved_words
        self._found: list[Diagnostic] = []
        self._compared = 0

    def findings(self) -> tuple[Diagnostic, ...]:
        """Return what was found, by place."""
        return in_file_order(self._found)

    def add(self, code: str, span: Span, *, related: tuple[Related, ...] = (), **args: str | None) -> None:
        """Note one finding; an argument that is None or empty is left out."""
        given = {name: value for name, value in args.items() if value}
        self._found.append(Diagnostic(code, span, given, related))

    def pass_on(self, found: Diagnostic) -> None:
        """Note what another reader found in a part of this file."""
        self._found.append(found)

    def near(self, name: str, choices: Collection[str]) -> str | None:
        """Return what `name` probably means; in a file of endless mistakes the later ones get no suggestion."""
        self._compared += len(choices)
        return meant(name, choices) if self._compared <= _MOST_COMPARED else None

    def unknown_key(self, key: Scalar, keys: Sequence[str]) -> None:
        """Note that a key is none of those that may stand there."""
        self.add("PX163", key.span, name=short(key.text), near=self.near(key.text, keys), choices=_listed(keys))

    def unknown_choice(self, key: str, written: Scalar, choices: Sequence[str]) -> None:
        """Note that a text is none of the words that may stand there."""
        near, listed = self.near(written.text, choices), _listed(choices)
        self.add("PX168", written.span, key=key, name=short(written.text), near=near, choices=listed)

    def missing_keys(self, name: str, span: Span, keys: Sequence[str]) -> None:
        """Note the keys that a block lacks, together."""
        if keys:
            self.add("PX164", first_line(span), name=short(name), keys=_listed(keys))

    def empty_file(self, name: str) -> None:
        """Note that a file says nothing."""
        self.add("PX169", Span(self.path, 1, 1, 1, 2), key=name)

    def is_filled(self, entry: Entry) -> bool:
        """Return whether anything stands after a key; if not, that is noted."""
        if not isinstance(entry.value, Scalar) or not entry.value.is_blank:
            return True
        self.add("PX169", entry.key.span, key=short(entry.key.text))
        return False


def first_line(span: Span) -> Span:
    """Return a span short enough to underline: itself, or its first character if it runs over several lines."""
    if span.end_line == span.line:
        return span
    return Span(span.path, span.line, span.column, span.line, span.column + 1)


def _listed(words: Sequence[str]) -> str:
    return ", ".join(f"`{word}`" for word in words)
