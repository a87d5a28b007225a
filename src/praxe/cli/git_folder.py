"""A policy's folder as git keeps it at some revision.

In: `revision:folder`, as git writes it. Out: the texts of the policy's files by their path below the folder.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import PurePosixPath

from praxe.dsl.errors import PraxeError
from praxe.dsl.file_names import MAX_BYTES, PROCEDURES, is_yaml_of_a_policy


def is_revision(where: str) -> bool:
    """Return whether a word of the command line can be a folder at a revision."""
    revision, colon, _ = where.partition(":")
    return bool(colon and revision) and not revision.startswith("-")


def texts_at(where: str) -> Mapping[str, str]:
    """Return the policy's texts.

    Raises:
        PraxeError: git is not there, or knows no such revision or folder.
    """
    revision, _, folder = where.partition(":")
    inside = folder.replace("\\", "/").rstrip("/")
    prefix = _git(where, "rev-parse", "--show-prefix").decode("utf-8", "replace").strip()
    whole = _whole(prefix, inside)
    below_it = ["--", f"{whole}/"] if whole else []  # without a path: all that is in the repository
    names = _git(where, "ls-tree", "-r", "--name-only", "-z", "--full-tree", revision, *below_it)
    found: dict[str, str] = {}
    for name in filter(None, names.decode("utf-8", "replace").split("\0")):
        below = PurePosixPath(name).relative_to(whole).as_posix()
        if is_yaml_of_a_policy(below) or below.endswith(PROCEDURES):
            content = _git(where, "show", f"{revision}:{name}")
            found[below] = content[: MAX_BYTES + 1].decode("utf-8", "replace")
    if not found:
        raise PraxeError({"pt": f"não há política em `{where}`", "en": f"there is no policy at `{where}`"})
    return found


def _whole(prefix: str, folder: str) -> str:
    """Return a folder's path from the root of the repository."""
    parts: list[str] = []
    for each in PurePosixPath(prefix, folder).parts:
        if each == ".." and parts:
            parts.pop()
        elif each != ".":
            parts.append(each)
    return "/".join(parts)


def _git(where: str, *words: str) -> bytes:
    plain = {**os.environ, "LC_ALL": "C"}  # so that what it says can be told apart
    command = ["git", *words]
    try:
        done = subprocess.run(command, capture_output=True, check=True, timeout=60, env=plain)  # noqa: S603 - git
    except FileNotFoundError:
        raise PraxeError({"pt": "o git não está instalado", "en": "git is not installed"}) from None
    except subprocess.TimeoutExpired:
        raise PraxeError({"pt": "o git não respondeu em um minuto", "en": "git did not answer in a minute"}) from None
    except subprocess.CalledProcessError as error:
        raise PraxeError(_reason(error.stderr, where)) from None
    return done.stdout


def _reason(told: bytes, where: str) -> dict[str, str]:
    """Return why git did not find a folder, in our words: its own are in one language."""
    revision, _, folder = where.partition(":")
    said = told.decode("utf-8", "replace")
    if "not a git repository" in said:
        pt, en = "esta pasta não está num repositório do git", "this folder is in no git repository"
        return {"pt": f"`{where}`: {pt}", "en": f"`{where}`: {en}"}
    if "object name" in said or "revision" in said:
        return {"pt": f"o git não conhece a revisão `{revision}`", "en": f"git does not know the revision `{revision}`"}
    return {
        "pt": f"o git não achou `{folder}` na revisão `{revision}`",
        "en": f"git did not find `{folder}` at the revision `{revision}`",
    }
