"""The facts of a case as they are given to a command: a YAML or JSON file, standard input, `--fact name=value`.

In: text. Out: a mapping for `Policy.decide`, values as its vocabulary types them; the engine checks them. Nothing is
guessed from how a value looks: `15` is a number only for a fact that is one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, NoReturn

import click

from praxe.cli.files import STDIN, read_stdin
from praxe.cli.findings import tell_findings
from praxe.cli.options import Misuse
from praxe.cli.terminal import Terminal
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.load import read_text
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import FactName
from praxe.dsl.vocabulary import Fact, FactType
from praxe.dsl.yaml_nodes import Mapping as Block
from praxe.dsl.yaml_nodes import Scalar, YamlNode
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_values import plain

Facts = dict[str, object]

_WRONG_INPUT: Final = 2
_TRUTH: Final = {"true": True, "false": False}
_WHOLE: Final = re.compile(r"[+-]?[0-9]{1,40}", re.ASCII)


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
            self.values[name.strip()] = self._option_value(self._fact(name.strip()), value)

    def _source(self, file: Path) -> SourceText:
        if str(file) == STDIN:
            return SourceText.of("<stdin>", read_stdin())
        source, found = read_text(file)
        if source is None:
            self._refuse(found, None)
        return source

    def read_source(self, source: SourceText) -> None:
        """Read the text of a file."""
        as_json = _json_object(source.text)
        if as_json is not None:
            self.values.update(as_json)
            return
        node, found = read_yaml(source)
        if found:
            self._refuse(found, source)
        if node is None:
            return  # an empty file: nothing is known
        if not isinstance(node, Block):
            self._refuse([Diagnostic("PX167", node.span, {"key": source.path})], source)
        for entry in node.entries:
            name = entry.key.text
            self.values[name] = _value(entry.value, self._fact(name))
            self.places[name] = entry.value.span

    def _fact(self, name: str) -> Fact | None:
        return self._vocabulary.get(FactName(name))

    def _option_value(self, fact: Fact | None, text: str) -> object:
        if text.lstrip().startswith("["):
            node, found = read_yaml(SourceText.of("--fact", text))
            if node is not None and not found:
                return _value(node, fact)
        if fact and fact.type is FactType.SET_OF:
            return [each.strip() for each in text.split(",") if each.strip()]
        return _typed(text.strip(), fact) if text.strip() else None

    def _refuse(self, found: Iterable[Diagnostic], source: SourceText | None) -> NoReturn:
        tell_findings(found, {source.path: source} if source else {}, self._terminal)
        raise click.exceptions.Exit(_WRONG_INPUT)


def _json_object(text: str) -> Facts | None:
    """Return the JSON object that `text` is; None if it is none, or has a name twice: YAML's reader says where."""
    if not text.lstrip().startswith("{"):
        return None
    try:
        found = json.loads(text, parse_float=Decimal, object_pairs_hook=_once_each)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _once_each(pairs: list[tuple[str, object]]) -> Facts:
    names = dict(pairs)
    if len(names) < len(pairs):
        raise ValueError("a name twice")
    return names


def _value(node: YamlNode, fact: Fact | None) -> object:
    match node:
        case Scalar():
            return None if node.is_blank and not node.quoted else _typed(node.text, fact)
        case ListNode():
            return [_value(each, fact) for each in node.items]
        case _:
            return plain(node)


def _typed(text: str, fact: Fact | None) -> object:
    match fact.type if fact else None:
        case FactType.INTEGER if _WHOLE.fullmatch(text.strip()):
            return int(text)
        case FactType.YES_NO:
            return _TRUTH.get(text.strip().lower(), text)
        case _:
            return text
