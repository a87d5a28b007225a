"""`praxe scenarios`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import RC, Run


def test_what_the_scenarios_come_by_is_told(praxe: Run) -> None:
    ran = praxe("scenarios", RC)
    assert ran.code == 0
    assert "71 de 71 pontos, respostas e limites" in ran.out
    assert json.loads(praxe("scenarios", RC, "--json").out) == {"met": 71, "goals": 71}


def test_scenarios_are_made_and_pass(praxe: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    shutil.rmtree(folder / "scenarios")
    before = praxe("scenarios", folder)
    assert before.code == 1
    assert "--generate --missing" in before.out
    file = folder / "scenarios" / "gerados.yaml"
    made = praxe("scenarios", folder, "--generate", "-o", file)
    assert made.code == 0, made.err
    assert "gerados.yaml" in made.out
    ran = praxe("test", folder)
    assert ran.code == 0, ran.out
    assert "23 de 23 respostas (100%)" in ran.out
    assert praxe("scenarios", folder).code == 0
    again = praxe("scenarios", folder, "--generate", "-o", file)
    assert again.code == 2
    assert "já existe" in again.err


def test_only_what_is_missing(praxe: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    (folder / "scenarios" / "nao_tecnico.yaml").unlink()
    whole = json.loads(praxe("scenarios", folder, "--generate", "--json").out)
    part = json.loads(praxe("scenarios", folder, "--generate", "--missing", "--json").out)
    assert part["met_before"] > 0
    assert part["cases"] <= whole["cases"]
    assert part["text"].startswith("# ")


def test_to_standard_output_in_english(praxe: Run) -> None:
    ran = praxe("scenarios", RC, "--generate", "--pairs", "--language", "en")
    assert ran.code == 0
    assert ran.out.startswith("# ")
    assert "places, answers and limits" in ran.err
