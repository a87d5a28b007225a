"""The largest policies, on every supported Python that is at hand: what CPython limits is never reached.

A plan is data, so another Python needs nothing but the standard library to make code of it. What could stop it: 100
levels of indentation and 200 of parentheses (the parser), 1,000 calls inside each other, and functions whose compiling
grows faster than their length; see `layout`.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.grown import chain_of, draw, nested_of, table_of
from praxe.engine import Policy
from praxe.engine.compile.document import document_of
from praxe.engine.compile.planning import Planning

SOURCE = Path(__file__).parents[3] / "src"
IN_A_ROW = 50_000 if os.environ.get("PRAXE_DEEP") else 5_000

RUN = """
import json, sys
from praxe.engine import CompiledPolicy
for line in open(sys.argv[1], encoding="utf-8"):
    document, cases, nodes = json.loads(line)
    compiled = CompiledPolicy.from_json(document)
    print([[visit.node for visit in compiled.evaluate(case).trace] for case in cases] == nodes)
"""


@pytest.fixture(scope="module")
def plans(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with a line for each policy: its plan, some cases, and the nodes that the walk comes by."""
    path = tmp_path_factory.mktemp("large") / "plans.json"
    made = (nested_of(500), table_of(5_041, is_keyed=True), table_of(5_041, is_keyed=False), chain_of(IN_A_ROW))
    with path.open("w", encoding="utf-8") as file:
        for checked, facts in made:
            policy, cases = Policy(checked), draw(facts, 2)
            nodes = [[visit.node for visit in policy.decide(case).trace] for case in cases]
            document = document_of(Planning(policy).document(), "", policy.identity)
            file.write(json.dumps([document, cases, nodes]) + "\n")
    return path


@pytest.mark.parametrize("version", ["3.11", "3.12", "3.13"])
def test_the_largest_policies(version: str, plans: Path) -> None:
    is_here = version == f"{sys.version_info.major}.{sys.version_info.minor}"
    python = sys.executable if is_here else shutil.which(f"python{version}")
    asked = python and subprocess.run([python, "--version"], capture_output=True, text=True, check=False).stdout
    if not python or not asked or not asked.startswith(f"Python {version}."):
        pytest.skip(f"there is no Python {version} on this machine")
    environment = {**os.environ, "PYTHONPATH": str(SOURCE), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [python, "-c", RUN, str(plans)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert ran.stdout.split() == ["True"] * 4, ran.stderr
