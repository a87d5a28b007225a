"""How it is for who has installed Praxe: the modules are compiled, into a folder of their own while it is measured."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager


@contextmanager
def environment() -> Iterator[Mapping[str, str]]:
    """Give the environment for a process, which keeps compiled modules whatever this process is told about that."""
    with tempfile.TemporaryDirectory() as folder:
        inherited = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        yield {**inherited, "PYTHONPYCACHEPREFIX": folder}
