"""What a YAML file says, with the place of each part: texts, lists and blocks of keys.

Nothing is typed here: `no`, `2026-11` and `sim` are the texts the author wrote. Who reads a key knows what it asks for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import field

from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span


@record(kw_only=False)
class Scalar(RecordBase):
    """A text; `quoted` is true when the author marked it as one (quotes, `|` or `>`)."""

    text: str
    quoted: bool
    span: Span = field(compare=False, repr=False)

    @property
    def is_blank(self) -> bool:
        """Whether nothing is written here: nothing at all, only spaces, or YAML's words for nothing."""
        return not self.text.strip() or (not self.quoted and self.text in {"~", "null"})


@record(kw_only=False)
class Sequence(RecordBase):
    """A list."""

    items: tuple[YamlNode, ...]
    span: Span = field(compare=False, repr=False)


@record(kw_only=False)
class Entry(RecordBase):
    """One key and what stands after it."""

    key: Scalar
    value: YamlNode


@record(kw_only=False)
class Mapping(RecordBase):
    """A block of keys, in the author's order. INVARIANT: no key twice (tests/dsl/test_yaml_reader.py)."""

    entries: tuple[Entry, ...]
    span: Span = field(compare=False, repr=False)

    def __iter__(self) -> Iterator[tuple[str, YamlNode]]:
        """Yield each key's text with its value."""
        return ((entry.key.text, entry.value) for entry in self.entries)


YamlNode = Scalar | Sequence | Mapping
