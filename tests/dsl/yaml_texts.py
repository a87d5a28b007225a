"""What the tests of the YAML loaders share: random files of right keys and wrong values, and short findings."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from hypothesis import strategies as st

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.messages import entry, places

Found = list[tuple[str, str, dict[str, str]]]

_SCRAPS = (
    "", "  ", "~", "sim", "não", "pt", "en", "fr", "one_of", "set_of", "yes_no", "integer", "decimal", "date", "text",
    "sim_nao", "green", "verde", "execution", "0", "-1", "3.5", "3,5", "1e9", "9" * 30, "2026-11-22", "22/11/2026",
    "2026-02-30", "canal", "Canal de Venda", "fim", "ex.1", "ex.9", "{canal}", "{x} {", "@text", "é", "x" * 3000,
)  # fmt: skip


def shown(problems: Iterable[Diagnostic]) -> Found:
    """Return code, place and arguments of each finding."""
    return [(each.code, f"{each.span.line}:{each.span.column}", dict(each.args)) for each in problems]


def codes(problems: Iterable[Diagnostic]) -> list[str]:
    """Return the codes alone."""
    return [each.code for each in problems]


def assert_can_be_told(problems: Iterable[Diagnostic]) -> None:
    """Check that each finding has all that its words have places for."""
    for each in problems:
        known = entry(each.code)
        assert places(known.message.in_language("pt")) <= set(each.args), each
        assert {related.label for related in each.related} <= set(known.related), each
        assert all(each.args.values()), each


def files(keys: Sequence[str]) -> st.SearchStrategy[str]:
    """Return texts of files whose keys are mostly `keys`, and whose values are anything."""
    names = st.sampled_from(keys) | st.sampled_from(_SCRAPS)
    values: st.SearchStrategy[Any] = st.recursive(
        st.sampled_from(_SCRAPS),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(names, inner, max_size=6),
        max_leaves=30,
    )
    return values.map(_written)


def _written(value: Any) -> str:
    # JSON is YAML; without its quotes, a text is read as authors write it, and now and then cannot be read at all
    text = json.dumps(value, ensure_ascii=False, indent=1)
    return text if len(text) % 2 else text.replace('"', "")
