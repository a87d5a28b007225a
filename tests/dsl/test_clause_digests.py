"""Digests are written into `clauses.yaml`, and nothing else of it changes."""

from __future__ import annotations

import pytest

from praxe.dsl.clause_digests import with_digests
from praxe.dsl.load_clauses import load_clauses
from praxe.dsl.source import SourceText
from praxe.dsl.tree import ClauseId

OLD, NEW = "0" * 16, "9f" * 8
A, B = ClauseId("a.1"), ClauseId("b.2")
REST = "kind: obligation\n  paraphrase: digest é lines  # comentário\n"


def test_a_new_digest_goes_below_the_lines() -> None:
    first = f"# topo\n\na.1:\n  document: d\n  lines: [1,\n    2]  # onde\n  {REST}\n"
    text = f"{first}b.2:\n  document: d\n  lines: [3]\n  {REST}"
    changed = with_digests(text, {B: OLD, A: NEW})
    assert changed == text.replace("# onde\n", f'# onde\n  digest: "{NEW}"\n').replace(
        "lines: [3]\n", f'lines: [3]\n  digest: "{OLD}"\n'
    )


@pytest.mark.parametrize("written", [OLD.replace("0", "a"), f"'{OLD}'", f'"{OLD}"'])
def test_an_old_digest_is_replaced_where_it_stands(written: str) -> None:
    text = (
        f"a.1:\n    digest:   {written}   # lido\n    document: d\n    lines: [1]\n    {REST.replace('  p', '    p')}"
    )
    assert with_digests(text, {A: NEW}) == text.replace(written, f'"{NEW}"')


def test_line_ends_the_mark_at_the_start_and_a_missing_last_newline_stay() -> None:
    text = "\ufeffa.1:\r\n  document: d\r\n  kind: obligation\r\n  paraphrase: cafe\u0301\r\n  lines: [1]"
    assert with_digests(text, {A: NEW}) == f'{text}\r\n  digest: "{NEW}"'


def test_a_list_with_dashes_is_left_whole() -> None:
    text = f"a.1:\n  document: d\n  lines:\n    - 1\n    - 2\n\n  # depois\n  {REST}"
    changed = with_digests(text, {A: NEW})
    assert changed == text.replace("    - 2\n", f'    - 2\n  digest: "{NEW}"\n')


def test_a_clause_in_braces() -> None:
    text = "a.1: {document: d, lines: [1], kind: obligation, paraphrase: é}\n"
    changed = with_digests(text, {A: NEW})
    assert changed == text.replace("[1]", f'[1], digest: "{NEW}"')
    assert with_digests(changed, {A: OLD}) == changed.replace(NEW, OLD)


def test_what_cannot_be_written_safely_is_refused() -> None:
    text = f'a.1:\n  document: d\n  lines: [1]\n  digest:\n    "{OLD}"\n  {REST}'
    with pytest.raises(ValueError, match="digests"):
        with_digests(text, {A: NEW})
    with pytest.raises(ValueError, match="no clauses"):
        with_digests("- 1\n", {A: NEW})


def test_a_digest_that_is_none_is_told() -> None:
    text = f"a.1:\n  document: d\n  lines: [1]\n  digest: abc\n  {REST}"
    clauses, problems = load_clauses(SourceText.of("clauses.yaml", text), language="pt")
    assert clauses
    assert clauses[A].digest is None
    assert [(each.code, each.span.line, each.args["key"]) for each in problems] == [("PX165", 4, "digest")]
