"""Checked policies kept between two calls: never older than the texts, and never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from praxe.cli.policy_cache import MOST_KEPT
from tests.cli.conftest import RC, Run

DECIDE = ("decide", "--fact", "primeira_vez_ou_duvida=sim")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A cache folder of its own."""
    return tmp_path / "home"


def _kept(home: Path) -> list[Path]:
    return sorted(home.glob("praxe/*.policy.json"))


def test_the_second_call_does_not_read_the_language(home: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    command = [sys.executable, "-X", "importtime", "-m", "praxe", "decide", RC]
    runs = [subprocess.run(command, capture_output=True, env=environment, check=True) for _ in range(2)]
    assert runs[0].stdout == runs[1].stdout
    first, second = (_loaded(run.stderr) for run in runs)
    assert {b"yaml", b"praxe.dsl.passes"} <= first
    assert not {b"yaml", b"praxe.dsl.passes"} & second


def _loaded(told: bytes) -> set[bytes]:
    return {line.rpartition(b"|")[2].strip() for line in told.splitlines()}


def test_a_policy_that_was_changed_is_checked_again(praxe: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    before = praxe(*DECIDE, folder, XDG_CACHE_HOME=str(home))
    assert before.code == 0
    for text in folder.glob("*.praxe"):
        text.write_text(text.read_text("utf-8").replace("procedimento rc_triagem", "procedimento rc_outra"), "utf-8")
    after = praxe(*DECIDE, folder, XDG_CACHE_HOME=str(home))
    assert after.code == 1
    assert "rc_triagem" in after.err


def test_a_copy_of_a_policy_names_its_own_files(praxe: Run, home: Path, tmp_path: Path) -> None:
    for name in ("one", "other"):
        shutil.copytree(RC, tmp_path / name)
        assert praxe(*DECIDE, tmp_path / name, XDG_CACHE_HOME=str(home)).code == 0
    assert len(_kept(home)) == 2


@pytest.mark.parametrize("content", ["", "{", '{"format": 0}', "[]", "nada"])
def test_a_broken_file_is_made_anew(praxe: Run, home: Path, content: str) -> None:
    first = praxe(*DECIDE, RC, XDG_CACHE_HOME=str(home))
    (file,) = _kept(home)
    whole = file.read_bytes()
    file.write_text(content, "utf-8")
    assert praxe(*DECIDE, RC, XDG_CACHE_HOME=str(home)) == first
    assert file.read_bytes() == whole


def test_only_so_many_are_kept(praxe: Run, home: Path, tmp_path: Path) -> None:
    praxe(*DECIDE, RC, XDG_CACHE_HOME=str(home))
    for number in range(MOST_KEPT + 3):
        old = home / "praxe" / f"{number:032}.policy.json"
        old.write_text("{}", "utf-8")
        os.utime(old, (number, number))
    shutil.copytree(RC, tmp_path / "rc")
    praxe(*DECIDE, tmp_path / "rc", XDG_CACHE_HOME=str(home))
    assert len(_kept(home)) == MOST_KEPT
    assert {file.stat().st_mtime for file in _kept(home)} >= {float(MOST_KEPT + 2)}


def test_without_a_cache_folder_all_goes_on(praxe: Run, tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("a file, no folder", "utf-8")
    assert praxe(*DECIDE, RC, XDG_CACHE_HOME=str(blocked)).code == 0


def test_a_policy_too_deep_to_be_kept_is_decided_all_the_same(
    praxe: Run, home: Path, template: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "fundo"
    shutil.copytree(template, folder)
    depth = 95
    lines = ['procedimento troca "Troca":']
    lines += ["  " * level + ("se tem_nota:" if level % 2 else "se não tem_defeito:") for level in range(1, depth)]
    lines += ["  " * depth + "fim trocado", "  fim recusado"]
    (folder / "troca.praxe").write_text("\n".join(lines) + "\n", "utf-8")
    for _ in range(2):
        ran = praxe("decide", folder, XDG_CACHE_HOME=str(home))
        assert ran.code == 0, ran.err
