"""The pages of the policies under docs/ are those that `praxe docs` makes now; `make golden` makes them anew."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from praxe.cli.docs_folder import LIST
from tests.docs.console import run
from tests.docs.drawing import structure
from tests.docs.pages import ROOT

POLICIES = sorted(path.parent.name for path in (ROOT / "policy").glob("*/policy.yaml"))


@pytest.mark.parametrize("name", POLICIES)
def test_the_pages_are_those_made_now(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    monkeypatch.chdir(ROOT)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    made, committed = tmp_path / "made", ROOT / "docs" / name
    if request.config.getoption("--rewrite-golden"):
        for drawing in committed.glob("*.svg"):
            drawing.unlink()  # one that only the layout makes different is not drawn anew while it is there
        _make(name, f"docs/{name}")
    _make(name, str(made))
    files = {path.name: path for path in made.iterdir()}
    assert {path.name for path in committed.iterdir()} == set(files), "`make golden` makes the pages anew"
    for file, path in files.items():
        now, before = (each.read_text(encoding="utf-8") for each in (path, committed / file))
        if path.suffix == ".svg":
            assert structure(before) == structure(now), f"{file}: `make golden` draws it anew"
        elif path.suffix == ".md":
            assert before == now, f"{file}: `make golden` writes it anew"
    listed = json.loads((committed / LIST).read_text(encoding="utf-8"))["files"]
    assert set(listed) == set(files) - {LIST}


def _make(name: str, folder: str) -> None:
    output, code = run(f"praxe docs policy/{name} -o {folder}", language="pt")
    assert code == 0, output
