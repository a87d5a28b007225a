"""`praxe test --mutants`."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run

ONE_CASE = "- {name: sem a nota, facts: {tem_nota: não}, expect: {outcome: recusado}}\n"


@pytest.fixture
def fewer(tmp_path: Path) -> Path:
    """The policy `rc` without some of its scenarios."""
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    (folder / "scenarios" / "com_abertura.yaml").unlink()
    return folder


def test_all_is_noticed(praxe: Run) -> None:
    ran = praxe("test", RC, "--mutants", "--least", "95")
    assert ran.code == 0
    assert "60 de 60 erros de propósito (100%)" in ran.out


def test_what_was_missed_is_told(praxe: Run, fewer: Path) -> None:
    ran = praxe("test", fewer, "--mutants")
    told = " ".join(ran.out.split())
    assert ran.code == 0
    assert "esquecido: `siga rc_tratativa_com_abertura`, e nenhum cenário percebe" in told
    assert "de 60 erros de propósito" in told
    assert praxe("test", fewer, "--mutants", "--least", "95").code == 1


def test_json_names_the_scenario_that_notices(praxe: Run, fewer: Path) -> None:
    record = json.loads(praxe("test", fewer, "--mutants", "--json", "--language", "en").out)
    missed = [each for each in record["mutants"] if each["noticed_by"] is None]
    assert record["noticed"] + len(missed) == record["total"] == len(record["mutants"])
    assert 0 < record["score"] < 1
    assert all("no scenario notices" in each["message"] for each in missed)


def test_a_share_is_from_0_to_100(praxe: Run) -> None:
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
