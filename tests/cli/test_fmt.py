"""`praxe fmt` and `praxe translate`: what they write, and what they leave alone."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.cli.conftest import RC, ROOT, Run

UGLY = 'procedimento  p "P":\n  faça   "isto"   # comentário\n  fim fechado\n'
NEAT = 'procedimento p "P":\n  faça "isto"  # comentário\n  fim fechado\n'
BROKEN = 'procedimento p "P"\n  fim fechado\n'


@pytest.fixture
def ugly(tmp_path: Path) -> Path:
    """A file out of format, with permissions of its own."""
    file = tmp_path / "a.praxe"
    file.write_bytes(UGLY.encode())
    file.chmod(0o640)
    return file


def test_a_file_is_rewritten_in_one_step(praxe: Run, ugly: Path) -> None:
    ran = praxe("fmt", ugly)
    assert ran.code == 0
    assert ran.out == f"formatado: {ugly.as_posix()}\n"
    assert ran.err == "1 arquivo, 1 mudou\n"
    assert ugly.read_text("utf-8") == NEAT
    assert [each.name for each in ugly.parent.iterdir()] == ["a.praxe"]
    again = praxe("fmt", ugly)
    assert (again.code, again.out) == (0, "")


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")
def test_permissions_and_links_stay(praxe: Run, ugly: Path, tmp_path: Path) -> None:
    link = tmp_path / "folder" / "link.praxe"
    link.parent.mkdir()
    link.symlink_to(ugly)
    assert praxe("fmt", link).code == 0
    assert link.is_symlink()
    assert ugly.read_text("utf-8") == NEAT
    assert ugly.stat().st_mode & 0o777 == 0o640


def test_line_ends_stay(praxe: Run, ugly: Path) -> None:
    ugly.write_bytes(UGLY.replace("\n", "\r\n").encode())
    assert praxe("fmt", ugly).code == 0
    assert ugly.read_bytes() == NEAT.replace("\n", "\r\n").encode()


def test_check_shows_the_difference_and_writes_nothing(praxe: Run, ugly: Path) -> None:
    ran = praxe("fmt", "--check", ugly)
    assert ran.code == 1
    assert '-procedimento  p "P":\n' in ran.out
    assert '+procedimento p "P":\n' in ran.out
    assert "fora do formato" in ran.err
    assert ugly.read_text("utf-8") == UGLY


def test_a_file_with_a_mistake_is_left_alone_and_the_others_are_not(praxe: Run, ugly: Path) -> None:
    broken = ugly.with_name("b.praxe")
    broken.write_text(BROKEN, encoding="utf-8")
    ran = praxe("fmt", ugly.parent)
    assert ran.code == 1
    assert "erro[PX121]" in ran.err
    assert "não formatado" in ran.err
    assert broken.read_text("utf-8") == BROKEN
    assert ugly.read_text("utf-8") == NEAT


def test_standard_input(praxe: Run) -> None:
    assert praxe("fmt", "-", stdin=UGLY).out == NEAT
    ran = praxe("fmt", "-", "--check", stdin=UGLY)
    assert ran.code == 1
    assert "--- entrada padrão" in ran.out
    assert praxe("fmt", "-", stdin=BROKEN).code == 1
    refused = praxe("fmt", "-", stdin=b"procedimento \xff")
    assert refused.code == 2
    assert "UTF-8" in refused.err


def test_json(praxe: Run, ugly: Path) -> None:
    ran = praxe("fmt", "--check", "--json", ugly)
    assert ran.code == 1
    assert json.loads(ran.out) == [{"path": ugly.as_posix(), "state": "differs"}]


def test_a_folder_without_files_or_a_file_that_is_not_there(praxe: Run, tmp_path: Path) -> None:
    assert praxe("fmt", tmp_path).code == 2
    ran = praxe("fmt", tmp_path / "nada.praxe")
    assert ran.code == 2
    assert "nada.praxe" in ran.err


# --- translate ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("file", sorted((ROOT / RC).glob("*.praxe")), ids=lambda path: path.name)
def test_there_and_back_is_the_same_file(praxe: Run, file: Path, tmp_path: Path) -> None:
    neat = praxe("fmt", "-", stdin=file.read_text("utf-8")).out
    english = praxe("translate", "-", "--to", "en", stdin=neat)
    assert english.code == 0
    assert english.out != neat
    back = praxe("translate", "-", "--to", "pt", stdin=english.out)
    assert back.out == neat


def test_translate_writes_where_it_is_told(praxe: Run, ugly: Path, tmp_path: Path) -> None:
    target = tmp_path / "new" / "a.en.praxe"
    ran = praxe("translate", ugly, "--to", "en", "-o", target)
    assert (ran.code, ran.out) == (0, "")
    assert target.read_text("utf-8").startswith('procedure p "P":\n  do "isto"')
    assert praxe("translate", ugly, "--to", "en", "-o", "-").out == target.read_text("utf-8")
    record = json.loads(praxe("translate", ugly, "--to", "en", "--json").out)
    assert record == {"from": "pt", "to": "en", "text": target.read_text("utf-8")}


def test_translate_does_not_write_what_it_could_not_read(praxe: Run, tmp_path: Path) -> None:
    broken = tmp_path / "b.praxe"
    broken.write_text(BROKEN, encoding="utf-8")
    ran = praxe("translate", broken, "--to", "en", "-o", tmp_path / "c.praxe")
    assert ran.code == 1
    assert "PX121" in ran.err
    assert not (tmp_path / "c.praxe").exists()
