"""What was asked for cannot be had as it was asked: one line that says so, and one that says what to do instead."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from praxe.cli.root import COMMANDS
from tests.cli.conftest import RC, Run


@pytest.fixture
def compiled(praxe: Run, tmp_path: Path) -> Path:
    """A compiled policy."""
    file = tmp_path / "rc.json"
    assert praxe("compile", RC, "-o", file).code == 0
    return file


def test_a_compiled_policy_has_no_scenarios_to_run(praxe: Run, compiled: Path) -> None:
    ran = praxe("test", compiled)
    assert ran.code == 2
    assert f"`{compiled.as_posix()}` é uma política compilada, que não traz cenários" in ran.err
    assert "dê a pasta da política" in ran.err


@pytest.mark.parametrize("command", ["ask", "why", "draw", "decide"])
def test_the_help_says_that_a_compiled_policy_will_do(praxe: Run, compiled: Path, tmp_path: Path, command: str) -> None:
    assert "praxe compile" in " ".join(praxe(command, "--help").out.split("Argumentos")[1].split("\n\n")[0].split())
    more = {"draw": ("-o", tmp_path / "a.svg"), "ask": ()}.get(command, ("--fact", "primeira_vez_ou_duvida=sim"))
    assert praxe(command, compiled, *more).code in {0, 1}


@pytest.mark.parametrize("command", [("translate", "--to", "en"), ("fmt",)])
def test_another_kind_of_file_is_named_once(praxe: Run, command: tuple[str, ...]) -> None:
    ran = praxe(*command, f"{RC}/policy.yaml")
    assert ran.code == 2
    assert ran.err.splitlines()[0] == f"erro: `{RC}/policy.yaml` não é um arquivo .praxe"
    assert ran.out == ""
    assert "is not a .praxe file" in praxe(*command, f"{RC}/policy.yaml", "--language", "en").err


@pytest.mark.parametrize("command", [("translate", RC, "--to", "en"), ("decide", RC, "--facts", RC)])
def test_a_folder_where_a_file_is_expected(praxe: Run, command: tuple[str, ...]) -> None:
    ran = praxe(*command)
    assert ran.code == 2
    assert ran.err == f"erro: `{RC}` é uma pasta, e era para ser um arquivo\n"
    assert "is a folder" in praxe(*command, "--language", "en").err


@pytest.mark.parametrize("digits", [41, 4_000, 5_000, 50_000])
def test_a_whole_number_of_very_many_digits(praxe: Run, template: Path, tmp_path: Path, digits: int) -> None:
    file = tmp_path / "case.yaml"
    file.write_text(f"dias_desde_a_compra: {'9' * digits}\n", "utf-8")
    for words in (("--facts", file), ("--fact", f"dias_desde_a_compra={'9' * digits}")):
        ran = praxe("decide", template, *words)
        assert ran.code == 2
        assert "9999" in ran.err
        assert "tem algarismos demais; são no máximo 40" in ran.err
        assert len(ran.err) < 300


def test_a_name_and_a_format_that_contradict_each_other(praxe: Run, tmp_path: Path) -> None:
    ran = praxe("draw", RC, "--format", "svg", "-o", tmp_path / "a.png")
    assert ran.code == 2
    assert "`--format svg` não combina com o nome" in ran.err
    assert not (tmp_path / "a.png").exists()
    for name in ("a.svg", "b.SVG", "c", "d.v2"):
        assert praxe("draw", RC, "--format", "svg", "-o", tmp_path / name).code == 0
        assert (tmp_path / name).read_bytes().startswith(b"<svg")


def test_help_is_a_word_too(praxe: Run) -> None:
    assert praxe("help").out == praxe("--help").out
    assert praxe("help").code == 0
    for name in COMMANDS:
        assert praxe("help", name) == praxe(name, "--help")
    assert praxe("help", "chek").code == 2
    assert "`check`" in praxe("help", "chek").err


def test_a_language_that_is_not_known_is_told_once_in_each_that_is(praxe: Run) -> None:
    ran = praxe("check", RC, PRAXE_LANGUAGE="fr")
    assert ran.code == 0
    assert ran.err.splitlines() == [
        "aviso: PRAXE_LANGUAGE=fr não é uma língua conhecida; são pt, en (segue em pt)",
        "warning: PRAXE_LANGUAGE=fr is not a known language; they are pt, en (going on in pt)",
    ]
    assert ran.out == praxe("check", RC).out
    for known in ("pt", "en", "pt_BR.UTF-8", "EN"):
        assert praxe("check", RC, PRAXE_LANGUAGE=known).err == ""
    assert praxe("check", RC, "--language", "en", PRAXE_LANGUAGE="fr").err == ""


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("pt", "`HEAD~1:x`: esta pasta não está num repositório do git"),
        ("en", "`HEAD~1:x`: this folder is in no git repo"),
    ],
)
def test_git_is_put_into_our_words(tmp_path: Path, language: str, said: str) -> None:
    policy = Path(RC).absolute()
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path.parent), "LC_ALL": "pt_BR.UTF-8"}
    command = [sys.executable, "-m", "praxe", "diff", "HEAD~1:x", str(policy), "--language", language]
    ran = subprocess.run(command, capture_output=True, cwd=tmp_path, env=environment, check=False)
    assert ran.returncode == 2
    assert said in ran.stderr.decode()
    assert ran.stderr.count(b"\n") == 1


def test_git_knows_no_such_revision(praxe: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = Path(RC).absolute()
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    monkeypatch.chdir(tmp_path)
    ran = praxe("diff", "nenhuma:rc", policy)
    assert ran.code == 2
    assert ran.err == "erro: o git não conhece a revisão `nenhuma`\n"


def test_yes_and_no_are_in_the_readers_language(praxe: Run) -> None:
    told = praxe("prove", "policy/promad", "--only", "steps", "--language", "en").out
    assert "= `yes`" in told or "= `no`" in told
    assert "`sim`" not in told
    assert "`não`" not in told
    assert "step repeated" in told
    assert "= `sim`" in praxe("prove", "policy/promad", "--only", "steps").out
