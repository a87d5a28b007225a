"""`praxe export`: which files it writes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run

BEGINNINGS = {
    "bpmn": "<bpmn:definitions ",
    "mmd": "flowchart TB\n",
    "dot": "digraph praxe",
    "json": '{\n  "praxe_graph": 1',
}
NAMES = ["rc_encaminhar_adm_fin", "rc_tratativa_com_abertura", "rc_triagem"]


@pytest.mark.parametrize("suffix", BEGINNINGS)
def test_the_name_tells_the_format(praxe: Run, tmp_path: Path, suffix: str) -> None:
    file = tmp_path / "novo" / f"rc.{suffix.upper()}"
    ran = praxe("export", RC, "-o", file)
    assert ran.code == 0
    assert ran.out == f"exportado: {file.as_posix()}\n"
    assert BEGINNINGS[suffix] in file.read_text("utf-8")


@pytest.mark.parametrize(("form", "suffix"), [("mermaid", "mmd"), ("bpmn", "bpmn"), ("dot", "dot")])
def test_a_folder_gets_all_procedures(praxe: Run, tmp_path: Path, form: str, suffix: str) -> None:
    ran = praxe("export", RC, "--format", form, "-o", f"{tmp_path}/tudo/", "--json")
    assert ran.code == 0
    assert sorted(each.name for each in (tmp_path / "tudo").iterdir()) == [f"{each}.{suffix}" for each in NAMES]
    assert sorted(Path(each).stem for each in json.loads(ran.out)["files"]) == NAMES
    linked = "rc_encaminhar_adm_fin" if form == "bpmn" else f"rc_encaminhar_adm_fin.{suffix}"
    assert f'"{linked}"' in (tmp_path / "tudo" / f"rc_triagem.{suffix}").read_text("utf-8")


def test_a_folder_gets_one_procedure(praxe: Run, tmp_path: Path) -> None:
    assert praxe("export", RC, NAMES[0], "--format", "mermaid", "-o", tmp_path).code == 0
    assert [each.name for each in tmp_path.iterdir()] == [f"{NAMES[0]}.mmd"]


def test_a_folder_gets_the_graph_once(praxe: Run, tmp_path: Path) -> None:
    assert praxe("export", RC, "--format", "json", "-o", tmp_path).code == 0
    assert [each.name for each in tmp_path.iterdir()] == ["rc.json"]


def test_standard_output_in_both_languages(praxe: Run) -> None:
    pt = praxe("export", RC, "rc_triagem", "--format", "mermaid", "-o", "-").out
    en = praxe("export", RC, "rc_triagem", "--format", "mermaid", "-o", "-", "--language", "en").out
    assert pt.startswith("flowchart TB\n")
    assert 'n1(["Início"])' in pt
    assert 'n1(["Start"])' in en
    assert "click " not in pt  # there is nothing beside it that a call could lead to


def test_the_graph_is_the_same_whatever_the_language(praxe: Run) -> None:
    texts = {praxe("export", RC, "--format", "json", "-o", "-", "--language", each).out for each in ("pt", "en")}
    assert len(texts) == 1
    assert json.loads(texts.pop())["policy"]["entry"] == "rc_triagem"


@pytest.mark.parametrize("name", ["rc.svg", "rc", "rc.mmd.txt", "-", ""])
def test_a_format_that_nobody_knows(praxe: Run, tmp_path: Path, name: str) -> None:
    ran = praxe("export", RC, "-o", tmp_path / name if name != "-" else name)
    assert ran.code == 2
    assert ".mmd" in ran.err
    assert not any(tmp_path.iterdir())


def test_the_graph_of_one_procedure_is_refused(praxe: Run) -> None:
    ran = praxe("export", RC, "rc_triagem", "--format", "json", "-o", "-")
    assert ran.code == 2
    assert "a política inteira" in ran.err


def test_an_unknown_procedure_is_refused(praxe: Run) -> None:
    ran = praxe("export", RC, "rc_triage", "--format", "mermaid", "-o", "-")
    assert ran.code == 2
    assert "você quis dizer `rc_triagem`?" in ran.err


def test_the_conditions_of_bpmn_in_two_languages(praxe: Run) -> None:
    feel, python = (
        praxe("export", RC, "--format", "bpmn", "-o", "-", "--dialect", each).out for each in ("feel", "python")
    )
    assert "=caso_aberto = true" in feel
    assert "caso_aberto is True" in python
    assert praxe("export", RC, "--format", "bpmn", "-o", "-").out == feel


def test_a_dialect_is_only_for_bpmn(praxe: Run) -> None:
    ran = praxe("export", RC, "--format", "dot", "-o", "-", "--dialect", "feel")
    assert ran.code == 2
    assert "bpmn" in ran.err
