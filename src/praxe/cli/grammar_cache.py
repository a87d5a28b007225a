"""Where the grammar's tables and checked policies are kept between two calls, not worked out each time.

In: the environment. Out: a place in the user's own cache folder, or None where no such folder can be used; then
everything works all the same, only slower. Nobody else may write there: the tables are loaded as code is.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path


def grammar_cache() -> Path | None:
    """Return the file of the grammar's tables."""
    folder = cache_folder()
    return folder / f"grammar-{sys.implementation.cache_tag}" if folder else None


def cache_folder() -> Path | None:
    """Return the user's cache folder for Praxe, made ready with mode 0700."""
    folder = _cache_home() / "praxe"
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not _is_ours_alone(folder):
            return None
    except OSError:
        return None
    return folder


def write_kept(place: str, content: bytes) -> None:
    """Write a file of the cache folder whole or not at all; what others may read, and links, are no matter there."""
    beside = f"{place}.{os.getpid()}"
    try:
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
            file.write(content)
        os.replace(beside, place)  # noqa: PTH105 - of paths there are dozens, and each takes its time
    except OSError:
        with suppress(OSError):
            os.unlink(beside)  # noqa: PTH108 - as above
        raise


def _cache_home() -> Path:
    given = os.environ.get("XDG_CACHE_HOME", "")
    if given and Path(given).is_absolute():
        return Path(given)
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    return Path.home() / ".cache"


def _is_ours_alone(folder: Path) -> bool:
    if sys.platform == "win32":
        return os.access(folder, os.W_OK)
    status = folder.stat()
    if status.st_uid != os.getuid():
        return False
    if status.st_mode & 0o077:
        folder.chmod(0o700)
    return os.access(folder, os.W_OK)
