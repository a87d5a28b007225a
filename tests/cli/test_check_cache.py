"""What `praxe check` found, kept between two calls: the same bytes, never older than the texts, never in the way."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from praxe.cli import check_cache
from tests.cli.conftest import RC, Run


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A cache folder of its own."""
    return tmp_path / "home"


@pytest.fixture
def warned(template: Path, tmp_path: Path) -> Path:
    """A policy with a finding about its procedure, and one about a scenario."""
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    file = folder / "troca.praxe"
    file.write_text(file.read_text("utf-8").replace("não tem_nota", "não tem_nota ou não tem_nota"), "utf-8")
    scenario = sorted((folder / "scenarios").glob("*.yaml"))[0]
    scenario.write_text(scenario.read_text("utf-8").replace("tem_nota:", "tem_nata:", 1), "utf-8")
    return folder


def _kept(home: Path) -> list[Path]:
    return sorted(home.glob("praxe/*.check.json"))


def test_an_unchanged_policy_is_answered_without_reading_the_language(home: Path) -> None:
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    command = [sys.executable, "-X", "importtime", "-m", "praxe", "check", RC]
    first, second = (subprocess.run(command, capture_output=True, env=environment, check=True) for _ in range(2))
    assert first.stdout == second.stdout
    heavy = {b"yaml", b"praxe.dsl.passes", b"praxe.engine.policy"}
    assert heavy <= _loaded(first.stderr)
    assert not heavy & _loaded(second.stderr)


def _loaded(told: bytes) -> set[bytes]:
    return {line.rpartition(b"|")[2].strip() for line in told.splitlines()}


@pytest.mark.parametrize(
    "options", [(), ("--json",), ("--format", "sarif"), ("--language", "en"), ("--color", "always")]
)
def test_findings_come_back_with_the_same_bytes(praxe: Run, home: Path, warned: Path, options: tuple[str, ...]) -> None:
    first = praxe("check", warned, *options, XDG_CACHE_HOME=str(home))
    assert len(_kept(home)) == 1
    kept = _kept(home)[0].stat().st_mtime_ns
    assert praxe("check", warned, *options, XDG_CACHE_HOME=str(home)) == first
    assert _kept(home)[0].stat().st_mtime_ns == kept
    assert "tem_nata" in first.out
    strict = praxe("check", warned, *options, "--strict", XDG_CACHE_HOME=str(home))
    assert (strict.code, strict.out) == (1, first.out)


def test_each_language_has_its_own_words(praxe: Run, home: Path, warned: Path) -> None:
    answers = [praxe("check", warned, "--language", each, XDG_CACHE_HOME=str(home)).out for each in ("pt", "en") * 2]
    assert answers[:2] == answers[2:]
    assert answers[0] != answers[1]
    assert len(_kept(home)) == 2


@pytest.mark.parametrize("name", ["troca.praxe", "vocabulary.yaml", "policy.yaml", "scenarios"])
def test_a_changed_text_is_checked_again(praxe: Run, home: Path, template: Path, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    assert praxe("check", folder, XDG_CACHE_HOME=str(home)).code == 0
    path = folder / name
    file = sorted(path.glob("*.yaml"))[0] if path.is_dir() else path
    file.write_text(file.read_text("utf-8") + "\n  faça de conta\n", "utf-8")
    changed = praxe("check", folder, XDG_CACHE_HOME=str(home))
    assert changed.code == 1
    assert file.name in changed.out


def test_a_scenario_that_goes_away_is_counted_no_more(praxe: Run, home: Path, template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    before = praxe("check", folder, XDG_CACHE_HOME=str(home)).out
    shutil.rmtree(folder / "scenarios")
    assert praxe("check", folder, XDG_CACHE_HOME=str(home)).out != before


@pytest.mark.parametrize("damage", [b"", b"{}", b"[1", b"\xff\n{}", b"0" * 64 + b"\n{}"])
def test_a_damaged_cache_is_written_anew(praxe: Run, home: Path, warned: Path, damage: bytes) -> None:
    first = praxe("check", warned, XDG_CACHE_HOME=str(home))
    (file,) = _kept(home)
    whole = file.read_bytes()
    file.write_bytes(damage)
    assert praxe("check", warned, XDG_CACHE_HOME=str(home)) == first
    assert file.read_bytes() == whole
    file.write_bytes(whole[:-10])
    assert praxe("check", warned, XDG_CACHE_HOME=str(home)) == first


def test_no_cache_is_no_trouble(praxe: Run, home: Path, warned: Path, tmp_path: Path) -> None:
    first = praxe("check", warned, XDG_CACHE_HOME=str(home))
    (tmp_path / "file").write_text("", "utf-8")
    assert praxe("check", warned, XDG_CACHE_HOME=str(tmp_path / "file")) == first


def test_only_so_many_answers_are_kept(
    praxe: Run, home: Path, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(check_cache, "MOST_KEPT", 2)
    for number in range(4):
        shutil.copytree(template, tmp_path / f"p{number}")
        assert praxe("check", tmp_path / f"p{number}", XDG_CACHE_HOME=str(home)).code == 0
    assert len(_kept(home)) == 2


def test_a_text_that_cannot_be_read_is_never_kept(praxe: Run, home: Path, template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    (folder / "troca.praxe").write_bytes(b"\xff")
    assert praxe("check", folder, XDG_CACHE_HOME=str(home)).code == 1
    assert not _kept(home)


def test_a_calendar_found_right_is_not_looked_up_again(home: Path, template: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    shutil.copytree(template, folder)
    manifest = (folder / "policy.yaml").read_text("utf-8") + "calendar: {country: BR, state: SP}\n"
    (folder / "policy.yaml").write_text(manifest, "utf-8")
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    command = [sys.executable, "-X", "importtime", "-m", "praxe", "check", str(folder)]
    runs = []
    for number in range(2):
        text = folder / "troca.praxe"
        text.write_text(text.read_text("utf-8") + f"\n# {number}\n", "utf-8")
        runs.append(subprocess.run(command, capture_output=True, env=environment, check=True))
    assert runs[0].stdout == runs[1].stdout
    assert [b"holidays.countries.brazil" in _loaded(run.stderr) for run in runs] == [True, False]
    (folder / "policy.yaml").write_text(manifest.replace("BR", "XX"), "utf-8")
    for _ in range(2):
        ran = subprocess.run([*command, "--json"], capture_output=True, env=environment, check=False)
        assert b'"PX181"' in ran.stdout
