"""YAML to nodes with places: what is read, what is refused, and the same from both of PyYAML's parsers."""

from __future__ import annotations

import json
import random
import re
import time
import unicodedata
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.dsl import yaml_refused
from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.file_names import MAX_BYTES
from praxe.dsl.source import SourceText, Span
from praxe.dsl.yaml_nodes import Entry, Mapping, Scalar, Sequence, YamlNode
from praxe.dsl.yaml_reader import MAX_DEPTH, MAX_NODES, read_yaml

PARSERS: Final = pytest.mark.parametrize("in_c", [True, False], ids=["in C", "in Python"])
SAMPLE: Final = """\
# comment
facts:
  canal:
    type: one_of
    label: {pt: Canal, en: "Channel"}
    question: {pt: Por onde?, en: 'How?'}
    values: {telefone: Telefone}
    clauses: [ex.1, ex.2.a]
  dias:
    help: |
      Um texto
      longo
    note: >-
      dobrado
      aqui

outcomes:
  - nome: é
"""


def read(text: str, *, in_c: bool = True) -> tuple[YamlNode | None, tuple[Diagnostic, ...]]:
    return read_yaml(SourceText.of("f.yaml", text), in_c=in_c)


def node(text: str) -> YamlNode:
    found, problems = read(text)
    assert problems == ()
    assert found is not None
    return found


def shown(text: str, *, in_c: bool = True) -> list[tuple[str, str, dict[str, str]]]:
    _, problems = read(text, in_c=in_c)
    return [(each.code, f"{each.span.line}:{each.span.column}", dict(each.args)) for each in problems]


def places(found: YamlNode | None) -> list[tuple[str, Span]]:
    """Return each text with its place, in order."""
    match found:
        case Scalar():
            return [(found.text, found.span)]
        case Sequence():
            return [("[]", found.span), *(place for item in found.items for place in places(item))]
        case Mapping():
            inner = (place for entry in found.entries for part in (entry.key, entry.value) for place in places(part))
            return [("{}", found.span), *inner]
        case None:
            return []


def at(span: Span) -> tuple[int, int, int, int]:
    return span.line, span.column, span.end_line, span.end_column


# --- what is read ------------------------------------------------------------------------------------------------


@PARSERS
@pytest.mark.parametrize("text", ["no", "sim", "2026-11", "2026-11-22", "012", "1e3", "1_000", "on", "0x1F", "1:30"])
def test_a_text_is_never_anything_else(text: str, in_c: bool) -> None:
    found, problems = read(f"a: {text}\n", in_c=in_c)
    assert problems == ()
    assert isinstance(found, Mapping)
    assert found.entries[0].value == Scalar(text, False, found.span)


def test_quotes_are_remembered() -> None:
    found = node("- a\n- 'b'\n- \"c\"\n- |\n  d\n")
    assert isinstance(found, Sequence)
    assert [item.quoted for item in found.items if isinstance(item, Scalar)] == [False, True, True, True]


@PARSERS
def test_places_count_code_points_from_one(in_c: bool) -> None:
    found, _ = read("ação: {pt: São}\nlista:\n  - 😀 um\n  - dois\n", in_c=in_c)
    assert {text: at(span) for text, span in places(found)} == {
        "{}": (1, 7, 1, 16),  # the inner one; the outer ends with its last part
        "ação": (1, 1, 1, 5),
        "pt": (1, 8, 1, 10),
        "São": (1, 12, 1, 15),
        "lista": (2, 1, 2, 6),
        "[]": (3, 3, 4, 9),
        "😀 um": (3, 5, 3, 9),
        "dois": (4, 5, 4, 9),
    }


@PARSERS
def test_a_block_ends_with_its_last_text(in_c: bool) -> None:
    found, _ = read(SAMPLE, in_c=in_c)
    assert found is not None
    assert at(found.span) == (2, 1, 18, 12)
    ends = {text: (span.end_line, span.end_column) for text, span in places(found)}
    assert ends["Um texto\nlongo\n"] == (12, 12)
    assert ends["dobrado aqui"] == (15, 11)


def test_both_parsers_give_the_same_nodes_and_places() -> None:
    fast, slow = read(SAMPLE)[0], read(SAMPLE, in_c=False)[0]
    assert fast == slow
    assert places(fast) == places(slow)


@PARSERS
@pytest.mark.parametrize("text", ["", "\n\n", "# only this\n", "---\n", "---\n# only this\n...\n"])
def test_an_empty_file_has_no_node_and_no_finding(text: str, in_c: bool) -> None:
    assert read(text, in_c=in_c) == (None, ())


@PARSERS
def test_a_question_mark_inside_braces_is_text(in_c: bool) -> None:
    found, problems = read("a: {pt: Já pagou?, en: Paid? Yes}\n", in_c=in_c)
    assert problems == ()
    assert [text for text, _ in places(found)] == ["{}", "a", "{}", "pt", "Já pagou?", "en", "Paid? Yes"]


def test_escapes_are_normalised() -> None:
    assert [text for text, _ in places(node('a: "e\\u0301"\n'))][-1] == "é"


@PARSERS
def test_a_key_after_a_mistake_in_the_same_file_is_still_checked(in_c: bool) -> None:
    found, problems = read("a: 1\na: 2\nb: {x: 1, x: 2}\n", in_c=in_c)
    assert [(each.code, at(each.span)) for each in problems] == [("PX158", (2, 1, 2, 2)), ("PX158", (3, 11, 3, 12))]
    assert [at(related.span) for each in problems for related in each.related] == [(1, 1, 1, 2), (3, 5, 3, 6)]
    assert isinstance(found, Mapping)
    assert [key for key, _ in found] == ["a", "b"]


# --- what is refused ---------------------------------------------------------------------------------------------

MISTAKES: Final = {
    # the colon
    "f:\n  a:\n    type yes_no\n    label: x\n": ("PX151", "3:5", "type: yes_no"),
    "facts\n  a:\n    type: b\n": ("PX151", "1:1", "facts:"),
    "a:\n  type: x\n  label:Foo\n  question: y\n": ("PX151", "3:3", "label: Foo"),
    "a:\n  type: x\n  label:Foo\n": ("PX151", "3:3", "label: Foo"),
    "a:\n  b:\u00a01\n  c: 2\n": ("PX151", "2:3", "b: 1"),
    "- nome x\n  b: c\n": ("PX151", "1:3", "nome: x"),
    "a: {pt Foo, en: Bar}\n": ("PX151", "1:5", "pt: Foo"),
    "a: {pt:Foo, en: Bar}\n": ("PX151", "1:5", "pt: Foo"),
    "a: {pt:[x], en: Bar}\n": ("PX151", "1:5", "pt: [x"),
    # the spaces before a line
    "a:\n    b: 1\n  c: 2\n": ("PX152", "3:1", None),
    "f:\n  a:\n    type: x\n   label: y\n": ("PX152", "4:1", None),
    "a:\n  type: x\n   label: y\n": ("PX152", "3:1", None),
    "a:\n  help: um texto\n    que segue\n     label: y\n": ("PX152", "4:1", None),
    "l:\n    - a\n  - b\n": ("PX152", "3:1", None),
    "  a: 1\nb: 2\n": ("PX152", "2:1", None),
    "a: |\n   foo\n  bar\nb: 1\n": ("PX152", "3:1", None),
    "a:\n\tb: 1\n": ("PX153", "2:1", None),
    # quotes
    'a: "foo\nb: 2\n': ("PX154", "1:4", None),
    'a: "foo\nb: "bar"\nc: 1\n': ("PX154", "1:4", None),
    'f:\n  a: "foo\n  b: "bar"\n': ("PX154", "2:6", None),
    'a: {pt: "foo, en: "bar"}\n': ("PX154", "1:9", None),
    "a: 'd'água'\nb: 1\n": ("PX155", "1:4", "\"'d'água'\""),
    'a: "foo" bar\n': ("PX155", "1:4", "'\"foo\" bar'"),
    "a: Foo: bar\n": ("PX155", "1:4", '"Foo: bar"'),
    "a: {pt: foo: x, en: b}\n": ("PX155", "1:9", '"foo: x"'),
    "a: {fila} enviar\nb: 1\n": ("PX155", "1:4", '"{fila} enviar"'),
    "a: {fila}\n": ("PX155", "1:4", '"{fila}"'),
    "a: @foo\n": ("PX155", "1:4", '"@foo"'),
    "a: %foo\n": ("PX155", "1:4", '"%foo"'),
    "a: `foo`\n": ("PX155", "1:4", '"`foo`"'),
    "a: - foo\n": ("PX155", "1:4", '"- foo"'),
    "a: > foo\nb: 1\n": ("PX155", "1:4", '"> foo"'),
    "a: * foo\n": ("PX155", "1:4", '"* foo"'),
    "a: |#\n": ("PX155", "1:4", '"|#"'),
    'a: "C:\\dados"\n': ("PX155", "1:7", None),
    # brackets
    "a: [x, y\nb: 2\n": ("PX156", "1:4", None),
    "a: [x, y": ("PX156", "1:4", None),
    "a: ['x' 'y']\n": ("PX156", "1:4", None),
    "a: {pt: x, en: y\nb: 2\n": ("PX156", "1:4", None),
    # features
    "a: &x b\nc: *x\n": ("PX157", "1:4", None),
    "c: *x\n": ("PX157", "1:4", None),
    "a: !!python/object:os.system b\n": ("PX157", "1:4", None),
    "a: !x!y b\n": ("PX157", "1:4", None),
    "%YAML 1.1\n---\na: 1\n": ("PX157", "1:1", None),
    "# c\n%FOO x\n---\na: 1\n": ("PX157", "2:1", None),
    "a: 1\n---\nb: 2\n": ("PX157", "2:1", None),
    "a: 1\n...\nb: 2\n": ("PX157", "2:1", None),
    "[a]: b\n": ("PX157", "1:1", None),
    "? [a]\n: b\n": ("PX157", "1:3", None),
    # characters
    "a: b\u0007\n": ("PX159", "1:5", None),
    "a: b\u0085\n": ("PX159", "1:5", None),
    "a: \u202eb\n": ("PX159", "1:4", None),
    "a: b\n\u00a0c: d\n": ("PX159", "2:1", None),
    'a: "\\0"\n': ("PX159", "1:4", None),
    'a: "\\ud800"\n': ("PX159", "1:4", None),
    'a: "\\UFFFFFFFF"\n': ("PX159", "1:5", None),
    # all else
    f"a: b\n{'x' * 1025}: c\n": ("PX170", "2:1", None),
    f"'{'x' * 1025}': c\n": ("PX170", "1:1", None),
    "- a\n-b\n": ("PX150", "2:1", None),
    "a: b\n- c\n": ("PX150", "2:1", None),
    ": x\n": ("PX150", "1:1", None),
    "'': x\n": ("PX150", "1:1", None),
    "?": ("PX150", "1:2", None),
    "[?a": ("PX156", "1:1", None),
}


@PARSERS
@pytest.mark.parametrize("text", MISTAKES)
def test_a_mistake_is_told_once_at_the_place_to_mend(text: str, in_c: bool) -> None:
    code, place, fixed = MISTAKES[text]
    found = shown(text, in_c=in_c)
    assert [(each[0], each[1]) for each in found] == [(code, place)]
    assert fixed in {None, found[0][2].get("fixed")}


@PARSERS
def test_depth_is_bounded(in_c: bool) -> None:
    assert shown("[" * MAX_DEPTH + "]" * MAX_DEPTH, in_c=in_c) == []
    assert shown("[" * (MAX_DEPTH + 1), in_c=in_c) == [("PX161", f"1:{MAX_DEPTH + 1}", {"levels": str(MAX_DEPTH)})]
    nested = "".join(f"{'  ' * depth}a:\n" for depth in range(100))
    assert [each[0] for each in shown(nested, in_c=in_c)] == ["PX161"]


def test_size_is_bounded() -> None:
    assert shown("a: " + "x" * MAX_BYTES) == [("PX161", "1:1", {"megabytes": "5"})]
    assert shown("a: " + "é" * (MAX_BYTES // 2)) == [("PX161", "1:1", {"megabytes": "5"})]
    assert [each[0] for each in shown("- a\n" * (MAX_NODES + 1))] == ["PX161"]


def test_aliases_do_not_explode() -> None:
    rows = ["a0: &a0 [x, x]", *(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]" for n in range(1, 40))]
    start = time.process_time()
    assert [each[0] for each in shown("\n".join(rows))] == ["PX157"]
    assert time.process_time() - start < 1


# --- anything at all ---------------------------------------------------------------------------------------------

scraps = st.sampled_from([*"abc: -[]{}'\"#|>&*!%@`?,.~\n\\x=é\u00a0\t", "\n  ", "\n---\n", ": ", "- ", "\x85"])


def assert_sound(text: str) -> None:
    source = SourceText.of("f.yaml", text)
    for in_c in (True, False):
        found, problems = read_yaml(source, in_c=in_c)
        spans = [span for _, span in places(found)] + [each.span for each in problems]
        assert all(span.line >= 1 and span.column >= 1 for span in spans)
        assert all((span.line, span.column) <= (span.end_line, span.end_column) for span in spans)
        assert all(span.end_line <= len(source.lines) for span in spans)
        assert all(value for each in problems for value in each.args.values())


@given(st.text())
def test_any_text_gives_nodes_or_findings(text: str) -> None:
    assert_sound(text)


@given(st.lists(scraps, max_size=40).map("".join))
def test_any_scraps_of_yaml_give_nodes_or_findings(text: str) -> None:
    assert_sound(text)


@given(st.binary())
def test_any_bytes_give_nodes_or_findings(raw: bytes) -> None:
    assert_sound(raw.decode("latin-1"))


def test_slips_in_a_real_file_are_found_alike_by_both_parsers() -> None:
    shuffle = random.Random(7)
    for _ in range(400):
        place = shuffle.randrange(len(SAMPLE))
        new = shuffle.choice(["", SAMPLE[place] * 2, "x", " ", "\n", ":", '"', "]", "}", ","])
        text = SAMPLE[:place] + new + SAMPLE[place + 1 :]
        assert read(text) == read(text, in_c=False), repr(text)


plain = st.text(st.characters(categories=["L", "N", "P", "S"], exclude_characters="\ufeff"), min_size=1, max_size=12)
values = st.recursive(
    plain, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(plain, inner, max_size=3), max_leaves=12
)


@given(values)
def test_what_is_written_in_quotes_is_read_back(value: object) -> None:
    text = unicodedata.normalize("NFC", json.dumps(value, ensure_ascii=False))
    found, problems = read(text)
    codes = {each.code for each in problems}
    assert codes <= {"PX158", "PX159"}  # keys that became one; characters that are refused
    if not problems and found:
        assert found == _as_node(json.loads(text))


def _as_node(value: object) -> YamlNode:
    nowhere = Span("f.yaml", 1, 1, 1, 1)
    match value:
        case list():
            return Sequence(tuple(_as_node(item) for item in value), nowhere)
        case dict():
            entries = (Entry(Scalar(key, True, nowhere), _as_node(item)) for key, item in value.items())
            return Mapping(tuple(entries), nowhere)
        case _:
            return Scalar(str(value), True, nowhere)


def test_what_python_calls_printable_is_nothing_that_nobody_sees() -> None:
    printable = "".join(each for each in map(chr, range(0x110000)) if each.isprintable())
    assert not re.search(yaml_refused._UNPRINTABLE, printable)  # so the quick question never lets one through
