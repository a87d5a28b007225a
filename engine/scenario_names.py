"""The names and dates in a file of scenarios, looked up in the policy.

In: a key of a scenario. Out: what stands after it, or a diagnostic at its place.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection

from praxe.dsl.near import nearest
from praxe.dsl.quoting import short
from praxe.dsl.record import RecordBase, record
from praxe.dsl.source import Span
from praxe.dsl.tree import FactName
from praxe.dsl.yaml_fields import Fields
from praxe.dsl.yaml_report import Report, first_line
from praxe.engine.policy import Policy


@record(kw_only=False)
class Names(RecordBase):
    """Looks up names for one file."""

    policy: Policy
    report: Report

    def known(self, found: Fields, key: str, names: Collection[str]) -> str | None:
        """Return a text that must be one of `names`."""
        name = found.text(key)
        if name and name not in names:
            choices = ", ".join(f"`{each}`" for each in names)
            near = nearest(name, names)
            self.report.add("PX354", place(found, key), name=short(name), near=near, choices=choices)
            return None
        return name

    def fact(self, found: Fields, key: str) -> FactName | None:
        """Return a text that must be a fact which a case may give."""
        name = found.text(key)
        if name and name not in self.policy.facts:
            self.unknown_fact(name, place(found, key))
        return FactName(name) if name else None

    def unknown_fact(self, name: str, span: Span) -> None:
        """Say that no case can give this fact."""
        if name in self.policy.checked.definitions:
            self.report.add("PX351", span, name=name)
        else:
            self.report.add("PX350", span, name=short(name), near=nearest(name, self.policy.facts))

    def moment(self, found: Fields, key: str) -> datetime.datetime | None:
        """Return a date and time; a date alone is its first minute."""
        text = found.text(key)
        if not text:
            return None
        try:
            return datetime.datetime.fromisoformat(text)
        except ValueError:
            self.report.add("PX357", place(found, key), value=short(text))
            return None


def place(found: Fields, key: str) -> Span:
    """Return where the value of a key stands."""
    entry = found.entry(key)
    return first_line(entry.value.span) if entry else found.span
