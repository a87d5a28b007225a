"""Imports point inwards, `dsl <- engine <- visualize <- doors`, and the inner rooms touch nothing outside.

Read from the source with `ast`, so a forbidden import inside a function counts too.
"""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
FACADE = ROOT / "src" / "praxe"
MAY_KNOW = {
    "dsl": {"dsl"},
    "engine": {"dsl", "engine"},
    "visualize": {"dsl", "engine", "visualize"},
}
# What has an effect, or speaks to a person. Logging may be used, configuring it not.
OUTSIDE = frozenset(
    "argparse asyncio click getpass gettext http locale multiprocessing platform random readline requests rich secrets "
    "shutil signal smtplib socket sqlite3 ssl subprocess sys tempfile threading time urllib.request webbrowser".split()
)
CALLS = frozenset({"print", "input", "breakpoint", "exit", "quit", "eval", "exec", "__import__"})
ATTRIBUTES = frozenset(
    {
        "date.today",
        "datetime.now",
        "datetime.today",
        "datetime.utcnow",
        "logging.basicConfig",
        "os.environ",
        "os.getenv",
        "os.putenv",
        "Path.cwd",
        "Path.home",
    }
)
# file: what it may use nevertheless, because …
EXCEPTIONS: dict[str, frozenset[str]] = {
    # Graphviz is told of our fonts through the environment, speaks on the process's own error stream, is not safe
    # under threads, and may have to be run as a program of the system
    "visualize/backend.py": frozenset({"os.environ", "shutil", "subprocess", "tempfile", "threading"}),
    # what other programs draw with, from threads and tasks: a child process of its own, and a limit on its time
    "visualize/worker.py": frozenset({"asyncio", "subprocess", "sys", "threading"}),
}
HEAVY = frozenset(
    {"click", "duckdb", "graphviz", "jinja2", "lark", "networkx", "pygraphviz", "rich", "sqlglot", "yaml"}
)


def python_files(folder: Path) -> Iterator[Path]:
    """Yield the files below a folder; links, of which `src/praxe` has four, are not entered."""
    for each in sorted(folder.iterdir()):
        if each.is_dir() and not each.is_symlink():
            yield from python_files(each)
        elif each.suffix == ".py":
            yield each


def imports_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and full name of everything imported: for `from a import b`, `a.b`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, each.name) for each in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from ((node.lineno, f"{node.module}.{each.name}") for each in node.names)


def room_of(name: str) -> str | None:
    """Return the part of praxe that an imported name belongs to: `praxe.dsl.tree.If` -> `dsl`."""
    head, _, rest = name.partition(".")
    return (rest.partition(".")[0] or "praxe") if head == "praxe" else None


def outside_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and name of what an inner room must not use."""
    for line, name in imports_of(tree):
        if any(f"{name}.".startswith(f"{each}.") for each in OUTSIDE):
            yield line, name
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            yield node.lineno, node.func.id
        elif isinstance(node, ast.Attribute):
            name = ".".join(ast.unparse(node).split(".")[-2:])
            if name in ATTRIBUTES:
                yield node.lineno, name


INNER = [(room, path) for room in MAY_KNOW for path in python_files(ROOT / room)]
NAMES = [path.relative_to(ROOT).as_posix() for _, path in INNER]


@pytest.mark.parametrize(("room", "path"), INNER, ids=NAMES)
def test_imports_point_inwards(room: str, path: Path) -> None:
    wrong = [
        f"line {line}: {name}"
        for line, name in imports_of(ast.parse(path.read_text(encoding="utf-8")))
        if room_of(name) not in {None, *MAY_KNOW[room]}
    ]
    assert not wrong


@pytest.mark.parametrize("path", [path for _, path in INNER], ids=NAMES)
def test_the_inner_rooms_touch_nothing_outside(path: Path) -> None:
    allowed = EXCEPTIONS.get(path.relative_to(ROOT).as_posix(), frozenset())
    found = outside_of(ast.parse(path.read_text(encoding="utf-8")))
    assert not [f"line {line}: {name}" for line, name in found if name not in allowed]


def test_every_exception_is_needed() -> None:
    for name, allowed in EXCEPTIONS.items():
        used = {each for _, each in outside_of(ast.parse((ROOT / name).read_text(encoding="utf-8")))}
        assert allowed <= used, name


@pytest.mark.parametrize("path", list(python_files(FACADE)), ids=lambda path: path.relative_to(FACADE).as_posix())
def test_nothing_imports_a_door(path: Path) -> None:
    doors = {each.name for each in FACADE.iterdir() if each.is_dir() and each.name not in {*MAY_KNOW, "policy"}}
    own = path.relative_to(FACADE).parts[0]
    rooms = {room_of(name) for _, name in imports_of(ast.parse(path.read_text(encoding="utf-8")))}
    assert rooms & doors <= ({"cli"} if own == "__main__.py" else {own})


@pytest.mark.parametrize(
    ("module", "unwanted"),
    [
        ("praxe", HEAVY | {"praxe.dsl", "praxe.engine", "praxe.visualize", "praxe.cli"}),
        ("praxe.cli", HEAVY - {"click"}),
        ("praxe.dsl", HEAVY - {"lark", "yaml"}),
        ("praxe.engine", HEAVY - {"lark", "networkx", "yaml"}),
        ("praxe.visualize", HEAVY - {"lark", "networkx", "yaml"}),
    ],
)
def test_an_import_loads_no_more_than_it_needs(module: str, unwanted: frozenset[str]) -> None:
    program = f"import sys, {module}; print(*sorted(sys.modules), sep='\\n')"
    # -S: what the environment's own start-up files import would count as ours; so the path is given in full
    paths = [str(ROOT / "src"), *(each for each in sys.path if each.endswith("site-packages"))]
    command = [sys.executable, "-S", "-c", f"import sys; sys.path += {paths!r}; {program}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert module in loaded
    assert not unwanted & set(loaded)
