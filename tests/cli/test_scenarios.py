"""`praxe test`: scenarios run, failures in words, ways that nobody takes."""

from __future__ import annotations

import json
import re
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
    assert "cobertura: 3 de 4 respostas (75%)\n  Troca de produto  3 de 4\n" in ran.out
    assert (
        "nenhum cenário dá estas respostas:\n  Troca de produto\n  - O cliente tem a nota fiscal da compra? → não\n"
        in ran.out
    )
    assert "troca.praxe:5" in ran.out


def test_paths_are_counted(praxe: Run) -> None:
    end = "pela forma do fluxo há 52 inteiros\n"
    assert re.search(rf"^caminhos distintos percorridos: \d+ \(\d+ até o fim\); {end}", praxe("test", RC).out, re.M)
    assert "the flow's shape has 52 whole ones\n" in praxe("test", RC, "--language", "en").out


def test_a_terminal_shows_bars_and_a_pipe_does_not(praxe: Run, failing: Path) -> None:
    assert "█" not in praxe("test", failing).out
    assert f"{'█' * 15}{'░' * 5}" in praxe("test", failing, "--color", "always").out


def test_steps_and_gaps_that_no_scenario_comes_to_are_shown(praxe: Run, failing: Path, waiting: Path) -> None:
    assert "nenhum cenário encontra estas lacunas:\n  - O roteiro não diz" in praxe("test", failing).out
    first = "- name: Começo\n  facts: {}\n  expect: {asks: tem_nota}\n"
    (waiting / "scenarios" / "troca.yaml").write_text(first, encoding="utf-8")
    steps = praxe("test", waiting).out.partition("nenhum cenário chega a estes passos:\n")[2].splitlines()
    assert [each.rpartition(":")[2] for each in steps if "troca.praxe" in each] == ["3", "9"]


def test_json(praxe: Run, failing: Path) -> None:
    ran = praxe("test", failing, "--json")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert record["passed"] is False
    assert [each["passed"] for each in record["scenarios"]] == [True, False, True]
    assert record["charts"] == []
    summary = record["coverage"]["summary"]
    assert (summary["branches_taken"], summary["branches"], summary["paths_possible"]) == (3, 4, 3)
    assert [each["kind"] for each in summary["untouched"]] == ["branch", "gap"]
    untaken = [each for each in record["coverage"]["branches"] if each["count"] == 0]
    assert [(each["label"], each["line"]) for each in untaken] == [("não", 5)]
    assert untaken[0].keys() == {"procedure", "node", "branch", "question", "label", "count", "path", "line"}
    assert [each["branches_taken"] for each in record["coverage"]["procedures"]] == [3]


def test_junit(praxe: Run, failing: Path, tmp_path: Path) -> None:
    file = tmp_path / "junit.xml"
    assert praxe("test", failing, "--junit", file).code == 1
    root = ElementTree.fromstring(file.read_bytes())
    assert root.get("failures") == "1"
    figures = {each.get("name"): each.get("value") for each in root.iter("property")}
    assert (figures["coverage.branches_taken"], figures["coverage.branches"]) == ("3", "4")
    assert [each.get("name") for each in root.iter("testcase") if each.find("failure") is not None] == [
        "Produto com defeito, dentro dos 90 dias"
    ]


def test_the_charts_carry_the_counts(praxe: Run, failing: Path, tmp_path: Path) -> None:
    ran = praxe("test", failing, "-o", tmp_path / "cobertura", "--json")
    (file,) = json.loads(ran.out)["charts"]
    assert file == (tmp_path / "cobertura" / "troca.svg").as_posix()
    texts = Path(file).read_text("utf-8")
    assert ">0×<" in texts
    assert ">nenhum cenário<" in texts
    assert f"desenhado: {file}\n" in praxe("test", failing, "--chart", tmp_path / "cobertura").out


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
    assert ran.out == "a política não tem cenários; `praxe scenarios … --generate` faz alguns\n"
