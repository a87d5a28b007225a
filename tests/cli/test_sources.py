"""`praxe sources`: the account as text, JSON and page; the source texts; exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import RC, Run
from tests.engine.example_sources import FILES, TEXT


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A policy that leaves a clause, a finding and some lines over; its source text is beside it."""
    folder = tmp_path / "loja"
    folder.mkdir()
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    (tmp_path / "doc.txt").write_text(TEXT, encoding="utf-8")
    return folder


def test_our_policy_is_accounted_for(praxe: Run) -> None:
    ran = praxe("sources", RC, "--strict")
    assert ran.code == 0
    assert ran.err == ""
    for words in "Cláusulas: 57 de 57 com o seu lugar (100%)|Achados: 15 de 15|✓ tudo tem o seu lugar".split("|"):
        assert words in ran.out
    assert "57 of 57 accounted for" in praxe("sources", RC, "--language", "en").out


def test_what_is_left_over_is_told_with_its_place(praxe: Run, shop: Path) -> None:
    ran = praxe("sources", shop)
    assert ran.code == 1
    assert "8 de 9 com o seu lugar (88%)" in ran.out
    assert "d.falta  sem lugar" in ran.out
    assert "clauses.yaml:9" in ran.out
    assert "troca.praxe:10\n        se vip:" in ran.out
    assert "F4  em aberto" in ran.out
    assert "d.ligar" not in ran.out
    assert "há o que completar" in ran.out


def test_in_full_each_clause_has_its_lines_and_words(praxe: Run, shop: Path) -> None:
    out = praxe("sources", shop, "--all").out
    for words in "d.ligar  cumprida|tente até 2 vezes ligar até vip:|fato atraso|parâmetro limite|No rodapé.".split(
        "|"
    ):
        assert words in out
    assert "dita pelo achado F1" in out
    assert "leitura: A primeira." in out
    assert "explicação: Porque sim." in out


def test_lines_without_a_clause_fail_only_where_they_are_asked_to(praxe: Run, template: Path) -> None:
    assert praxe("sources", template).code == 0
    assert praxe("sources", template, "--strict").code == 1


def test_json_holds_everything(praxe: Run, shop: Path) -> None:
    ran = praxe("sources", shop, "--json", "--language", "en")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert list(record) == ["policy", "counts", "clauses", "findings", "lines", "texts"]
    assert record["policy"]["name"] == "loja"
    assert record["texts"] is None
    assert record["counts"]["clauses"]["missing"] == 1


def test_a_page_is_written(praxe: Run, shop: Path) -> None:
    page = shop.parent / "nova" / "fontes.html"
    ran = praxe("sources", shop, "--html", page, "--language", "en")
    assert f"page written: {page.as_posix()}" in ran.out
    text = page.read_text("utf-8")
    assert text.startswith('<!DOCTYPE html>\n<html lang="en">')
    assert shop.as_posix() not in text


def test_digests_are_recorded_and_compared(praxe: Run, shop: Path) -> None:
    source = shop.parent / "doc.txt"
    given = f"doc={source}"
    register = shop / "clauses.yaml"
    before = register.read_text("utf-8")
    assert "9 ainda sem impressão" in praxe("sources", shop, "--text", given).out
    assert register.read_text("utf-8") == before
    assert "9 impressões gravadas em clauses.yaml" in praxe("sources", shop, "--text", given, "--record").out
    recorded = register.read_text("utf-8")
    assert recorded.count("digest") == 9
    assert "já está em dia" in praxe("sources", shop, "--text", given, "--record").out
    assert "9 de 9 cláusulas como antes" in praxe("sources", shop, "--text", given).out
    source.write_text(TEXT.replace("ligue", "escreva"), encoding="utf-8")
    ran = praxe("sources", shop, "--text", given)
    assert ran.code == 1
    assert ran.out.count("erro[PX182]") == 3
    assert "troca.praxe:3`" in ran.out
    problems = json.loads(praxe("sources", shop, "--text", given, "--json").out)["texts"]["problems"]
    assert [each["code"] for each in problems] == ["PX182"] * 3
    again = praxe("sources", shop, "--text", given, "--record").out
    assert "3 impressões gravadas" in again
    assert "mudaram desde a última leitura: d.ligar, d.dias, d.limite" in again
    assert "PX182" not in again
    assert praxe("check", shop).code == 0


def test_a_changed_text_alone_is_something_to_fix(praxe: Run, tmp_path: Path) -> None:
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    text = tmp_path / "rc.txt"
    text.write_text("linha\n" * 90, encoding="utf-8")
    assert praxe("sources", folder, "--text", f"rc={text}").code == 1
    assert praxe("sources", folder, "--text", f"rc={text}", "--record").code == 0
    text.write_text("linha\n", encoding="utf-8")
    short = praxe("sources", folder, "--text", f"rc={text}", "--record", "--language", "en")
    assert short.code == 1
    assert "error[PX183]" in short.out
    assert "goes up to 1" in short.out


def test_a_document_without_a_text_is_told(praxe: Run, shop: Path) -> None:
    manifest = shop / "policy.yaml"
    manifest.write_text(manifest.read_text("utf-8").replace("documents: {", "documents: {outro: Outro, "), "utf-8")
    out = praxe("sources", shop, "--text", f"outro={shop.parent / 'doc.txt'}").out
    assert "9 cláusulas de `doc` não foram conferidas: falta --text doc=…" in out


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ("dok=x", "você quis dizer `doc`?"),
        ("doc", "escreva documento=arquivo"),
        ("doc=", "escreva documento=arquivo"),
        ("doc=nada.txt", "nada.txt"),
    ],
)
def test_a_wrong_text_is_told(praxe: Run, shop: Path, given: str, said: str) -> None:
    ran = praxe("sources", shop, "--text", given)
    assert ran.code == 2
    assert ran.out == ""
    assert said in ran.err


def test_other_wrong_usage(praxe: Run, shop: Path) -> None:
    text = shop.parent / "doc.txt"
    twice = praxe("sources", shop, "--text", f"doc={text}", "--text", f"doc={text}")
    assert (twice.code, "duas vezes" in twice.err) == (2, True)
    bare = praxe("sources", shop, "--record")
    assert (bare.code, "--text documento=arquivo" in bare.err) == (2, True)
    text.write_bytes(b"\xff")
    assert praxe("sources", shop, "--text", f"doc={text}").code == 1


def test_a_broken_policy_shows_its_errors(praxe: Run, shop: Path) -> None:
    file = shop / "troca.praxe"
    file.write_text(file.read_text("utf-8").replace("se vip", "se vep"), encoding="utf-8")
    ran = praxe("sources", shop)
    assert ran.code == 1
    assert "PX203" in ran.err
    assert ran.out == ""


def test_a_register_that_cannot_be_written_safely_is_left_alone(praxe: Run, shop: Path) -> None:
    register = shop / "clauses.yaml"
    text = register.read_text("utf-8").replace("lines: [1], kind", 'lines: [1], digest:\n  "0000000000000000", kind', 1)
    register.write_text(text, encoding="utf-8")
    ran = praxe("sources", shop, "--text", f"doc={shop.parent / 'doc.txt'}", "--record")
    assert ran.code == 2
    assert "nada foi escrito" in ran.err
    assert register.read_text("utf-8") == text
