"""Readers of our exports that are written for Node: one process for each, asked line by line.

They are installed once, beside this Python, from `tests/node/package-lock.json`. Where Node or its packages are not to
be had, the tests that need them are skipped and say so.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import IO, Any

import pytest

SOURCES = Path(__file__).parents[1] / "node"
_SECONDS = 300


class Reader:
    """A script of `tests/node` that answers each JSON line with one."""

    def __init__(self, process: subprocess.Popen[str], stdin: IO[str], stdout: IO[str]) -> None:
        self._process = process
        self._stdin = stdin
        self._stdout = stdout

    def __call__(self, question: object) -> Any:
        self._stdin.write(json.dumps(question) + "\n")
        self._stdin.flush()
        line = self._stdout.readline()
        assert line, f"the reader ended with code {self._process.wait()}"
        return json.loads(line)


@contextmanager
def reader(script: str) -> Iterator[Reader]:
    """Start a script of `tests/node`; skip the test where that is impossible."""
    folder = installed()
    shutil.copy2(SOURCES / script, folder / script)
    with subprocess.Popen(
        ["node", script], cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8"
    ) as process:
        assert process.stdin
        assert process.stdout
        yield Reader(process, process.stdin, process.stdout)
        process.stdin.close()


@cache
def installed() -> Path:
    """Return the folder with the packages, installed the first time; skip the test where that is impossible."""
    npm = shutil.which("npm")
    if not npm or not shutil.which("node"):
        pytest.skip("needs Node and npm")
    lock = (SOURCES / "package-lock.json").read_bytes()
    home = Path(sys.prefix) / "praxe-node"
    folder = home / hashlib.sha256(lock).hexdigest()[:16]
    if folder.is_dir():
        return folder
    home.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=home) as made:
        new = Path(made) / "new"
        new.mkdir()
        for name in ("package.json", "package-lock.json"):
            shutil.copy2(SOURCES / name, new / name)
        command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        done = subprocess.run(command, cwd=new, capture_output=True, text=True, timeout=_SECONDS, check=False)
        if done.returncode:
            pytest.skip("npm could not install the packages of tests/node")
        try:
            new.rename(folder)
        except OSError:
            if not os.path.isdir(folder):  # noqa: PTH112 - another process may have been first
                raise
    return folder
