"""What only a real process shows: exit codes, pipes that close, other encodings, Ctrl-C, our own faults."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cli.conftest import RC, Run

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows has neither these signals nor these pipes")
PRAXE = [sys.executable, "-m", "praxe"]


def run(*words: str, stdin: str = "", **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run the command as a shell would."""
    given = {**os.environ, **environment}
    return subprocess.run([*PRAXE, *words], input=stdin.encode(), capture_output=True, env=given, check=False)


def test_exit_codes(tmp_path: Path) -> None:
    assert run("check", RC).returncode == 0
    assert run("check", str(tmp_path)).returncode == 1
    assert run("chek").returncode == 2
    assert run().returncode == 2


@pytest.mark.parametrize(
    ("encoding", "words"),
    [
        ("ascii", ["decide", RC]),
        ("ascii", ["nada", "ç"]),
        ("cp1252", ["check", RC]),
        ("cp1252", ["decide", RC, "--json"]),
    ],
)
def test_a_terminal_that_does_not_speak_utf_8(encoding: str, words: list[str]) -> None:
    done = run(*words, PYTHONIOENCODING=encoding, PYTHONUTF8="0")
    assert done.returncode == (2 if words[0] == "nada" else 0), done.stderr
    assert b"Traceback" not in done.stderr
    if "--json" in words:
        assert "primeira vez neste processo, ou você" in done.stdout.decode("utf-8")


@posix_only
@pytest.mark.parametrize("words", [["explain"], ["--help"]], ids=lambda words: words[0])
def test_a_reader_that_goes_away(words: list[str]) -> None:
    with subprocess.Popen([*PRAXE, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        process.stdout.close()
        said = process.stderr.read()
        assert process.wait(timeout=30) == 0
    assert b"Traceback" not in said
    assert b"BrokenPipe" not in said


@posix_only
def test_ctrl_c_in_a_conversation_tells_how_to_resume() -> None:
    with subprocess.Popen(
        [*PRAXE, "ask", RC],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 - background jobs ignore it
    ) as process:
        assert process.stdin
        assert process.stdout
        process.stdin.write("não\n".encode())
        process.stdin.flush()
        said = b""
        while b"Caso aberto por voc" not in said:
            said += process.stdout.readline()
        process.send_signal(signal.SIGINT)
        said += process.stdout.read()
        assert process.wait(timeout=30) == 0
    assert "--fact 'primeira_vez_ou_duvida=não'" in said.decode()


def test_our_own_fault_is_one_line_and_the_traceback_only_when_asked_for(
    praxe: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division by zero\nand more")

    monkeypatch.setattr("praxe.cli.explain.all_codes", fail)
    ran = praxe("explain", PRAXE_DEBUG="0")
    assert ran.code == 3
    assert ran.err.startswith("erro: falha do Praxe (ZeroDivisionError: division by zero)\n  = ajuda: ")
    assert "Traceback" not in ran.err
    told = praxe("explain", "--debug", PRAXE_DEBUG="0")
    assert told.code == 3
    assert "Traceback" in told.err


@posix_only
def test_a_file_that_may_not_be_written(praxe: Run, tmp_path: Path) -> None:
    (tmp_path / "a.praxe").write_text('procedimento  p "P":\n  nada\n', encoding="utf-8")
    if os.geteuid() == 0:
        target = Path("/proc/nowhere/a.praxe")  # even the superuser may not
    else:
        target = tmp_path / "closed" / "a.praxe"
        target.parent.mkdir(mode=0o500)
    ran = praxe("translate", tmp_path / "a.praxe", "--to", "en", "-o", target)
    assert ran.code == 2
    assert ran.err.startswith("erro: ")


@posix_only
@pytest.mark.parametrize("closed", ["0", "1", "2"])
def test_a_stream_that_the_caller_has_closed(closed: str) -> None:
    sign = "<&-" if closed == "0" else f"{closed}>&-"
    for words, code in ((["fmt", "-"], 1), (["nada"], 2)):  # an empty text is no policy
        done = subprocess.run(["sh", "-c", f'exec "$@" {sign}', "sh", *PRAXE, *words], check=False)
        assert done.returncode == code


def test_what_went_wrong_cannot_steer_the_terminal(praxe: Run) -> None:
    ran = praxe("decide", "pasta\x1b[31m")
    assert ran.code == 2
    assert "pasta" in ran.err and "\x1b" not in ran.err


@posix_only
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no full device here")
def test_a_result_that_cannot_be_written() -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PRAXE, "explain"], stdout=full, stderr=subprocess.PIPE, check=False)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr.decode()
    assert "Exception ignored" not in done.stderr.decode()
    assert done.stderr.decode().startswith("erro: ")


WORDS = st.sampled_from(
    "check|decide|ask|explain|test|draw|translate|--json|--facts|-|policy/rc|x|--fact|a=1|caso_aberto=sim|--start|--now"
    "|2026-11-22|--language|en|--help|--version|--|--strict|203|--format|sarif|--to".split("|")
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(words=st.lists(WORDS | st.text(max_size=4).filter(lambda text: "/" not in text), max_size=6), stdin=st.binary())
def test_whatever_is_written_the_mistake_is_not_ours(praxe: Run, words: list[str], stdin: bytes) -> None:
    ran = praxe(*words, stdin=stdin)
    assert ran.code in {0, 1, 2}
    assert "Traceback" not in ran.err
