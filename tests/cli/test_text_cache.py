"""What each text says, kept between two calls: the same bytes as without, for policies with mistakes too."""

from __future__ import annotations

import os
import random
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from praxe.cli import text_cache
from tests.cli.conftest import RC, Ran, Run

_DEEP = bool(os.environ.get("PRAXE_DEEP"))
_OPTIONS = ((), ("--json",), ("--format", "sarif"), ("--language", "en"))


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A cache folder of its own."""
    return tmp_path / "home"


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """No folder, so that nothing can be kept."""
    file = tmp_path / "nowhere"
    file.write_text("", "utf-8")
    return file


def _kept(home: Path) -> list[Path]:
    return sorted(home.glob("praxe/texts/*"))


def _forget_answers(home: Path) -> None:
    """Leave only what is kept of each text."""
    for file in home.glob("praxe/*.check.json"):
        file.unlink()


def _slip(text: str, chance: random.Random) -> str:
    """Return a text with one small change."""
    lines = text.split("\n")
    place = chance.randrange(len(lines))
    line = lines[place]
    words = re.findall(r"\w+|\W", line)
    match chance.randrange(8):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, line)
        case 2 if len(words) > 1:
            del words[chance.randrange(len(words))]
            lines[place] = "".join(words)
        case 3 if words:
            words.insert(chance.randrange(len(words)), chance.choice(words))
            lines[place] = "".join(words)
        case 4:
            lines[place] = chance.choice(lines)
        case 5:
            lines.insert(place, "# nada muda")
        case 6 if line:
            at = chance.randrange(len(line))
            lines[place] = line[:at] + chance.choice("aç1\" :-'[]") + line[at + 1 :]
        case _:
            lines[place] = line + chance.choice((" ", " x", ":", '"', " # nota", " [rc.1]"))
    return "\n".join(lines)


@pytest.mark.parametrize("name", ["rc", *(["promad"] if _DEEP else [])])
def test_any_change_is_told_as_without_a_cache(
    praxe: Run, home: Path, nowhere: Path, tmp_path: Path, name: str
) -> None:
    chance = random.Random(None if _DEEP else 7)
    folder = tmp_path / name
    shutil.copytree(f"policy/{name}", folder)
    files = sorted(each for each in folder.rglob("*") if each.suffix in {".praxe", ".yaml"})
    praxe("check", folder, XDG_CACHE_HOME=str(home))
    codes = set()
    for number in range(400 if _DEEP else 24):
        file = chance.choice(files)
        before = file.read_text("utf-8")
        file.write_text(_slip(before, chance), "utf-8")
        options = _OPTIONS[number % len(_OPTIONS)]
        wanted = praxe("check", folder, *options, XDG_CACHE_HOME=str(nowhere))
        for _ in range(2):
            _forget_answers(home)
            assert praxe("check", folder, *options, XDG_CACHE_HOME=str(home)) == wanted, (file, number)
        assert praxe("check", folder, *options, XDG_CACHE_HOME=str(home)) == wanted, (file, number)
        codes.add(wanted.code)
        if number % 3 or wanted.code:
            file.write_text(before, "utf-8")  # else the next change comes on top
    assert codes == {0, 1}


def _after_a_change(folder: Path, name: str, home: Path) -> set[bytes]:
    """Check a policy, change one of its files, and return the modules that the second check needs."""
    environment = {**os.environ, "XDG_CACHE_HOME": str(home)}
    command = [sys.executable, "-X", "importtime", "-m", "praxe", "check", str(folder)]
    subprocess.run(command, capture_output=True, env=environment, check=True)
    file = next(folder.rglob(name))
    file.write_text(file.read_text("utf-8") + "\n# outra\n", "utf-8")
    ran = subprocess.run(command, capture_output=True, env=environment, check=True)
    return {line.rpartition(b"|")[2].strip() for line in ran.stderr.splitlines()}


@pytest.mark.parametrize(
    ("name", "needed", "spared"),
    [
        ("triagem.praxe", {b"praxe.dsl.parse"}, {b"yaml", b"lark", b"praxe.dsl.load_vocabulary"}),
        ("vocabulary.yaml", {b"yaml", b"praxe.dsl.load_vocabulary"}, {b"lark", b"praxe.dsl.load_findings"}),
        ("sem_abertura.yaml", {b"yaml", b"praxe.engine.scenarios"}, {b"lark", b"praxe.dsl.load_vocabulary"}),
    ],
)
def test_only_what_changed_is_read(
    home: Path, tmp_path: Path, name: str, needed: set[bytes], spared: set[bytes]
) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    loaded = _after_a_change(folder, name, home)
    assert needed <= loaded
    assert not spared & loaded


def test_a_change_keeps_one_more_file(praxe: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    praxe("check", folder, XDG_CACHE_HOME=str(home))
    before = _kept(home)
    _add(folder / "triagem.praxe", "# outra\n")
    praxe("check", folder, XDG_CACHE_HOME=str(home))
    assert len(set(_kept(home)) - set(before)) == 1


def test_scenarios_are_read_again_when_the_policy_says_something_else(praxe: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "trocas"
    praxe("new", folder)
    assert praxe("check", folder, XDG_CACHE_HOME=str(home)).code == 0
    case = "- name: um passo escrito\n  facts: {tem_nota: não}\n  expect:\n    steps: [Explicar com calma]\n"
    _add(sorted((folder / "scenarios").glob("*.yaml"))[0], case)
    unknown = praxe("check", folder, XDG_CACHE_HOME=str(home))
    assert "Explicar com calma" in unknown.out
    procedure = folder / "troca.praxe"
    text = procedure.read_text("utf-8")
    first = re.search(r"^procedimento .*\n(?: +fonte .*\n)?", text, re.MULTILINE)
    assert first
    procedure.write_text(text[: first.end()] + '  faça "Explicar com calma"\n' + text[first.end() :], "utf-8")
    assert "Explicar com calma" not in praxe("check", folder, XDG_CACHE_HOME=str(home)).out
    procedure.write_text(text, "utf-8")
    _forget_answers(home)
    assert praxe("check", folder, XDG_CACHE_HOME=str(home)) == unknown


def test_the_same_name_in_two_files_of_scenarios_is_told(praxe: Run, home: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    praxe("check", folder, XDG_CACHE_HOME=str(home))
    shutil.copy(folder / "scenarios" / "triagem.yaml", folder / "scenarios" / "zz.yaml")
    assert "zz.yaml" in praxe("check", folder, XDG_CACHE_HOME=str(home)).out


@pytest.mark.parametrize("command", [("prove", "policy/rc"), ("test", "policy/rc"), ("decide", "policy/rc")])
def test_other_commands_answer_as_without(praxe: Run, home: Path, nowhere: Path, command: tuple[str, ...]) -> None:
    wanted = praxe(*command, XDG_CACHE_HOME=str(nowhere))
    praxe("check", RC, XDG_CACHE_HOME=str(home))
    for file in home.glob("praxe/*.policy.json"):
        file.unlink()
    assert praxe(*command, XDG_CACHE_HOME=str(home)) == wanted


DAMAGES = (b"", b"{}", b"[1", b"\xff\n{}", b"0" * 64 + b"\n{}")


@pytest.mark.parametrize("damage", DAMAGES)
def test_what_is_damaged_is_made_anew(praxe: Run, home: Path, damage: bytes) -> None:
    first = praxe("check", RC, XDG_CACHE_HOME=str(home))
    whole = {file: file.read_bytes() for file in _kept(home)}
    for file in whole:
        file.write_bytes(damage)
    assert _again(praxe, home) == first
    assert {file: file.read_bytes() for file in _kept(home)} == whole


@pytest.mark.parametrize("foreign", ["null", "[]", "{}", '{"classes": [], "others": [], "whole": 3}', '"x"'])
def test_what_is_no_such_document_is_made_anew(praxe: Run, home: Path, foreign: str) -> None:
    first = praxe("check", RC, XDG_CACHE_HOME=str(home))
    written = foreign.encode()
    for file in _kept(home):
        file.write_bytes(text_cache.digest_of(written) + b"\n" + written)
    assert _again(praxe, home) == first


def test_a_folder_that_cannot_be_written_to_is_no_trouble(praxe: Run, home: Path) -> None:
    (home / "praxe").mkdir(parents=True, mode=0o700)
    (home / "praxe" / "texts").write_text("a file, no folder", "utf-8")
    first = praxe("check", RC, XDG_CACHE_HOME=str(home))
    assert first.code == 0
    assert _again(praxe, home) == first


def test_a_full_disk_is_no_trouble(praxe: Run, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    wanted = praxe("check", RC, XDG_CACHE_HOME=str(home))

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    shutil.rmtree(home)
    monkeypatch.setattr("praxe.cli.text_cache.write_kept", fails)
    assert praxe("check", RC, XDG_CACHE_HOME=str(home)) == wanted
    assert not _kept(home)


@pytest.mark.parametrize(("name", "most"), [("MOST_KEPT", 5), ("MOST_BYTES", 30_000), ("LARGEST", 20_000)])
def test_what_is_kept_is_bounded(
    praxe: Run, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, most: int
) -> None:
    wanted = praxe("check", RC, XDG_CACHE_HOME=str(tmp_path / "other"))
    monkeypatch.setattr(text_cache, name, most)
    for _ in range(2):
        assert _again(praxe, home) == wanted
    sizes = [file.stat().st_size for file in _kept(home)]
    assert sizes
    assert {"MOST_KEPT": len(sizes), "MOST_BYTES": sum(sizes), "LARGEST": max(sizes)}[name] <= most


def _again(praxe: Run, home: Path) -> Ran:
    _forget_answers(home)
    return praxe("check", RC, XDG_CACHE_HOME=str(home))


def _add(file: Path, text: str) -> None:
    file.write_text(file.read_text("utf-8") + text, "utf-8")
