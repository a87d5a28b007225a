"""What holds for every file of the project, whatever it says."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
TOP = set(
    ".ci .gitignore CHANGELOG.md LICENSE Makefile README.md benchmarks docs dsl engine examples hatch_build.py policy "
    "pyproject.toml src tests tools visualize".split()
)
UNTRACKED = {".git", ".venv", "__pycache__", "build", "dist", "out"}
REGISTRY = re.compile(
    r"pypi\.(org|python)|pythonhosted\.org|npmjs\.(com|org)|registry\.\w+\.\w+|crates\.io|anaconda\.(com|org)|yarnpkg\.com"
)
MACHINE_PATH = re.compile(r"(?<![\w.)}<\]])/(root|home|work|tmp|Users)\b")
MODULE_NAMES = {  # where module and distribution differ
    "cel": "common-expression-language",
    "fontTools": "fonttools",
    "markdown_it": "markdown-it-py",
    "yaml": "pyyaml",
    "zen": "zen-engine",
}
LINES = 450


def tracked_files() -> Iterator[Path]:
    """Yield the files that git has or would take; without git, all but those that are made."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False)
    if (ROOT / ".git").exists() and listed.returncode == 0:
        yield from (ROOT / name for name in sorted(set(listed.stdout.split("\0"))) if name and (ROOT / name).is_file())
        return
    for folder, folders, names in os.walk(ROOT):
        folders[:] = sorted(each for each in folders if each not in UNTRACKED and not each.endswith("_cache"))
        yield from (Path(folder, name) for name in sorted(names) if name != ".uuid")


FILES = list(tracked_files())
PYTHON = [path for path in FILES if path.suffix == ".py"]


def name_of(path: Path) -> str:
    """Return the path of a file from the root."""
    return path.relative_to(ROOT).as_posix()


def text_of(path: Path) -> str | None:
    """Return what a text file says, None for a font or a picture."""
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        return None


def lines_with(pattern: re.Pattern[str]) -> list[str]:
    """Return the places of all files in which a pattern occurs."""
    return [
        f"{name_of(path)}:{number}: {line.strip()[:100]}"
        for path in FILES
        for number, line in enumerate((text_of(path) or "").splitlines(), start=1)
        if pattern.search(line)
    ]


def test_the_top_level_is_what_the_readme_shows() -> None:
    assert {name_of(path).partition("/")[0] for path in FILES} == TOP


def test_no_file_names_the_host_of_a_registry() -> None:
    assert not lines_with(REGISTRY)


def test_no_file_names_a_place_of_one_machine() -> None:
    assert not lines_with(MACHINE_PATH)


@pytest.mark.parametrize("path", PYTHON, ids=name_of)
def test_a_module_says_what_it_is_about_and_is_not_too_long(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    assert len(text.splitlines()) <= LINES


def test_text_files_end_in_one_newline_and_have_no_trailing_spaces() -> None:
    wrong = [
        name_of(path)
        for path in FILES
        if (text := text_of(path)) and not name_of(path).startswith("tests/") and path.name != "OFL.txt"
        if not text.endswith("\n") or text.endswith("\n\n") or re.search(r"[ \t]\n", text)
    ]
    assert not wrong


def test_every_package_that_is_imported_is_declared() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    required = {re.split(r"[<>=~\[]", each)[0].lower() for each in project["dependencies"]}
    optional = {
        re.split(r"[<>=~\[]", each)[0].lower() for extra in project["optional-dependencies"].values() for each in extra
    }
    for path in PYTHON:
        allowed = required | optional
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            modules = []
            if isinstance(node, ast.Import):
                modules = [each.name for each in node.names]
            elif isinstance(node, ast.ImportFrom):
                modules = [node.module or ""]
            for module in (each.partition(".")[0] for each in modules):
                if module not in sys.stdlib_module_names | {"praxe", "tests", "benchmarks", "hatch_build"}:
                    assert MODULE_NAMES.get(module, module).lower() in allowed, f"{name_of(path)}: {module}"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such mark")
def test_what_is_run_can_be_run() -> None:
    assert os.access(ROOT / ".ci" / "run", os.X_OK)
