"""`praxe compile`: one file in place of the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run

CASE = ("--fact", "primeira_vez_ou_duvida=não", "--fact", "caso_aberto=sim", "--fact", "motivo_rc=tecnico")
NOW = ("--now", "2026-11-20")


@pytest.fixture
def compiled(praxe: Run, tmp_path: Path) -> Path:
    path = tmp_path / "rc.json"
    ran = praxe("compile", RC, "-o", path)
    assert (ran.code, ran.out) == (0, "")
    assert ran.err == f"compilado: {path.as_posix()}\n"
    return path


def test_the_file_decides_as_the_folder_does(praxe: Run, compiled: Path) -> None:
    for more in ((), ("--json",), ("--language", "en"), ("--start", "rc_encaminhar_adm_fin")):
        by_file, by_folder = (praxe("decide", each, *CASE, *NOW, *more) for each in (compiled, RC))
        assert by_file.code == by_folder.code == 0
        assert by_file.out.replace(compiled.name, "rc") == by_folder.out
    assert praxe("why", compiled, *CASE, *NOW).out == praxe("why", RC, *CASE, *NOW).out


def test_the_same_bytes_each_time_and_on_standard_output(praxe: Run, compiled: Path) -> None:
    assert praxe("compile", RC).out == praxe("compile", RC, "-o", "-").out == compiled.read_text("utf-8")
    assert praxe("compile", compiled).out == compiled.read_text("utf-8")


def test_it_tells_what_it_wrote_in_json(praxe: Run, tmp_path: Path) -> None:
    path = tmp_path / "a" / "rc.json"
    record = json.loads(praxe("compile", RC, "-o", path, "--json").out)
    assert (record["file"], record["name"]) == (path.as_posix(), json.loads(path.read_text("utf-8"))["policy"]["name"])
    assert record["bytes"] == path.stat().st_size


@pytest.mark.parametrize(
    ("content", "words"),
    [("", "cortado"), ("{}", "não é uma política compilada"), ('{"kind": "praxe compiled policy"}', "outra versão")],
)
def test_a_file_that_is_no_such_policy(praxe: Run, tmp_path: Path, content: str, words: str) -> None:
    path = tmp_path / "x.json"
    path.write_text(content, "utf-8")
    ran = praxe("decide", path, *CASE)
    assert (ran.code, ran.out) == (2, "")
    assert words in ran.err
    path.unlink()
    assert "não foi possível ler" in praxe("decide", path).err


def test_wrong_facts_are_told_as_ever(praxe: Run, compiled: Path) -> None:
    by_file, by_folder = (praxe("decide", each, "--fact", "motivo_rc=tecnica") for each in (compiled, RC))
    assert (by_file.code, by_file.err) == (by_folder.code, by_folder.err) == (2, by_folder.err)
