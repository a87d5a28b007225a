"""A folder to texts, and all its YAML files read together."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

import pytest

from praxe.dsl.errors import PraxeError
from praxe.dsl.file_names import MAX_BYTES
from praxe.dsl.keywords import reserved_words
from praxe.dsl.load import PolicyFiles, read_folder, read_text, read_texts, scenario_files
from praxe.dsl.load_words import PolicyWords, load_words
from praxe.dsl.source import Span
from tests.dsl.yaml_texts import codes, shown

ROOT: Final = Path(__file__).parents[2]
TEXTS: Final = {
    "policy.yaml": "name: p\ntitle: P\nversion: '1'\nlanguage: pt\nentry: triagem\ndocuments: {ex: Exemplo}\n",
    "vocabulary.yaml": "facts:\n  motivo: {type: text, label: M, question: M, clauses: [ex.1]}\n",
    "clauses.yaml": "ex.1: {document: ex, kind: deadline, paraphrase: X}\n",
    "texts.en.yaml": "Olá: Hello\n",
    "triagem.praxe": "procedimento triagem:\n  nada\n",
    "b/outro.praxe": "procedimento outro:\n  nada\n",
}
needs_links = pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")


def write(folder: Path, texts: dict[str, str]) -> Path:
    for name, text in texts.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    return folder


def words_of(files: PolicyFiles) -> PolicyWords:
    return load_words(files, reserved_words=reserved_words())


# --- reading -----------------------------------------------------------------------------------------------------


def test_every_file_has_its_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path, {f"policy/p/{name}": text for name, text in TEXTS.items()})
    write(tmp_path, {"policy/p/scenarios/a.yaml": "[]", "policy/p/scenarios/x.praxe": "", "policy/p/notes.txt": ""})
    monkeypatch.chdir(tmp_path)
    files = read_folder(Path("policy/p"))
    assert files.diagnostics == ()
    assert files.folder == "policy/p"
    assert files.manifest
    assert files.manifest.text == TEXTS["policy.yaml"]
    assert [source.path for source in files.procedures] == ["policy/p/b/outro.praxe", "policy/p/triagem.praxe"]
    assert [(language, source.path) for language, source in files.translations] == [("en", "policy/p/texts.en.yaml")]
    assert len(files.sources) == len(TEXTS)


def test_texts_in_memory_are_the_same(tmp_path: Path) -> None:
    from_disk = read_folder(write(tmp_path, TEXTS))
    in_memory = read_texts(str(tmp_path), TEXTS | {"scenarios/x.praxe": "", "notes.txt": ""})
    assert in_memory == from_disk


@pytest.mark.parametrize("folder", ["p", "./p", "p/"])
def test_paths_are_shown_as_they_are_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, folder: str) -> None:
    write(tmp_path, {"p/policy.yaml": ""})
    monkeypatch.chdir(tmp_path)
    assert read_folder(Path(folder)).sources[0].path == "p/policy.yaml"
    monkeypatch.chdir(tmp_path / "p")
    assert read_folder(Path()).sources[0].path == "policy.yaml"


def test_the_digest_is_of_names_and_texts_alone(tmp_path: Path) -> None:
    here, there = write(tmp_path / "a", TEXTS), write(tmp_path / "b", TEXTS)
    digest = read_folder(here).digest
    assert digest.startswith("sha256:")
    assert len(digest) == len("sha256:") + 64
    write(there, {"triagem.praxe": TEXTS["triagem.praxe"].replace("\n", "\r\n"), "scenarios/a.yaml": "x"})
    assert read_folder(there).digest == digest
    write(there, {"triagem.praxe": TEXTS["triagem.praxe"] + "\n"})
    assert read_folder(there).digest != digest


def test_the_digest_knows_where_a_text_ends() -> None:
    one = read_texts("p", {"a.praxe": "x", "b.praxe": "y", "policy.yaml": ""})
    other = read_texts("p", {"a.praxe": "x", "b.praxe": "", "policy.yaml": "y"})
    renamed = read_texts("p", {"a.praxe": "x", "c.praxe": "y", "policy.yaml": ""})
    assert len({one.digest, other.digest, renamed.digest}) == 3


def test_scenarios_are_found_by_path(tmp_path: Path) -> None:
    write(tmp_path, {"scenarios/b.yaml": "", "scenarios/a/c.yaml": "", "scenarios/d.txt": "", "policy.yaml": ""})
    assert scenario_files(tmp_path) == (tmp_path / "scenarios/a/c.yaml", tmp_path / "scenarios/b.yaml")
    assert scenario_files(tmp_path / "none") == ()


# --- what is missing or cannot be read ---------------------------------------------------------------------------


def test_missing_files_are_told_together(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path, {"policy.yml": "", "clauses.yaml": "", "a.txt": ""}))
    assert [(each.code, each.args["name"], each.args.get("near")) for each in files.diagnostics] == [
        ("PX162", "*.praxe", None),
        ("PX162", "policy.yaml", "policy.yml"),
        ("PX162", "vocabulary.yaml", None),
    ]


def test_a_folder_of_anything_else_is_not_searched(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path, {"deep/down/x.praxe": ""}))
    assert files.procedures == ()
    assert [each.args["name"] for each in files.diagnostics] == ["policy.yaml", "vocabulary.yaml"]


@pytest.mark.parametrize(
    ("raw", "place", "byte"),
    [
        ("a: b\nc: cobrança".encode("latin-1"), (2, 10), "0xE7"),
        ("é: ".encode() + b"\xff", (1, 4), "0xFF"),
        ("e\u0301: ".encode() + b"\xc3", (1, 4), "0xC3"),  # counted as the text is read: composed
        ("a: b".encode("utf-16"), (1, 1), "0xFF"),
    ],
)
def test_a_file_that_is_not_utf_8(tmp_path: Path, raw: bytes, place: tuple[int, int], byte: str) -> None:
    folder = write(tmp_path, TEXTS)
    (folder / "vocabulary.yaml").write_bytes(raw)
    files = read_folder(folder)
    assert files.vocabulary is None
    ((code, where, args),) = shown(files.diagnostics)
    assert (code, where, args) == ("PX160", f"{place[0]}:{place[1]}", {"byte": byte})
    assert files.diagnostics[0].span.path in {source.path for source in files.sources}


def test_a_file_that_is_too_long(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path, TEXTS | {"triagem.praxe": "#" * (MAX_BYTES + 1)}))
    assert shown(files.diagnostics) == [("PX161", "1:1", {"megabytes": "5"})]
    assert [source.path.rpartition("/")[2] for source in files.procedures] == ["outro.praxe"]


def test_one_text_is_read_alone(tmp_path: Path) -> None:
    write(tmp_path, {"facts.yaml": "\ufeffa: 1\r\n"})
    source, problems = read_text(tmp_path / "facts.yaml")
    assert problems == ()
    assert source
    assert source.text == "a: 1\n"


@pytest.mark.parametrize("name", ["nothing", "file", "file/below", "nul\0byte"])
def test_a_folder_that_is_none_is_trouble(tmp_path: Path, name: str) -> None:
    write(tmp_path, {"file": ""})
    with pytest.raises(PraxeError) as caught:
        read_folder(tmp_path / name)
    assert set(caught.value.message) == {"pt", "en"}
    assert caught.value.in_language("en") != caught.value.in_language("pt") == str(caught.value)


def test_one_file_that_is_not_there_is_trouble(tmp_path: Path) -> None:
    with pytest.raises(PraxeError):
        read_text(tmp_path / "nothing.yaml")


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read anything")
def test_a_file_that_may_not_be_read_is_trouble(tmp_path: Path) -> None:
    folder = write(tmp_path, TEXTS)
    (folder / "vocabulary.yaml").chmod(0)
    with pytest.raises(PraxeError):
        read_folder(folder)


# --- links and what is no file -----------------------------------------------------------------------------------


@needs_links
def test_links_to_the_outside_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside", {"x.praxe": "secret", "vocabulary.yaml": "secret", "s/a.yaml": "secret"})
    folder = write(tmp_path / "p", {name: text for name, text in TEXTS.items() if name != "vocabulary.yaml"})
    (folder / "link.praxe").symlink_to(outside / "x.praxe")
    (folder / "more").symlink_to(outside, target_is_directory=True)
    (folder / "scenarios").symlink_to(outside / "s", target_is_directory=True)
    (folder / "vocabulary.yaml").symlink_to(outside / "vocabulary.yaml")
    files = read_folder(folder)
    assert not any("secret" in source.text for source in files.sources)
    assert [each.args["name"] for each in files.diagnostics] == ["vocabulary.yaml"]
    assert scenario_files(folder) == ()


@needs_links
def test_a_link_to_the_folder_itself_and_links_inside_it_are_followed(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", TEXTS)
    (folder / "again.praxe").symlink_to(folder / "triagem.praxe")
    (folder / "round").symlink_to(folder, target_is_directory=True)
    (folder / "self.praxe").symlink_to(folder / "self.praxe")
    (tmp_path / "q").symlink_to(folder, target_is_directory=True)
    names = [source.path.rpartition("/")[2] for source in read_folder(tmp_path / "q").procedures]
    assert names == ["again.praxe", "outro.praxe", "triagem.praxe"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes there")
def test_pipes_and_folders_are_no_files(tmp_path: Path) -> None:
    folder = write(tmp_path, {name: text for name, text in TEXTS.items() if name != "policy.yaml"})
    os.mkfifo(folder / "pipe.praxe")
    (folder / "policy.yaml").mkdir()
    (folder / "folder.praxe").mkdir()
    files = read_folder(folder)
    assert [each.args["name"] for each in files.diagnostics] == ["policy.yaml"]
    assert len(files.procedures) == 2


def test_hidden_files_are_left_out(tmp_path: Path) -> None:
    files = read_folder(write(tmp_path, TEXTS | {".git/x.praxe": "", ".x.praxe": ""}))
    assert len(files.procedures) == 2


def test_very_deep_folders_are_read(tmp_path: Path) -> None:
    if sys.platform == "win32":
        pytest.skip("long paths need a setting there")
    deep = "/".join("d" * 300)
    files = read_folder(write(tmp_path, TEXTS | {f"{deep}/x.praxe": "procedimento fundo:\n  nada\n"}))
    assert len(files.procedures) == 3


# --- all together ------------------------------------------------------------------------------------------------


def test_the_words_of_a_whole_policy() -> None:
    words = words_of(read_texts("p", TEXTS))
    assert words.diagnostics == ()
    assert words.manifest
    assert words.vocabulary
    assert list(words.vocabulary.facts) == ["motivo"]
    assert list(words.vocabulary.clauses) == ["ex.1"]
    assert words.translations == {"en": {"Olá": ("Hello", Span("p/texts.en.yaml", 1, 1, 1, 4))}}
    assert words.language == "pt"


def test_the_policies_of_this_project_have_no_findings() -> None:
    folders = [path.parent for path in (ROOT / "policy").glob("*/policy.yaml")]
    assert folders
    for folder in folders:
        files = read_folder(folder)
        words = words_of(files)
        assert (*files.diagnostics, *words.diagnostics) == ()


def test_each_file_is_read_though_another_has_mistakes() -> None:
    broken = {
        "policy.yaml": "name: p\n",
        "clauses.yaml": "ex.1: {document: other, kind: x, paraphrase: X}\n",
        "vocabulary.yaml": "facts:\n  motivo: {type: txt, label: M, question: M, clauses: [ex.2]}\n",
        "texts.en.yaml": "a: [\n",
    }
    words = words_of(read_texts("p", TEXTS | broken))
    assert codes(words.diagnostics) == ["PX164", "PX168", "PX168", "PX178", "PX156"]
    assert words.manifest is None
    assert words.broken_words == {"motivo"}


def test_what_hangs_on_an_unreadable_file_stays_silent() -> None:
    words = words_of(read_texts("p", TEXTS | {"clauses.yaml": "ex.1: [\n", "policy.yaml": "name: [\n"}))
    assert codes(words.diagnostics) == ["PX156", "PX156"]


def test_without_documents_in_the_manifest_any_may_be_named() -> None:
    manifest = TEXTS["policy.yaml"].replace("documents: {ex: Exemplo}\n", "")
    assert words_of(read_texts("p", TEXTS | {"policy.yaml": manifest})).diagnostics == ()


def test_missing_files_leave_nothing() -> None:
    words = words_of(read_texts("p", {}))
    assert (words.manifest, words.vocabulary, words.translations, words.diagnostics) == (None, None, {}, ())
