"""`praxe check`: findings, summary, formats, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run


@pytest.fixture
def broken(template: Path, tmp_path: Path) -> Path:
    """The template with a slip in a fact's name."""
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    file = folder / "troca.praxe"
    file.write_text(file.read_text("utf-8").replace("não tem_nota", "não tem_nata"), encoding="utf-8")
    return folder


def test_the_summary_counts_what_the_policy_holds(praxe: Run) -> None:
    ran = praxe("check", RC)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.startswith("Retenção de clientes no RC, versão 2026-11\n")
    for words in "3 procedimentos, 1 definição|9 fatos, |2 desfechos|cláusulas citadas|cenários|lacunas:".split("|"):
        assert words in ran.out
    assert ran.out.endswith("✓ nada a corrigir\n")
    assert "\x1b" not in ran.out


def test_a_mistake_is_shown_with_its_place_and_what_to_write(praxe: Run, broken: Path) -> None:
    ran = praxe("check", broken)
    assert ran.code == 1
    assert "erro[PX203]" in ran.out
    assert "troca.praxe:5:10" in ran.out
    assert "você quis dizer `tem_nota`?" in ran.out
    assert ran.out.endswith("1 erro\n")
    assert "did you mean" in praxe("check", broken, "--language", "en").out


def test_json_has_findings_and_summaries(praxe: Run, broken: Path) -> None:
    ran = praxe("check", RC, broken, "--json")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert [each["code"] for each in record["findings"]] == ["PX203"]
    good, bad = record["policies"]
    assert bad["summary"] is None
    assert good["path"] == RC
    assert good["summary"]["procedures"] == 3
    assert {"text", "path", "line"} == good["summary"]["gaps"][0].keys()
    assert praxe("check", RC, broken, "--format", "json").out == ran.out


def test_sarif(praxe: Run, broken: Path) -> None:
    ran = praxe("check", broken, "--format", "sarif")
    assert ran.code == 1
    (run,) = json.loads(ran.out)["runs"]
    assert run["results"][0]["ruleId"] == "PX203"


def test_warnings_alone_are_no_failure_unless_strict(praxe: Run, template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    file = folder / "vocabulary.yaml"
    text = file.read_text("utf-8") + "  esquecido: {label: Esquecido}\n"
    file.write_text(text, encoding="utf-8")
    ran = praxe("check", folder)
    assert ran.code == 0
    assert "PX213" in ran.out
    assert ran.out.endswith("1 aviso\n")
    assert praxe("check", folder, "--strict").code == 1


def test_scenarios_are_read_too(praxe: Run, template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    file = folder / "scenarios" / "troca.yaml"
    file.write_text(file.read_text("utf-8").replace("outcome: trocado", "outcome: trocada"), encoding="utf-8")
    ran = praxe("check", folder)
    assert ran.code == 1
    assert "scenarios/troca.yaml:12" in ran.out


def test_without_a_folder_the_current_one_is_meant(praxe: Run, template: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(template)
    ran = praxe("check")
    assert ran.code == 0
    assert "Troca de produto" in ran.out


def test_a_folder_that_is_not_there(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("check", tmp_path / "nada")
    assert ran.code == 2
    assert ran.err.startswith("erro: ")
    assert ran.out == ""


def test_a_folder_that_is_no_policy(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("check", tmp_path)
    assert ran.code == 1
    assert "policy.yaml" in ran.out
