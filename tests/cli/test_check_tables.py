"""Decision tables from the command line: what an assumption rules out is no finding, and is listed on request."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import ROOT, Run

TABLE = """\
tabela prazo{hit_policy}:
  | boleto           | cliente_confirmou | prazo |
{rows}
procedimento atendimento:
  se prazo > 5:
    faça ligar_cliente
  fim encerrado
"""
ASSUMED = "assumptions:\n  - when: boleto é vencido\n    then: cliente_confirmou\n"
OPEN = "  | vencido          | sim               | 5     |\n  | nenhum, a_vencer | -                 | 10    |\n"
TWICE = "  | vencido          | -                 | 5     |\n  | nenhum, a_vencer | -                 | 10    |\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The shared example policy, without its procedures."""
    shutil.copytree(ROOT / "tests" / "dsl" / "example", tmp_path / "p")
    (tmp_path / "p" / "atendimento.praxe").unlink()
    return tmp_path / "p"


def write(folder: Path, rows: str, *, hit_policy: str = "", assumed: str = "") -> None:
    (folder / "p.praxe").write_text(TABLE.format(hit_policy=hit_policy, rows=rows), "utf-8")
    vocabulary = folder / "vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text("utf-8").partition("assumptions:")[0] + assumed, "utf-8")


def codes(praxe: Run, *words: str | Path) -> list[tuple[str, int]]:
    found = json.loads(praxe(*words, "--json").out)["findings"]
    unused = {f"PX21{number}" for number in range(1, 9)}
    return [(each["code"], each["span"]["start"]["line"]) for each in found if each["code"] not in unused]


def test_a_gap_that_an_assumption_rules_out(praxe: Run, folder: Path) -> None:
    write(folder, OPEN)
    assert ("PX307", 1) in codes(praxe, "check", folder)
    write(folder, OPEN, assumed=ASSUMED)
    assert codes(praxe, "check", folder) == []
    listed = praxe("prove", folder, "--only", "definitions", "--assumed").out
    assert "nenhuma linha decide este caso: `boleto` = `vencido`, `cliente_confirmou` = `não`" in listed
    record = json.loads(praxe("prove", folder, "--only", "definitions", "--assumed", "--json").out)
    assert [each["code"] for each in record["assumed"]] == ["PX307"]
    assert "PX307" not in praxe("prove", folder, "--only", "definitions").out
    asked = praxe("decide", folder, "--fact", "boleto=vencido", "--fact", "cliente_confirmou=não")
    assert asked.code == 2  # no such case is ever decided
    assert praxe("decide", folder, "--fact", "boleto=vencido", "--fact", "cliente_confirmou=sim").code == 0


def test_an_overlap_that_an_assumption_rules_out(praxe: Run, folder: Path) -> None:
    crossing = TWICE.replace("vencido          | -   ", "vencido          | sim ") + "  | -  | não  | 1 |\n"
    crossing = crossing.replace("a_vencer | -   ", "a_vencer | sim ")
    write(folder, crossing.replace("| vencido          | sim ", "| vencido          | -   "))
    assert ("PX306", 5) in codes(praxe, "check", folder)
    write(folder, crossing.replace("| vencido          | sim ", "| vencido          | -   "), assumed=ASSUMED)
    assert codes(praxe, "check", folder) == []
    assert "esta linha e outra servem para o mesmo caso" in praxe("prove", folder, "--assumed").out


def test_a_row_without_a_case_is_told_once(praxe: Run, folder: Path) -> None:
    write(folder, "  | - | - | 10 |\n  | vencido | - | 5 |\n", hit_policy=" primeira")
    found = codes(praxe, "check", folder)
    assert [each for each in found if each[1] == 4] == [("PX308", 4)]
    write(
        folder,
        OPEN.replace("| sim ", "| -   ").replace("5  ", "6  ") + "  | vencido | não | 7 |\n",
        hit_policy=" primeira",
    )
    assert ("PX308", 5) in codes(praxe, "check", folder)
    before = "  | vencido | sim | 6 |\n  | vencido | - | 7 |\n  | - | - | 10 |\n"
    write(folder, before, hit_policy=" primeira", assumed=ASSUMED)
    assert [each for each in codes(praxe, "check", folder) if each[0] in {"PX308", "PX415"}] == [("PX415", 4)]
