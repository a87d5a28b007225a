"""The sdist and the wheel hold every file of every room, under `praxe/`, and the wheel works on its own.

A room can vanish without an error: hatchling walks the links of an editable install (see pyproject.toml).
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from praxe.visualize import fonts

ROOT = Path(__file__).parents[1]
ROOMS = {"dsl": "dsl", "engine": "engine", "policy": "policy", "visualize": "visualize", "praxe": "src/praxe"}


def files_of(room: str) -> Iterator[str]:
    """Yield the files of a room, as paths from the root."""
    for folder, folders, names in os.walk(ROOT / ROOMS[room]):  # does not enter links
        folders[:] = sorted(each for each in folders if each != "__pycache__")
        for name in sorted(names):
            if not name.startswith("."):
                yield Path(folder, name).relative_to(ROOT).as_posix()


def run(*command: str, folder: Path, **environment: str) -> str:
    """Run a command of this Python and return what it says; fail with it if it fails."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=folder,
        env=os.environ | environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def installed(path: str) -> str:
    """Return where the wheel puts a file of the tree."""
    return path.removeprefix("src/") if path.startswith("src/praxe/") else f"praxe/{path}"


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build both from the tree, and a second wheel from the sdist, as an installer does."""
    folder = tmp_path_factory.mktemp("built")
    run("-m", "hatchling", "build", "-d", str(folder), folder=ROOT)
    with tarfile.open(next(folder.glob("*.tar.gz"))) as sdist:
        sdist.extractall(folder, filter="data")
    unpacked = next(each for each in folder.iterdir() if each.is_dir())
    run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder / "again"), folder=unpacked)
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> frozenset[str]:
    """Return the paths in the wheel."""
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        return frozenset(archive.namelist())


@pytest.mark.parametrize("room", ROOMS)
def test_the_sdist_holds_the_room(built: Path, room: str) -> None:
    with tarfile.open(next(built.glob("*.tar.gz"))) as archive:
        inside = {name.partition("/")[2] for name in archive.getnames()}
    expected = set(files_of(room))
    assert expected
    assert expected <= inside


@pytest.mark.parametrize("room", ROOMS)
def test_the_wheel_holds_the_room(wheel: frozenset[str], room: str) -> None:
    expected = {installed(path) for path in files_of(room)}
    assert expected <= wheel


def test_the_wheel_holds_nothing_else(wheel: frozenset[str]) -> None:
    strangers = {name for name in wheel if not name.startswith("praxe/") and ".dist-info/" not in name}
    assert not strangers
    assert not {name for name in wheel if name.endswith((".pyc", ".uuid"))}


def test_the_wheel_says_that_it_is_typed_and_under_which_licence(wheel: frozenset[str]) -> None:
    assert "praxe/py.typed" in wheel
    licences = {name.partition("/licenses/")[2] for name in wheel if "/licenses/" in name}
    assert licences == {"LICENSE", "visualize/fonts/OFL.txt"}


def test_a_wheel_built_from_the_sdist_is_the_same(built: Path, wheel: frozenset[str]) -> None:
    with zipfile.ZipFile(next((built / "again").glob("*.whl"))) as archive:
        assert frozenset(archive.namelist()) == wheel


def test_the_wheel_works_on_its_own(built: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(next(built.glob("*.whl"))) as archive:
        archive.extractall(tmp_path)
    program = (
        "import praxe, praxe.dsl, praxe.engine, praxe.visualize as room; print(praxe.Policy.__name__, room.__file__)"
    )
    said = run("-c", program, folder=tmp_path, PYTHONPATH=str(tmp_path))
    assert said == f"Policy {tmp_path / 'praxe' / 'visualize' / '__init__.py'}\n"


PORTUGUESE = "ÁÀÂÃÇÉÊÍÓÔÕÚÜáàâãçéêíóôõúü“”‘’—–…·•→≤≥½ºª§°\u00a0"


@pytest.mark.parametrize("face", ["regular", "bold"])
def test_the_drawing_font_has_what_portuguese_needs(face: fonts.Face) -> None:
    path = ROOT / "visualize" / "fonts" / f"PraxeInter-{face.capitalize()}.ttf"
    font = TTFont(path)
    named = {record.nameID: str(record) for record in font["name"].names}
    assert (named[1], named[2]) == (fonts.FAMILY, face.capitalize())
    assert {ord(each) for each in PORTUGUESE} | set(range(0x20, 0x7F)) <= font.getBestCmap().keys()
    assert fonts.widths(face).keys() == {chr(code) for code in font.getBestCmap()}
    assert max(path.stat().st_size, len(fonts.woff2(face))) < 120_000


def test_the_font_configuration_names_the_folder_of_the_fonts(tmp_path: Path) -> None:
    written = fonts.write_config(tmp_path).read_text(encoding="utf-8")
    assert f"<dir>{(ROOT / 'visualize' / 'fonts').as_posix()}</dir>" in written
