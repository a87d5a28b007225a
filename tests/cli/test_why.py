"""`praxe why`: every form of it says what the engine says, and what is asked wrongly is refused."""

from __future__ import annotations

import json

import jsonschema
import pytest

from praxe.engine import explanation_schema
from tests.cli.conftest import RC, Run

CASE = ("--fact", "primeira_vez_ou_duvida=não", "--fact", "caso_aberto=sim", "--fact", "motivo_rc=tecnico")
OPEN = ("--fact", "cliente_da_abertura=sim", "--fact", "apoio_necessario=n2", "--fact", "resultado_tratativa=revertido")
WHOLE = ("why", RC, *CASE, *OPEN, "--now", "2026-11-22T10:00")


def test_why_tells_the_story(praxe: Run) -> None:
    ran = praxe(*WHOLE)
    assert ran.code == 0
    assert ran.out.startswith("Por que o caso termina assim: Revertido\n\nEm todo caso, primeiro:\n")
    assert "\n3. Natureza do motivo: Motivo técnico.\n" in ran.out
    assert ran.out.endswith("Nada mais decidiu. Só com estes 6 fatos, o resultado é o mesmo.\n")
    assert max(map(len, ran.out.splitlines())) <= 100
    assert praxe(*WHOLE, "--language", "en").out.startswith("Why the case ends like this: Retained\n")


def test_why_not_and_nearest(praxe: Run) -> None:
    ran = praxe(*WHOLE, "--not", "encaminhado_adm_fin")
    assert ran.out.startswith("Por que não: Encaminhado ao Adm/Fin\n")
    assert "\n2. Cliente dá abertura: Não, em vez de Sim.\n" in ran.out
    assert "§ rc.tecnico.abertura.cond (" in ran.out
    nearest = praxe(*WHOLE, "--nearest")
    assert nearest.out.startswith("O que mudar para chegar a: outro desfecho\n")
    wanted = praxe(*WHOLE, "--nearest", "--not", "encaminhado_adm_fin")
    assert wanted.out.splitlines()[3:] == nearest.out.splitlines()[3:]
    assert praxe(*WHOLE, "--not", "revertido").out.endswith("\nJá é assim.\n")


def test_what_if(praxe: Run) -> None:
    ran = praxe(*WHOLE, "--if", "resultado_tratativa=nao_revertido", "--if", "caso_aberto=")
    assert ran.out.startswith("E se… Caso aberto: ainda não se sabe, em vez de Sim; Resultado da tratativa: ")
    assert "Faltaria saber: " in ran.out


@pytest.mark.parametrize("more", [(), ("--not", "revertido"), ("--nearest",), ("--if", "caso_aberto=não")])
def test_json_is_as_published_and_markdown_says_the_same(praxe: Run, more: tuple[str, ...]) -> None:
    found = json.loads(praxe(*WHOLE, *more, "--json").out)
    jsonschema.Draft202012Validator(explanation_schema()).validate(found)
    assert json.loads(praxe(*WHOLE, *more, "--format", "json").out) == found
    written = praxe(*WHOLE, *more, "--format", "markdown").out
    assert written.startswith("## ")
    title = praxe(*WHOLE, *more).out.partition("\n")[0]
    assert title.split()[:3] == written.partition("\n")[0].split()[1:4]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--not", "revertid"), "você quis dizer `revertido`?"),
        (("--not", "xyz"), "os desfechos são: revertido, encaminhado_adm_fin"),
        (("--if", "caso_aberto"), "--if caso_aberto"),
        (("--if", "caso_aberto=talvez"), "`talvez` não é sim nem não"),
        (("--if", "caso=não"), "não é um fato desta política"),
        (("--if", "caso_aberto=não", "--nearest"), "não vai junto"),
        (("--format", "html"), "`--format` não aceita `html`"),
    ],
)
def test_what_is_asked_wrongly_is_refused(praxe: Run, words: tuple[str, ...], said: str) -> None:
    ran = praxe("why", RC, *CASE, *words)
    assert (ran.code, ran.out) == (2, "")
    assert said in ran.err
