"""Values of the language as JSON that is read back fast: all comes back as it was, and nothing else is ever made."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl import tree as t
from praxe.dsl.diagnostics import Diagnostic, Related
from praxe.dsl.keywords import reserved_words
from praxe.dsl.load import read_folder, read_text
from praxe.dsl.load_words import load_words
from praxe.dsl.packed import pack, unpack
from praxe.dsl.parse import parse
from praxe.dsl.source import SourceText, Span
from praxe.dsl.vocabulary import FactType, Words
from praxe.dsl.yaml_reader import read_yaml

ROOT = Path(__file__).parents[2]
POLICIES = sorted(each.parent for each in ROOT.glob("policy/*/policy.yaml"))
CASES = sorted(each.parent for each in ROOT.glob("tests/golden/bad/*/input.praxe"))
AT = Span("a.praxe", 1, 2, 3, 4)


def _through_json(value: object) -> Any:
    return unpack(json.loads(json.dumps(pack(value))))


def _text(path: Path) -> SourceText:
    source, _ = read_text(path)
    assert source
    return source


def _spans(value: object) -> Iterator[Span]:
    """Yield all places in a value: they never make two nodes differ."""
    stack = [value]
    while stack:
        part = stack.pop()
        if isinstance(part, Span):
            yield part
        elif isinstance(part, tuple):
            stack += part
        elif isinstance(part, dict):
            stack += part.values()
        elif hasattr(part, "__dataclass_fields__"):
            stack += [getattr(part, name) for name in part.__dataclass_fields__]


@pytest.mark.parametrize("folder", POLICIES, ids=lambda each: each.name)
def test_all_that_is_read_of_a_policy_comes_back_as_it_was(folder: Path) -> None:
    files = read_folder(folder)
    words = load_words(files, reserved_words=reserved_words())
    trees = tuple(parse(source) for source in files.procedures)
    scenarios = tuple(read_yaml(_text(each))[0] for each in sorted((folder / "scenarios").glob("*.yaml")))
    whole = (words.manifest, words.vocabulary, dict(words.translations), words.diagnostics, trees, scenarios)
    back = _through_json(whole)
    assert repr(back) == repr(whole)
    assert list(_spans(back)) == list(_spans(whole))


@pytest.mark.parametrize("folder", CASES, ids=lambda each: each.name)
def test_trees_with_mistakes_come_back_as_they_were(folder: Path) -> None:
    read = parse(_text(folder / "input.praxe"))
    back = _through_json(read)
    assert repr(back) == repr(read)
    assert list(_spans(back)) == list(_spans(read))


TEXTS = st.text(st.characters(codec="utf-8"), max_size=8)
PLAIN = st.none() | st.booleans() | st.integers() | TEXTS
VALUES = st.recursive(
    PLAIN
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.dates()
    | st.sampled_from(FactType)
    | st.frozensets(st.integers(), max_size=3)
    | st.builds(t.Name, span=st.just(AT), name=TEXTS)
    | st.builds(t.Today, span=st.just(AT))
    | st.builds(t.Literal, span=st.just(AT), value=st.booleans() | st.integers() | st.dates() | TEXTS)
    | st.builds(Diagnostic, st.just("PX203"), st.just(AT), st.dictionaries(TEXTS, TEXTS, max_size=2)),
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(TEXTS, inner, max_size=3),
    max_leaves=12,
)


@given(VALUES)
def test_any_value_comes_back_as_it_was(value: object) -> None:
    assert repr(_through_json(value)) == repr(value)


def test_the_kinds_of_numbers_stay_apart() -> None:
    value = (1, True, Decimal("1"), Decimal("1.0"), "1", 0, False, None)
    assert repr(_through_json(value)) == repr(value)


def test_what_is_one_stays_one() -> None:
    name = t.Name(span=AT, name="x")
    one, other = _through_json((name, name))
    assert one is other
    assert one.span == AT


def test_a_finding_comes_back_with_its_second_place() -> None:
    found = Diagnostic("PX221", AT, {"name": "x"}, (Related(Span("b.yaml", 5, 6, 7, 8), "first"),))
    assert _through_json((found,)) == (found,)


@pytest.mark.parametrize("value", [1.5, object(), [1], Path("x"), {1, 2}, datetime.timedelta(1)])
def test_what_is_not_of_the_language_is_not_packed(value: object) -> None:
    with pytest.raises(TypeError, match="nothing of the language"):
        pack((value,))


RECORD = pack(Words({"pt": "x"}))


@pytest.mark.parametrize(
    "document",
    [
        None,
        [],
        {},
        {"classes": [], "others": [], "whole": 0},
        {"classes": [["Path", 1, []]], "others": [], "whole": 0},
        {"classes": [["Name", 1, []]], "others": [], "whole": 0},
        {"classes": [["Name", 2, [["s", None], ["v", ["x"]]]]], "others": [], "whole": 0},
        {"classes": [], "others": [["decimal", "x"]], "whole": 0},
        {"classes": [], "others": [["date", "x"]], "whole": 0},
        {"classes": [], "others": [["tuple", 7]], "whole": 0},
        {"classes": [], "others": [["system", "ls"]], "whole": 0},
        {"classes": [], "others": [["FactType", "__class__"]], "whole": 0},
    ],
)
def test_what_is_no_such_document_is_refused(document: object) -> None:
    with pytest.raises(ValueError, match="no packed value"):
        unpack(document)
    assert unpack(RECORD) == Words({"pt": "x"})
