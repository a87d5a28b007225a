"""`praxe prove`: verdicts, stories, formats, files, exit codes."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.cli.conftest import RC, ROOT, Run

PROMAD = "policy/promad"
RULES = """\
nunca revertido quando cliente_da_abertura
sempre acionar_n2 antes de fim encaminhado_adm_fin
sempre marcar_lider_adm_fin antes de fim revertido
"""


@pytest.fixture
def refuted(tmp_path: Path) -> Path:
    """The policy of the RC with rules of which two do not hold."""
    folder = tmp_path / "rc"
    shutil.copytree(ROOT / RC, folder)
    (folder / "regras.praxe").write_text(RULES, encoding="utf-8")
    return folder


def test_what_holds_is_said_to_be_proved_for_every_case(praxe: Run) -> None:
    ran = praxe("prove", RC, "--only", "rules")
    assert (ran.code, ran.err) == (0, "")
    assert "✓ Regras: 19 de 19 provadas para todos os casos" in ran.out
    assert ran.out.endswith("tudo provado, nada a observar\n")


def test_a_refutation_is_a_story(praxe: Run, refuted: Path) -> None:
    ran = praxe("prove", refuted, "--only", "rules")
    assert ran.code == 1
    assert "✗ Regras: 1 de 3 provadas para todos os casos" in ran.out
    story = ran.out.partition("erro[PX404]")[2]
    for words in (
        "O caso\n",
        "Natureza do motivo",
        "Motivo técnico",
        "O que se faz\n",
        "Como termina\n",
        "✓ Revertido",
    ):
        assert words in story
    assert ran.out.endswith("2 refutados\n")
    english = praxe("prove", refuted, "--only", "rules", "--language", "en").out
    assert "Talk with the customer" in english
    assert "How it ends" in english


def test_each_check_stands_alone_and_remarks_count_only_when_asked(praxe: Run) -> None:
    ran = praxe("prove", RC, "--only", "steps")
    assert ran.code == 0
    assert "aviso[PX420]" in ran.out
    assert "Regras" not in ran.out
    assert praxe("prove", RC, "--only", "steps", "--strict").code == 1


def test_json_has_a_verdict_for_every_check_and_rule_and_each_case_can_be_decided(praxe: Run, refuted: Path) -> None:
    ran = praxe("prove", refuted, "--json")
    assert ran.code == 1
    record = json.loads(ran.out)
    assert record["verdict"] == "refuted"
    assert [each["verdict"] for each in record["rules"]] == ["refuted", "refuted", "proved"]
    rules = next(each for each in record["checks"] if each["check"] == "rules")
    for found in rules["findings"]:
        case = found["case"]
        words = [f"--fact={name}={_word(value)}" for name, value in case["facts"].items()]
        decided = json.loads(praxe("decide", refuted, *words, "--json").out)
        assert decided["outcome"] == case["outcome"]
        assert [each["node"] for each in decided["trace"]] == [each["node"] for each in case["path"]]


def _word(value: object) -> str:
    return {True: "sim", False: "não"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def test_sarif(praxe: Run, refuted: Path) -> None:
    (run,) = json.loads(praxe("prove", refuted, "--format", "sarif").out)["runs"]
    assert {each["ruleId"] for each in run["results"]} == {"PX404", "PX420"}


def test_a_case_is_saved_as_a_scenario_that_fails_until_the_rule_holds(
    praxe: Run, refuted: Path, tmp_path: Path
) -> None:
    file = refuted / "scenarios" / "provas.yaml"
    ran = praxe("prove", refuted, "--only", "rules", "--save", file)
    assert ran.code == 1
    assert f"gravado: {file.as_posix()}" in ran.out
    again = praxe("prove", refuted, "--only", "rules", "--save", file)
    assert again.code == 2
    assert "já existe" in again.err
    record = json.loads(praxe("test", refuted, "--json").out)
    saved = {each["name"]: each for each in record["scenarios"] if Path(each["path"]).name == "provas.yaml"}
    assert not record["findings"]
    assert [each["passed"] for each in saved.values()] == [True, False]  # `sempre acionar_n2 …` wants a step


def test_the_way_of_a_case_is_drawn(praxe: Run, refuted: Path, tmp_path: Path) -> None:
    pytest.importorskip("pygraphviz", exc_type=ImportError)
    ran = praxe("prove", refuted, "--only", "rules", "--chart", tmp_path / "desenhos")
    files = sorted(each.name for each in (tmp_path / "desenhos").iterdir())
    assert "PX404-regras-1-rc_triagem.svg" in files
    assert all(each in ran.out for each in files)


def test_what_only_an_assumption_rules_out_is_listed_on_request(praxe: Run, refuted: Path) -> None:
    vocabulary = refuted / "vocabulary.yaml"
    text = vocabulary.read_text("utf-8") + "\nassumptions:\n  - then: não cliente_da_abertura\n"
    vocabulary.write_text(text, encoding="utf-8")
    ran = praxe("prove", refuted, "--only", "rules", "--assumed")
    assert "parte de 1 pressuposto" in ran.out
    listed = ran.out.partition("que só um pressuposto exclui")[2]
    assert "nunca revertido quando cliente_da_abertura" in listed
    assert "assumed" in json.loads(praxe("prove", refuted, "--only", "rules", "--assumed", "--json").out)


def test_check_tells_what_costs_little_to_prove(praxe: Run, refuted: Path) -> None:
    file = refuted / "triagem.praxe"
    text = file.read_text("utf-8").replace(
        "  caso motivo_rc:", "  se caso_aberto:\n    faça conversar_e_entender\n  caso motivo_rc:", 1
    )
    file.write_text(text, encoding="utf-8")
    ran = praxe("check", refuted)
    assert "aviso[PX412]" in ran.out
    assert ran.code == 0


def test_a_check_that_does_not_exist(praxe: Run) -> None:
    ran = praxe("prove", RC, "--only", "tudo")
    assert ran.code == 2
    assert "decided" in ran.err


def test_what_is_left_open_is_said_in_its_own_word_and_counts(praxe: Run, refuted: Path) -> None:
    (refuted / "regras.praxe").write_text("nunca acionar_n2 quando caso_aberto\n", encoding="utf-8")
    vocabulary = refuted / "vocabulary.yaml"
    dates = "".join(
        f"  {name}:\n    type: date\n    label: {name}\n    question: Quando?\n" for name in ("inicio_x", "termo_x")
    )
    vocabulary.write_text(vocabulary.read_text("utf-8").replace("facts:\n", f"facts:\n{dates}", 1), encoding="utf-8")
    file = refuted / "tratativa_com_abertura.praxe"
    text = file.read_text("utf-8").replace(
        "  se apoio_necessario contém n2:",
        "  se inicio_x > termo_x e dias úteis entre inicio_x e termo_x > 5:",
    )
    file.write_text(text, encoding="utf-8")
    ran = praxe("prove", refuted, "--only", "rules")
    assert ran.code == 1
    assert "? Regras: 0 de 1 provadas" in ran.out
    assert "aviso[PX405]: pergunta em aberto" in ran.out
    assert ran.out.endswith("1 em aberto\n")
    assert json.loads(praxe("prove", refuted, "--only", "rules", "--json").out)["verdict"] == "unknown"
