"""Policies without errors kept between two calls, so that their texts are not checked again while nothing has changed.

In: the texts of a policy. Out: the checked policy, or None if it is not kept; then it is checked as if there were no
cache. What is kept is plain JSON in the user's own cache folder, and only for these very modules of the language.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import Final

from praxe import __version__
from praxe.cli.grammar_cache import cache_folder
from praxe.dsl.checked import CheckedPolicy
from praxe.dsl.load import PolicyFiles

MOST_KEPT: Final = 24
_SUFFIX: Final = ".policy.json"


def kept(texts: PolicyFiles) -> CheckedPolicy | None:
    """Return the checked policy of those texts."""
    file = _file_of(texts)
    if file is None:
        return None
    try:
        written = file.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    from praxe.dsl.stored import decode

    try:
        policy = decode(json.loads(written))
    except (ValueError, RecursionError):
        return None
    return policy if policy.digest == texts.digest else None


def keep(texts: PolicyFiles, policy: CheckedPolicy) -> None:
    """Keep the checked policy of those texts; where that is not possible, it is simply not kept."""
    file = _file_of(texts)
    if file is None:
        return
    from praxe.cli.files import write_whole
    from praxe.dsl.errors import PraxeError
    from praxe.dsl.stored import encode

    try:
        write_whole(file, json.dumps(encode(policy), ensure_ascii=False, separators=(",", ":")).encode())
        for old in _oldest(file.parent):
            old.unlink(missing_ok=True)
    except (OSError, PraxeError, RecursionError):  # the last: a policy nested deeper than JSON is written
        pass


def _file_of(texts: PolicyFiles) -> Path | None:
    folder = cache_folder()
    if folder is None:
        return None
    name = hashlib.sha256(f"{texts.folder} {texts.digest} {_makers_mark()}".encode()).hexdigest()[:32]
    return folder / f"{name}{_SUFFIX}"


def _makers_mark() -> str:
    """Return what tells one state of the language's own modules from another."""
    import praxe.dsl

    with os.scandir(Path(praxe.dsl.__file__).parent) as entries:
        files = sorted((each.name, each.stat().st_mtime_ns, each.stat().st_size) for each in entries if each.is_file())
    return f"{__version__} {files}"


def _oldest(folder: Path) -> list[Path]:
    """Return the policies beyond those that are kept, the latest written first to stay."""
    files = sorted(folder.glob(f"*{_SUFFIX}"), key=lambda file: (-file.stat().st_mtime_ns, file.name))
    return files[MOST_KEPT:]
