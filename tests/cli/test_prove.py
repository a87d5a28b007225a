"""`praxe prove`: verdicts, stories, formats, files, exit codes."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cli.conftest import RC, ROOT, Run
from tests.cli.small_policies import SmallPolicy

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
    assert [each["passed"] for each in saved.values()] == [False, False]
    text = file.read_text("utf-8")
    assert '    without: ["revertido"]\n' in text  # `nunca revertido …`
    assert '    steps: ["acionar_n2"]\n' in text  # `sempre acionar_n2 …`


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


def test_assumptions_that_contradict_each_other_rule_nothing_out(praxe: Run, refuted: Path) -> None:
    vocabulary = refuted / "vocabulary.yaml"
    text = vocabulary.read_text("utf-8") + "\nassumptions:\n  - then: não caso_aberto\n  - then: caso_aberto\n"
    vocabulary.write_text(text, encoding="utf-8")
    ran = praxe("prove", refuted, "--assumed")
    assert "erro[PX403]" in ran.out
    assert "o que só um pressuposto exclui não foi procurado" in ran.out
    assert not re.search(r"\d+ achados? que só um pressuposto", ran.out)
    assert "erro[PX404]" not in ran.out
    assert json.loads(praxe("prove", refuted, "--assumed", "--json").out)["assumed"] is None
    assert "was not looked for" in praxe("prove", refuted, "--assumed", "--language", "en").out


SMALL = SmallPolicy(language="en", bodies={"p": ("do fin", "do bat", "end one")}, rules=("always bat before fin",))


def _story(praxe: Run, folder: Path, small: SmallPolicy, *options: str) -> str:
    small.write_to(folder)
    ran = praxe("prove", folder, *options, "--language", "en")
    assert ran.code == 1
    return ran.out


def test_a_step_that_comes_too_late_is_not_said_to_be_missing(praxe: Run, tmp_path: Path) -> None:
    told = _story(praxe, tmp_path / "late", SMALL, "--only", "rules")
    assert "  What comes too late\n    Bat: only as step 2\n" in told
    assert "What is missing" not in told
    told = _story(praxe, tmp_path / "missing", replace(SMALL, bodies={"p": ("do fin", "end one")}), "--only", "rules")
    assert "  What is missing\n    Bat\n" in told
    assert "too late" not in told


def test_a_duty_of_a_wait_can_be_what_a_finding_is_about(praxe: Run, tmp_path: Path) -> None:
    lines = ("wait for fw within 3 days:", "  do fin", "meanwhile:", "  do dot", "  do idle", "else:", "  nothing")
    small = replace(SMALL, bodies={"p": (*lines, "do bat", "end one")}, rules=())
    told = _story(praxe, tmp_path / "p", small, "--only", "steps")  # `dot` and `bat` do not go together
    assert "  ► 1. Dot\n    2. Idle\n    3. Fin\n  ► 4. Bat\n" in told


def test_a_case_of_which_nothing_is_known_is_saved(praxe: Run, tmp_path: Path) -> None:
    small = replace(SMALL, bodies={"p": ("do fin", "do bat", "do fin", "end one")}, rules=(*SMALL.rules, "never one"))
    file = tmp_path / "p" / "scenarios" / "s.yaml"
    _story(praxe, tmp_path / "p", small, "--only", "rules", "--save", str(file))
    text = file.read_text("utf-8")
    assert text.count("  facts: {}\n") == 2
    assert '    order: ["bat", "fin", "fin"]\n' in text  # `[bat, fin]` comes today
    assert '    without: ["one"]\n' in text
    told = praxe("test", tmp_path / "p", "--language", "en").out
    assert "the case should not end in `one`" in told
    assert "0 of 2 scenarios as expected" in told


def test_cases_saved_at_another_time_have_other_names(praxe: Run, tmp_path: Path) -> None:
    small = replace(SMALL, rules=("never one", "never bat"))
    folder = tmp_path / "p"
    small.write_to(folder)
    for name in ("first.yaml", "second.yaml"):
        praxe("prove", folder, "--only", "rules", "--save", folder / "scenarios" / name)
    assert praxe("check", folder).code == 0
    assert "p.praxe:6 (2)" in (folder / "scenarios" / "second.yaml").read_text("utf-8")


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
