"""`praxe ask`: conversations typed line by line."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from praxe.cli.dialogue import Dialogue
from praxe.cli.resume import Resume
from praxe.cli.terminal import Terminal
from praxe.engine import Policy
from praxe.engine.walk import Status
from tests.cli.conftest import RC, ROOT, Ran, Run
from tests.engine.test_questions_assumed import MANIFEST, PEOPLE, TEXT

RETAINED = ["n", "s", "1", "sim", "N2", "revertido"]


def talk(praxe: Run, *lines: str, words: tuple[str | Path, ...] = (), policy: str | Path = RC) -> Ran:
    """Type lines, then end the input."""
    return praxe("ask", policy, *words, stdin="".join(f"{line}\n" for line in lines))


def test_a_whole_conversation(praxe: Run) -> None:
    ran = talk(praxe, *RETAINED)
    assert ran.code == 0
    assert ran.err == ""
    assert ran.out.count("Conversar com o cliente e entender o motivo") == 2  # two steps, each shown once
    questions = "primeira vez|Já existe um Caso|técnico ou não técnico?|O cliente deixa|De que apoio|Como terminou"
    places = [ran.out.index(each) for each in questions.split("|")]
    assert places == sorted(places)
    assert "> revertido\n" in ran.out
    assert ran.out.index("Acionar o N2") < ran.out.index("✓ Revertido") < ran.out.index("Por quê")


def test_answers_by_number_name_and_label(praxe: Run) -> None:
    for answer in ("1", "tecnico", "Motivo técnico", "MOTIVO TECNICO"):
        ran = talk(praxe, "não", "sim", answer)
        assert "O cliente deixa você investigar" in ran.out
    for answer in ("0", "nenhum", "1 2", "1,2", "lider_rc, n2", "Líder do RC"):
        ran = talk(praxe, "não", "sim", "1", "sim", answer)
        assert "Como terminou a sua tentativa" in ran.out, answer


@pytest.mark.parametrize("line", ["", "3", "99999999999", "talvez", "x" * 5000, "\x1b[31m", "sim não"])
def test_what_is_not_understood_is_asked_again(praxe: Run, line: str) -> None:
    ran = talk(praxe, line, "não")
    assert "não entendi" in ran.out
    assert "Já existe um Caso aberto" in ran.out
    assert "\x1b" not in ran.out


def test_help_shows_how_to_judge_and_the_commands(praxe: Run) -> None:
    ran = talk(praxe, "n", "s", "?")
    assert "“Vendi o ponto para outra pessoa.” → Motivo não técnico" in ran.out
    assert "v, voltar" in ran.out


@pytest.mark.parametrize("word", ["p", "por quê", "por que", "PORQUE", "why"])
def test_why_tells_the_place_the_clauses_and_what_each_answer_leads_to(praxe: Run, word: str) -> None:
    ran = talk(praxe, "n", "s", "1", word)
    assert "em Triagem do pedido no RC (policy/rc/triagem.praxe:" in ran.out
    assert "rc.tecnico.abertura.cond\n    " in ran.out
    assert "o que cada resposta traz:" in ran.out
    assert "    não  segue com: O cliente afirma que já contratou outro sistema? (mais 1 passo)" in ran.out


def test_back_undoes_the_last_answer(praxe: Run) -> None:
    ran = talk(praxe, "v", "sim", "voltar", "não", "sim")
    assert "esta é a primeira pergunta" in ran.out
    assert "voltou: Primeira vez ou dúvida" in ran.out
    assert ran.out.count("É a sua primeira vez") == 2
    assert ran.out.count("Já existe um Caso aberto") == 2
    assert ran.out.rstrip().endswith("--fact 'primeira_vez_ou_duvida=não' --fact caso_aberto=sim")


def test_not_knowing_goes_on_with_what_can_still_matter_then_says_what_is_missing(praxe: Run) -> None:
    ran = talk(praxe, "não", "sim", "ns", "não", "não", "cancelar", "não sei", "")
    assert ran.out.index("técnico ou não técnico?") < ran.out.index("O cliente deixa você investigar")
    assert "Sem saber isto, o caso não se decide:\n  - Natureza do motivo (motivo_rc)" in ran.out
    assert ran.out.count("O motivo do pedido é técnico ou não técnico?") == 2  # Enter asks it again


def test_saved_and_resumed(praxe: Run, tmp_path: Path) -> None:
    file = tmp_path / "caso.yaml"
    first = talk(praxe, "não", "sim", "tecnico", "sim", "1 2", "sair", words=("--save", file))
    assert first.code == 0
    assert f"praxe ask policy/rc --facts {file.as_posix()}" in first.out
    assert file.read_text("utf-8") == (
        "primeira_vez_ou_duvida: não\ncaso_aberto: sim\nmotivo_rc: tecnico\n"
        "cliente_da_abertura: sim\napoio_necessario: [lider_rc, n2]\n"
    )
    second = talk(praxe, "revertido", words=("--facts", file))
    assert "Retomando com 5 respostas." in second.out
    assert "✓ Revertido" in second.out
    assert "resultado" not in file.read_text("utf-8")  # nobody asked to save
    talk(praxe, "revertido", words=("--facts", file, "--save", file))
    assert "resultado_tratativa: revertido\n" in file.read_text("utf-8")


def test_leaving_without_a_file_asks_for_one_and_overwrites_nothing(
    praxe: Run, tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "outro.yaml").write_text("meu", encoding="utf-8")
    ran = talk(praxe, "sim", "sair", "outro.yaml", "", policy=template)
    assert "`outro.yaml` já existe" in ran.out
    assert (tmp_path / "outro.yaml").read_text("utf-8") == "meu"
    assert (tmp_path / "caso.yaml").read_text("utf-8") == "tem_nota: sim\n"


def test_answers_that_cannot_be_saved_are_not_lost(praxe: Run, tmp_path: Path) -> None:
    (tmp_path / "carta.txt").write_text("x", encoding="utf-8")
    ran = praxe("ask", RC, "--save", tmp_path / "carta.txt" / "caso.yaml", stdin="1\nsair\n")
    assert ran.code == 2
    assert "não é uma pasta" in ran.err
    assert ran.out.endswith(f"praxe ask {RC} --fact primeira_vez_ou_duvida=sim\n")


def test_the_end_of_the_input_saves_nothing_and_tells_how_to_resume(praxe: Run, tmp_path: Path) -> None:
    ran = talk(praxe, "não", words=("--save", tmp_path / "caso.yaml"))
    assert ran.code == 0
    assert not (tmp_path / "caso.yaml").exists()
    assert "nada foi guardado" in ran.out
    assert "praxe ask policy/rc --fact 'primeira_vez_ou_duvida=não'" in ran.out


def test_what_the_engine_refuses_is_told_and_asked_again(praxe: Run, template: Path) -> None:
    ran = talk(praxe, "sim", "sim", "muitos", "5000", "-3", "60 dias", policy=template)
    assert "não é um número inteiro" in ran.out
    assert "é mais que o máximo, 3650" in ran.out
    assert "✓ Troca feita" in ran.out


def test_attempts_and_waits(praxe: Run, waiting: Path) -> None:
    ran = talk(praxe, "não", "sim", "x", "2", "v", "1", policy=waiting)
    assert "(tentativa 2)" in ran.out
    assert "1  já aconteceu" in ran.out
    assert "digite 1, 2 ou 3" in ran.out
    assert "Há quantos dias foi a compra?" in ran.out
    assert "✓ Troca feita" in ran.out
    still = talk(praxe, "não", "sim", "3", policy=waiting)
    assert still.code == 0
    assert "--fact 'tem_nota=[não, sim]'" in still.out


def test_a_wait_that_goes_on_is_saved_when_asked_to(praxe: Run, waiting: Path, tmp_path: Path) -> None:
    file = tmp_path / "caso.yaml"
    ran = talk(praxe, "não", "sim", "3", words=("--save", file), policy=waiting)
    assert file.read_text("utf-8") == "tem_nota: [não, sim]\n"
    assert f"--facts {file.as_posix()}" in ran.out
    resumed = talk(praxe, "2", "4", words=("--facts", file), policy=waiting)
    assert "✓ Fora do prazo" in resumed.out


def test_json_goes_to_stdout_and_the_conversation_to_stderr(praxe: Run) -> None:
    ran = talk(praxe, *RETAINED, words=("--json",))
    assert json.loads(ran.out)["outcome"] == "revertido"
    assert "É a sua primeira vez" in ran.err


def test_the_whole_conversation_kept_and_taken_up(praxe: Run, tmp_path: Path) -> None:
    file = tmp_path / "caso.json"
    first = talk(praxe, "não", "sim", "tecnico", "ns", "sair", words=("--save", file, "--order", "fewest"))
    assert f"praxe ask policy/rc --resume {file.as_posix()}" in first.out
    kept = json.loads(file.read_text("utf-8"))
    assert [each["turn"] for each in kept["turns"]] == ["answered", "answered", "answered", "unknown"]
    assert kept["order"] == "fewest"
    second = talk(praxe, "v", "sim", "1 2", "revertido", words=("--resume", file))
    assert "Retomando com 3 respostas." in second.out
    assert "voltou: Cliente dá abertura" in second.out
    assert "✓ Revertido" in second.out
    kept["policy"]["digest"] = "sha256:" + "0" * 64
    kept["turns"][1]["value"] = "quem sabe"
    file.write_text(json.dumps(kept), encoding="utf-8")
    other = talk(praxe, words=("--resume", file))
    assert "A política mudou desde esta conversa (rc 2026-11)" in other.out
    assert "não serve mais: `caso_aberto`: `quem sabe` não é sim nem não" in other.out
    assert "Já existe um Caso aberto" in other.out


@pytest.mark.parametrize("zone", ["", "-03:00"])
@pytest.mark.parametrize("later", ["2026-11-30T10:00", "2026-11-20", "2026-11-30T10:00+00:00"])
def test_a_deadline_passes_between_two_sittings(
    praxe: Run, waiting: Path, tmp_path: Path, zone: str, later: str
) -> None:
    file = tmp_path / "caso.json"
    first = talk(praxe, "sim", "3", words=("--save", file, "--now", f"2026-11-23T10:00{zone}"), policy=waiting)
    assert "até 25/11/2026" in first.out
    second = talk(praxe, words=("--resume", file, "--now", later), policy=waiting)
    assert second.code == 0
    assert ("até 25/11/2026" in second.out) == later.startswith("2026-11-20")
    assert ("Há quantos dias foi a compra?" in second.out) == later.startswith("2026-11-30")


def test_what_is_no_conversation_is_not_taken_up(praxe: Run, tmp_path: Path) -> None:
    file = tmp_path / "caso.json"
    for text in ("", "[", '{"caso_aberto": true}'):
        file.write_text(text, encoding="utf-8")
        ran = talk(praxe, words=("--resume", file))
        assert ran.code == 2
        assert "conversa guardada" in ran.err


def test_something_else_told_and_an_answer_corrected(praxe: Run) -> None:
    lines = ("não", "caso_aberto = talvez", "motivo_rc = técnico", "sim", "sim", "n2")
    ran = talk(praxe, *lines, "motivo_rc = Motivo não técnico")
    assert "`caso_aberto`: `talvez` não é sim nem não" in ran.out
    assert "O motivo do pedido é técnico" not in ran.out
    assert "corrigido: Natureza do motivo\n  fica guardado, sem contar: Apoio necessário\n" in ran.out
    assert "  não vale mais: Acionar o N2\n" in ran.out
    assert ran.out.index("não vale mais: Acionar o N2") < ran.out.index("Qual é o motivo não técnico?")


def test_who_would_rather_not_say_is_not_asked_again(praxe: Run) -> None:
    ran = talk(praxe, "não", "sim", "tecnico", "nd", "r")
    assert ran.out.count("O cliente deixa você investigar e tentar resolver?") == 2  # asked, and in the summary
    assert "O cliente deixa você investigar e tentar resolver? (não quis dizer)" in ran.out
    assert "Cliente dá abertura: não quer dizer" in ran.out


def test_english(praxe: Run) -> None:
    ran = talk(praxe, "n", "y", "w", "dk", "b", "technical reason", words=("--language", "en"))
    assert "what each answer leads to:" in ran.out
    assert "went back: Kind of reason" in ran.out
    assert "Does the customer let you look into it" in ran.out


def test_wrong_facts_and_no_standard_input(praxe: Run) -> None:
    assert talk(praxe, words=("--fact", "caso_aberto=x")).code == 2
    assert talk(praxe, words=("--facts", "-")).code == 2


def test_what_an_assumption_rules_out_is_told_and_what_it_settles_is_not_asked(praxe: Run, tmp_path: Path) -> None:
    for name, text in {"policy.yaml": MANIFEST, "vocabulary.yaml": PEOPLE, "a.praxe": TEXT}.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    ran = talk(praxe, "tipo = basico", "p", "outra", "fisica", policy=tmp_path)
    assert "Outra     não pode ser: um pressuposto exclui" in ran.out
    assert "`pessoa` = `outra`: não pode ser" in ran.out
    assert "Anote 0 sócios" in ran.out
    assert "Não se pergunta, pelos pressupostos\n  Sócios: 0\n    Pessoa física não tem sócios" in ran.out
    told = praxe("decide", tmp_path, "--fact", "pessoa=fisica", "--language", "en").out
    assert "Not asked, by the assumptions\n  Sócios: 0\n    A natural person has no partners" in told


# --- any conversation ends, whatever is typed ---------------------------------------------------------------------

LINES = st.sampled_from(["1", "2", "3", "sim", "não", "v", "ns", "p", "?", "sair", "", "0", "n2", "x.yaml"])


@pytest.fixture(scope="module")
def policy() -> Policy:
    """The policy `rc`."""
    return Policy.load(ROOT / RC)


@given(lines=st.lists(LINES | st.text(max_size=5), max_size=25))
def test_whatever_is_typed(policy: Policy, lines: list[str], tmp_path_factory: pytest.TempPathFactory) -> None:
    typed = "".join(f"{line}\n" for line in lines)
    conversation = policy.start(now=datetime.datetime(2026, 11, 22))
    resume = Resume(policy=Path(RC), start=None, file=tmp_path_factory.getbasetemp() / "caso.yaml")
    said: list[str] = []
    with mock.patch("sys.stdin", io.StringIO(typed)):
        dialogue = Dialogue(conversation, Terminal.of([], {}), resume, write=said.append)
        end = dialogue.run()
    assert end.decision.status in set(Status)
    assert policy.decide(end.facts).status is end.decision.status
    assert not any("\x1b" in line for line in said)
