"""Every single-token slip in the real policies is found, on its line, with the right word where there is one.

`make deep` tries them all; else every seventh.
"""

from __future__ import annotations

import os

import pytest

from praxe.dsl.diagnostics import Diagnostic
from praxe.dsl.messages import Severity, entry
from tests.dsl.typos import POLICIES, Slip, findings, policy, slips

STEP = 1 if os.environ.get("PRAXE_DEEP") else 7


def errors(name: str, slip: Slip) -> list[Diagnostic]:
    """Return the errors that a slip leads to."""
    return [each for each in findings(name, slip) if entry(each.code).severity is Severity.ERROR]


def is_still_right(slip: Slip) -> bool:
    """Return whether the text means something, though another thing: no checker of names can see that."""
    return slip.terminal in ("NOT", "NO", "END") and slip.kind in ("left out", "twice")


def declares(name: str, slip: Slip) -> bool:
    """Return whether the slip is in the name of a procedure or definition: it is found where that is used."""
    source = next(each for each in policy(name)[0] if each.path == slip.path)
    return source.line(slip.line).split()[0] in ("procedimento", "defina", "tabela") and slip.terminal == "NAME"


@pytest.mark.parametrize("name", POLICIES)
def test_each_slip_is_found_on_its_line(name: str) -> None:
    missed = []
    for slip in list(slips(name))[::STEP]:
        if is_still_right(slip):
            continue
        found = errors(name, slip)
        leaves_block_empty = slip.terminal == "NOTHING" and slip.kind == "left out"
        on_its_line = [each for each in found if each.span.line == slip.line and each.span.path == slip.path]
        if not found or not (on_its_line or declares(name, slip) or leaves_block_empty):
            missed.append((slip, found))
    assert not missed


@pytest.mark.parametrize("name", POLICIES)
def test_a_misspelt_word_is_suggested(name: str) -> None:
    missed = []
    for slip in [each for each in slips(name) if "letter" in each.kind][::STEP]:
        near = {each.args.get("near") for each in errors(name, slip)}
        wanted = {slip.word, slip.slipped} if declares(name, slip) else {slip.word}
        if not near & wanted:
            missed.append((slip, near))
    assert not missed


@pytest.mark.parametrize("name", POLICIES)
def test_one_slip_makes_one_finding(name: str) -> None:
    chosen = [slip for slip in slips(name) if not declares(name, slip)][::STEP]
    counts = [len(errors(name, slip)) for slip in chosen]
    assert sum(count > 1 for count in counts) <= len(counts) // 100
