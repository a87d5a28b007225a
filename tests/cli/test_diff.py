"""`praxe diff`: two folders, or a folder and what git kept of it."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from praxe.engine.diff import difference_schema
from tests.cli.conftest import RC, Run

PROMAD = "policy/promad"


@pytest.fixture
def changed(tmp_path: Path) -> Path:
    """The policy `rc` with one step that is due later."""
    folder = tmp_path / "rc"
    shutil.copytree(RC, folder)
    file = folder / "tratativa_com_abertura.praxe"
    text = file.read_text("utf-8")
    assert "faça montar_plano_de_acao imediatamente" in text
    file.write_text(text.replace("montar_plano_de_acao imediatamente", "montar_plano_de_acao no mesmo dia"), "utf-8")
    return folder


def test_the_same_policy_changes_nothing(praxe: Run) -> None:
    ran = praxe("diff", RC, RC)
    assert ran.code == 0
    assert "Nada muda para quem é atendido: todos os casos foram comparados." in ran.out
    assert "Nenhum dos 40 cenários muda." in ran.out


def test_a_change_is_told_with_its_example(praxe: Run, changed: Path) -> None:
    ran = praxe("diff", RC, changed)
    told = " ".join(ran.out.split())
    assert ran.code == 1
    assert "Uma mudança para quem é atendido." in told
    assert "1. Outro prazo, para" in told
    assert "no mesmo dia, em vez de imediatamente" in told
    assert "Por exemplo: " in told
    assert "tratativa_com_abertura.praxe:" in told


def test_in_english_and_as_markdown(praxe: Run, changed: Path) -> None:
    ran = praxe("diff", RC, changed, "--format", "markdown", "--language", "en")
    assert ran.code == 1
    assert ran.out.startswith("## What changes in ")
    assert "1. **Another deadline, for " in ran.out


def test_json_has_everything(praxe: Run, changed: Path) -> None:
    record = json.loads(praxe("diff", RC, changed, "--json").out)
    assert record["is_same"] is False
    assert record["is_exact"] is True
    (group,) = record["groups"]
    assert group["kind"] == "deadline"
    assert 0 < group["share"] < 1
    assert group["decisive"]
    assert group["moved"]
    assert record["scenarios_total"] == 40
    assert record["scenarios_touched"]


def test_the_json_is_as_its_schema_says(praxe: Run, changed: Path, tmp_path: Path) -> None:
    schema = difference_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    for words in ((), ("-o", tmp_path / "charts"), ("--language", "en")):
        jsonschema.validate(json.loads(praxe("diff", RC, changed, "--json", *words).out), schema)
    jsonschema.validate(json.loads(praxe("diff", RC, RC, "--json").out), schema)
    vocabulary = changed / "vocabulary.yaml"
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("Primeira vez ou dúvida", "Primeira vez", 1), "utf-8")
    record = json.loads(praxe("diff", RC, changed, "--json").out)
    assert record["words"]
    jsonschema.validate(record, schema)


def test_the_charts_of_what_was_touched(praxe: Run, changed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "charts"
    ran = praxe("diff", RC, changed, "-o", folder)
    assert ran.code == 1
    names = sorted(each.name for each in folder.iterdir())
    assert names == ["rc_tratativa_com_abertura.before.svg", "rc_tratativa_com_abertura.svg"]
    assert all(name in ran.out for name in names)
    assert "MUDOU" in (folder / names[1]).read_text("utf-8")
    again = tmp_path / "again"
    praxe("diff", RC, changed, "-o", again)
    assert [each.read_bytes() for each in sorted(again.iterdir())] == [
        each.read_bytes() for each in sorted(folder.iterdir())
    ]
    nothing = praxe("diff", RC, RC, "-o", tmp_path / "none")
    assert nothing.code == 0
    assert not (tmp_path / "none").exists()


def test_a_revision_of_git_is_a_version_too(praxe: Run, changed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    root = changed.parent
    shutil.rmtree(changed)
    shutil.copytree(RC, changed)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *words], cwd=root, check=True, capture_output=True)
    file = changed / "tratativa_com_abertura.praxe"
    file.write_text(
        file.read_text("utf-8").replace("plano_de_acao imediatamente", "plano_de_acao no mesmo dia"), "utf-8"
    )
    monkeypatch.chdir(root)
    assert praxe("diff", "HEAD:rc", "rc").code == 1
    assert praxe("diff", "HEAD:rc", "HEAD:rc").code == 0
    monkeypatch.chdir(changed)
    assert praxe("diff", "HEAD:.", ".").code == 1
    missing = praxe("diff", "HEAD:nada", ".")
    assert missing.code == 2
    assert "nada" in missing.err
    unknown = praxe("diff", "outra:rc", ".")
    assert unknown.code == 2
    assert "outra" in unknown.err


def test_the_root_of_a_repository_can_be_a_policy(
    praxe: Run, changed: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", "-c", "commit.gpgsign=false"]
    root = tmp_path / "root"
    shutil.copytree(RC, root)
    for words in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "one"]):
        subprocess.run([*git, *words], cwd=root, check=True, capture_output=True)
    monkeypatch.chdir(root)
    for where in ("HEAD:.", "HEAD:./", "HEAD:"):
        assert praxe("diff", where, ".").code == 0, where
        assert praxe("diff", where, changed).code == 1, where
        assert praxe("diff", where, where).code == 0, where
    missing = praxe("diff", "outra:", ".")
    assert missing.code == 2
    assert "outra" in missing.err


def test_another_calendar_is_a_difference(praxe: Run, tmp_path: Path) -> None:
    folder = tmp_path / "promad"
    shutil.copytree(PROMAD, folder)
    file = folder / "policy.yaml"
    text = file.read_text("utf-8")
    assert "state: SP" in text
    file.write_text(text.replace("state: SP", "state: RJ"), "utf-8")
    ran = praxe("diff", PROMAD, folder)
    assert ran.code == 1
    told = " ".join(ran.out.split())
    assert "Nada muda" not in told
    assert "Os dias úteis seguem o calendário BR-RJ, em vez de BR-SP." in told
    assert "negocio_sem_retorno.praxe:" in told
    assert "Por exemplo, em " in told


def test_two_policies_that_cannot_be_compared(praxe: Run, tmp_path: Path) -> None:
    for name, kind, condition in (("old", "integer", "size > 3"), ("new", "yes_no", "size")):
        folder = tmp_path / name
        folder.mkdir()
        (folder / "policy.yaml").write_text('{name: p, title: P, version: "1", language: en, entry: p}\n', "utf-8")
        fact = f'facts:\n  size: {{type: {kind}, label: Size, question: "Size?"}}\n'
        (folder / "vocabulary.yaml").write_text(
            f"{fact}outcomes: {{one: {{label: One}}, two: {{label: Two}}}}\n", "utf-8"
        )
        text = f'procedure p "P":\n  if {condition}:\n    end one\n  end two\n'
        (folder / "p.praxe").write_text(text, "utf-8")
    for language, why, what_to_do in (
        ("pt", "as duas versões não se comparam: o fato `size` (“Size”) é `integer` em", "dê outro nome"),
        ("en", "the two versions cannot be compared: the fact `size` (“Size”) is `integer` in", "another name"),
    ):
        ran = praxe("diff", tmp_path / "old", tmp_path / "new", "--language", language)
        told = " ".join(ran.err.split())
        assert ran.code == 2
        assert why in told
        assert "/old/vocabulary.yaml:2:3 " in told
        assert "`yes_no`" in told
        assert "/new/vocabulary.yaml:2:3" in told
        assert what_to_do in told


def test_no_such_folder(praxe: Run) -> None:
    ran = praxe("diff", RC, "nao/existe")
    assert ran.code == 2
    assert "nao/existe" in ran.err
