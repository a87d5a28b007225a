"""`praxe test`: scenarios run, failures in words, ways that nobody takes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tests.cli.conftest import RC, Run


@pytest.fixture
def failing(template: Path, tmp_path: Path) -> Path:
    """The template with one wrong scenario and one missing."""
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    file = folder / "scenarios" / "troca.yaml"
    text = file.read_text("utf-8").replace("outcome: trocado", "outcome: recusado")
    file.write_text(text.partition("- name: Sem a nota")[0], encoding="utf-8")
    return folder


def test_the_policy_passes_and_every_way_is_taken(praxe: Run) -> None:
    ran = praxe("test", RC)
    assert ran.code == 0, ran.out
    assert "todos como esperado" in ran.out
    assert "(100%)" in ran.out


def test_a_failure_says_what_was_expected_and_what_came(praxe: Run, failing: Path) -> None:
    ran = praxe("test", failing)
    assert ran.code == 1
    assert "✗ Produto com defeito, dentro dos 90 dias (" in ran.out
    assert "    desfecho esperado: `recusado`; veio: desfecho `trocado`\n" in ran.out
    assert "2 de 3 cenários como esperado\n" in ran.out


def test_a_way_that_no_scenario_takes_is_shown_with_its_place(praxe: Run, failing: Path) -> None:
    ran = praxe("test", failing)
    assert "cobertura: 3 de 4 caminhos (75%); nenhum cenário passa por:\n  - se não tem_nota → sim\n" in ran.out
    assert "troca.praxe:5" in ran.out


def test_json(praxe: Run, failing: Path) -> None:
    ran = praxe("test", failing, "--json")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert record["passed"] is False
    assert [each["passed"] for each in record["scenarios"]] == [True, False, True]
    assert record["coverage"]["total"] == 4
    assert len(record["coverage"]["untaken"]) == 1


def test_junit(praxe: Run, failing: Path, tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    assert praxe("test", failing, "--junit", file).code == 1
    root = ElementTree.fromstring(file.read_bytes())
    assert root.get("failures") == "1"
    assert [each.get("name") for each in root.iter("testcase") if each.find("failure") is not None] == [
        "Produto com defeito, dentro dos 90 dias"
    ]


def test_a_scenario_that_cannot_be_read_is_a_failure(praxe: Run, failing: Path) -> None:
    file = failing / "scenarios" / "troca.yaml"
    file.write_text("- name: X\n  facts: {tem_not: sim}\n  expect: {asks: tem_nota}\n", encoding="utf-8")
    ran = praxe("test", failing)
    assert ran.code == 1
    assert "tem_not" in ran.out
    assert "scenarios/troca.yaml:2" in ran.out


def test_no_scenarios(praxe: Run, failing: Path) -> None:
    shutil.rmtree(failing / "scenarios")
    ran = praxe("test", failing)
    assert ran.code == 0
    assert ran.out == "a política não tem cenários\n"
