"""What each text of a policy says, kept in the user's cache folder: after a change only that text is read again.

In: all that a result is made from. Out: the document kept under it, or None; then it is made as if there were no cache.
It is plain JSON, each in a file with its digest, and only for these very modules of Praxe: what is damaged, foreign or
of another version is as good as not there. The oldest go when there are too many, or they take too much room.
"""

from __future__ import annotations

import hashlib
import json
import os
from typing import TYPE_CHECKING, Final

from praxe.cli.grammar_cache import cache_folder, write_kept
from praxe.cli.makers import makers_mark

if TYPE_CHECKING:
    from praxe.dsl.packed import Json

MOST_KEPT: Final = 1_000
MOST_BYTES: Final = 64 * 1024 * 1024  # of all together
LARGEST: Final = 8 * 1024 * 1024  # bytes of one
_SUFFIX: Final = ".text.json"


class TextCache:
    """A folder of documents named by what they were made from."""

    def __init__(self) -> None:
        home = cache_folder()
        self._folder = home / "texts" if home else None
        self._has_written = False

    def kept(self, made_from: tuple[str, ...]) -> Json:
        """Return the document kept under these texts."""
        if self._folder is None:
            return None
        try:
            with open(self._place(made_from), "rb") as file:  # noqa: PTH123 - a policy has dozens; paths take their time
                digest, _, written = file.read(LARGEST).partition(b"\n")
        except OSError:
            return None
        if digest != digest_of(written):
            return None
        document: Json = json.loads(written)
        return document

    def keep(self, made_from: tuple[str, ...], document: Json) -> None:
        """Keep a document; where that is not possible, it is simply not kept."""
        if self._folder is None:
            return
        written = json.dumps(document, separators=(",", ":")).encode("ascii")
        if len(written) > LARGEST - 100:
            return
        try:
            if not self._has_written:
                self._folder.mkdir(mode=0o700, exist_ok=True)
            write_kept(self._place(made_from), digest_of(written) + b"\n" + written)
        except OSError:
            self._folder = None  # the next will not go better
        self._has_written = True

    def tidy(self) -> None:
        """Remove what is beyond the room there is, if anything came in."""
        if self._folder is None or not self._has_written:
            return
        try:
            with os.scandir(self._folder) as entries:
                files = sorted(
                    ((each.stat().st_mtime_ns, each.stat().st_size, each.path) for each in entries), reverse=True
                )
            room = MOST_BYTES
            for number, (_, size, path) in enumerate(files):
                room -= size
                if number >= MOST_KEPT or room < 0:
                    os.unlink(path)  # noqa: PTH108 - as above
        except OSError:
            pass  # another call was faster

    def _place(self, made_from: tuple[str, ...]) -> str:
        total = hashlib.sha256(makers_mark().encode("ascii"))
        for part in made_from:
            encoded = part.encode("utf-8", "surrogatepass")
            total.update(b"%d:" % len(encoded))
            total.update(encoded)
        return os.path.join(self._folder or "", total.hexdigest()[:32] + _SUFFIX)  # noqa: PTH118 - as above


def digest_of(written: bytes) -> bytes:
    """Return what a document is known whole by."""
    return hashlib.sha256(written).hexdigest().encode("ascii")
