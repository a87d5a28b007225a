"""The examples for those who embed Praxe are run as they are."""

from __future__ import annotations

import asyncio
import importlib.util
import runpy
import sys
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol

import httpx
import pytest

from praxe import Policy
from praxe.engine.conversation import Standing

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "examples"
CASE = {"primeira_vez_ou_duvida": False, "caso_aberto": True, "motivo_rc": "tecnico"}


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)


def module(name: str) -> ModuleType:
    """Import an example."""
    found = importlib.util.spec_from_file_location(f"examples_{name}", FOLDER / f"{name}.py")
    assert found
    assert found.loader
    made = importlib.util.module_from_spec(found)
    sys.modules[found.name] = made  # FastAPI looks names up there
    found.loader.exec_module(made)
    return made


def printed(name: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """Run an example as a program and return what it prints."""
    runpy.run_path(str(FOLDER / f"{name}.py"), run_name="__main__")
    return capsys.readouterr().out.splitlines()


def test_every_example_is_tested_and_told_of() -> None:
    names = {path.stem for path in FOLDER.glob("*.py")}
    assert names == {"embed", "service", "pandas_column", "polars_column", "chat_bot"}
    page = (FOLDER / "README.md").read_text(encoding="utf-8")
    assert [name for name in names if f"({name}.py)" not in page] == []


def test_five_lines(capsys: pytest.CaptureFixture[str]) -> None:
    question, *steps = printed("embed", capsys)
    assert question == "O cliente deixa você investigar e tentar resolver?"
    assert steps[0] == "• Conversar com o cliente e entender o motivo"
    code = [line for line in (FOLDER / "embed.py").read_text(encoding="utf-8").splitlines()[1:] if line.strip()]
    assert len(code) == 6  # one import, and five lines


class Ask(Protocol):
    """Sends one request to the service."""

    def __call__(self, method: str, path: str, **how: Any) -> httpx.Response: ...


@pytest.fixture(scope="module")
def ask() -> Ask:
    """Return the function that asks the service, without a network."""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(ROOT)
        app = module("service").app

    async def answer(method: str, path: str, how: dict[str, Any]) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://service") as client:
            return await client.request(method, path, **how)

    return lambda method, path, **how: asyncio.run(answer(method, path, how))


def test_the_service_decides_and_explains(ask: Ask) -> None:
    decided = ask("POST", "/decide", json=CASE, params={"language": "en"}).json()
    assert (decided["status"], decided["asks"]["fact"]) == ("asks", "cliente_da_abertura")
    why: dict[str, Any] = ask("POST", "/why", json=CASE).json()
    assert [each["fact"] for each in why["facts"]] == ["primeira_vez_ou_duvida", "caso_aberto", "motivo_rc"]
    assert "motivo_rc" in ask("GET", "/facts").json()["properties"]


def test_the_service_refuses_what_does_not_fit(ask: Ask) -> None:
    answer = ask("POST", "/decide", json={**CASE, "caso_aberto": "talvez", "motivo": 1})
    assert answer.status_code == 422
    assert answer.json()["detail"].keys() == {"caso_aberto", "motivo"}
    assert ask("POST", "/decide", json=CASE, params={"language": "fr"}).status_code == 422
    assert ask("POST", "/decide", json=[1]).status_code == 422


def test_the_service_describes_itself(ask: Ask) -> None:
    described = ask("GET", "/openapi.json").json()
    assert described["paths"].keys() == {"/facts", "/decide", "/why"}


def test_a_column_of_pandas(capsys: pytest.CaptureFixture[str]) -> None:
    header, *rows = printed("pandas_column", capsys)
    assert header.split() == ["desfecho", "pergunta", "passos"]
    assert [row.split()[1] for row in rows] == ["encaminhado_adm_fin", "asks", "asks"]
    assert rows[2].split()[-1] == "3"


def test_a_column_of_polars(capsys: pytest.CaptureFixture[str]) -> None:
    (shown,) = printed("polars_column", capsys)
    assert shown.startswith("[('asks', 'Qual é o motivo não técnico?', 2), ")


def test_the_bot_leads_a_conversation_to_its_end() -> None:
    heard = iter("não, sim, motivo técnico, talvez, sim, N2, voltar, Líder do RC;N2, não sei, sim".split(", "))
    said: list[str] = []
    bot = module("chat_bot")
    talk = bot.chat(Policy.load("policy/rc"), said.append, lambda: next(heard).replace(";", ", "))
    assert talk.standing is Standing.UNRESOLVED
    assert "`cliente_da_abertura`: `talvez` não é sim nem não; escreva sim ou não (true ou false)" in said
    assert "Agora: Acionar o líder do RC" in said
    assert said[-1].startswith("Ficou em aberto")
    heard = iter(["não", "sim", "motivo técnico", "sim", "N2", "Resolvido e o cliente desistiu"])
    assert bot.chat(Policy.load("policy/rc"), said.append, lambda: next(heard)).outcome == "revertido"
    assert said[-1] == "Pronto: Revertido"
