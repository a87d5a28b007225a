"""YAML text to nodes with places.

In: the text of one file. Out: its `YamlNode` and the diagnostics of what could not be read, both in one pass.
PyYAML only cuts the text into events (in C where it can); everything that makes YAML surprising or dangerous (anchors,
tags, types guessed from the looks of a text, repeated keys, several documents, unbounded depth) is refused here.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from typing import Any, Final

import yaml

from praxe.dsl.diagnostics import Diagnostic, Related, in_file_order
from praxe.dsl.quoting import quoted, short
from praxe.dsl.source import SourceText, Span
from praxe.dsl.yaml_events import Place, end_of, start_of
from praxe.dsl.yaml_mistakes import Progress, is_bad_escape, mistake
from praxe.dsl.yaml_nodes import Entry, Mapping, Scalar, Sequence, YamlNode
from praxe.dsl.yaml_pure import PureLoader
from praxe.dsl.yaml_refused import hidden, refused_text, unprintable

MAX_DEPTH: Final = 20
MAX_NODES: Final = 200_000

_NOTHING: Final = Scalar("", False, Span("", 1, 1, 1, 1))
_BLOCKS: Final = frozenset({"|", ">"})
_FAILURES: Final = (yaml.YAMLError, ValueError, OverflowError)  # the last two: `\U` escapes beyond Unicode


def read_yaml(source: SourceText, *, in_c: bool = True) -> tuple[YamlNode | None, tuple[Diagnostic, ...]]:
    """Read the text of a YAML file; the node is None when the file is empty or cannot be read.

    Args:
        in_c: use PyYAML's parser in C, if it is there. Both read and refuse the same texts, to the same nodes and
            places; about one refused text in a thousand is told as another mistake (stray `!` and `%`).
    """
    refused = refused_text(source)
    if refused:
        return None, (refused,)
    loader: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", PureLoader) if in_c else PureLoader
    composer = _Composer(source)
    try:
        events: Any = loader(source.text)
        if not composer.read(events.get_event):
            return None, in_file_order(composer.found)
    except _FAILURES as error:
        if in_c and is_bad_escape(error):  # only this one says which character
            return read_yaml(source, in_c=False)
        last = mistake(source, error, composer.progress)
        earlier = (each for each in composer.found if _start(each) < _start(last))  # what follows was misread
        return None, in_file_order((*earlier, last))
    return composer.root, in_file_order(composer.found)


def _start(found: Diagnostic) -> Place:
    return found.span.line, found.span.column


class _Open:
    """A list or block of keys whose end has not been reached."""

    __slots__ = ("entries", "event", "is_list", "items", "key", "seen")

    def __init__(self, event: yaml.CollectionStartEvent) -> None:
        self.event = event
        self.is_list = type(event) is yaml.SequenceStartEvent
        self.items: list[YamlNode] = []
        self.entries: list[Entry] = []
        self.seen: dict[str, Span] = {}
        self.key: YamlNode | None = None


class _Composer:
    """Builds nodes from events; the open collections are a list, so depth costs no recursion."""

    def __init__(self, source: SourceText) -> None:
        self.source = source
        self.root: YamlNode | None = None
        self.found: list[Diagnostic] = []
        self.progress = Progress()
        self.open: list[_Open] = []
        self.nodes = 0
        self.documents = 0

    def read(self, next_event: Callable[[], Any]) -> bool:
        """Take one event after the other; return whether it was worth going on to the end."""
        scalar = yaml.ScalarEvent  # most events
        while True:
            event = next_event()
            kind = type(event)
            if not (self._take_text(event) if kind is scalar else self._take(event)):
                return False
            if kind is yaml.StreamEndEvent:
                return True

    def _take(self, event: yaml.Event) -> bool:
        match event:
            case yaml.SequenceStartEvent() | yaml.MappingStartEvent():
                return self._count(event) and self._start(event)
            case yaml.SequenceEndEvent() | yaml.MappingEndEvent():
                self._close(self._collection(self.open.pop(), event))
                return True
            case yaml.AliasEvent():
                return self._refuse_feature(event, "*", "alias")
            case yaml.DocumentStartEvent():
                self.documents += 1
                return self.documents == 1 or self._refuse_feature(event, "---", "document")
            case _:
                return True

    def _take_text(self, event: Any) -> bool:
        """Take a text, as `_take`; in one piece, since a policy has ten thousands of them."""
        text, style = event.value, event.style
        if not self._count(event) or (style in _BLOCKS and not self._has_clear_header(event)):
            return False
        start, end = event.start_mark, event.end_mark
        line, end_line, end_column = start.line + 1, end.line + 1, end.column + 1
        if end_line > line:
            end_line, end_column = self._trimmed(line, end_line, end_column)
        span = Span(self.source.path, line, start.column + 1, end_line, end_column)
        self.progress.scalar(event)
        if style == '"':  # only here can an escape bring in what the text itself may not hold
            unseen = unprintable(text)
            if unseen:
                self.found.append(hidden(unseen.group(), span))
            text = unicodedata.normalize("NFC", text)
        self._close(Scalar(text, bool(style), span))
        return True

    def _count(self, event: yaml.ScalarEvent | yaml.CollectionStartEvent) -> bool:
        self.nodes += 1
        if self.nodes > MAX_NODES:
            self.found.append(Diagnostic("PX161", self._start_span(event), {"items": str(MAX_NODES)}))
            return False
        if event.anchor is not None:
            return self._refuse_feature(event, "&", "anchor")
        return event.tag is None or self._refuse_feature(event, "!", "tag")

    def _has_clear_header(self, event: yaml.ScalarEvent) -> bool:
        """Refuse `|#`, which only the parser in C reads."""
        line, column = start_of(event)
        header = self.source.line(line)[column - 1 :].rstrip()
        if not header[1:].lstrip("+-0123456789").startswith("#"):
            return True
        span = Span(self.source.path, line, column, line, column + len(header))
        self.found.append(Diagnostic("PX155", span, {"name": header[0], "fixed": quoted(header)}))
        return False

    def _start(self, event: yaml.SequenceStartEvent | yaml.MappingStartEvent) -> bool:
        if len(self.open) == MAX_DEPTH:
            self.found.append(Diagnostic("PX161", self._start_span(event), {"levels": str(MAX_DEPTH)}))
            return False
        self.open.append(_Open(event))
        self.progress.opened(event)
        return True

    def _collection(self, frame: _Open, event: yaml.Event) -> Sequence | Mapping:
        self.progress.closed(event, frame.event)
        start = start_of(frame.event)
        if frame.event.flow_style:
            end = self._trimmed(start[0], *end_of(event))
        else:  # the parser's own end is where the next thing begins
            last = frame.entries[-1].value.span if frame.entries else frame.items[-1].span if frame.items else None
            end = (last.end_line, last.end_column) if last else start
        span = Span(self.source.path, *start, *end)
        if frame.is_list:
            return Sequence(tuple(frame.items), span)
        if frame.event.flow_style:
            self._check_colons(frame.entries, span)
        return Mapping(tuple(frame.entries), span)

    def _close(self, node: YamlNode) -> None:
        """Put a node where it belongs, now that it is whole."""
        if not self.open:
            self.root = None if node == _NOTHING else node
            return
        frame = self.open[-1]
        if frame.is_list:
            frame.items.append(node)
        elif frame.key is None:
            frame.key = node
        else:
            self._add_entry(frame, frame.key, node)
            frame.key = None

    def _add_entry(self, frame: _Open, key: YamlNode, value: YamlNode) -> None:
        if not isinstance(key, Scalar):
            if any(each.span == key.span for each in self.found):
                return  # a `{place}` without quotes: already told
            line = self.source.line(key.span.line)[key.span.column - 1 :]
            self.found.append(Diagnostic("PX157", key.span, {"name": short(line.partition(":")[0])}))
        elif not key.text.strip():
            line = self.source.line(key.span.line)
            place = Span(key.span.path, key.span.line, key.span.column, key.span.line, key.span.column + 1)
            self.found.append(Diagnostic("PX150", place, {"found": short(line) or "?"}))
        elif key.text in frame.seen:
            first = Related(frame.seen[key.text], "first")
            self.found.append(Diagnostic("PX158", key.span, {"name": key.text}, (first,)))
        else:
            if isinstance(value, Scalar) and not value.text and not value.quoted:
                # nothing was written: the two parsers disagree on where
                value = Scalar("", False, Span(key.span.path, *(key.span.end_line, key.span.end_column) * 2))
            frame.seen[key.text] = key.span
            frame.entries.append(Entry(key, value))

    def _check_colons(self, entries: list[Entry], span: Span) -> None:
        """Find, between braces, keys that have no colon: `{pt Fila}`, `{pt:Fila}` or a `{place}` without quotes."""
        bare = [entry.key for entry in entries if _lacks_colon(self.source, entry)]
        if bare and len(bare) == len(entries) and not any(":" in key.text or " " in key.text for key in bare):
            self.found.append(Diagnostic("PX155", span, {"name": "{", "fixed": _within_quotes(self.source, span)}))
            return
        for key in bare:
            name, _, rest = key.text.replace(":", " ", 1).partition(" ")
            self.found.append(Diagnostic("PX151", key.span, {"name": name, "fixed": f"{name}: {rest.strip()}".strip()}))

    def _refuse_feature(self, event: yaml.Event, name: str, kind: str) -> bool:
        self.found.append(Diagnostic("PX157", self._start_span(event), {"name": name, kind: name}))
        return False

    def _start_span(self, event: yaml.Event) -> Span:
        line, column = start_of(event)
        return Span(self.source.path, line, column, line, column + 1)

    def _trimmed(self, first: int, line: int, column: int) -> tuple[int, int]:
        # a text of several lines ends after its last letter, not where the next thing begins
        before = self.source.line(line)[: column - 1].rstrip()
        while line > first and not before:
            line -= 1
            before = self.source.line(line).rstrip()
        return line, len(before) + 1


def _lacks_colon(source: SourceText, entry: Entry) -> bool:
    value, key = entry.value, entry.key
    if not isinstance(value, Scalar) or value.text or value.quoted or key.quoted:
        return False
    return not source.line(key.span.end_line)[key.span.end_column - 1 :].lstrip().startswith(":")


def _within_quotes(source: SourceText, span: Span) -> str:
    last = span.end_column - 1 if span.end_line == span.line else None
    return quoted(source.line(span.line)[span.column - 1 : last])
