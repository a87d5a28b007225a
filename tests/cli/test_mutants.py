"""`praxe test --mutants`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.cli.conftest import RC, Run


def test_the_score_is_told_and_what_was_missed(praxe: Run) -> None:
    ran = praxe("test", RC, "--mutants", "--least", "95")
    assert ran.code == 0
    assert "63 de 64 erros de propósito (98.4%)" in ran.out
    assert "encaminhar_adm_fin.praxe:30:10" in ran.out
    assert "nenhum cenário percebe" in " ".join(ran.out.split())


def test_json_names_the_scenario_that_notices(praxe: Run) -> None:
    ran = praxe("test", RC, "--mutants", "--json", "--language", "en")
    record = json.loads(ran.out)
    assert (record["noticed"], record["total"]) == (63, 64)
    missed = [each for each in record["mutants"] if each["noticed_by"] is None]
    assert len(missed) == 1
    assert missed[0]["line"] == 30
    assert "no scenario notices" in missed[0]["message"]


def test_a_score_below_what_is_asked_for_fails(praxe: Run) -> None:
    assert praxe("test", RC, "--mutants", "--least", "99").code == 1
    wrong = praxe("test", RC, "--mutants", "--least", "101")
    assert wrong.code == 2
    assert "--least" in wrong.err


def test_failing_scenarios_are_told_first(praxe: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    file = next((folder / "scenarios").glob("*.yaml"))
    file.write_text(file.read_text("utf-8") + "\n- name: falha\n  facts: {}\n  expect: {status: gap}\n", "utf-8")
    ran = praxe("test", folder, "--mutants")
    assert ran.code == 1
    assert "falha" in ran.out
    assert "erros de propósito" not in ran.out
