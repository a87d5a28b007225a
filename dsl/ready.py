"""What is made of the language's own files once and for all, in JSON beside them: Lark and YAML take long to import.

In: `grammar.lark`, `keywords.yaml`. Out: what `grammar.json` and `keywords.json` hold, None where they are not of these
very texts: then it is made of them. `python -m praxe.dsl.language_tables` writes the JSON.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any, Final

HERE: Final = Path(__file__).parent  # `importlib.resources` takes long to import, too


def ready(name: str, kept: Path | None = None) -> Any:
    """Return what was made of one of the language's files.

    Args:
        kept: where it may be too, made by an earlier call.
    """
    text = (HERE / name).read_bytes()
    found = _read(beside(name), text)
    return _read(kept, text) if found is None and kept else found


def beside(name: str) -> Path:
    """Return the JSON that comes with one of the language's files."""
    return (HERE / name).with_suffix(".json")


def document_of(name: str, tables: object) -> dict[str, object]:
    """Return what was made of one of the language's files, with what that text is told by."""
    return {"made_of": _digest((HERE / name).read_bytes()), "tables": tables}


def _read(file: Path, text: bytes) -> Any:
    try:
        document = json.loads(file.read_bytes())
        return document["tables"] if document["made_of"] == _digest(text) else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _digest(text: bytes) -> str:
    return hashlib.sha256(text.replace(b"\r\n", b"\n")).hexdigest()
