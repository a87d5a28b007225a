"""`praxe draw`: which files it writes."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from praxe.visualize import Drawing
from praxe.visualize.arrange import Arranged, arrange
from praxe.visualize.layout.geometry import Layout
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
    files = ["rc--summary.svg", *(f"{each}.svg" for each in names)]
    assert sorted(each.name for each in (tmp_path / "tudo").iterdir()) == files
    assert sorted(Path(each).name for each in json.loads(ran.out)["files"]) == files
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
    assert "/ para uma pasta" in ran.err  # a folder can be meant, too
    assert not any(tmp_path.iterdir())


def test_wrong_facts_draw_nothing(praxe: Run, tmp_path: Path) -> None:
    assert praxe("draw", RC, "-o", tmp_path / "a.svg", "--fact", "x=1").code == 2
    assert not any(tmp_path.iterdir())


def test_check_measures_and_writes_nothing(praxe: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Path(RC).resolve()
    monkeypatch.chdir(tmp_path)
    ran = praxe("draw", policy, "--check")
    assert ran.code == 0
    assert "Triagem do pedido no RC" in ran.out
    assert not list(tmp_path.iterdir())
    one = json.loads(praxe("draw", policy, "rc_encaminhar_adm_fin", "--check", "--json", "--language", "en").out)
    assert [each["procedure"] for each in one["charts"]] == ["rc_encaminhar_adm_fin"]
    assert one["charts"][0]["measures"]["cards"] == 6
    assert one["charts"][0]["measures"]["smallest_text_on_a4"] >= 6
    assert one["charts"][0]["defects"] == []


def test_check_finds_what_spoils_a_drawing(praxe: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def squeezed(drawing: Drawing) -> Arranged:
        made = arrange(drawing)
        boxes = {name: box.moved_to(box.top / 2) for name, box in made.layout.boxes.items()}
        return replace(made, layout=Layout(boxes, made.layout.wires))

    monkeypatch.setattr("praxe.visualize.check.report.arrange", squeezed)
    ran = praxe("draw", RC, "rc_triagem", "--check")
    assert ran.code == 1
    assert "erro[PX501]: caixas que se sobrepõem" in ran.out
    defect = json.loads(praxe("draw", RC, "rc_triagem", "--check", "--json").out)["charts"][0]["defects"][0]
    assert (defect["code"], defect["severity"]) == ("PX501", "error")
    assert defect["node"].startswith("rc_triagem/")
    assert defect["path"] == "policy/rc/triagem.praxe"
    assert set(defect["place"]) == {"x", "y"}


def test_three_levels_linked_to_one_another(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("draw", RC, "--level", "tudo", "-o", f"{tmp_path}/")
    assert ran.code == 0
    drawn = {each.name: each.read_text(encoding="utf-8") for each in tmp_path.iterdir()}
    links = {name: set(re.findall(r'xlink:href="([^"#]*)"', text)) for name, text in drawn.items()}
    assert links["rc--summary.svg"] == {"rc_encaminhar_adm_fin.svg", "rc_tratativa_com_abertura.svg", "rc_triagem.svg"}
    assert {"rc--summary.svg", "rc_triagem--expanded.svg"} < links["rc_triagem.svg"]
    assert {"rc--summary.svg", "rc_triagem.svg"} < links["rc_triagem--expanded.svg"]
    assert links["rc_encaminhar_adm_fin.svg"] == {"rc--summary.svg"}  # which calls nothing, so there is nothing to open
    assert all(found <= set(drawn) for found in links.values())


@pytest.mark.parametrize(("level", "same"), [("summary", "resumo"), ("expanded", "expandido")])
def test_one_level_in_one_file(praxe: Run, level: str, same: str) -> None:
    drawn = praxe("draw", RC, "--level", level, "-o", "-", "--format", "svg", *FACTS)
    assert drawn.code == 0 and "<svg" in drawn.out and "caminho deste caso" in drawn.out
    assert praxe("draw", RC, "--level", same, "-o", "-", "--format", "svg", *FACTS).out == drawn.out
    assert drawn.out != praxe("draw", RC, "-o", "-", "--format", "svg", *FACTS).out


def test_several_levels_need_a_folder(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("draw", RC, "--level", "all", "-o", tmp_path / "rc.svg")
    assert ran.code == 2 and "pasta" in ran.err
    assert praxe("draw", RC, "--level", "perto", "-o", f"{tmp_path}/").code == 2
    assert not any(tmp_path.iterdir())


def test_on_paper(praxe: Run, tmp_path: Path) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    ran = praxe("draw", RC, "--paper", "a4", "-o", tmp_path / "rc.pdf")
    assert ran.code == 0
    assert ran.out.splitlines()[1] == "7 páginas em A4; a letra menor sai com 6,6 pt"
    told = json.loads(praxe("draw", RC, "rc_triagem", "--paper", "a3", "-o", tmp_path / "um.pdf", "--json").out)
    assert [page["procedure"] for page in told["pages"]] == ["rc_triagem"]
    assert told["pages"][0]["text_points"] >= 6
    assert {each.name for each in tmp_path.iterdir()} == {"rc.pdf", "um.pdf"}


@pytest.mark.parametrize("name", ["rc.svg", "rc", "folhas/"])
def test_sheets_to_print_go_into_a_pdf(praxe: Run, tmp_path: Path, name: str) -> None:
    ran = praxe("draw", RC, "--paper", "a4", "-o", f"{tmp_path}/{name}")
    assert ran.code == 2 and ".pdf" in ran.err
    assert not any(tmp_path.iterdir())


@pytest.mark.parametrize("more", [("--level", "summary"), ("--format", "svg")])
def test_paper_is_one_pdf_of_all_levels(praxe: Run, tmp_path: Path, more: tuple[str, ...]) -> None:
    ran = praxe("draw", RC, "--paper", "a4", "-o", tmp_path / "rc.pdf", *more)
    assert ran.code == 2 and "--paper" in ran.err
    assert praxe("draw", RC, "--paper", "a5", "-o", tmp_path / "rc.pdf").code == 2
    assert not any(tmp_path.iterdir())
