"""Files written whole or not at all, and what comes in on standard input.

In: a path and its content. Out: the file, replaced in one step: whoever reads it meanwhile sees the old or the new one,
and a write that fails leaves the old one as it was.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Final

from praxe.cli.options import Misuse

STDIN: Final = "-"
_NEW_FILE: Final = 0o666


def write_whole(path: Path, content: bytes) -> None:
    """Write a file; missing folders are made, an existing file keeps its permissions, a link stays a link."""
    import tempfile  # reading does not need it

    target = path.resolve() if path.is_symlink() else path  # else a trouble names the path as it was given
    target.parent.mkdir(parents=True, exist_ok=True)
    if target.exists() and not target.is_file():  # a device or pipe cannot be replaced, only written to
        target.write_bytes(content)
        return
    mode = target.stat().st_mode & 0o7777 if target.exists() else _NEW_FILE & ~_umask()
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    except OSError as error:
        raise OSError(error.errno, error.strerror, os.fspath(path)) from None
    beside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        beside.chmod(mode)
        beside.replace(target)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise


def read_stdin() -> str:
    """Return all of standard input as text.

    Raises:
        Misuse: it is not UTF-8.
    """
    raw = sys.stdin.buffer.read()
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Misuse("world.not_text", path=STDIN, place=error.start + 1) from None


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
