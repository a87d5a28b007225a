"""Commands run in this process, as a shell would run them: words in, exit code and both streams out."""

from __future__ import annotations

import functools
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import pytest
from click.testing import CliRunner

from praxe.cli.root import ROOT as PRAXE

ROOT = Path(__file__).parents[2]
RC = "policy/rc"


@dataclass(frozen=True)
class Ran:
    """What a command did."""

    code: int
    out: str
    err: str


class Run(Protocol):
    """Runs `praxe` with these words."""

    def __call__(self, *words: str | Path, stdin: str | bytes = "", **environment: str) -> Ran: ...


@pytest.fixture(autouse=True)
def _surroundings(monkeypatch: pytest.MonkeyPatch, cache_home: Path) -> None:
    """Every test starts in the root of the project, with nothing of the user's own settings."""
    monkeypatch.chdir(ROOT)
    for name in ("PRAXE_LANGUAGE", "PRAXE_DEBUG", "NO_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(cache_home))


@pytest.fixture(scope="session")
def cache_home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A cache folder shared by all tests, so that the grammar is worked out once and each policy checked once."""
    yield tmp_path_factory.mktemp("cache")


@pytest.fixture
def praxe() -> Run:
    """Return the function that runs a command; a fault of ours (3) fails at once, with its traceback."""
    return functools.partial(_run)


def _run(*words: str | Path, stdin: str | bytes = "", **environment: str) -> Ran:
    given = {"PRAXE_DEBUG": "1", **environment}
    done = CliRunner().invoke(PRAXE, [os.fspath(each) for each in words], input=stdin, env=given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    if "PRAXE_DEBUG" not in environment:
        assert done.exit_code in {0, 1, 2}, done.stderr
    return Ran(done.exit_code, done.stdout, done.stderr)


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, cache_home: Path) -> Path:
    """A policy made by `praxe new`, in Portuguese; not to be changed."""
    folder = tmp_path_factory.mktemp("new") / "trocas"
    done = CliRunner().invoke(PRAXE, ["new", str(folder)], env={"XDG_CACHE_HOME": str(cache_home)})
    assert done.exit_code == 0, done.stderr
    return folder


WAITING = """\
procedimento troca "Troca de produto":
  tente até 2 vezes explicar_prazo até tem_nota:
    faça registrar("explicado")
  senão:
    fim recusado
  aguarde tem_defeito em até 2 dias úteis:
    fim trocado
  enquanto isso:
    faça separar_produto
  senão:
    se dias_desde_a_compra > 3:
      fim recusado
    fim trocado
"""


@pytest.fixture
def waiting(template: Path, tmp_path: Path) -> Path:
    """A policy that tries and waits."""
    folder = tmp_path / "espera"
    shutil.copytree(template, folder)
    (folder / "troca.praxe").write_text(WAITING, encoding="utf-8")
    return folder
