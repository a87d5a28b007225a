"""The keys of YAML blocks, read one by one as what each asks for.

In: nodes. Out: typed values; None where the file has none that fits. Every problem is noted once, at its place, and
nothing is raised: one run tells them all. To read a kind of file, say the keys of each block::

    node, problems = read_yaml(source)
    report = Report(source.path, language="pt")
    for case in blocks(report, source.path, node, keys=("name", "expect"), required=("name",)):
        name = case.text("name")
        expect = case.fields("expect", keys=("outcome", "steps"))
        steps = expect.texts("steps") if expect else ()
    findings = (*problems, *report.findings())

`Fields.node` gives what has no fixed shape; `yaml_values.plain` turns that into Python's own values.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from praxe.dsl import yaml_values
from praxe.dsl.quoting import short
from praxe.dsl.source import Span
from praxe.dsl.vocabulary import Words
from praxe.dsl.yaml_nodes import Entry, Scalar, YamlNode
from praxe.dsl.yaml_nodes import Mapping as Block
from praxe.dsl.yaml_nodes import Sequence as ListNode
from praxe.dsl.yaml_report import Report, first_line
from praxe.dsl.yaml_values import Choice

Value = TypeVar("Value")


class Fields:
    """The keys of one block. A method per kind of value: None when the key is missing or its value does not fit."""

    def __init__(
        self, report: Report, owner: Scalar | str, span: Span, entries: Mapping[str, Entry], written: Collection[str]
    ) -> None:
        self.report = report
        self.name = owner.text if isinstance(owner, Scalar) else owner
        self.span = owner.span if isinstance(owner, Scalar) else first_line(span)  # of the name, to point at
        self._entries = entries
        self._written = written

    @classmethod
    def none(cls, report: Report, owner: Scalar) -> Fields:
        """Return the keys of a block that is not there."""
        return cls(report, owner, owner.span, {}, ())

    def __contains__(self, key: str) -> bool:
        return key in self._entries

    def require(self, key: str) -> None:
        """Note that a key is missing, unless it was written, if only blank or with a slip in its name."""
        if key not in self._written:
            self.report.missing_keys(self.name, self.span, [key])

    def entry(self, key: str) -> Entry | None:
        """Return a key with what stands after it."""
        return self._entries.get(key)

    def node(self, key: str) -> YamlNode | None:
        """Return what stands after a key."""
        entry = self._entries.get(key)
        return entry.value if entry else None

    def text(self, key: str) -> str | None:
        """Return a text."""
        return self._read(key, yaml_values.text)

    def words(self, key: str) -> Words | None:
        """Return a text in one or more languages."""
        return self._read(key, yaml_values.words)

    def one_of(self, key: str, choices: Sequence[str]) -> str | None:
        """Return one of a few words."""
        return self._read(key, partial(yaml_values.one_of, choices=choices))

    def member(self, key: str, choices: type[Choice]) -> Choice | None:
        """Return the member of an enumeration whose value is written."""
        node = self.node(key)
        return None if node is None else yaml_values.member(self.report, key, node, choices)

    def whole(self, key: str) -> int | None:
        """Return a whole number."""
        return self._read(key, yaml_values.whole)

    def decimal(self, key: str) -> Decimal | None:
        """Return a number."""
        return self._read(key, yaml_values.decimal)

    def date(self, key: str) -> datetime.date | None:
        """Return a date."""
        return self._read(key, yaml_values.date)

    def items(self, key: str) -> tuple[YamlNode, ...]:
        """Return the items of a list."""
        return self._read(key, items) or ()

    def texts(self, key: str) -> tuple[str, ...]:
        """Return the texts of a list."""
        return self._each(key, yaml_values.text)

    def wholes(self, key: str) -> tuple[int, ...]:
        """Return the whole numbers of a list."""
        return self._each(key, yaml_values.whole)

    def dates(self, key: str) -> tuple[datetime.date, ...]:
        """Return the dates of a list."""
        return self._each(key, yaml_values.date)

    def entries(self, key: str) -> tuple[Entry, ...]:
        """Return the keys of a block whose names are the author's own; those left blank are noted and left out."""
        found = self._read(key, block) or ()
        return tuple(entry for entry in found if self.report.is_filled(entry))

    def names(self, key: str) -> tuple[str, ...]:
        """Return the names that a block's keys give, also those left blank."""
        node = self.node(key)
        return tuple(name for name, _ in node) if isinstance(node, Block) else ()

    def fields(self, key: str, *, keys: Sequence[str], required: Sequence[str] = ()) -> Fields | None:
        """Return the keys of a block inside this one."""
        entry = self._entries.get(key)
        return fields(self.report, entry.key, entry.value, keys=keys, required=required) if entry else None

    def _read(self, key: str, read: Callable[[Report, str, YamlNode], Value | None]) -> Value | None:
        node = self.node(key)
        return None if node is None else read(self.report, key, node)

    def _each(self, key: str, read: Callable[[Report, str, YamlNode], Value | None]) -> tuple[Value, ...]:
        found = (read(self.report, key, item) for item in self.items(key))
        return tuple(value for value in found if value is not None)


def fields(
    report: Report, owner: Scalar | str, node: YamlNode | None, *, keys: Sequence[str], required: Sequence[str] = ()
) -> Fields | None:
    """Return the keys of a block, once their names are checked; None if it is no block.

    Args:
        owner: the key that the block stands under, or the name of the file.
        keys: all that may be written; a key left blank is noted, and then as good as missing.
    """
    name = owner.text if isinstance(owner, Scalar) else owner
    if node is None:
        report.empty_file(name)
        return None
    if not isinstance(node, Block):
        report.add("PX167", first_line(node.span), key=short(name))
        return None
    known: dict[str, Entry] = {}
    written: set[str] = set()
    for entry in node.entries:
        key = entry.key.text
        if key not in keys:
            report.unknown_key(entry.key, keys)
            key = report.near(key, keys) or key  # and so it is not reported missing as well
        elif report.is_filled(entry):
            known[key] = entry
        written.add(key)
    found = Fields(report, owner, node.span, known, written)
    report.missing_keys(name, found.span, [key for key in required if key not in written])
    return found


def blocks(
    report: Report, file_name: str, node: YamlNode | None, *, keys: Sequence[str], required: Sequence[str] = ()
) -> Iterator[Fields]:
    """Yield the blocks of a file that is a list of them."""
    if node is None:
        report.empty_file(file_name)
        return
    for item in items(report, file_name, node):
        found = fields(report, file_name, item, keys=keys, required=required)
        if found:
            yield found


def items(report: Report, key: str, node: YamlNode) -> tuple[YamlNode, ...]:
    """Return the items of a list, those left blank apart; nothing if `node` is something else."""
    if not isinstance(node, ListNode):
        report.add("PX166", first_line(node.span), key=key, item=short(node.text) if isinstance(node, Scalar) else None)
        return ()
    filled: list[YamlNode] = []
    for item in node.items:
        if isinstance(item, Scalar) and item.is_blank:
            report.add("PX169", item.span, key=key)
        else:
            filled.append(item)
    return tuple(filled)


def block(report: Report, key: str, node: YamlNode) -> tuple[Entry, ...]:
    """Return the keys of a block, whatever their names; nothing if `node` is something else."""
    if isinstance(node, Block):
        return node.entries
    report.add("PX167", first_line(node.span), key=key)
    return ()
