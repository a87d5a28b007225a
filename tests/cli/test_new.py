"""`praxe new`: what it creates works, in both languages, and nothing is overwritten."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize("language", ["pt", "en"])
def test_the_new_policy_is_whole(praxe: Run, tmp_path: Path, language: str) -> None:
    folder = tmp_path / "Minha Política"
    made = praxe("new", folder, "--language", language)
    assert made.code == 0
    assert folder.as_posix() in made.out
    assert f"praxe check '{folder.as_posix()}' " in made.out  # as a shell takes it
    checked = praxe("check", folder, "--strict", "--json")
    assert checked.code == 0, checked.out
    summary = json.loads(checked.out)["policies"][0]["summary"]
    assert summary["name"] == "minha_politica"
    assert summary["cited"] == summary["clauses"] > 0
    assert praxe("fmt", "--check", folder).code == 0
    tested = json.loads(praxe("test", folder, "--json").out)
    assert tested["passed"]
    assert tested["coverage"]["summary"]["untouched"] == []


def test_the_templates_have_the_same_shape(praxe: Run, tmp_path: Path) -> None:
    summaries = []
    for language in ("pt", "en"):
        assert praxe("new", tmp_path / language, "--language", language).code == 0
        record = json.loads(praxe("check", tmp_path / language, "--json").out)["policies"][0]["summary"]
        summaries.append({key: value for key, value in record.items() if isinstance(value, int)})
    assert summaries[0] == summaries[1]


def test_a_folder_with_something_in_it_is_left_alone(praxe: Run, tmp_path: Path) -> None:
    (tmp_path / "carta.txt").write_text("x", encoding="utf-8")
    ran = praxe("new", tmp_path)
    assert ran.code == 2
    assert [each.name for each in tmp_path.iterdir()] == ["carta.txt"]
    taken = praxe("new", tmp_path / "carta.txt")
    assert taken.code == 2
    assert "carta.txt` não é uma pasta" in taken.err


@pytest.mark.parametrize("name", ["123", "---", "procedimento", "日本"])
def test_a_folder_whose_name_is_no_name_of_a_policy(praxe: Run, tmp_path: Path, name: str) -> None:
    assert praxe("new", "--json", "--", tmp_path / name).code == 0
    assert "name: minha_politica\n" in (tmp_path / name / "policy.yaml").read_text("utf-8")
    assert praxe("check", "--", tmp_path / name).code == 0


def test_an_empty_folder_may_be_there(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("new", tmp_path, "--json")
    assert ran.code == 0
    record = json.loads(ran.out)
    assert all(Path(each).is_file() for each in record["files"])
