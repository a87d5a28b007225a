"""`praxe decide`: where facts may come from, what is shown, what is refused."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.cli.facts_input import GivenFacts
from praxe.cli.terminal import Terminal
from praxe.dsl.source import SourceText
from praxe.engine import FactError, Policy
from praxe.engine.schema import decision_schema
from tests.cli.conftest import RC, ROOT, Run

RETAINED = {
    "primeira_vez_ou_duvida": False,
    "caso_aberto": True,
    "motivo_rc": "tecnico",
    "cliente_da_abertura": True,
    "apoio_necessario": ["n2"],
    "resultado_tratativa": "revertido",
}
AS_YAML = """\
primeira_vez_ou_duvida: não
caso_aberto: true
motivo_rc: "tecnico"
cliente_da_abertura: sim  # ele quer saber se há saída
apoio_necessario: [n2]
resultado_tratativa: revertido
contratou_outro_sistema:
"""
AS_OPTIONS = (
    "primeira_vez_ou_duvida=não",
    "caso_aberto=sim",
    "motivo_rc=tecnico",
    "cliente_da_abertura=yes",
    "apoio_necessario=n2",
    "resultado_tratativa=revertido",
    "contratou_outro_sistema=",
)


def test_yaml_json_and_options_say_the_same(praxe: Run, tmp_path: Path) -> None:
    file = tmp_path / "caso.yaml"
    file.write_text(AS_YAML, encoding="utf-8")
    options = [word for each in AS_OPTIONS for word in ("--fact", each)]
    words = ("decide", RC, "--json", "--now", "2026-11-22T10:00")
    ways = [
        praxe(*words, "--facts", file),
        praxe(*words, "--facts", "-", stdin=AS_YAML),
        praxe(*words, "--facts", "-", stdin="\ufeff" + json.dumps(RETAINED)),
        praxe(*words, *options),
    ]
    assert {each.code for each in ways} == {0}
    assert len({each.out for each in ways}) == 1
    record = json.loads(ways[0].out)
    jsonschema.validate(record, decision_schema())
    assert record["outcome"] == "revertido"


def test_the_end_comes_first_then_the_steps_with_their_clauses_and_why(praxe: Run) -> None:
    ran = praxe("decide", RC, "--facts", "-", stdin=AS_YAML)
    assert ran.code == 0
    assert ran.err == ""
    places = [ran.out.index(each) for each in ("✓ Revertido", "Passos\n", "Por quê\n")]
    assert places == sorted(places)
    assert re.search(r"^ +6\. Acionar o N2\n +\[rc\.tecnico\.abertura\.2\.b\]$", ran.out, re.MULTILINE)
    assert re.search(r"^  Natureza do motivo +Motivo técnico$", ran.out, re.MULTILINE)
    assert "imediatamente" in ran.out
    assert "\x1b" not in ran.out
    assert max(map(len, ran.out.splitlines())) <= 100


def test_a_missing_fact_is_asked_for_with_its_choices_and_help(praxe: Run) -> None:
    ran = praxe("decide", RC, "--fact", "primeira_vez_ou_duvida=não", "--fact", "caso_aberto=sim")
    assert ran.code == 0
    assert "? Falta saber\n  O motivo do pedido é técnico ou não técnico?\n" in ran.out
    assert "    tecnico      Motivo técnico\n    nao_tecnico  Motivo não técnico\n" in ran.out
    assert "--fact motivo_rc=" in ran.out
    assert "Técnico: insatisfação" in ran.out


def test_a_gap_is_told(praxe: Run) -> None:
    facts = ["--fact", "primeira_vez_ou_duvida=não", "--fact", "caso_aberto=não"]
    ran = praxe("decide", RC, *facts)
    assert ran.code == 0
    assert "! Lacuna: o texto não diz o que fazer\n  O texto supõe um Caso aberto" in ran.out
    assert "\x1b[1;31m! Lacuna" in praxe("decide", RC, *facts, "--color", "always").out


def test_english(praxe: Run) -> None:
    ran = praxe("--language", "en", "decide", RC, "--facts", "-", stdin=AS_YAML)
    assert "✓ Retained" in ran.out
    assert "Steps\n" in ran.out
    assert "Call N2" in ran.out
    assert praxe("decide", RC, "--language", "en", "--facts", "-", stdin=AS_YAML).out == ran.out
    assert praxe("decide", RC, "--facts", "-", stdin=AS_YAML, PRAXE_LANGUAGE="en_GB.UTF-8").out == ran.out


def test_start(praxe: Run) -> None:
    ran = praxe("decide", RC, "--start", "rc_encaminhar_adm_fin", "--fact", "motivo_rc=nao_tecnico")
    assert "✓ Procedimento concluído" in ran.out
    wrong = praxe("decide", RC, "--start", "rc_encaminhar_adm_fim")
    assert wrong.code == 2
    assert "você quis dizer `rc_encaminhar_adm_fin`?" in wrong.err


def test_now_sets_the_dates(praxe: Run, template: Path) -> None:
    facts = ["--fact", "tem_nota=sim", "--fact", "tem_defeito=sim", "--fact", "dias_desde_a_compra=60"]
    ran = praxe("decide", template, *facts, "--now", "2026-11-20")
    assert "em até 5 dias úteis (27/11/2026)" in ran.out
    assert praxe("decide", template, *facts, "--now", "2026-11-20T10:00", "--json").code == 0


def test_attempts_and_waits_are_told(praxe: Run, waiting: Path) -> None:
    first = praxe("decide", waiting)
    assert "(tentativa 1)" in first.out
    second = praxe("decide", waiting, "--fact", "tem_nota=[não]")
    assert "(tentativa 2)" in second.out
    ran = praxe("decide", waiting, "--fact", "tem_nota=[não, sim]", "--now", "2026-11-20")
    assert "… Aguardar até 24/11/2026 (em até 2 dias úteis)" in ran.out
    assert "enquanto isso" in ran.out
    assert re.search(r"Tem a nota fiscal +Não e Sim", ran.out)


@pytest.mark.parametrize(
    ("stdin", "told"),
    [
        ("motivo_rc: tecnic\n", "<stdin>:1:12: `motivo_rc`: `tecnic` não é um dos valores; você quis dizer `tecnico`?"),
        ("motivo_r: tecnico\n", "<stdin>:1:11: `motivo_r` não é um fato desta política; você quis dizer `motivo_rc`?"),
        ('{"motivo_rc": 3}', "`motivo_rc`: `3` não é um dos valores"),
        ("caso_aberto: talvez\n", "não é sim nem não"),
        ("caso_aberto: sim\ncaso_aberto: não\n", "PX158"),
        ('{"caso_aberto": true, "caso_aberto": false}', "PX158"),
        ("caso_aberto: &x sim\n", "PX157"),
        ("caso_aberto: sim\n  motivo_rc: [\n", "erro[PX1"),
        ("- caso_aberto\n", "PX167"),
        ("cliente_retido: sim\n", "não se informa"),
        ('"caso_aberto": "\x1b[31m"', "erro[PX159]"),
    ],
)
def test_wrong_facts_are_told_with_their_place_and_nothing_is_decided(praxe: Run, stdin: str, told: str) -> None:
    ran = praxe("decide", RC, "--facts", "-", stdin=stdin)
    assert ran.code == 2
    assert ran.out == ""
    assert told in ran.err
    assert "\x1b" not in ran.err


def test_all_wrong_facts_are_told_at_once(praxe: Run) -> None:
    ran = praxe("decide", RC, "--fact", "a=1", "--fact", "b=2", "--fact", "motivo_rc=\x1b[31m")
    assert ran.code == 2
    assert ran.err.count("erro: ") == 3
    assert "\x1b" not in ran.err


def test_a_broken_policy_is_told_and_not_walked(praxe: Run, waiting: Path) -> None:
    file = waiting / "troca.praxe"
    file.write_text(file.read_text("utf-8").replace("fim trocado", "fim torcado"), encoding="utf-8")
    ran = praxe("decide", waiting)
    assert ran.code == 1
    assert ran.out == ""
    assert "PX204" in ran.err


def test_a_facts_file_that_cannot_be_read(praxe: Run, tmp_path: Path) -> None:
    assert praxe("decide", RC, "--facts", tmp_path / "nada.yaml").code == 2
    (tmp_path / "bytes.yaml").write_bytes(b"caso_aberto: \xff\n")
    ran = praxe("decide", RC, "--facts", tmp_path / "bytes.yaml")
    assert ran.code == 2
    assert "PX160" in ran.err


# --- anything at all ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The policy `rc`."""
    return Policy.load(ROOT / RC)


NAMES = st.sampled_from([*RETAINED, "contratou_outro_sistema", "cliente_retido", "x"])
VALUES = st.sampled_from("sim|não|true|[]|[não, sim]|n2|[n2, lider_rc]|1|-|~||{a: b}".split("|"))
PAIRS = st.lists(st.tuples(NAMES, VALUES | st.text(max_size=8)), max_size=6)


@given(pairs=PAIRS, form=st.sampled_from(["yaml", "json", "options"]))
def test_any_facts_are_decided_or_refused(policy: Policy, pairs: list[tuple[str, str]], form: str) -> None:
    terminal = Terminal.of(["--color", "never"], {})
    facts = GivenFacts(policy.facts, terminal)
    try:
        if form == "options":
            facts.read(None, [f"{name}={value}" for name, value in pairs])
        else:
            text = json.dumps(dict(pairs)) if form == "json" else "".join(f"{name}: {value}\n" for name, value in pairs)
            facts.read_source(SourceText.of("caso", text))
        policy.decide(facts.values)
    except (FactError, click.exceptions.Exit):
        pass
