"""The facts of a case as they are given to a command: a YAML or JSON file, standard input, `--fact name=value`.

In: the options. Out: a mapping for `Policy.decide`, values as its vocabulary types them; the engine checks them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final, NoReturn

import click

from praxe.cli.facts_values import Facts, typed
from praxe.cli.files import STDIN, read_stdin
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.load import read_text
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType

if TYPE_CHECKING:
    from praxe.dsl.diagnostics import Diagnostic

_WRONG_INPUT: Final = 2


class GivenFacts:
    """Facts with the places they were written at."""

    def __init__(self, vocabulary: Mapping[FactName, Fact], terminal: Terminal) -> None:
        self.values: Facts = {}
        self.places: dict[str, Span] = {}
        self._vocabulary = vocabulary
        self._terminal = terminal

    def read(self, file: Path | None, options: Sequence[str]) -> None:
        """Read a file, then the options, which count more."""
        if file is not None:
            self.read_source(self._source(file))
        for each in options:
            name, equals, value = each.partition("=")
            if not equals or not name.strip():
                raise Misuse("misuse.fact", value=each)
            self.places.pop(name.strip(), None)
            self.values[name.strip()] = self._option_value(self._vocabulary.get(FactName(name.strip())), value)

    def _source(self, file: Path) -> SourceText:
        if str(file) == STDIN:
            return SourceText.of("<stdin>", read_stdin())
        source, found = read_text(file)
        if source is None:
            self._refuse(found, None)
        return source

    def read_source(self, source: SourceText) -> None:
        """Read the text of a file."""
        from praxe.cli.facts_file import facts_of  # YAML, which a case in options does without

        read = facts_of(source, self._vocabulary)
        if read.found:
            self._refuse(read.found, source)
        self.values.update(read.values)
        self.places.update(read.places)

    def _option_value(self, fact: Fact | None, text: str) -> object:
        if text.lstrip().startswith("["):
            from praxe.cli.facts_file import listed

            found = listed(text, fact)
            if found is not text:
                return found
        if fact and fact.type is FactType.SET_OF:
            return [each.strip() for each in text.split(",") if each.strip()]
        return typed(text.strip(), fact) if text.strip() else None

    def _refuse(self, found: Iterable[Diagnostic], source: SourceText | None) -> NoReturn:
        from praxe.cli.findings import tell_findings

        tell_findings(found, {source.path: source} if source else {}, self._terminal)
        raise click.exceptions.Exit(_WRONG_INPUT)
