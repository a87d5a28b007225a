"""Colours, widths, files and the cache: what the commands share."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from praxe.cli.files import write_whole
from praxe.cli.grammar_cache import grammar_cache
from praxe.cli.layout import cells, wrapped
from praxe.cli.terminal import Terminal
from tests.cli.conftest import RC, Run

posix_only = pytest.mark.skipif(os.name == "nt", reason="Windows keeps permissions elsewhere")


class AsTerminal:
    """A stream that says it is a terminal."""

    encoding = "utf-8"

    def isatty(self) -> bool:
        """Say so."""
        return True


@pytest.mark.parametrize(
    ("arguments", "environment", "colors"),
    [
        ([], {}, True),
        ([], {"NO_COLOR": "1"}, False),
        ([], {"NO_COLOR": ""}, True),
        ([], {"TERM": "dumb"}, False),
        (["--color=never"], {}, False),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        (["--", "--color", "never"], {}, True),
    ],
)
def test_colours_in_a_terminal(
    arguments: list[str], environment: dict[str, str], colors: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdout", AsTerminal())
    assert Terminal.of(arguments, environment).colors_out is colors


def test_colours_when_piped(praxe: Run) -> None:
    assert "\x1b" not in praxe("explain", "203").out
    assert "\x1b[" in praxe("explain", "203", "--color", "always").out
    assert "\x1b[" in praxe("--help", "--color", "always").out
    assert "\x1b[" in praxe("--color", "always", "nada").err


def test_the_width_is_the_terminal_s(praxe: Run) -> None:
    ran = praxe("decide", RC, COLUMNS="60")
    assert max(map(len, ran.out.splitlines())) <= 60
    assert praxe("decide", RC, COLUMNS="5").code == 0
    assert praxe("decide", RC, COLUMNS="²").code == 0


def test_wrapped_measures_cells() -> None:
    assert cells("ação") == 4
    assert cells("acao\u0303") == 4
    assert cells("日本") == 4
    assert wrapped("日本 日本 日本", 9) == ["日本 日本", "日本"]
    assert wrapped("abc defghijkl m", 5, indent=" ") == ["abc", " defghijkl", " m"]
    assert wrapped("", 5) == []
    assert wrapped("a\n\nb", 5) == ["a", "", "b"]


# --- files -------------------------------------------------------------------------------------------------------


@posix_only
def test_a_new_file_has_the_usual_permissions(tmp_path: Path) -> None:
    write_whole(tmp_path / "a" / "b.txt", b"x")
    other = tmp_path / "c.txt"
    other.write_bytes(b"x")
    assert (tmp_path / "a" / "b.txt").stat().st_mode == other.stat().st_mode


def test_a_write_that_fails_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.txt"
    file.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", fail)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["a.txt"]


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_whole(Path(os.devnull), b"x")
    assert not Path(os.devnull).is_file()


# --- the grammar's tables ----------------------------------------------------------------------------------------


@posix_only
def test_the_cache_is_ours_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    file = grammar_cache()
    assert file
    assert file.parent == tmp_path / "praxe"
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.parent.chmod(0o777)
    assert grammar_cache() == file
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_without_a_folder_there_is_no_cache_and_all_works(
    praxe: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    blocked = tmp_path / "file"
    blocked.write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(blocked))
    assert grammar_cache() is None
    assert praxe("check", RC).code == 0


def test_a_spoilt_cache_is_made_anew(praxe: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert praxe("check", RC).code == 0
    for each in (tmp_path / "praxe").rglob("*"):
        if each.is_file():
            each.write_bytes(b"spoilt")
    assert praxe("check", RC).code == 0


def test_a_file_that_cannot_be_written_is_named_as_it_was_given(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("carta.txt").write_text("x", encoding="utf-8")
    Path("pasta").mkdir()
    with pytest.raises((NotADirectoryError, FileExistsError)) as found:
        write_whole(Path("carta.txt") / "rc.json", b"")
    assert found.value.filename in {"carta.txt", Path("carta.txt")}
    with pytest.raises(IsADirectoryError) as folder:
        write_whole(Path("pasta"), b"")
    assert str(folder.value.filename) == "pasta"
    with pytest.raises(OSError) as beyond:
        write_whole(Path("pasta") / ("n" * 300), b"")
    assert str(beyond.value.filename) == f"pasta/{'n' * 300}"
