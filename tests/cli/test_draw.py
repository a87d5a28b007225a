"""`praxe draw`: which files it writes."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run

BEGINNINGS = {"svg": b"<svg", "png": b"\x89PNG", "pdf": b"%PDF", "dot": b"digraph"}
FACTS = ("--fact", "primeira_vez_ou_duvida=sim", "--fact", "caso_aberto=sim")


@pytest.mark.parametrize("form", BEGINNINGS)
def test_the_name_tells_the_format(praxe: Run, template: Path, tmp_path: Path, form: str) -> None:
    file = tmp_path / "novo" / f"troca.{form.upper()}"
    ran = praxe("draw", template, "-o", file)
    assert ran.code == 0
    assert ran.out == f"desenhado: {file.as_posix()}\n"
    assert BEGINNINGS[form] in file.read_bytes()[:300]


def test_a_folder_gets_all_procedures_with_links_between_them(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("draw", RC, "-o", f"{tmp_path}/tudo/", "--json")
    assert ran.code == 0
    names = ["rc_encaminhar_adm_fin", "rc_tratativa_com_abertura", "rc_triagem"]
    assert sorted(each.name for each in (tmp_path / "tudo").iterdir()) == [f"{each}.svg" for each in names]
    assert sorted(Path(each).stem for each in json.loads(ran.out)["files"]) == names
    assert b'href="rc_encaminhar_adm_fin.svg"' in (tmp_path / "tudo" / "rc_triagem.svg").read_bytes()


def test_one_file_has_no_links_to_files_that_are_not_there(praxe: Run) -> None:
    ran = praxe("draw", RC, "-o", "-", "--format", "svg")
    assert "<svg" in ran.out
    assert not re.search(r'href="rc_\w+\.svg"', ran.out)


def test_the_path_of_a_case_is_marked(praxe: Run) -> None:
    plain = praxe("draw", RC, "-o", "-", "--format", "dot")
    marked = praxe("draw", RC, "-o", "-", "--format", "dot", *FACTS)
    assert marked.code == 0
    assert marked.out != plain.out
    assert "caminho deste caso" in marked.out
    assert "this case" in praxe("draw", RC, "-o", "-", "--format", "dot", *FACTS, "--language", "en").out


def test_another_procedure(praxe: Run) -> None:
    assert "Entrega do Caso" in praxe("draw", RC, "rc_encaminhar_adm_fin", "-o", "-", "--format", "dot").out
    ran = praxe("draw", RC, "rc_encaminhar_adm_fim", "-o", "-", "--format", "dot")
    assert ran.code == 2
    assert "você quis dizer `rc_encaminhar_adm_fin`?" in ran.err


@pytest.mark.parametrize("name", ["rc.gif", "rc", "rc.svg.txt"])
def test_a_format_that_nobody_knows(praxe: Run, tmp_path: Path, name: str) -> None:
    ran = praxe("draw", RC, "-o", tmp_path / name)
    assert ran.code == 2
    assert ".svg" in ran.err
    assert not any(tmp_path.iterdir())


def test_wrong_facts_draw_nothing(praxe: Run, tmp_path: Path) -> None:
    assert praxe("draw", RC, "-o", tmp_path / "a.svg", "--fact", "x=1").code == 2
    assert not any(tmp_path.iterdir())
