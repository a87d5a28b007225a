"""The examples of a page stay as short as they were when what they show changes."""

from __future__ import annotations

from tests.docs.pages import agrees, renewed

SHOWN = "a  12 of 12 (100%)\n…\n  last 3\n"


def test_lines_left_out_may_be_any() -> None:
    assert agrees(SHOWN, "a  12 of 12 (100%)\nb\nc\n  last 3\n")
    assert agrees(SHOWN, "a  12 of 12 (100%)\n  last 3\n")
    assert not agrees(SHOWN, "a  12 of 12 (100%)\nb\n")


def test_numbers_are_renewed_and_the_rest_stays_left_out() -> None:
    assert renewed(SHOWN, "a  9 of 1.200 (8%)\nb\n  last 4\n") == "a  9 of 1.200 (8%)\n…\n  last 4\n"


def test_other_words_are_not_taken_for_numbers() -> None:
    assert renewed(SHOWN, "a  9 of 1.200 (8%)\nb\n  first 4\n") is None
