"""`policy.yaml`: what a policy is called, where it begins, since when it holds.

In: the text of the file. Out: the `Manifest`, None if anything it cannot do without is wrong, and the findings.
"""

from __future__ import annotations

import re
from typing import Final

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import MANIFEST
from praxe.dsl.load_parameters import read_parameters
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ClauseId, ProcedureName
from praxe.dsl.vocabulary import DEFAULT_LANGUAGE, CalendarSpec, Manifest, Words
from praxe.dsl.yaml_fields import Fields, fields
from praxe.dsl.yaml_names import is_name, is_plain_name
from praxe.dsl.yaml_nodes import Scalar
from praxe.dsl.yaml_reader import read_yaml
from praxe.dsl.yaml_report import Report
from praxe.dsl.yaml_values import LANGUAGES, words

_COUNTRY: Final = re.compile(r"[A-Z]{2}")
_REQUIRED: Final = ("name", "title", "version", "language", "entry")
_KEYS: Final = (*_REQUIRED, "effective", "owner", "calendar", "documents", "doors", "parameters", "readings")


def load_manifest(
    source: SourceText, *, reserved_words: frozenset[str] = frozenset()
) -> tuple[Manifest | None, tuple[Diagnostic, ...]]:
    """Read `policy.yaml`."""
    node, problems = read_yaml(source)
    if node is None and problems:
        return None, problems
    report = Report(source.path, reserved_words=reserved_words)
    found = fields(report, MANIFEST, node, keys=_KEYS, required=_REQUIRED)
    manifest = _manifest(found) if found else None
    return manifest, (*problems, *report.findings())


def _manifest(found: Fields) -> Manifest | None:
    language = found.one_of("language", LANGUAGES)
    found.report.language = language or DEFAULT_LANGUAGE
    name, title, version, entry = found.text("name"), found.words("title"), found.text("version"), found.text("entry")
    effective, owner = found.date("effective"), found.words("owner")
    calendar, documents = _calendar(found), _documents(found)
    parameters, readings = read_parameters(found), _readings(found)
    name_node, entry_node = found.node("name"), found.node("entry")
    if isinstance(name_node, Scalar):
        is_plain_name(found.report, name_node)
    if not isinstance(entry_node, Scalar) or not is_name(found.report, entry_node):
        return None
    if not (name and title and version and language and entry):
        return None
    return Manifest(
        name=name,
        title=title,
        version=version,
        language=language,
        entry=ProcedureName(entry),
        entry_span=entry_node.span,
        effective=effective,
        owner=owner,
        calendar=calendar,
        documents=documents,
        doors=tuple(map(ProcedureName, found.texts("doors"))),
        parameters=parameters,
        readings=readings,
        span=found.span,
    )


def _calendar(found: Fields) -> CalendarSpec:
    calendar = found.fields("calendar", keys=("name", "country", "state", "city", "holidays"))
    if calendar is None:
        return CalendarSpec(name="mon-fri")
    country, state, city = (calendar.text(key) for key in ("country", "state", "city"))
    if country and not _COUNTRY.fullmatch(country):
        found.report.add("PX181", _place(calendar, "country"), name=country)
        country = state = city = None
    if (state or city) and not country:
        calendar.require("country")
        state = city = None
    name = calendar.text("name") or "-".join(part for part in (country, state, city) if part) or "mon-fri"
    return CalendarSpec(
        name=name,
        country=country,
        state=state,
        city=city,
        holidays=calendar.dates("holidays"),
        span=calendar.span,
    )


def _place(found: Fields, key: str) -> Span:
    node = found.node(key)
    return node.span if node else found.span


def _readings(found: Fields) -> dict[ClauseId, Words]:
    read = ((entry.key.text, words(found.report, entry.key.text, entry.value)) for entry in found.entries("readings"))
    return {ClauseId(name): each for name, each in read if each}


def _documents(found: Fields) -> tuple[tuple[str, Words], ...]:
    report = found.report
    return tuple(
        (entry.key.text, words(report, entry.key.text, entry.value) or Words({report.language: entry.key.text}))
        for entry in found.entries("documents")
        if is_plain_name(report, entry.key)
    )
