"""A form of the language is done when it has all of: grammar, words, method, golden cases, a row in the guide.

The type checker counts the places that treat the tree (`make types`); here are those it cannot see.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import get_args

import pytest

from praxe.dsl import tree
from praxe.dsl.build import Build
from praxe.dsl.keywords import faces

ROOT = Path(__file__).parents[1]
GOLDEN = ROOT / "tests" / "golden"
GUIDE = ROOT / "docs" / "guia.md"
KINDS = [each.__name__ for each in (*get_args(tree.Statement), *get_args(tree.Item))]
RULES = {"Definition": "define", "If": "if_"}  # where a rule is not simply the class's name in snake case
OPENING = re.compile(r"--> .*?:(\d+):\d+$", re.MULTILINE)  # `--> file:line:column` of a reported mistake

every_kind = pytest.mark.parametrize("kind", KINDS)


def rule_of(kind: str) -> str:
    """Return the name of the grammar rule for a class of the tree."""
    return RULES.get(kind) or re.sub(r"(?<!^)(?=[A-Z])", "_", kind).lower()


@cache
def grammar() -> dict[str, str]:
    """Return the rules of the grammar: name -> what it says."""
    text = (ROOT / "dsl" / "grammar.lark").read_text(encoding="utf-8")
    return dict(re.findall(r"^[!?]?([a-z_]+): *(.*)$", text, re.MULTILINE))


def terminal_of(kind: str) -> str:
    """Return the keyword that a form begins with, as the grammar calls it."""
    return grammar()[rule_of(kind)].split()[0]


def terminal_of_line(line: str) -> str | None:
    """Return the keyword that a line of a policy begins with."""
    words = re.findall(r"\w+", line.partition("#")[0])
    found = (face.match(words) for face in faces().values() if words)
    return next((match[0] for match in found if match), None)


@cache
def terminals_in_good_cases() -> frozenset[str | None]:
    """Return the keywords that some line of some good case begins with."""
    texts = [path.read_text(encoding="utf-8") for path in GOLDEN.glob("good/*/input.praxe")]
    return frozenset(terminal_of_line(line) for text in texts for line in text.splitlines())


@cache
def terminals_in_reported_lines() -> frozenset[str | None]:
    """Return the keywords that begin a line in which some bad case has a mistake."""
    found = set()
    for case in GOLDEN.glob("bad/*"):
        lines = (case / "input.praxe").read_text(encoding="utf-8").splitlines()
        reported = OPENING.findall((case / "diagnostics.pt.txt").read_text(encoding="utf-8"))
        found |= {terminal_of_line(lines[int(number) - 1]) for number in reported if int(number) <= len(lines)}
    return frozenset(found)


@every_kind
def test_it_has_a_grammar_rule_and_a_method_that_builds_it(kind: str) -> None:
    assert rule_of(kind) in grammar()
    assert callable(getattr(Build, rule_of(kind), None))


@every_kind
@pytest.mark.parametrize("language", ["pt", "en"])
def test_it_has_its_words(kind: str, language: str) -> None:
    face = faces()[language]
    one, many = face.words[terminal_of(kind)]
    assert one
    assert many
    assert face.forms[terminal_of(kind)].startswith(one)


@every_kind
def test_it_has_a_good_golden_case(kind: str) -> None:
    assert terminal_of(kind) in terminals_in_good_cases(), f"no input.praxe under {GOLDEN.name}/good has a `{kind}`"


@every_kind
def test_it_has_a_bad_golden_case(kind: str) -> None:
    assert terminal_of(kind) in terminals_in_reported_lines(), f"no case under {GOLDEN.name}/bad has a wrong `{kind}`"


@every_kind
def test_it_has_a_row_in_the_guide(kind: str) -> None:
    word = faces()["pt"].words[terminal_of(kind)][0]
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("|")]
    assert any(re.search(rf"`{word}\b", row) for row in rows), f"{GUIDE.name} has no table row with `{word} …`"


def test_the_languages_have_the_same_words() -> None:
    tables = [(face.words.keys(), face.forms.keys()) for face in faces().values()]
    assert all(each == tables[0] for each in tables)
