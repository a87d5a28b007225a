"""Cards whose size is known are laid out again without their texts, and come out where they were."""

from __future__ import annotations

import pytest

from praxe.visualize import Drawing, flowchart, summary
from praxe.visualize.dot import skeleton
from praxe.visualize.placing import Try, tried
from tests.visualize import real, sample


def first(name: str) -> Try:
    """Return a chart laid out for the first time."""
    if name == "summary":
        opened = real.policy("promad")
        return tried(summary(opened.checked, opened.graph, language="pt").chart)
    return tried(flowchart(*sample.email(), sample.EMAIL, language="pt").chart)


@pytest.mark.parametrize("name", ["summary", "email"])
def test_the_second_layout_is_the_first(name: str) -> None:
    one = first(name)
    other = one.again(one.chart)
    assert set(one.forms) == set(one.chart.cards) and other.crossed == one.crossed
    for box in one.layout.boxes.values():
        again = other.layout.boxes[box.name]
        assert again.right - again.left == pytest.approx(box.right - box.left, abs=0.5)
        assert again.height == pytest.approx(box.height, abs=0.5)
        assert (again.left, again.top) == pytest.approx((box.left, box.top), abs=3)
    for wire, same in zip(one.layout.wires, other.layout.wires, strict=True):
        assert (wire.id, wire.head) == (same.id, same.head)


def test_a_known_card_is_sent_without_its_texts() -> None:
    one = first("email")
    whole, bare = skeleton(Drawing(one.chart)), skeleton(Drawing(one.chart), forms=one.forms)
    assert "POINT-SIZE" in whole and "POINT-SIZE" not in bare
    assert len(bare) < len(whole) / 2
