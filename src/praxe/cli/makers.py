"""What tells one state of Praxe's own modules, and of the libraries they ask, from another.

In: the files of the installed Praxe. Out: one text, part of the name of everything kept: what another version, or the
same under change, has kept is as good as not there.
"""

from __future__ import annotations

import functools
import hashlib
import os
from collections.abc import Iterable, Iterator
from importlib.util import find_spec
from typing import Final

from praxe import __version__

_ROOMS: Final = ("praxe.dsl", "praxe.engine", "praxe.cli")
_LIBRARIES: Final = ("holidays", "lark", "networkx", "yaml")


@functools.cache
def makers_mark() -> str:
    """Return the state of the modules that take part in checking a policy."""
    return hashlib.sha256(repr((__version__, *_makers())).encode("utf-8", "surrogatepass")).hexdigest()


def _makers() -> Iterator[tuple[str, int, int]]:
    for name in _ROOMS:
        spec = find_spec(name)
        for place in (spec and spec.submodule_search_locations) or ():
            yield from sorted(_files_below(place))
    for name in _LIBRARIES:
        spec = find_spec(name)
        if spec and spec.origin:
            status = os.stat(spec.origin)  # noqa: PTH116 - a string, of which a path is made for nothing
            yield name, status.st_mtime_ns, status.st_size


def _files_below(folder: str) -> Iterable[tuple[str, int, int]]:
    waiting = [folder]
    while waiting:
        with os.scandir(waiting.pop()) as entries:
            for each in entries:
                if each.is_dir():
                    if each.name != "__pycache__":
                        waiting.append(each.path)
                elif not each.name.startswith("."):
                    status = each.stat()
                    yield each.path, status.st_mtime_ns, status.st_size
