"""The DOT export: the same each time, read by Graphviz without a complaint, and nothing of the cards left out."""

from __future__ import annotations

import html
import json
import re
from functools import cache
from pathlib import Path

import pytest

from praxe.engine import Policy
from praxe.visualize import backend, flowchart, to_dot

ROOT = Path(__file__).parents[2]
POLICIES = sorted(path.parent.name for path in ROOT.glob("policy/*/policy.yaml"))


@cache
def real(name: str) -> Policy:
    return Policy.load(ROOT / "policy" / name)


def flat(text: str) -> str:
    """Return a text without its spaces and line breaks, and without what marks it up."""
    return re.sub(r"\s", "", html.unescape(re.sub(r"<[^>]*>", "", text))).casefold()


@pytest.mark.parametrize("language", ["pt", "en"])
@pytest.mark.parametrize("name", POLICIES)
def test_graphviz_reads_every_card_and_line_with_its_whole_text(name: str, language: str) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    policy = real(name)
    for procedure in policy.checked.procedures:
        drawing = flowchart(policy.checked, policy.graph, procedure, language=language)
        text = to_dot(drawing)
        assert to_dot(flowchart(policy.checked, policy.graph, procedure, language=language)) == text
        read = json.loads(backend.run(text, program="dot", form="dot_json"))
        nodes = {each["name"]: each for each in read["objects"]}
        assert list(nodes) == [card.name for card in drawing.chart.cards]
        for card in drawing.chart.cards:
            shown = flat(nodes[card.name]["label"])
            texts = [card.tag or "", *(tab.text for tab in card.tabs), *(duty.text for duty in card.duties)]
            for row in card.rows:
                texts += [row.text, *row.statements, *row.notes, *(chip.text for chip in row.chips)]
            assert [each for each in texts if flat(each) not in shown] == []
        assert sorted(
            (read["objects"][each["tail"]]["name"], read["objects"][each["head"]]["name"]) for each in read["edges"]
        ) == sorted((edge.source, edge.target) for edge in drawing.chart.edges)
