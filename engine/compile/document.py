"""A compiled policy as a JSON document, and back.

In: a plan and the checked policy. Out: a document; it holds the plan, and the words, packed, for whoever looks at
words. Nothing in it is ever run: the code is made anew from the plan. What was cut short, changed by hand or written
by another version is refused.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from importlib import import_module

from praxe.dsl.errors import PraxeError

TYPE_CHECKING = False  # as in `praxe`
if TYPE_CHECKING:
    from os import PathLike
    from typing import Any, Final

    from praxe.dsl.checked import CheckedPolicy
    from praxe.engine.policy import Policy

FORMAT: Final = 2  # counted up when plans of before can no longer be read
KIND: Final = "praxe compiled policy"


class CompiledError(PraxeError):
    """A file is no compiled policy that this version can trust."""

    def __init__(self, trouble: str, **places: str) -> None:
        from praxe.engine.words import lexicon  # only for who reads the message

        super().__init__({each: lexicon(each).say(f"compiled.{trouble}", **places) for each in ("pt", "en")})
        self.trouble = trouble
        self.places = places

    def __reduce__(self) -> tuple[Callable[..., CompiledError], tuple[str, dict[str, str]]]:
        return _error, (self.trouble, self.places)


def _error(trouble: str, places: dict[str, str]) -> CompiledError:
    return CompiledError(trouble, **places)


def document_of(plan: Mapping[str, Any], words: str, identity: Mapping[str, str]) -> dict[str, Any]:
    """Return the document of a compiled policy."""
    content = {"policy": dict(identity), "plan": plan, "words": words}
    return {"kind": KIND, "format": FORMAT, "digest": _digest(content), **content}


def content_of(document: object, *, name: str) -> Mapping[str, Any]:
    """Return `policy`, `plan` and `words` of a document.

    Args:
        name: what the messages call the document.

    Raises:
        CompiledError: it is none, or of another format, or was changed.
    """
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise CompiledError("other", file=name)
    if document.get("format") != FORMAT:
        raise CompiledError("format", file=name, found=str(document.get("format")), known=str(FORMAT))
    content = {key: document.get(key) for key in ("policy", "plan", "words")}
    if document.get("digest") != _digest(content):
        raise CompiledError("changed", file=name)
    return content


def read_document(path: str | PathLike[str]) -> object:
    """Return the document in a file.

    Raises:
        CompiledError: the file is not there, or no whole JSON document.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import than a policy to load
            return json.loads(file.read())
    except OSError:
        raise CompiledError("missing", file=str(path)) from None
    except (ValueError, RecursionError):
        raise CompiledError("broken", file=str(path)) from None


def packed(policy: CheckedPolicy) -> str:
    """Return the words of a policy, packed into one text."""
    import zlib
    from base64 import b64encode

    from praxe.dsl.stored import encode

    text = json.dumps(encode(policy), ensure_ascii=False, separators=(",", ":"))
    return b64encode(zlib.compress(text.encode(), 9)).decode("ascii")


def unpacked(words: str) -> Policy:
    """Return the policy whose words these are."""
    import zlib
    from base64 import b64decode

    from praxe.dsl.stored import decode
    from praxe.engine.policy import Policy

    return Policy(decode(json.loads(zlib.decompress(b64decode(words)))))


def _sha256() -> Callable[[bytes], Any]:
    """Return Python's own SHA-256: hashlib takes longer to load its faster one than a policy to load."""
    for module in ("_sha256", "_sha2", "hashlib"):  # of Python 3.11, of later ones, of any
        try:
            found: Callable[[bytes], Any] = import_module(module).sha256
        except ImportError:
            continue
        return found
    raise AssertionError("hashlib is always there")


def _digest(content: Mapping[str, Any]) -> str:
    """Return the digest of a content, whatever the order of its keys; the words are one long text as it is."""
    plan = json.dumps([content["policy"], content["plan"]], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    words = content["words"] if isinstance(content["words"], str) else json.dumps(content["words"])
    digest = _sha256()(plan.encode("utf-8", "surrogatepass"))
    digest.update(words.encode("utf-8", "surrogatepass"))
    return f"sha256:{digest.hexdigest()}"
