"""What a call loads: `--help` and `--version` only click, `decide` nothing that draws."""

from __future__ import annotations

import subprocess
import sys

import pytest

DRAWS = {"networkx", "rich", "graphviz", "pygraphviz", "jinja2"}
HEAVY = DRAWS | {"lark", "yaml", "praxe.dsl", "praxe.engine", "praxe.visualize"}


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], HEAVY),
        (["--version"], HEAVY),
        (["decide", "policy/rc", "--fact", "motivo_rc=tecnico"], DRAWS | {"praxe.visualize", "difflib", "hypothesis"}),
    ],
    ids=["help", "version", "decide"],
)
def test_a_call_loads_no_more_than_it_needs(words: list[str], unwanted: set[str]) -> None:
    command = [sys.executable, "-X", "importtime", "-m", "praxe", *words]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    loaded = {line.rpartition("|")[2].strip() for line in done.stderr.splitlines() if line.startswith("import time:")}
    assert "click" in loaded
    assert not {name for name in loaded if any(f"{name}.".startswith(f"{each}.") for each in unwanted)}
