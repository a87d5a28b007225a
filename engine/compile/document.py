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

FORMAT: Final = 3  # counted up when plans of before can no longer be read
KIND: Final = "praxe compiled policy"
CONTENT: Final = ("policy", "plan", "words")  # what the digest is of


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
    return {"kind": KIND, "format": FORMAT, "digest": _digest(_text(content)), **content}


def text_of(document: Mapping[str, Any]) -> str:
    """Return a document as the text of a file: the same document gives the same bytes."""
    return _head(document["digest"]) + _text(_content(document)).removeprefix("{") + "\n"


def read_content(path: str | PathLike[str]) -> Mapping[str, Any]:
    """Return `policy`, `plan` and `words` of the document in a file.

    Raises:
        CompiledError: the file is not there, or no whole JSON document, or as for `content_of`.
    """
    try:
        with open(path, "rb") as file:  # noqa: PTH123 - pathlib takes longer to import than a policy to load
            written = file.read()
        document = json.loads(written)
    except OSError:
        raise CompiledError("missing", file=str(path)) from None
    except (ValueError, RecursionError):
        raise CompiledError("broken", file=str(path)) from None
    return content_of(document, name=str(path), written=written)


def content_of(document: object, *, name: str, written: bytes = b"") -> Mapping[str, Any]:
    """Return `policy`, `plan` and `words` of a document.

    Args:
        name: what the messages call the document.
        written: the text that the document was read from; one of `text_of` is sooner known to be unchanged.

    Raises:
        CompiledError: it is none, or of another format, or was changed.
    """
    if not isinstance(document, dict) or document.get("kind") != KIND:
        raise CompiledError("other", file=name)
    if document.get("format") != FORMAT:
        raise CompiledError("format", file=name, found=str(document.get("format")), known=str(FORMAT))
    content, digest = _content(document), document.get("digest")
    head = _head(digest).encode("utf-8", "surrogatepass")
    if written.startswith(head) and digest == _digest(b"{" + written[len(head) :].rstrip()):
        return content
    if digest != _digest(_text(content)):  # another tool may have written the same content in another way
        raise CompiledError("changed", file=name)
    return content


def _content(document: Mapping[str, Any]) -> dict[str, Any]:
    return {part: document.get(part) for part in CONTENT}


def _head(digest: object) -> str:
    """Return what a text of `text_of` begins with, in place of the content's own brace."""
    return _dumped({"kind": KIND, "format": FORMAT, "digest": digest}).removesuffix("}") + ","


def _text(content: Mapping[str, Any]) -> str:
    """Return a content as text, the same whatever the order of the keys that it was read in."""
    return "{" + ",".join([f'"{part}":{_dumped(content[part], sort_keys=True)}' for part in CONTENT]) + "}"


def _dumped(what: object, *, sort_keys: bool = False) -> str:
    return json.dumps(what, ensure_ascii=False, separators=(",", ":"), sort_keys=sort_keys)


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


def _blake2() -> Callable[..., Any]:
    """Return Python's own BLAKE2b: to import hashlib takes longer than to load a policy."""
    for module in ("_blake2", "hashlib"):
        try:
            found: Callable[..., Any] = import_module(module).blake2b
        except ImportError:
            continue
        return found
    raise AssertionError("hashlib is always there")


def _digest(content: str | bytes) -> str:
    """Return the digest of a content's text."""
    text = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
    return f"blake2b:{_blake2()(text, digest_size=32).hexdigest()}"
