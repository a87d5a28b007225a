"""`praxe docs`: writes what has changed, tells what is not current, touches nothing that is not its own."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from praxe.cli.docs_build import Order
from praxe.cli.docs_cache import Cache
from praxe.cli.docs_folder import LIST, Folder
from praxe.cli.docs_watch import watch
from praxe.cli.terminal import Terminal
from tests.cli.conftest import Run

pytest.importorskip("pygraphviz", exc_type=ImportError)


@pytest.fixture
def policy(template: Path, tmp_path: Path) -> Path:
    """A policy that may be changed."""
    folder = tmp_path / "politica"
    shutil.copytree(template, folder)
    return folder


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Where the pages go."""
    return tmp_path / "paginas"


def names(folder: Path) -> set[str]:
    """Return the names of the files in a folder."""
    return {path.name for path in folder.iterdir()}


def change(policy: Path, old: str, new: str) -> None:
    """Change the text of the policy's procedure."""
    path = policy / "troca.praxe"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_pages_are_written_and_then_current(praxe: Run, policy: Path, out: Path) -> None:
    ran = praxe("docs", policy, "-o", out)
    assert ran.code == 0
    assert f"escrito: {(out / 'README.md').as_posix()}" in ran.out
    made = names(out)
    assert {"README.md", "troca.md", "troca.svg", "glossario.md", "exemplos.md", LIST} <= made
    before = {each: (out / each).stat().st_mtime_ns for each in made}
    again = praxe("docs", policy, "-o", out)
    assert again.code == 0
    assert "escrito" not in again.out
    assert {each: (out / each).stat().st_mtime_ns for each in names(out)} == before
    check = praxe("docs", policy, "-o", out, "--check")
    assert (check.code, check.err) == (0, "")
    assert "todos em dia" in check.out


def test_a_check_of_an_empty_place_writes_nothing(praxe: Run, policy: Path, out: Path) -> None:
    ran = praxe("docs", policy, "-o", out, "--check")
    assert ran.code == 1
    assert f"falta: {(out / 'troca.md').as_posix()}" in ran.out
    assert f"praxe docs {policy.as_posix()} -o {out.as_posix()} --language pt\n" in ran.err
    site = praxe("docs", policy, "-o", out, "--check", "--html", "--language", "en")
    assert site.err.endswith(" --html --language en\n")  # in another language it would be another folder of pages
    assert not out.exists()


def test_the_check_names_what_is_stale_missing_and_superfluous(praxe: Run, policy: Path, out: Path) -> None:
    praxe("docs", policy, "-o", out)
    (out / "glossario.md").write_text("outra coisa\n", encoding="utf-8")
    (out / "troca.svg").unlink()
    change(policy, 'procedimento troca "', 'procedimento troca "Nova ')
    change(policy, "procedimento troca", "procedimento troca_nova")
    manifest = policy / "policy.yaml"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace("entry: troca", "entry: troca_nova"), "utf-8")
    ran = praxe("docs", policy, "-o", out, "--check", "--json")
    assert ran.code == 1
    found = json.loads(ran.out)
    assert found["current"] is False
    assert {"glossario.md", "README.md"} <= set(found["stale"])
    assert set(found["missing"]) == {"troca_nova.md", "troca_nova.svg"}
    assert found["superfluous"] == ["troca.md"]  # troca.svg is not there any more
    assert found["foreign"] == []
    done = praxe("docs", policy, "-o", out)
    assert f"apagado: {(out / 'troca.md').as_posix()}" in done.out
    assert "troca.md" not in names(out)
    assert praxe("docs", policy, "-o", out, "--check").code == 0


def test_only_what_has_changed_is_written(praxe: Run, policy: Path, out: Path) -> None:
    praxe("docs", policy, "-o", out)
    vocabulary = policy / "vocabulary.yaml"
    text = vocabulary.read_text(encoding="utf-8")
    assert "label: Fora do prazo\n" in text
    meant = text.replace("label: Fora do prazo\n", "label: Fora do prazo\n    meaning: Passou do dia.\n")
    vocabulary.write_text(meant, encoding="utf-8")
    written = json.loads(praxe("docs", policy, "-o", out, "--json").out)["written"]
    assert sorted(written) == ["README.md", "glossario.md"]  # the digest of the policy, and the meaning


def test_line_ends_of_another_system_are_no_change(praxe: Run, policy: Path, out: Path) -> None:
    praxe("docs", policy, "-o", out)
    page = out / "troca.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert praxe("docs", policy, "-o", out, "--check").code == 0


def test_files_of_others_are_left_alone(praxe: Run, policy: Path, out: Path) -> None:
    out.mkdir()
    (out / "minhas_notas.md").write_text("minhas\n", encoding="utf-8")
    (out / "README.md").write_text("meu\n", encoding="utf-8")
    ran = praxe("docs", policy, "-o", out)
    assert ran.code == 2
    assert f"`{(out / 'README.md').as_posix()}` já existe" in ran.err
    assert names(out) == {"minhas_notas.md", "README.md"}
    assert "não foi feito por praxe docs" in praxe("docs", policy, "-o", out, "--check").out
    (out / "README.md").unlink()
    assert praxe("docs", policy, "-o", out).code == 0
    assert (out / "minhas_notas.md").read_text(encoding="utf-8") == "minhas\n"


@pytest.mark.parametrize(
    "written",
    ["nada", "[]", '{"files": []}', '{"files": {"../fora.md": {"key": "", "sha256": ""}}}', '{"files": {"a": 1}}'],
)
def test_a_list_that_is_not_ours_is_refused(praxe: Run, policy: Path, out: Path, written: str) -> None:
    out.mkdir()
    (out / LIST).write_text(written, encoding="utf-8")
    (out.parent / "fora.md").write_text("fora\n", encoding="utf-8")
    ran = praxe("docs", policy, "-o", out)
    assert ran.code == 2
    assert LIST in ran.err
    assert (out.parent / "fora.md").exists()


def test_whoever_is_stopped_goes_on_next_time(
    praxe: Run, policy: Path, out: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = Folder.write

    def stop(self: Folder, name: str, content: bytes) -> None:
        if name == "glossario.md":
            raise KeyboardInterrupt
        real(self, name, content)

    monkeypatch.setattr(Folder, "write", stop)
    assert praxe_stopped(policy, out) == 130
    assert "troca.md" in names(out)
    assert "glossario.md" not in names(out)
    monkeypatch.setattr(Folder, "write", real)
    assert praxe("docs", policy, "-o", out).code == 0
    assert praxe("docs", policy, "-o", out, "--check").code == 0


def praxe_stopped(policy: Path, out: Path) -> int:
    """Run the command, which is interrupted; return its exit code."""
    from click.testing import CliRunner

    from praxe.cli.root import ROOT

    return CliRunner().invoke(ROOT, ["docs", str(policy), "-o", str(out)]).exit_code


def test_an_error_in_the_policy_writes_nothing(praxe: Run, policy: Path, out: Path) -> None:
    change(policy, "fim ", "fin ")
    ran = praxe("docs", policy, "-o", out)
    assert ran.code == 1
    assert "troca.praxe" in ran.err
    assert not out.exists()


def test_a_site_in_english(praxe: Run, policy: Path, out: Path) -> None:
    ran = praxe("docs", policy, "-o", out, "--html", "--language", "en", "--json")
    assert ran.code == 0
    written = set(json.loads(ran.out)["written"])
    assert {"index.html", "troca.html", "glossary.html", "terms.html", "praxe.css", "praxe-search.js"} <= written
    assert '<html lang="en">' in (out / "troca.html").read_text(encoding="utf-8")
    assert praxe("docs", policy, "-o", out, "--check", "--language", "en").code == 1  # that would be Markdown
    assert praxe("docs", policy, "-o", out, "--html", "--check", "--language", "en").code == 0


def test_the_site_becomes_pages_and_its_files_go(praxe: Run, policy: Path, out: Path) -> None:
    praxe("docs", policy, "-o", out, "--html")
    ran = praxe("docs", policy, "-o", out, "--json")
    assert "praxe.css" in json.loads(ran.out)["removed"]
    assert not list(out.glob("*.html"))


def test_a_file_where_the_folder_should_be(praxe: Run, policy: Path, tmp_path: Path) -> None:
    (tmp_path / "arquivo").write_text("", encoding="utf-8")
    ran = praxe("docs", policy, "-o", tmp_path / "arquivo")
    assert ran.code == 2
    assert "não é uma pasta" in ran.err


def test_no_cache_folder_only_takes_longer(praxe: Run, policy: Path, out: Path, tmp_path: Path) -> None:
    (tmp_path / "nao_e_pasta").write_text("", encoding="utf-8")
    nowhere = {"XDG_CACHE_HOME": str(tmp_path / "nao_e_pasta")}
    assert praxe("docs", policy, "-o", out, **nowhere).code == 0
    assert praxe("docs", policy, "-o", out, "--check", **nowhere).code == 0


def test_what_is_kept_is_kept_whole(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "kept")
    made: list[str] = []

    def make() -> bytes:
        made.append("x")
        return b"conte\x00udo"

    assert cache.get("chave", make) == cache.get("chave", make) == b"conte\x00udo"
    assert len(made) == 1
    file = tmp_path / "kept" / "chave"
    file.write_bytes(file.read_bytes()[:-1])
    assert cache.get("chave", make) == b"conte\x00udo"
    assert len(made) == 2
    assert Cache(None).get("chave", make) == b"conte\x00udo"


# --- watching ---------------------------------------------------------------------------------------------------


def test_the_pages_follow_the_policy(policy: Path, out: Path, capsys: pytest.CaptureFixture[str]) -> None:
    looks: list[str] = []

    def pause(_seconds: float) -> None:
        page = (out / "troca.md").read_text(encoding="utf-8")
        looks.append("Nova troca" if "Nova troca" in page else "velha")
        match len(looks):
            case 1:
                change(policy, 'procedimento troca "', 'procedimento troca "Nova troca ')
            case 2:
                change(policy, "fim ", "fin ")  # a mistake
            case 3:
                change(policy, "fin ", "fim ")
            case _:
                raise KeyboardInterrupt

    order = Order(policy=policy, folder=Folder(out), form="md", language="pt")
    assert watch(order, Terminal.of([], {}), pause=pause) == 0
    assert looks == ["velha", "Nova troca", "Nova troca", "Nova troca"]
    told = capsys.readouterr()
    assert "de olho em" in told.err
    assert "troca.praxe" in told.err  # the mistake, with its place
    assert "as últimas páginas boas ficam" in told.err
    assert told.out.count("✓") == 3


def test_watching_and_checking_do_not_go_together(praxe: Run, policy: Path, out: Path) -> None:
    assert praxe("docs", policy, "-o", out, "--check", "--watch").code == 2
