"""`policy.yaml`: what a policy is called, where it begins, since when it holds."""

from __future__ import annotations

import datetime
from typing import Final

import pytest
from hypothesis import given

from praxe.dsl.keywords import reserved_words
from praxe.dsl.load_manifest import load_manifest
from praxe.dsl.source import SourceText, Span
from praxe.dsl.tree import ProcedureName
from praxe.dsl.vocabulary import CalendarSpec, Manifest, Words
from tests.dsl.yaml_texts import Found, assert_can_be_told, files, shown

RIGHT: Final = """\
name: rc
title: {pt: Retenção, en: Retention}
version: 2026-11
language: pt
entry: triagem
"""
KEYS: Final = "name title version language entry effective owner calendar holidays documents ex pt en".split()
SPAN: Final = Span("policy.yaml", 5, 8, 5, 15)


def load(text: str) -> tuple[Manifest | None, Found]:
    manifest, problems = load_manifest(SourceText.of("policy.yaml", text), reserved_words=reserved_words())
    return manifest, shown(problems)


def test_a_manifest_with_all_its_parts() -> None:
    manifest, found = load(
        RIGHT
        + """\
effective: 2026-11-22
owner: Financeiro
calendar: {name: BR, holidays: [2026-12-25, 2027-01-01]}
documents: {rc: Retenção RC, promad: {pt: PROMAD}}
"""
    )
    assert found == []
    assert manifest == Manifest(
        name="rc",
        title=Words({"pt": "Retenção", "en": "Retention"}),
        version="2026-11",
        language="pt",
        entry=ProcedureName("triagem"),
        entry_span=SPAN,
        effective=datetime.date(2026, 11, 22),
        owner=Words({"pt": "Financeiro"}),
        calendar=CalendarSpec(name="BR", holidays=(datetime.date(2026, 12, 25), datetime.date(2027, 1, 1))),
        documents=(("rc", Words({"pt": "Retenção RC"})), ("promad", Words({"pt": "PROMAD"}))),
        span=SPAN,
    )
    assert manifest.entry_span == SPAN


def test_only_the_first_five_keys_are_needed() -> None:
    manifest, found = load(RIGHT)
    assert found == []
    assert manifest
    assert manifest.calendar == CalendarSpec(name="mon-fri")


def test_texts_are_in_the_language_of_the_policy_wherever_it_is_said() -> None:
    manifest, found = load("title: Retention\nname: rc\nversion: '1'\nentry: triage\nlanguage: en\n")
    assert found == []
    assert manifest
    assert manifest.title == Words({"en": "Retention"})


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("effective: 22/11/2026", ("PX165", "6:12", {"expected": "@date", "example": "2026-11-22"})),
        ("effective: 2026-02-30", ("PX165", "6:12", {"expected": "@date"})),
        ("effective: 20261122", ("PX165", "6:12", {"expected": "@date"})),
        ("calendar: BR", ("PX167", "6:11", {"key": "calendar"})),
        ("calendar: {state: SP}", ("PX164", "6:1", {"name": "calendar", "keys": "`country`"})),
        ("calendar: {country: Brasil}", ("PX181", "6:21", {"name": "Brasil"})),
        ("calendar: {name: BR, holidays: [natal]}", ("PX165", "6:33", {"key": "holidays", "expected": "@date"})),
        ("documents: [rc]", ("PX167", "6:12", {"key": "documents"})),
        ("documents: {Meu Doc: X}", ("PX174", "6:13", {"fixed": "meu_doc"})),
        ("dono: Financeiro", ("PX163", "6:1", {"near": "owner"})),
        ("owner: {fr: X, pt: Y}", ("PX168", "6:9", {"name": "fr"})),
    ],
)
def test_a_mistake_in_what_may_be_missing_leaves_a_manifest(
    line: str, expected: tuple[str, str, dict[str, str]]
) -> None:
    manifest, ((code, place, args),) = load(f"{RIGHT}{line}\n")
    assert manifest is not None
    assert (code, place) == expected[:2]
    assert args.items() >= expected[2].items()


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("language: pt", "language: br", ("PX168", "4:11", {"name": "br", "choices": "`pt`, `en`"})),
        ("language: pt", "language: português", ("PX168", "4:11", {"near": "pt"})),
        ("language: pt\n", "", ("PX164", "1:1", {"name": "policy.yaml", "keys": "`language`"})),
        ("entry: triagem", "entry: a triagem", ("PX174", "5:8", {"fixed": "a_triagem"})),
        ("entry: triagem", "entry: se", ("PX175", "5:8", {"name": "se"})),
        ("entry: triagem", "entry: [triagem]", ("PX165", "5:8", {"expected": "@text"})),
        ("version: 2026-11", "version:", ("PX169", "3:1", {"key": "version"})),
    ],
)
def test_a_mistake_in_what_is_needed_leaves_none(old: str, new: str, expected: tuple[str, str, dict[str, str]]) -> None:
    manifest, ((code, place, args),) = load(RIGHT.replace(old, new))
    assert manifest is None
    assert (code, place) == expected[:2]
    assert args.items() >= expected[2].items()


def test_the_name_of_a_policy_is_a_plain_name() -> None:
    manifest, found = load(RIGHT.replace("name: rc", "name: Meu RC"))
    assert manifest is not None
    assert found == [("PX174", "1:7", {"name": "Meu RC", "fixed": "meu_rc"})]


@pytest.mark.parametrize(("text", "code"), [("", "PX169"), ("rc\n", "PX167"), ("name: 'rc\n", "PX154")])
def test_a_file_that_is_no_manifest(text: str, code: str) -> None:
    manifest, found = load(text)
    assert manifest is None
    assert [each for each, *_ in found] == [code]


@given(files(KEYS))
def test_any_file_gives_findings_that_can_be_told(text: str) -> None:
    manifest, problems = load_manifest(SourceText.of("policy.yaml", text), reserved_words=reserved_words())
    assert manifest is not None or problems
    assert_can_be_told(problems)
